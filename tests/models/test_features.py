"""What a speaker once studied is not what the event is about; a page about a person is about what they do."""

from models.cues import TYPE_FEATURES, type_features
from models.features import DOMAIN_FEATURES, domain_features
from models.lexicon import find_terms

LIFE = (
    "Dr. Runa Aske is a senior fellow at the Fjord Institute, where she works on nuclear deterrence and arms control. "
    "She holds a degree from Bergen."
)
NAMED = DOMAIN_FEATURES.index("named_only")


def named_share(text: str, code: str) -> float:
    return domain_features(text, find_terms(text))[code][NAMED]


def test_terms_of_a_speakers_biography_stand_aside() -> None:
    text = "Grain and ports: a talk\nWho ships what to whom, and who insures it? We ask two guests.\n" + LIFE
    assert named_share(text, "nonproliferation") == 1


def test_a_page_about_a_person_is_about_their_work() -> None:
    assert named_share("Runa Aske\n" + LIFE + "\nSelected writings follow.", "nonproliferation") == 0


def test_a_date_in_figures_is_no_clock_time() -> None:
    clocks, dates = TYPE_FEATURES.index("clock_times"), TYPE_FEATURES.index("full_dates")
    dated, timed = type_features("07.04.2031\nThe keepers met."), type_features("07.04\nThe keepers meet at 9.30.")
    assert dated[clocks] == 0 < dated[dates]
    assert timed[clocks] > 0

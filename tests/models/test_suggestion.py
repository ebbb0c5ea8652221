"""The doubtful documents come first, sure ones last, twins once."""

from dataclasses import dataclass

from models.suggestion import suggest


@dataclass(frozen=True)
class Text:
    source_uri: str
    text: str
    blocks: tuple = ()
    language: str | None = "en"
    title: str | None = None


SURE = Text(
    "sure",
    "Seminar on maritime security and piracy. The seminar on maritime security will take place on 4 May at 10:00. "
    "Speakers will discuss maritime security and pirates. Please register by 1 May; places are limited.",
)
DOUBTFUL = Text(
    "doubtful",
    "Notes. The group meets in spring. It agreed a report and will look at ships, shipping, and the sea some day.",
)


def test_the_doubtful_comes_first_with_its_reason() -> None:
    first, second = suggest([SURE, DOUBTFUL])
    assert (first.source_uri, second.source_uri) == ("doubtful", "sure")
    assert first.doubt > second.doubt and first.reason.endswith("?")


def test_of_near_twins_one_is_suggested_and_never_more_than_asked() -> None:
    twin = Text("twin", DOUBTFUL.text + " Thanks.")
    assert [s.source_uri for s in suggest([DOUBTFUL, twin])] == ["doubtful"]
    assert len(suggest([SURE, DOUBTFUL], count=1)) == 1
    assert suggest([]) == []

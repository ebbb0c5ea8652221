"""Verbs of the past are told from those of the present in each language."""

import pytest

from models.tenses import count_tenses, guess_language

TEXTS = [
    ("en", "The keepers of the light met in Oslo, and the talks were held in the hall. They asked and agreed."),
    (
        "fr",
        "Le colloque a réuni les gardiens des phares et les pilotes ont participé ; la séance s’est tenue sur le quai.",
    ),
    ("de", "Der Vortrag fand im Hafen statt, und die Lotsen sprachen über ein Unglück; die Frage wurde erörtert."),
    (
        "es",
        "El seminario reunió a los pilotos y el capitán habló por la tarde; los oficiales debatieron para concluir.",
    ),
    (
        "it",
        "Il convegno della scuola si è svolto per due giorni; i piloti hanno parlato di fari e il rettore ha concluso.",
    ),
    (
        "nl",
        "Het symposium van de loodsen vond plaats op het eiland; een kapitein sprak en de gasten gingen voor donker.",
    ),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_past_of_a_report(language: str, text: str) -> None:
    past, present = count_tenses(text)
    assert guess_language(text) == language
    assert past >= 2 > present


@pytest.mark.parametrize("text", ["", "\n", "港の会合が開催された。", "123"])
def test_texts_without_verbs(text: str) -> None:
    assert count_tenses(text) == (0, 0)

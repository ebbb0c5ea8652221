"""Terms are found with true offsets whatever their spelling, and not where they mean something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.lexicon import find_terms


def found(text: str, language: str = "en") -> set[tuple[str, str]]:
    return {(h.code, text[h.start : h.end]) for h in find_terms(text, language) if h.strong}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("On cyber-security today", "cyber", "cyber-security"),
        ("CYBERATTACKS ON PORTS", "cyber", "CYBERATTACKS"),
        ("their supply-chains", "economic", "supply-chains"),
        ("organized crime groups", "organised_crime", "organized crime"),
        ("the agenda on women, peace and security", "human", "women, peace and security"),
        ("the UN's peacekeepers left", "peace_operations", "peacekeepers"),
        ("hybrid\nthreats", "hybrid", "hybrid\nthreats"),
        ("the Defense industries of both", "defence_industry", "Defense industries"),
        ("New CSIRTs were shown", "cyber", "CSIRTs"),
        ("denuclearization talks", "nonproliferation", "denuclearization"),
        ("the second 2+2 meeting", "military", "2+2"),
    ],
)
def test_spelling_plural_case_and_hyphen_do_not_matter(text: str, code: str, words: str) -> None:
    assert (code, words) in found(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Parking space is limited.", "space"),
        ("the current climate of trust", "climate"),
        ("It will be a hybrid event.", "hybrid"),
        ("a tax relief for families", "civil_protection"),
        ("Head of Mission", "peace_operations"),
        ("we said it with salt and pepper", "nonproliferation"),
        ("I told him about it, and he did not ai", "technology"),
        ("He left the army. Forces of habit", "military"),
        ("the migration of data migration paths", "energy"),
        ("crimes against humanity", "organised_crime"),
        ("they drew 2-2", "military"),
        ("AIR TRAFFIC AND AIDS RELIEF", "technology"),
    ],
)
def test_words_that_mean_something_else_are_not_found(text: str, code: str) -> None:
    assert code not in {c for c, _ in found(text)}


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("La cybersécurité des hôpitaux", "fr", "cyber"),
        ("Tagung zur Rüstungskontrolle", "de", "nonproliferation"),
        ("Seminario sobre seguridad energética", "es", "energy"),
        ("海洋安全保障に関するシンポジウム", "ja", "maritime"),
        ("Symposium (海洋安全保障)", "en", "maritime"),
        ("Table ronde: maritime security", "fr", "maritime"),
    ],
)
def test_other_languages(text: str, language: str, code: str) -> None:
    assert code in {c for c, _ in found(text, language)}


def test_a_phrase_does_not_run_over_the_end_of_a_sentence() -> None:
    assert found("They spoke of outer. Space was short.") == set()


@given(st.text(alphabet=st.sampled_from("cyber attack's\n .-–AIé海洋"), max_size=200))
def test_hits_lie_inside_the_text_and_do_not_overlap_within_a_domain(text: str) -> None:
    last: dict[str, int] = {}
    for hit in find_terms(text, "fr"):
        assert 0 <= hit.start < hit.end <= len(text)
        assert hit.start >= last.get(hit.code, 0)
        last[hit.code] = hit.end


def test_a_time_zone_is_no_technology() -> None:
    assert find_terms("Comments are due by 11:59 p.m. EDT on Friday, and at 9 a.m. EDT on Monday.") == []

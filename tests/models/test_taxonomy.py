"""The domain files: all there, well formed, and refused with a reason when they are not."""

from pathlib import Path

import pytest

from models.taxonomy import TaxonomyError, domains, load_taxonomy

CONTRACT = {
    "military", "regional", "nonproliferation", "terrorism", "organised_crime", "cyber", "economic", "energy",
    "climate", "human", "migration", "civil_protection", "maritime", "space", "technology", "hybrid",
    "defence_industry", "peace_operations",
}  # fmt: skip
MINIMAL = 'id = "x"\nname = "X"\nparent = ""\ndefinition = "d"\ninclusions = []\nexclusions = []\nsources = []\n'


def test_the_domains_are_those_of_the_contract() -> None:
    assert {row["domain_code"] for row in domains()} == CONTRACT


@pytest.mark.parametrize("domain", load_taxonomy(), ids=lambda d: d.code)
def test_a_domain_has_terms_in_five_languages_and_says_what_it_covers(domain) -> None:
    assert all(len(domain.terms[language]) >= 5 for language in ("en", "fr", "de", "es", "ja"))
    assert domain.definition and domain.inclusions and domain.exclusions and domain.sources


@pytest.mark.parametrize("domain", load_taxonomy(), ids=lambda d: d.code)
def test_no_term_is_both_strong_and_weak_or_ignored(domain) -> None:
    for language, terms in domain.terms.items():
        others = set(domain.weak.get(language, ())) | set(domain.ignore.get(language, ()))
        assert set(terms) & others == set()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (MINIMAL, "lacks terms"),
        (MINIMAL.replace('"x"', '"y"') + "[terms]\nen = ['a']", "must be the file's name"),
        (MINIMAL.replace('parent = ""', 'parent = "nowhere"') + "[terms]\nen = ['a']", "is no domain"),
        (MINIMAL + "[terms]\nen = 'a'", "must be a list of words"),
        (MINIMAL + "[terms\n", "x.toml"),
    ],
)
def test_a_faulty_file_is_refused_with_its_fault(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "x.toml").write_text(content, encoding="utf-8")
    with pytest.raises(TaxonomyError, match=message):
        load_taxonomy(tmp_path)
    with pytest.raises(TaxonomyError, match="no domain files"):
        load_taxonomy(tmp_path / "empty")


def test_a_domain_is_added_by_a_file_alone(tmp_path: Path) -> None:
    from models.lexicon import find_terms

    (tmp_path / "x.toml").write_text(MINIMAL + "[terms]\nen = ['glacier law']\n", encoding="utf-8")
    assert [h.code for h in find_terms("A talk on glacier laws.", "en", tmp_path)] == ["x"]

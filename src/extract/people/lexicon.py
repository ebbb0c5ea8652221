"""The word lists of people, loaded once: honorifics, posts, names, words that are never names."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from extract.countries import country_names
from extract.vocabularies import read_lines, read_rows, read_toml


def plain(word: str) -> str:
    """Return a word in lower case, without its last full stop and with straight apostrophes."""
    return word.lower().replace("’", "'").rstrip(".") or word


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return a word in lower case without accents, dots and apostrophes: the form in which names are compared."""
    word = (
        word.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O").replace("đ", "d").replace("Đ", "D")
    )
    decomposed = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss"))
    return "".join(letter for letter in decomposed if letter.isalnum() or letter in "- ")


def _column(name: str) -> list[str]:
    """Return the first column of a list of names."""
    return [next(iter(row.values())) for row in read_rows(name)]


@cache
def phrases(name: str, *path: str) -> frozenset[tuple[str, ...]]:
    """Return a word list as tuples of plain words, so that a walk over tokens can match phrases."""
    node = read_toml(name)
    for key in path:
        node = node[key]
    return frozenset(tuple(plain(word) for word in phrase.split()) for phrase in node)


@cache
def small_words(name: str) -> frozenset[str]:
    """Return a list of small words (vocabularies/people_words.toml)."""
    return frozenset(read_toml("people_words")[name])


@lru_cache(maxsize=1)
def honorifics() -> frozenset[tuple[str, ...]]:
    return phrases("honorifics", "courtesy") | phrases("honorifics", "academic") | phrases("honorifics", "rank")


@lru_cache(maxsize=1)
def title_posts() -> frozenset[tuple[str, ...]]:
    """Posts that stand before a name, also in the plural ("Presidents X and Y")."""
    single = phrases("honorifics", "title_posts")
    return single | {(*phrase[:-1], phrase[-1] + "s") for phrase in single}


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Words whose full stop is no end of a sentence."""
    return frozenset(read_toml("honorifics")["abbreviations"])


@lru_cache(maxsize=1)
def suffixes() -> frozenset[str]:
    return frozenset(word for (word,) in phrases("honorifics", "suffixes"))


@lru_cache(maxsize=1)
def after_name() -> frozenset[str]:
    return frozenset(word for (word,) in phrases("honorifics", "after"))


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    return frozenset(plain(word) for word in _column("name_particles"))


@lru_cache(maxsize=1)
def western_given_names() -> frozenset[str]:
    short = {form for forms in short_forms().values() for form in forms}
    return frozenset(fold(name) for name in _column("given_names_european")) | short


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    return western_given_names() | japanese_given_names()


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    return (
        frozenset(fold(name) for name in _column("surnames_european"))
        | east_asian_surnames()
        | frozenset(japanese_surnames())
    )


@lru_cache(maxsize=1)
def east_asian_surnames() -> frozenset[str]:
    """Chinese, Korean and Vietnamese surnames in Latin letters, folded."""
    return frozenset(fold(name) for name in _column("surnames_east_asian"))


@lru_cache(maxsize=1)
def short_forms() -> dict[str, frozenset[str]]:
    """Folded given name → its folded short forms ("robert" → "rob", "bob")."""
    forms: dict[str, set[str]] = {}
    for row in read_rows("given_names_short"):
        forms.setdefault(fold(row["name"]), set()).add(fold(row["short_form"]))
    return {name: frozenset(short) for name, short in forms.items()}


@lru_cache(maxsize=1)
def never_in_names() -> frozenset[str]:
    """Words of titles, headlines, programmes and bodies that are no part of a name, whatever stands around them."""
    bodies = {word for part in ("organisation_heads", "department_heads") for word in word_set(part) if word.isalpha()}
    kept = bodies - {
        "rat",
        "co",
        "ag",
        "sa",
        "ab",
        "amt",
        "chamber",
        "house",
        "post",
        "lab",
        "times",
        "court",
        "bank",
        "press",
    }
    names = given_names() | surnames()
    other = {word for word in read_lines("never_in_names_other") if fold(word) not in names}
    return frozenset(read_lines("never_in_names_en")) | other | kept | _label_words()


def _label_words() -> frozenset[str]:
    """First words of the labels and phrases that give roles, where no one is called so."""
    parts = read_toml("roles")
    lists = [words for part in ("labels", "before") for words in parts[part].values()]
    first = {plain(phrase.split()[0]) for words in lists for phrase in words}
    return frozenset(word for word in first if len(word) > 2 and fold(word) not in given_names())


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Words that also begin with a capital in titles and headlines: a part of a name only with a reason."""
    return frozenset(read_lines("common_words_en")) | post_words() | never_in_names()


# --- Japanese names --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def romaji(name: str) -> str:
    """Return a romanised Japanese name with long vowels made short: Ōno, Ohno, Oono and Ono are one."""
    name = fold(name).replace("ou", "o").replace("oo", "o").replace("uu", "u")
    letters = list(name)
    for index, letter in enumerate(letters[1:], 1):
        follower = letters[index + 1] if index + 1 < len(letters) else ""
        if letter == "h" and letters[index - 1] == "o" and follower not in set("aiueoy"):
            letters[index] = ""
    return "".join(letters)


def _japanese_rows(name: str) -> list[list[str]]:
    path = files("japanese_personal_name_dataset") / "dataset" / name
    return list(csv.reader(path.read_text(encoding="utf-8").splitlines()))


@lru_cache(maxsize=1)
def japanese_surnames() -> dict[str, int]:
    """Romanised surname (long vowels short) → number of bearers."""
    counts: dict[str, int] = {}
    for row in _japanese_rows("last_name_org.csv"):
        if len(row) >= 4 and row[1].isdigit():
            key = romaji(row[3])
            counts[key] = counts.get(key, 0) + int(row[1])
    return counts


@lru_cache(maxsize=1)
def japanese_surnames_kanji() -> frozenset[str]:
    return frozenset(row[0] for row in _japanese_rows("last_name_org.csv") if row)


@lru_cache(maxsize=1)
def japanese_given_names() -> frozenset[str]:
    rows = _japanese_rows("first_name_man_org.csv") + _japanese_rows("first_name_woman_org.csv")
    return frozenset(romaji(row[1]) for row in rows if len(row) > 1 and len(row[1]) > 2)


@lru_cache(maxsize=1)
def japanese_given_names_kanji() -> frozenset[str]:
    rows = _japanese_rows("first_name_man_org.csv") + _japanese_rows("first_name_woman_org.csv")
    return frozenset(spelling for row in rows for spelling in row[2:])


# --- posts and places ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def post_heads() -> frozenset[tuple[str, ...]]:
    """Head nouns of posts in every language, singular and plural."""
    found: set[tuple[str, ...]] = set()
    for words in read_toml("posts")["heads"].values():
        for phrase in words:
            parts = tuple(plain(word) for word in phrase.split())
            found.add(parts)
            for plural in _plurals(parts[-1]):
                found.add((*parts[:-1], plural))
    return frozenset(found)


def _plurals(word: str) -> list[str]:
    return [word + "s", word + "es", word + "en", word + "innen", word[:-1] + "ies"] if len(word) > 3 else [word + "s"]


@lru_cache(maxsize=1)
def post_words() -> frozenset[str]:
    """Single words that are a post's head noun."""
    return frozenset(phrase[0] for phrase in post_heads() if len(phrase) == 1)


_SHORTEST_TAIL = 7
"""Letters of the shortest head noun that a compound may end with ("Verteidigungsattaché"): "expert" ends too much."""


@lru_cache(maxsize=16384)
def is_post_compound(word: str) -> bool:
    """Return whether a plain word ends with a head noun ("vice-dean", "cyberstrategist", "Verteidigungsattaché")."""
    if word.rpartition("-")[2] in post_words() and "-" in word:
        return True
    if word.startswith("ex") and word[2:] in post_words():
        return True
    return any(word[start:] in post_words() for start in range(4, len(word) - _SHORTEST_TAIL + 1))


@lru_cache(maxsize=1)
def post_modifiers() -> frozenset[str]:
    """Words that belong to a post before its head noun ("deputy", "senior", "non-resident")."""
    return frozenset(plain(word) for word in read_toml("posts")["modifiers"]["words"])


@lru_cache(maxsize=1)
def past_words() -> frozenset[str]:
    """Words that say that a post is held no longer ("former")."""
    return frozenset(read_toml("posts")["modifiers"]["past"])


@lru_cache(maxsize=1)
def never_endings() -> tuple[str, ...]:
    """Endings of common nouns and adjectives that begin with a capital in German, and in headlines elsewhere."""
    return tuple(read_toml("people_words")["never_endings"])


@lru_cache(maxsize=1)
def longest_head() -> int:
    return max(len(phrase) for phrase in post_heads())


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Plain country name → ISO 3166-1 alpha-2 code."""
    names = {plain(name): code for name, code in country_names().items()}
    return names | {f"the {name}": code for name, code in names.items()}


@lru_cache(maxsize=1)
def country_words() -> frozenset[str]:
    """Single words that are (a part of) a country's name and never of a person's."""
    single = {name for name in countries() if " " not in name and name.isalpha()}
    return frozenset(single - {"georgia", "chad", "jordan", "israel", "france", "holland", "us", "guinea", "cuba"})


@cache
def word_set(*path: str) -> frozenset[str]:
    """Return a list of the affiliations vocabulary as plain words."""
    return frozenset(plain(word) for word in read_toml("affiliations")[path[0]])

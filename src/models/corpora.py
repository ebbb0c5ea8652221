"""Read entity-labelled corpora in column format into sentences with PERSON, ORG and PLACE spans.

Every corpus that training may use is named here with its licence: what is shipped is trained on corpora
under MIT or CC BY and on generated text only, the others are for measuring.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LABELS = ("ORG", "PERSON", "PLACE")


class CorpusError(ValueError):
    """A corpus that cannot be read, or that must not be trained on; the message says which and why."""


@dataclass(frozen=True)
class Sentence:
    """Words and entity spans as (first word, word after the last, label)."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Corpus:
    """What is known about a corpus: origin, licence, and which of its files may be trained on."""

    name: str
    licence: str
    attribution: str
    trainable: bool
    training_globs: tuple[str, ...]
    held_out: tuple[str, ...] = ()


CORPORA = (
    Corpus(
        name="crossner",
        licence="MIT",
        attribution="CrossNER, Zihan Liu et al. (2021), github.com/zliucr/CrossNER",
        trainable=True,
        training_globs=("*/*.txt",),
        held_out=("politics/test.txt",),
    ),
    Corpus(
        name="wikigold",
        licence="CC BY 4.0",
        attribution="WikiGold, Dominic Balasuriya et al. (2009)",
        trainable=True,
        training_globs=("**/wikigold.conll.txt",),
    ),
    Corpus(
        name="europarl",
        licence="see the corpus",
        attribution="Europarl English entity test set, IXA group, Rodrigo Agerri et al. (2018)",
        trainable=False,
        training_globs=("*.conll02",),
    ),
    Corpus(
        name="ewt",
        licence="CC BY-SA 4.0",
        attribution="Universal NER English EWT, Stephen Mayhew et al. (2024)",
        trainable=False,
        training_globs=("*-test.iob2",),
    ),
)

# Labels of the corpora, folded to lower case, by what they become here; everything else is no entity.
LABEL_MAP = {
    **dict.fromkeys(("per", "person", "politician", "writer", "musicalartist", "scientist", "researcher"), "PERSON"),
    **dict.fromkeys(("org", "organisation", "politicalparty", "band", "university"), "ORG"),
    **dict.fromkeys(("loc", "location", "country", "gpe", "fac"), "PLACE"),
}


def corpus_named(name: str) -> Corpus:
    """The known corpus of that name; CorpusError when there is none."""
    for corpus in CORPORA:
        if corpus.name == name:
            return corpus
    raise CorpusError(f"unknown corpus {name!r}; known: {', '.join(c.name for c in CORPORA)}")


def training_sentences(name: str, folder: Path) -> list[Sentence]:
    """All sentences of a corpus that may be trained on, file by file in sorted order."""
    corpus = corpus_named(name)
    if not corpus.trainable:
        raise CorpusError(f"corpus {name!r} is for measuring only ({corpus.licence})")
    return [s for path in _files(corpus, folder) if not _is_held_out(path, folder, corpus) for s in read_columns(path)]


def held_out_sentences(name: str, folder: Path) -> list[Sentence]:
    """The sentences kept for measuring: the named held-out files, or the whole corpus when it is not trained on."""
    corpus = corpus_named(name)
    files = _files(corpus, folder)
    if corpus.trainable:
        files = [p for p in files if _is_held_out(p, folder, corpus)]
    return [s for path in files for s in read_columns(path)]


def _files(corpus: Corpus, folder: Path) -> list[Path]:
    files = sorted({p for pattern in corpus.training_globs for p in folder.glob(pattern)})
    if not files:
        raise CorpusError(f"corpus {corpus.name!r}: no file like {' or '.join(corpus.training_globs)} below {folder}")
    return files


def _is_held_out(path: Path, folder: Path, corpus: Corpus) -> bool:
    return path.relative_to(folder).as_posix() in corpus.held_out


def read_columns(path: Path) -> list[Sentence]:
    """Sentences of one file: a word and its tag per line, blank lines between sentences.

    Reads two columns (word, tag) split by tab or space, and the CoNLL-U like `.iob2` (index, word, tag, …).
    Tags may be BIO or, as in WikiGold, I only.
    """
    tag_column, word_column = (2, 1) if path.suffix == ".iob2" else (1, 0)
    sentences = []
    for rows in _blocks(path.read_text(encoding="utf-8").splitlines()):
        if any(len(row) <= tag_column for row in rows):
            raise CorpusError(f"{path}: a line without a tag")
        words = tuple(row[word_column] for row in rows)
        sentences.append(Sentence(words, tuple(_spans([row[tag_column] for row in rows]))))
    return sentences


def _blocks(lines: Iterable[str]) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("# ") and "=" in line:
            continue
        if not line.strip():
            if rows:
                yield rows
            rows = []
        else:
            rows.append(line.split("\t") if "\t" in line else line.split(" "))
    if rows:
        yield rows


def _spans(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, current = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        prefix, _, raw = tag.partition("-")
        label = raw.lower() if prefix in ("B", "I") else ""
        if current and (label != current or prefix == "B"):
            if current in LABEL_MAP:
                yield start, i, LABEL_MAP[current]
            current = ""
        if label and not current:
            start, current = i, label

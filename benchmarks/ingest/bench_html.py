"""How faithfully web pages are read: our own pages in the manner of many publishers, against article extractors.

    uv run --with trafilatura --with resiliparse python benchmarks/ingest/bench_html.py      # --each: page by page

`pages/NAME.html` has its truth in `pages/NAME.txt`: what a reader would quote, line by line (" | " between what
belongs together: time and session, name and affiliation), then what is furniture.  Libraries that are not installed
are left out; none of them is a dependency.
"""

from __future__ import annotations

import difflib
import importlib.util
import itertools
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.document import RawFile

PAGES = Path(__file__).parent / "pages"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MAX_BETWEEN = 5
"""Signs that may stand between the two halves of a pair: a line break, a colon, a bar."""


@dataclass(frozen=True)
class Page:
    """A page and its truth: `lines` of parts that belong together, `junk` that does not belong to the page."""

    name: str
    data: bytes
    lines: list[list[str]]
    junk: list[str]


def read_pages() -> list[Page]:
    pages = []
    for path in sorted(PAGES.glob("*.html")):
        keep, junk = path.with_suffix(".txt").read_text("utf-8").removeprefix("# keep\n").split("# junk\n")
        lines = [line.split(" | ") for line in keep.splitlines() if line]
        pages.append(Page(path.stem, path.read_bytes(), lines, junk.splitlines()))
    return pages


def by_convenor(page: Page) -> str:
    """Our reader's main text."""
    from ingest.readers.html import read_html

    document = read_html(RawFile(f"{page.name}.html", page.data))
    return "\n".join(document.block_text(block) for block in document.blocks if block.is_main)


def by_convenor_all(page: Page) -> str:
    from ingest.readers.html import read_html

    return read_html(RawFile(f"{page.name}.html", page.data)).text


def by_trafilatura(page: Page) -> str:
    import trafilatura

    return trafilatura.extract(page.data.decode("utf-8")) or ""


def by_trafilatura_recall(page: Page) -> str:
    import trafilatura

    return trafilatura.extract(page.data.decode("utf-8"), favor_recall=True) or ""


def by_resiliparse(page: Page) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page.data.decode("utf-8"), main_content=True))


def by_resiliparse_all(page: Page) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page.data.decode("utf-8"), main_content=False))


def by_readability(page: Page) -> str:
    from lxml import html
    from readability import Document

    return str(html.fromstring(Document(page.data.decode("utf-8")).summary()).text_content())


CANDIDATES: dict[str, tuple[str, Callable[[Page], str]]] = {
    "convenor": ("ingest", by_convenor),
    "convenor, with what is not main": ("ingest", by_convenor_all),
    "trafilatura": ("trafilatura", by_trafilatura),
    "trafilatura, recall": ("trafilatura", by_trafilatura_recall),
    "resiliparse": ("resiliparse", by_resiliparse),
    "resiliparse, whole page": ("resiliparse", by_resiliparse_all),
    "readability": ("readability", by_readability),
}


def plain(text: str) -> str:
    return " ".join(text.split())


def facts_kept(got: str, page: Page) -> float:
    """Share of the quotable parts that are there, word for word."""
    facts = [plain(part) for line in page.lines for part in line]
    return sum(fact in got for fact in facts) / len(facts)


def junk_kept(got: str, page: Page) -> float:
    return sum(plain(junk) in got for junk in page.junk) / len(page.junk)


def pairs_kept(got: str, page: Page) -> float | None:
    """Share of pairs whose halves stand side by side; None for a page without pairs."""
    pairs = [(plain(a), plain(b)) for line in page.lines for a, b in itertools.pairwise(line)]
    between = rf"\W{{1,{_MAX_BETWEEN}}}"
    found = sum(re.search(re.escape(a) + between + re.escape(b), got) is not None for a, b in pairs)
    return found / len(pairs) if pairs else None


def word_f1(got: str, page: Page) -> float:
    """F1 of the words as a bag against the quotable text."""
    first, second = Counter(_WORD.findall(got)), Counter(_WORD.findall(_truth(page)))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def word_order(got: str, page: Page) -> float:
    """How far the sequences of words agree (1 = the same words in the same order)."""
    return difflib.SequenceMatcher(None, _WORD.findall(got), _WORD.findall(_truth(page)), autojunk=False).ratio()


def _truth(page: Page) -> str:
    return "\n".join(" ".join(line) for line in page.lines)


MEASURES: dict[str, Callable[[str, Page], float | None]] = {
    "facts kept": facts_kept,
    "junk kept": junk_kept,
    "pairs kept": pairs_kept,
    "word F1": word_f1,
    "word order": word_order,
}


def main() -> None:
    pages = read_pages()
    readers = {name: read for name, (module, read) in CANDIDATES.items() if importlib.util.find_spec(module)}
    print(
        f"{len(pages)} own pages\n\n| reader | {' | '.join(MEASURES)} | pages/s |\n|---|{'---|' * (len(MEASURES) + 1)}"
    )
    for name, read in readers.items():
        read(pages[0])
        start = time.process_time()
        texts = [plain(read(page)) for page in pages]
        seconds = time.process_time() - start
        table = [
            [measure(text, page) for measure in MEASURES.values()] for text, page in zip(texts, pages, strict=True)
        ]
        means = [_mean([row[k] for row in table]) for k in range(len(MEASURES))]
        print(f"| {name} | {' | '.join(f'{mean:.3f}' for mean in means)} | {len(pages) / seconds:.0f} |")
        if "--each" in sys.argv and name.startswith("convenor"):
            for page, text in zip(pages, texts, strict=True):
                _explain(page, text)


def _mean(values: list[float | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) / len(known)


def _explain(page: Page, text: str) -> None:
    lost = [part for line in page.lines for part in line if plain(part) not in text]
    kept = [junk for junk in page.junk if plain(junk) in text]
    print(f"    {page.name}: F1 {word_f1(text, page):.2f}, pairs {pairs_kept(text, page)}, lost {lost}, junk {kept}")


if __name__ == "__main__":
    main()

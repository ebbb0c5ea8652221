"""How fast and how faithfully PDFs are read, against the libraries that are installed.

    uv run python benchmarks/ingest/bench_pdf.py            # all three tables
    uv run python benchmarks/ingest/bench_pdf.py speed memory fidelity

Ratios of one run on one machine; CPU time, because machines are shared.  Libraries that are not installed are left out
(pypdf, PyMuPDF, playa and pdf_oxide are compared where they are; none of them is a dependency).
"""

from __future__ import annotations

import difflib
import importlib.util
import io
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from make_pdfs import SENTENCES, Sheet, make_cases

from ingest.document import RawFile
from ingest.limits import Limits

Reader = Callable[[bytes], str]
_LIMITS = Limits(cpu_seconds=600, wall_seconds=1200)


def by_convenor(data: bytes) -> str:
    """Our reader's main text."""
    from ingest.readers.pdf import read_pdf

    document = read_pdf(RawFile("file.pdf", data), _LIMITS)
    return "\n".join(document.block_text(block) for block in document.blocks if block.is_main)


def by_pdfplumber(data: bytes, **options: object) -> str:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        texts = []
        for page in document.pages:
            texts.append(page.extract_text(**options) or "")
            page.close()
    return "\n".join(texts)


def by_pdfplumber_tuned(data: bytes) -> str:
    return by_pdfplumber(data, x_tolerance_ratio=0.15, use_text_flow=True)


def by_pdfium(data: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    texts = []
    for index in range(len(document)):
        page = document[index]
        text_page = page.get_textpage()
        texts.append(text_page.get_text_bounded().replace("\x02", "-\n"))
        text_page.close()
        page.close()
    document.close()
    return "\n".join(texts)


def by_pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(data)))


def by_pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pymupdf(data: bytes) -> str:
    import pymupdf

    return "\n".join(page.get_text() for page in pymupdf.open(stream=data))


def by_playa(data: bytes) -> str:
    import playa

    with playa.parse(data) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def by_pdf_oxide(data: bytes) -> str:
    import pdf_oxide

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        document = pdf_oxide.PdfDocument(file.name)
        return "\n".join(document.extract_text(index) for index in range(document.page_count()))


CANDIDATES: dict[str, tuple[str, Reader]] = {
    "convenor": ("ingest", by_convenor),
    "pdfium text": ("pypdfium2", by_pdfium),
    "pdfplumber": ("pdfplumber", by_pdfplumber),
    "pdfplumber, tuned": ("pdfplumber", by_pdfplumber_tuned),
    "pdfminer.six": ("pdfminer", by_pdfminer),
    "pypdf": ("pypdf", by_pypdf),
    "PyMuPDF": ("pymupdf", by_pymupdf),
    "playa": ("playa", by_playa),
    "pdf_oxide": ("pdf_oxide", by_pdf_oxide),
}


def installed() -> dict[str, Reader]:
    """Return the candidates whose module is here."""
    return {name: reader for name, (module, reader) in CANDIDATES.items() if importlib.util.find_spec(module)}


def text_pages(count: int) -> bytes:
    """Return a report of `count` ordinary pages: 45 justified lines, running head, page number, 4,000 characters."""
    rng = random.Random(7)
    sheet = Sheet("Times-Roman", "Times-Bold", 11)
    for number in range(1, count + 1):
        sheet.line(70, 800, "Northern Policy Papers 14", size=8)
        sheet.line(290, 40, str(number), size=8)
        y = 765.0
        while y > 110:
            text = " ".join(rng.sample(SENTENCES, 4))
            y = sheet.paragraph(70, y, 455, text, hyphenate=True, justify=True) - 7
        sheet.page()
    return sheet.save()


def speed(pages: int = 60) -> None:
    data = text_pages(pages)
    print(f"\n## Pages per CPU second, {pages} ordinary text pages\n")
    print("| reader | pages/s | to pdfplumber | to pdfium text |\n|---|---|---|---|")
    rates = {}
    for name, reader in installed().items():
        reader(data)
        best = float("inf")
        for _ in range(3 if name in ("convenor", "pdfium text") else 1):
            start = time.process_time()
            reader(data)
            best = min(best, time.process_time() - start)
        rates[name] = pages / best
    for name, rate in rates.items():
        print(f"| {name} | {rate:.1f} | {rate / rates['pdfplumber']:.2f} | {rate / rates['pdfium text']:.2f} |")


def memory(pages: int = 300) -> None:
    """Peak resident memory of a process that reads one long file."""
    print(f"\n## Peak memory, {pages} pages\n\n| reader | MB |\n|---|---|")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(text_pages(pages))
        file.flush()
        for name in ("convenor", "pdfium text"):
            code = (
                f"import sys, resource; sys.path.insert(0, {str(Path(__file__).parent)!r}); import bench_pdf;"
                f"bench_pdf.CANDIDATES[{name!r}][1](open({file.name!r}, 'rb').read());"
                "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
            )
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
            print(f"| {name} | {float(done.stdout):.0f} |")


_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def order_similarity(got: str, expected: str) -> float:
    """Return how far the sequences of words agree (1 = the same words in the same order)."""
    return difflib.SequenceMatcher(None, _WORD.findall(got), _WORD.findall(expected), autojunk=False).ratio()


def word_f1(got: str, expected: str) -> float:
    """Return the F1 of the words as a bag."""
    first, second = Counter(_WORD.findall(got)), Counter(_WORD.findall(expected))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def block_recall(got: str, blocks: list[str]) -> float:
    """Return the share of paragraphs and rows that come out whole, as lines of their own."""
    lines = set(got.split("\n"))
    parts = [part for block in blocks for part in block.split("\n")]
    return sum(part in lines for part in parts) / len(parts)


def fidelity() -> None:
    cases = list(make_cases())
    layouts = list(dict.fromkeys(name for name, _, _ in cases))
    measures = {
        "Word order": lambda got, blocks: order_similarity(got, "\n".join(blocks)),
        "Word F1": lambda got, blocks: word_f1(got, "\n".join(blocks)),
        "Paragraphs and rows whole": block_recall,
    }
    readers = installed()
    texts = {name: [_safely(reader, data) for _, data, _ in cases] for name, reader in readers.items()}
    for title, measure in measures.items():
        print(
            f"\n## {title}, {len(cases)} own PDFs\n\n| layout | {' | '.join(readers)} |\n|---|{'---|' * len(readers)}"
        )
        totals = dict.fromkeys(readers, 0.0)
        for layout in layouts:
            row = []
            for name in readers:
                scores = [
                    measure(texts[name][k], blocks) for k, (case, _, blocks) in enumerate(cases) if case == layout
                ]
                row.append(sum(scores) / len(scores))
                totals[name] += row[-1]
            print(f"| {layout} | {' | '.join(f'{score:.3f}' for score in row)} |")
        print(f"| **mean** | {' | '.join(f'{total / len(layouts):.3f}' for total in totals.values())} |")


def _safely(reader: Reader, data: bytes) -> str:
    try:
        return reader(data)
    except Exception as error:  # a candidate that fails scores nothing
        print(f"{reader.__name__}: {error!r}", file=sys.stderr)
        return ""


def main() -> None:
    chosen = sys.argv[1:] or ["speed", "memory", "fidelity"]
    for name in chosen:
        {"speed": speed, "memory": memory, "fidelity": fidelity}[name]()


if __name__ == "__main__":
    main()

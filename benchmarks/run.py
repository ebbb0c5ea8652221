"""How fast: `python benchmarks/run.py [DOCUMENTS]` prints a table of rates and ratios, measured one after another.

Short texts are made on the spot, from a fixed seed; mixed formats are the documents in data/raw.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from flows.steps import RunSettings, run  # noqa: E402
from flows.work import Input, get_extractor, get_sandbox, process_batch  # noqa: E402

STOCK = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
GIVEN = ("Anna", "Kenji", "Maria", "Jonas", "Yuki", "Pierre", "Elena", "Takeshi")
FAMILY = ("Beispiel", "Ito", "Rossi", "Lind", "Mori", "Dubois", "Novak", "Hara")
PLACES = ("Brussels", "Tokyo", "Rome", "Prague", "Vienna", "Osaka")
TOPICS = ("Coastal Surveillance", "Cyber Resilience", "Undersea Cables", "Space Situational Awareness", "Port Security")


def make_text(number: int) -> str:
    """Return an announcement of some 120 words; equal numbers give equal texts."""
    pick = random.Random(number)
    speakers = "\n".join(
        f"- Dr {pick.choice(GIVEN)} {pick.choice(FAMILY)}, {pick.choice(('Senior Fellow', 'Director', 'Professor'))},"
        f" Institute for {pick.choice(TOPICS)} Studies"
        for _ in range(3)
    )
    topic, place = pick.choice(TOPICS), pick.choice(PLACES)
    return (
        f"Seminar on {topic} No. {number}\n\n{pick.randint(1, 28)} March {pick.randint(2015, 2026)}, 10:00–12:30 CET\n"
        f"Venue: Conference Centre, {place}\n\n"
        f"The seminar will discuss how partners in Europe and Japan can work together on {topic.lower()}. Experts from "
        f"ministries, think tanks and industry will present recent developments, and the audience will be asked for "
        f"questions. It is free of charge, but registration is required by the end of the week before. The "
        f"discussion will be held in English under the usual rules, and a summary will be published afterwards.\n\n"
        f"Speakers\n{speakers}\n"
    )


@contextmanager
def folder_of(count: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "raw").mkdir()
        for number in range(count):
            (place / "raw" / f"{number:06}.txt").write_text(make_text(number), "utf-8")
        yield place


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def go(place: Path, workers: int) -> object:
    return run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", workers=workers))


def bare_spacy(texts: list[str]) -> Callable[[], object]:
    """Return the work of the stock pipeline on texts, its model loaded and warm."""
    from models.ner import base_pipeline

    nlp = base_pipeline(keep=STOCK)
    nlp(texts[0])
    return lambda: sum(1 for _ in nlp.pipe(texts, batch_size=64))


def plain_script(paths: list[Path]) -> None:
    """What one would write in an afternoon: pdfplumber, spaCy's entities and dateparser.search on every text."""
    import pdfplumber
    from dateparser.search import search_dates
    from selectolax.lexbor import LexborHTMLParser

    from models.ner import base_pipeline

    nlp = base_pipeline(keep=STOCK)
    for path in paths:
        if path.suffix == ".pdf":
            with pdfplumber.open(path) as pdf:
                text = "\n".join(page.extract_text() or "" for page in pdf.pages)
        elif path.suffix == ".html":
            text = LexborHTMLParser(path.read_bytes()).text()
        else:
            text = path.read_text("utf-8")
        list(nlp(text).ents)
        search_dates(text, languages=["en"])


def main(count: int) -> None:
    rows: list[tuple[str, str, str]] = []
    texts = [make_text(number) for number in range(count)]
    get_extractor()
    with folder_of(count) as place:
        first = Input("000000.txt", str(place / "raw" / "000000.txt"), "")
        process_batch([first])  # the sandbox is up, the model warm
        one = seconds(lambda: go(place, 1))
        nothing = seconds(lambda: go(place, 1))
    rows.append((f"{count} short texts, end to end, 1 worker", f"{count / one:.1f} documents/s", ""))
    rows.append(("  run again, nothing changed", f"{nothing:.2f} s", f"{nothing / one:.1%} of a full run"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows.append(("  peak memory of the process", f"{peak:.0f} MiB", ""))
    bare = seconds(bare_spacy(texts))
    rows.append(("  stock pipeline, bare nlp.pipe", f"{count / bare:.1f} documents/s", f"ours is {bare / one:.2f}×"))
    with folder_of(count) as place:
        two = seconds(lambda: go(place, 2))
    rows.append(("  2 workers, start-up included", f"{count / two:.1f} documents/s", f"{one / two:.2f}× of 1"))
    formats = (".pdf", ".html", ".txt", ".md")
    paths = sorted(path for path in (ROOT / "data" / "raw").iterdir() if path.suffix in formats)
    inputs = [Input(path.name, str(path), "") for path in paths]
    ours = seconds(lambda: process_batch(inputs))
    plain = seconds(lambda: plain_script(paths))
    rows.append((f"{len(paths)} documents of mixed formats", f"{len(paths) / ours:.1f} documents/s", ""))
    label = "  pdfplumber + spaCy + dateparser.search"
    rows.append((label, f"{len(paths) / plain:.1f} documents/s", f"ours is {plain / ours:.1f}×"))
    get_sandbox().close()
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

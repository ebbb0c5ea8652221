"""How fast: `python benchmarks/run.py [DOCUMENTS]` prints a table of rates and ratios, measured one after another.

Processor time unless it says otherwise, reading child and server included, so that what else the machine does matters
little.  Everything that is compared is warm, on both sides: models loaded, a first document done.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]

from corpora import make_mixed, make_text, make_texts  # noqa: E402
from growth import processor_seconds  # noqa: E402

from flows.steps import RunSettings, run  # noqa: E402
from flows.work import Input, get_extractor, get_sandbox, process_batch  # noqa: E402

STOCK = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
COPIES = 4
"""Times the sample corpus is varied: 18 documents each, the first time only to warm up."""
FLOW = """
import sys, time
from pathlib import Path
from flows.local import prefect_settings
with prefect_settings():
    from flows.process import process
    from flows.steps import RunSettings, run
    from flows.work import get_extractor
    place = Path(sys.argv[1])
    get_extractor()
    started = time.process_time()
    if sys.argv[2] == "flow":
        process(str(place / "raw"), str(place / "processed"), place / "s.duckdb", workers=1)
    else:
        run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", workers=1))
    print(time.process_time() - started)
"""
START = """
from pathlib import Path
from flows.work import Input, process_input
assert process_input(Input("a.txt", "a.txt", "")).payloads
"""

Rows = list[tuple[str, str, str]]


@contextmanager
def folder_of(count: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        make_texts(Path(name) / "raw", count)
        yield Path(name)


def cost(work: Callable[[], object]) -> float:
    """Return the processor seconds of some work."""
    started = processor_seconds()
    work()
    return processor_seconds() - started


def wall(work: Callable[[], object]) -> float:
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


def text_of(path: Path) -> str:
    """Return the text of a document as a short script would."""
    import pdfplumber
    from docx import Document as read_docx
    from selectolax.lexbor import LexborHTMLParser

    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return "\n".join(page.extract_text() or "" for page in pdf.pages)
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in read_docx(str(path)).paragraphs)
    if path.suffix == ".html":
        return LexborHTMLParser(path.read_bytes()).text()
    if path.suffix == ".eml":
        body = message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("plain", "html"))
        return str(body.get_content()) if body else ""
    return path.read_text("utf-8")


def plain_script(languages: list[str] | None) -> Callable[[list[Path]], None]:
    """Return what one would write in an afternoon: pdfplumber, spaCy's entities and dateparser.search on every text."""
    from dateparser.search import search_dates

    from models.ner import base_pipeline

    nlp = base_pipeline(keep=STOCK)

    def work(paths: list[Path]) -> None:
        for path in paths:
            text = text_of(path)
            list(nlp(text).ents)
            search_dates(text, languages=languages)

    return work


def short_texts(count: int) -> Rows:
    texts = [make_text(number) for number in range(count)]
    with folder_of(count) as place:
        one = cost(lambda: go(place, 1))
        nothing = cost(lambda: go(place, 1))
    bare = cost(bare_spacy(texts))
    with folder_of(count) as place:
        alone = wall(lambda: go(place, 1))
    with folder_of(count) as place:
        two = wall(lambda: go(place, 2))
    return [
        (f"{count:,} short texts, end to end", f"{count / one:.1f} documents/s", ""),
        ("  the stock pipeline's bare nlp.pipe", f"{count / bare:.1f} documents/s", f"ours is {bare / one:.2f}×"),
        ("  the run again, nothing changed", f"{nothing:.2f} s", f"{nothing / one:.1%} of a full run"),
        ("  2 workers by the clock, start-up included", f"{count / two:.1f} documents/s", f"{alone / two:.2f}× of 1"),
    ]


def mixed_formats() -> Rows:
    with tempfile.TemporaryDirectory() as name:
        paths = make_mixed(Path(name), COPIES)
        count = len(paths) // COPIES
        first, rest = paths[:count], paths[count:]

        def ours(some: list[Path]) -> object:
            return process_batch([Input(path.name, str(path), "") for path in some])

        ours(first)
        found = cost(lambda: ours(rest))
        rows = [(f"{len(rest)} documents of mixed formats", f"{len(rest) / found:.1f} documents/s", "")]
        for label, languages in (("told that all is English", ["en"]), ("any language, as ours", None)):
            script = plain_script(languages)
            script(first)
            plain = cost(lambda: script(rest))  # noqa: B023 - called at once
            rate = f"{len(rest) / plain:.1f} documents/s"
            rows.append((f"  pdfplumber, spaCy, dateparser.search: {label}", rate, f"ours is {plain / found:.1f}×"))
        return rows


def overhead(count: int) -> Rows:
    """A run as a flow on a server that runs already, against the same run without: in the process of the run, warm."""
    from convenor.serving import api_url

    took = {}
    with tempfile.TemporaryDirectory() as home:
        os.environ["PREFECT_HOME"] = home
        with api_url(4377) as url:
            path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
            environment = {**os.environ, "PREFECT_API_URL": url, "PYTHONPATH": path}
            for kind in ("plain", "flow"):
                with folder_of(count) as place:
                    command = [sys.executable, "-c", FLOW, str(place), kind]
                    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
                    took[kind] = float(done.stdout.split()[-1])
    more = took["flow"] / took["plain"] - 1
    return [
        (f"{count:,} short texts as a Prefect flow, warm", f"{took['flow'] - took['plain']:.1f} s more", f"{more:.1%}")
    ]


def start_up() -> Rows:
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "a.txt").write_text(make_text(0), "utf-8")
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        command = [sys.executable, "-c", START]
        environment = {**os.environ, "PYTHONPATH": path}
        took = [cost(lambda: subprocess.run(command, cwd=name, env=environment, check=True)) for _ in range(3)]
    return [("start-up to the first document", f"{min(took):.1f} s", "")]


def main(count: int) -> None:
    print("| what | measured | ratio |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as name:  # the sandbox is up, the model warm
        (Path(name) / "a.txt").write_text(make_text(0), "utf-8")
        get_extractor()
        process_batch([Input("a.txt", str(Path(name) / "a.txt"), "")])
    for measure in (start_up, mixed_formats, lambda: short_texts(count), lambda: overhead(count)):
        for row in measure():
            print(f"| {' | '.join(row)} |", flush=True)
    get_sandbox().close()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)

"""How cost and memory grow: `python benchmarks/growth.py [DOCUMENTS …]`, each row measured by a process of its own.

Processor time (as Linux counts it), not wall time: what else the machine does then matters little.  Reading and finding
is measured on short texts; joining and publishing on records with the same findings under other names and days, because
a machine would read 10⁵ documents for an hour.
"""

from __future__ import annotations

import json
import math
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]

from corpora import GIVEN, PLACES, drawn, make_text, make_texts, word  # noqa: E402

READ = (1_000, 4_000)
"""Numbers of short texts read: enough for the growth, minutes each."""
BATCH = 1_000
NAMES = ("Kabrendor", "Tovilogal", "Rimanefin", "Lofinelhu")
"""Names of the model documents, all of one length, so that other names of that length leave every offset true."""
MONTHS = ("March", "June", "September", "November")


def processor_seconds() -> float:
    """Return the processor time of this process and of those it started, ended or not."""
    own = os.times()
    return sum(own[:4]) + sum(map(_seconds_of, descendants(os.getpid())))


def descendants(pid: int) -> Iterator[int]:
    """Yield the processes that a process started, and those that these started."""
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = listing.read_text().split()
        except OSError:  # it has ended meanwhile
            continue
        for child in map(int, children):
            yield child
            yield from descendants(child)


def _seconds_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:  # it has ended meanwhile
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(place: Path, **changes: Any) -> dict[str, Any]:
    """Run over a place; return processor seconds and the peak memory so far of each step, and the rows published."""
    from flows.steps import RunSettings, run

    seconds: dict[str, float] = {}
    peaks: dict[str, float] = {}

    def call(step: Callable[..., Any], *arguments: Any) -> Any:
        started = processor_seconds()
        result = step(*arguments)
        seconds[step.__name__] = round(processor_seconds() - started, 2)
        peaks[step.__name__] = round(peak_mib())
        return result

    started = processor_seconds()
    summary = run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", workers=1, **changes), call)
    total = round(processor_seconds() - started, 2)
    return {"total": total, "seconds": seconds, "peaks": peaks, "rows": summary.rows, "counts": summary.counts}


def read(count: int) -> dict[str, Any]:
    """Read short texts end to end, once, then again with nothing changed."""
    from flows.work import get_extractor

    with tempfile.TemporaryDirectory() as name:
        make_texts(Path(name) / "raw", count)
        get_extractor()
        loaded = round(peak_mib())
        return {"loaded": loaded, "full": measured(Path(name)), "again": measured(Path(name))}


def join(count: int) -> dict[str, Any]:
    """Join and publish generated records of `count` documents, then again with nothing changed, then with one more."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, __file__, "fill", str(count), name], check=True)
        place = Path(name)
        full, again = measured(place), measured(place)
        (place / "raw" / "new.txt").write_text(make_text(count), "utf-8")
        return {"full": full, "again": again, "more": measured(place), "written": written(place / "processed")}


def written(release: Path) -> float:
    """Return the processor seconds that the mentions of a release take to be written, their rows at hand."""
    from pyarrow.parquet import ParquetFile

    from tables.schema import TABLE_BY_NAME
    from tables.writing import ReleaseInfo, write_table

    with tempfile.TemporaryDirectory() as name:
        took = 0.0
        for number, batch in enumerate(ParquetFile(release / "mentions.parquet").iter_batches(100_000)):
            rows = batch.to_pylist()
            folder = Path(name) / str(number)
            folder.mkdir()
            started = time.process_time()
            write_table(folder, TABLE_BY_NAME["mentions"], rows, ReleaseInfo("data", "run", "commit"))
            took += time.process_time() - started
        return round(took, 2)


def model_text(number: int) -> str:
    day, month = number % 28 + 1, MONTHS[number // 28]
    speakers = "\n".join(
        f"- Dr {given} {family}, {post}, {NAMES[3]} Institute for Coastal Studies"
        for given, family, post in zip(GIVEN, NAMES, ("Director", "Professor", "Senior Fellow"), strict=False)
    )
    return (
        f"{NAMES[3]} Seminar No. 000000\n\n{day:02} {month} 1900, 10:00–12:30 CET\n"
        f"Venue: {NAMES[3]} Conference Centre, {PLACES[number % len(PLACES)]}\n\n"
        f"The seminar will discuss how partners in Europe and Japan can work together against mines and cyber attacks "
        f"on ports. It is free of charge, but registration is required. A summary will be published afterwards.\n\n"
        f"Speakers\n{speakers}\n"
    ).replace("1900", "2019")


def models() -> list[str]:
    """Return what is found in 112 model documents, as JSON."""
    from msgspec import json as encoding

    from flows.work import Input, process_input
    from tables.store import decode_records

    found = []
    with tempfile.TemporaryDirectory() as name:
        for number in range(28 * len(MONTHS)):
            path = Path(name) / f"{number}.txt"
            path.write_text(model_text(number), "utf-8")
            ((_, _, payload),) = process_input(Input(path.name, str(path), "")).payloads
            found.append(encoding.encode(decode_records(payload)).decode())
    return found


def generated(number: int, uri: str, sha256: str, found: list[str]) -> tuple[str, bytes]:
    """Return (document_id, payload) of a document with the findings of a model under names and a year of its own."""
    from msgspec import json as encoding

    from extract.records import DocumentRecords
    from ingest.ids import document_id
    from tables.store import encode_records

    pick = random.Random(number)
    text = found[number % len(found)]
    facts = json.loads(text)["document"]
    key = document_id(sha256)
    others = {name: (word(drawn(pick)) + "kabrendorel")[: len(name)] for name in NAMES}
    others |= {"000000": f"{number:06}", "2019": str(pick.randint(1990, 2026)), facts["document_id"]: key}
    others |= {facts["sha256"]: sha256, facts["source_uri"]: uri}
    text = re.sub("|".join(map(re.escape, others)), lambda match: others[match[0]], text)
    text = re.sub(r'"men_[0-9a-z]+', lambda match: f"{match[0]}{number:06x}", text)
    return key, encode_records(encoding.decode(text, type=DocumentRecords))


def fill(place: Path, count: int) -> None:
    """Write files, and a state that knows what was found in each."""
    from flows.versions import versions
    from ingest.ids import hash_bytes
    from tables.store import OutcomeRow, SourceState, Store

    found = models()
    with Store(place / "s.duckdb") as store:
        store.begin_run(1, "run_made")
        for start in range(0, count, BATCH):
            states, payloads, outcomes = [], {}, []
            for number in range(start, min(start + BATCH, count)):
                uri = f"{number // 1000:04}/{number:07}.txt"
                path = place / "raw" / uri
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{number}", "utf-8")
                sha256 = hash_bytes(path.read_bytes())
                key, payload = generated(number, uri, sha256, found)
                payloads[key] = (uri, payload)
                states.append(SourceState(uri, sha256, versions(), "ok", None, None, key, uri))
                outcomes.append(OutcomeRow(uri, "ok", key))
            store.save_batch("run_made", states, payloads, outcomes)
        store.end_run("run_made", "completed", None)


def in_a_process(what: str, count: int) -> dict[str, Any]:
    done = subprocess.run([sys.executable, __file__, what, str(count)], check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return e of `seconds ~ size^e` between the smallest and the largest size."""
    return math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])


def main(sizes: list[int]) -> None:
    reads = [in_a_process("read", count) for count in READ]
    print("| short texts | read and found | memory: model, then reading, then joining |\n|---|---|---|")
    for count, found in zip(READ, reads, strict=True):
        full = found["full"]
        seconds, peaks = full["seconds"]["extract"], full["peaks"]
        rate = f"{seconds:.0f} s of processor time, {1000 * seconds / count:.1f} ms each"
        print(f"| {count:,} | {rate} | {found['loaded']}, {peaks['extract']}, {peaks['publish_tables']} MiB |")
    print(f"growth exponent {exponent(list(READ), [r['full']['seconds']['extract'] for r in reads]):.2f}\n")
    print("| documents | mentions | joined, published | mentions written | nothing changed | one more | peak |")
    print("|---|---|---|---|---|---|---|", flush=True)
    joined = []
    for count in sizes:
        found = in_a_process("join", count)
        joined.append(found)
        full, again = found["full"], found["again"]
        each = reads[-1]["full"]["seconds"]["extract"] / READ[-1]
        share = again["total"] / (full["total"] + count * each)
        print(
            f"| {count:,} | {full['rows']['mentions']:,} | {full['seconds']['publish_tables']:.1f} s |"
            f" {found['written']:.1f} s |"
            f" {again['total']:.1f} s, {share:.1%} of a full run | {found['more']['total']:.1f} s |"
            f" {full['peaks']['publish_tables']} MiB |",
            flush=True,
        )
    peaks = [one["full"]["peaks"]["publish_tables"] for one in joined]
    print("peak memory against the smallest: " + ", ".join(f"{peak / peaks[0]:.2f}" for peak in peaks))
    for name in ("publish_tables", "discover"):
        grown = exponent(sizes, [max(0.01, one["full"]["seconds"][name]) for one in joined])
        print(f"growth exponent of {name.replace('_', ' ')}: {grown:.2f}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}")


if __name__ == "__main__":
    words = sys.argv[1:]
    if words and words[0] == "fill":
        fill(Path(words[2]), int(words[1]))
    elif words and words[0] in ("read", "join"):
        print(json.dumps({"read": read, "join": join}[words[0]](int(words[1]))))
    else:
        main([int(one) for one in words] or [1_000, 20_000, 100_000])

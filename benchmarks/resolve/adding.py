"""What adding documents to a joined corpus costs: `python benchmarks/resolve/adding.py [DOCUMENTS [ADDED]]`.

Joining all documents, then those added, into a file as runs do; then the same with the writing of all tables.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from growth import synthetic

from extract.records import DocumentRecords
from resolve.kept import Kept
from tables.assembly import assemble
from tables.joined import Corpus, Decisions, bring_up_to_date
from tables.publish import publish
from tables.store import Store
from tables.writing import ReleaseInfo


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def fill(store: Store, records: Sequence[DocumentRecords]) -> None:
    from tables.store import encode_records

    payloads = {r.document.document_id: (r.document.source_uri, encode_records(r)) for r in records}
    store.save_batch("run", [], payloads, [])


def join(corpus: Corpus) -> None:
    with Kept(corpus.path) as kept:
        kept.begin(corpus.version)
        bring_up_to_date(kept, corpus, Decisions())


def main() -> None:
    count, added = (*(int(size) for size in sys.argv[1:3]), *(10_000, 100)[len(sys.argv) - 1 :])
    records = synthetic((count + added) * 10)
    random.Random(1).shuffle(records)
    with tempfile.TemporaryDirectory() as name, Store(Path(name) / "state.duckdb") as store:
        corpus = Corpus(store.records, store.stamps, store.some_records, Path(name) / "state.joined")
        place = Path(name) / "processed"

        def release(number: int) -> None:
            previous = place if number > 1 else None
            rows = assemble(corpus, Decisions(), f"run_{number}", "v", previous)
            publish(rows, place, ReleaseInfo(f"data_{number}", f"run_{number}", "none"))

        fill(store, records[:count])
        whole = seconds(lambda: join(corpus))
        writing = seconds(lambda: release(1))
        fill(store, records[count:])
        del records
        some = seconds(lambda: join(corpus))
        again = seconds(lambda: release(2))
        size = (corpus.path or place).stat().st_size / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"joining {count:,} documents: {whole:.2f} s; {added:,} more: {some:.2f} s, {some / whole:.1%} of it")
    print(f"writing all tables: {writing:.2f} s, then {again:.2f} s; kept file {size:.0f} MiB, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()

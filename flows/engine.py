"""Map a function over batches in a pool of processes: an item that kills its process costs only itself."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Generic, Literal, TypeVar

from flows.observing import start_logging

Item = TypeVar("Item")
Result = TypeVar("Result")

Engine = Literal["local", "dask"]
"""Where batches are worked on: processes of this machine, or a Dask cluster (`flows.engine_dask`)."""

IN_FLIGHT_PER_WORKER = 2
"""Batches handed out ahead of need: one at work and one waiting keep a worker busy, more only cost memory."""

# Each worker is one process; threads inside it would fight for the same cores.
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Lost(Generic[Item]):
    """An item whose process died while it worked on it, alone."""

    item: Item


class ClusterError(Exception):
    """The cluster cannot be used; the message says why and what to do."""


def map_batches(
    function: Callable[[list[Item]], list[Result]], batches: Iterable[list[Item]], workers: int
) -> Iterator[list[Result] | Lost[Item]]:
    """Yield `function(batch)` for each batch as it is done, in no fixed order.

    `function` must be importable.  With one worker it runs in this process.  When a worker process dies, the batches
    in flight are run again item by item, each in a process of its own; an item that kills its process again is
    yielded as `Lost`, everything else keeps its result.  Exceptions of `function` are bugs and are raised.
    """
    if workers <= 1:
        for batch in batches:
            yield function(batch)
        return
    for name, value in _ONE_THREAD.items():
        os.environ.setdefault(name, value)
    waiting = iter(batches)
    suspects: deque[Item] = deque()
    while True:
        suspects_before = len(suspects)
        yield from _run_pool(function, waiting, workers, suspects)
        if len(suspects) == suspects_before:
            return
        while suspects:
            yield _run_alone(function, suspects.popleft())


def _run_pool(
    function: Callable[[list[Item]], list[Result]], batches: Iterator[list[Item]], workers: int, suspects: deque[Item]
) -> Iterator[list[Result]]:
    """Yield results until the batches end or the pool breaks; what was in flight then goes to `suspects`."""
    with _pool(workers) as pool:
        in_flight: dict[Future[list[Result]], list[Item]] = {}
        is_broken = False
        while True:
            while not is_broken and len(in_flight) < workers * IN_FLIGHT_PER_WORKER:
                batch = next(batches, None)
                if batch is None:
                    break
                try:
                    in_flight[pool.submit(function, batch)] = batch
                except BrokenProcessPool:
                    suspects.extend(batch)
                    is_broken = True
            if not in_flight:
                return
            done, _ = wait(in_flight, return_when=FIRST_COMPLETED)
            for future in done:
                batch = in_flight.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    suspects.extend(batch)
                    is_broken = True


def _run_alone(function: Callable[[list[Item]], list[Result]], item: Item) -> list[Result] | Lost[Item]:
    with _pool(1) as pool:
        try:
            return pool.submit(function, [item]).result()
        except BrokenProcessPool:
            return Lost(item)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    start_logging()
    end_with_parent()


def end_with_parent() -> None:
    """End this worker when the run that started it is killed; it would wait for work for ever, with its model."""
    parent = parent_process()

    def wait_for_end() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True).start()

"""The engine's `map_batches` on a Dask cluster: inputs travel, not spaCy objects; a poison item costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from flows.engine import IN_FLIGHT_PER_WORKER, ClusterError, Item, Lost, Result

LOST_WORKERS_ALLOWED = 1
"""Workers that may be lost over an item before it is given up; more cost a start-up of the model each."""
ANSWER_SECONDS = 20


def map_batches_dask(
    function: Callable[[list[Item]], list[Result]],
    batches: Iterable[list[Item]],
    workers: int,
    scheduler: str | None = None,
) -> Iterator[list[Result] | Lost[Item]]:
    """Yield `function(batch)` for each batch as it is done, like `flows.engine.map_batches`.

    Runs on the cluster at `scheduler` ("tcp://host:8786"), else on a cluster of `workers` processes on this machine.
    Items of a batch whose workers are lost are run again one at a time with nothing beside them, once all else is done:
    a cluster blames a lost worker on all that waited there, so only an item that was alone is surely its cause.
    An item that loses its workers then is yielded as `Lost`.
    Raises ClusterError when there is no cluster, and whatever `function` raises.
    """
    distributed = _dask("distributed")
    with _client(workers, scheduler) as client:
        waiting = iter(batches)
        suspects: list[Item] = []
        in_flight: dict[str, list[Item]] = {}
        size = max(1, len(client.scheduler_info(-1)["workers"]))
        done = distributed.as_completed(loop=client.loop)

        def submit(batch: list[Item]) -> Any:
            # not pure: what is run again after its worker was lost must not be answered from memory
            return client.submit(function, batch, pure=False, retries=0)

        def hand_out() -> None:
            while len(in_flight) < size * IN_FLIGHT_PER_WORKER:
                batch = next(waiting, None)
                if batch is None:
                    return
                future = submit(batch)
                in_flight[future.key] = batch
                done.add(future)

        hand_out()
        while in_flight:
            future = next(done)
            batch = in_flight.pop(future.key)
            try:
                yield future.result()
            except distributed.KilledWorker:
                suspects += batch
            future.release()
            hand_out()
        for item in suspects:
            future = submit([item])
            try:
                yield future.result()
            except distributed.KilledWorker:
                yield Lost(item)
            future.release()


@contextmanager
def _client(workers: int, scheduler: str | None) -> Iterator[Any]:
    distributed = _dask("distributed")
    with _dask("dask").config.set({"distributed.scheduler.allowed-failures": LOST_WORKERS_ALLOWED}):
        if scheduler is None:
            # no page, loopback only: nothing of a run is offered to the network
            places = {"n_workers": workers, "threads_per_worker": 1, "processes": True}
            with (
                distributed.LocalCluster(**places, dashboard_address=None, host="127.0.0.1") as cluster,
                distributed.Client(cluster) as client,
            ):
                yield client
            return
        try:
            client = distributed.Client(scheduler, timeout=ANSWER_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(f"no Dask scheduler answers at {scheduler}: give --scheduler tcp://host:8786") from error
        with client:
            yield client


def _dask(name: str) -> Any:
    """Import a package of the extra `dask`."""
    try:
        return import_module(name)
    except ImportError:
        raise ClusterError("Dask is not installed: `uv sync --extra dask`, or leave out --engine") from None

"""`convenor serve`: the process flow on a schedule, on one machine, with a server and a page of its own."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from convenor.folders import run_settings
from convenor.stopping import stop

LOOPBACK = "127.0.0.1"
SERVER_SECONDS = 180.0
"""Time the server may take to answer: the very first start, which makes its database, took over 20 s."""


class ServeError(Exception):
    """The schedule cannot be served; the message says why and what to do."""


def serve(
    raw: Annotated[str | None, typer.Argument(help="Folder or store (s3://…) with the documents; data/raw.")] = None,
    processed: Annotated[str | None, typer.Option(help="Folder or store for the tables; data/processed.")] = None,
    state: Annotated[Path | None, typer.Option(help="File that remembers what was done.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="Folder with corrections; data/corrections.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one for each core.")] = None,
    cron: Annotated[str, typer.Option(help="When to run: minute hour day month weekday.")] = "0 2 * * *",
    zone: Annotated[str, typer.Option(help="Time zone of the schedule, as Europe/Brussels.")] = "UTC",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the server's page on this machine.")] = 4200,
    name: Annotated[str, typer.Option(help="Name of the deployment.")] = "nightly",
) -> None:
    """Run on a schedule, with a page that shows each run; stop with Ctrl-C.

    Uses the server named by PREFECT_API_URL, else the one at --port, else starts one there, for this machine only.
    """
    settings = run_settings(raw, processed, state, corrections, workers=workers)
    parameters = {
        "raw": settings.raw_url or str(settings.raw.resolve()),
        "processed": settings.processed_url or str(settings.processed.resolve()),
        "state": str(settings.state.resolve()),
        "corrections": str(settings.corrections.resolve()) if settings.corrections else None,
        "workers": workers,
        "engine": settings.engine,
        "scheduler": settings.scheduler,
    }
    from flows.local import prefect_settings

    with prefect_settings():
        try:
            check_zone(zone)
            with api_url(port) as url:
                os.environ["PREFECT_API_URL"] = url
                _serve_flow(name, cron, zone, parameters, url)
        except ServeError as error:
            stop(str(error))


def check_zone(zone: str) -> None:
    """Raise ServeError unless `zone` is a name of the IANA time zone database."""
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ServeError(f"{zone!r} is no time zone; give a name as Europe/Brussels or Asia/Tokyo") from None


@contextmanager
def api_url(port: int) -> Iterator[str]:
    """Give the address of a Prefect API that answers, starting a server on this machine where there is none."""
    given = os.environ.get("PREFECT_API_URL")
    if given:
        if not _is_answering(given):
            raise ServeError(f"no Prefect server answers at PREFECT_API_URL={given}: start it, or unset the variable")
        yield given
        return
    url = f"http://{LOOPBACK}:{port}/api"
    if _is_answering(url):
        yield url
        return
    server = _start_server(port)
    try:
        _wait_for(server, url, port)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _start_server(port: int) -> subprocess.Popen[bytes]:
    # --port alone leaves the page asking the default port; the variables set both (measured with Prefect 3.8.8)
    environment = {**os.environ, "PREFECT_SERVER_API_HOST": LOOPBACK, "PREFECT_SERVER_API_PORT": str(port)}
    typer.echo(f"starting a Prefect server on port {port} …")
    return subprocess.Popen(
        [sys.executable, "-m", "prefect", "server", "start"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for us: the server ends after the runs that talk to it
    )


def _wait_for(server: subprocess.Popen[bytes], url: str, port: int) -> None:
    deadline = time.monotonic() + SERVER_SECONDS
    while not _is_answering(url):
        if server.poll() is not None:
            raise ServeError(f"the Prefect server did not start: is port {port} in use? Give another --port")
        if time.monotonic() > deadline:
            raise ServeError(f"the Prefect server did not answer within {SERVER_SECONDS:.0f} s: try again")
        time.sleep(0.5)


def _is_answering(url: str) -> bool:
    import httpx

    try:
        return httpx.get(f"{url}/health", timeout=5).is_success
    except httpx.HTTPError:
        return False


def _serve_flow(name: str, cron: str, zone: str, parameters: dict[str, Any], url: str) -> None:
    """Create or renew the deployment and start its runs until interrupted."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType
    from pydantic import ValidationError

    from flows.process import process

    try:
        schedule = Cron(cron, timezone=zone)
        one_at_a_time = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
        deployment = process.to_deployment(
            name=name,
            schedule=schedule,
            concurrency_limit=one_at_a_time,
            parameters=parameters,
            tags=["convenor"],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except (ValidationError, ValueError):
        raise ServeError(f"{cron!r} is no schedule; give minute hour day month weekday, as '0 2 * * *'") from None
    from prefect.runner import Runner

    home = url.removesuffix("/api")
    typer.echo(f"runs at {cron} {zone}; page: {home}/deployments")
    typer.echo(f"run now: there, or PREFECT_API_URL={url} prefect deployment run 'process/{name}'")
    runner = Runner()
    runner.add_deployment(deployment)  # type: ignore[arg-type,unused-ignore]
    # a service manager stops a service with SIGTERM: the same clean end as Ctrl-C, also where a shell that started us
    # in the background has told us to ignore that
    signal.signal(signal.SIGINT, signal.default_int_handler)
    runner.handle_sigterm = lambda *_: signal.raise_signal(signal.SIGINT)  # type: ignore[method-assign]
    with suppress(KeyboardInterrupt):
        asyncio.run(runner.start())
    typer.echo("stopped; the schedule pauses until the next `convenor serve`")

"""`convenor desk`: serve the review desk to this machine's browser until Ctrl-C."""

from __future__ import annotations

import socket
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from convenor.folders import run_settings
from convenor.stopping import stop

if TYPE_CHECKING:
    from flows.steps import RunSettings

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8790
_TRIED_PORTS = 20


def desk(
    raw: Annotated[str | None, typer.Argument(help="Folder with the documents; data/raw when left out.")] = None,
    processed: Annotated[str | None, typer.Option(help="Folder with the tables; data/processed.")] = None,
    state: Annotated[Path | None, typer.Option(help="File that remembers what was done.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="Folder with corrections; data/corrections.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port on this machine; a free one else.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address, open no browser.")] = False,
) -> None:
    """Look at documents beside what was found in them, and put it right, in the browser; stop with Ctrl-C."""
    settings = run_settings(raw, processed, state, corrections)
    if raw and not settings.raw_url and not settings.raw.is_dir():
        stop(f"there is no folder {raw}: give the folder that holds your documents")
    try:
        listener = listen(port)
    except OSError as error:
        stop(f"port {port} cannot be used ({error.strerror}): give another --port")
    with listener:
        _serve(settings, listener, is_opened=not no_open)


def listen(port: int | None) -> socket.socket:
    """Return a socket bound to this machine alone, at `port` or the first free one from FIRST_PORT on."""
    tried = [port] if port else [*range(FIRST_PORT, FIRST_PORT + _TRIED_PORTS), 0]
    for number in tried:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, number))
            listener.listen(64)
            return listener
        except OSError:
            listener.close()
            if number == tried[-1]:
                raise
    raise AssertionError("a list of ports is never empty")


def _serve(settings: RunSettings, listener: socket.socket, is_opened: bool) -> None:
    import uvicorn

    from convenor.desk.app import build_app
    from convenor.desk.desk import Desk
    from convenor.desk.guard import new_secrets

    port = listener.getsockname()[1]
    secrets = new_secrets()
    address = f"http://{LOOPBACK}:{port}/?token={secrets.token}"
    with Desk(settings) as desk_:
        app = build_app(desk_, secrets, port)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off",
            timeout_graceful_shutdown=2, limit_concurrency=64,
        )  # fmt: skip
        with suppress(KeyboardInterrupt):
            typer.echo(f"The review desk is open at\n\n  {address}\n\nfor this machine only. Ctrl-C closes it.")
            # no daemon: the process aborts when Python ends while such a thread is inside DuckDB or Arrow
            threading.Thread(target=desk_.warm_up).start()
            if is_opened:
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            uvicorn.Server(config).run(sockets=[listener])
    typer.echo("The review desk is closed.")

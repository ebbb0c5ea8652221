"""A small project for the desk, and a desk that serves it to a browser."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import httpx
import uvicorn

from convenor.desk.app import build_app
from convenor.desk.command import listen
from convenor.desk.desk import Desk
from convenor.desk.guard import KEY_HEADER, Secrets, new_secrets
from convenor.folders import run_settings
from flows.steps import RunSettings, run

PROGRAMME = """Harbour Lights: Maritime Security after 2030

15 May 2031, 14:00-17:00 CEST, Harbour House, Quay Street 4, Antwerp

The Lowland Institute and Northern Sea Forum invite you to a public seminar on maritime security.

14:00 Opening: Anna Beispiel, Director, Lowland Institute
14:30 Keynote: Kenji Mihon, Professor of Naval History, University of Antwerp
15:00 Panel
Moderator: Erika Muster, Research Fellow, Northern Sea Forum
Speaker: Joost Voorbeeld, Adviser, Ministry of Defence of the Netherlands
"""

HOSTILE = """<html><head><title>A talk &lt;script&gt;window.broken=1&lt;/script&gt;</title></head><body>
<h1>A talk &lt;script&gt;window.broken=1&lt;/script&gt; on cyber defence</h1>
<p>3 June 2031, 10:00 CEST, Example Hall, Brussels</p>
<p>Register: <a href="javascript:window.broken=1">javascript:window.broken=1</a></p>
<p>Speaker: Anna &lt;img src=x onerror=window.broken=1&gt; Beispiel, Director,
"&gt;&lt;svg onload=window.broken=1&gt; Institute</p>
<p>Moderator: Erika Muster, Fellow, Lowland Institute. \u202egnp.exe and
\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627</p>
</body></html>"""


def make_pdf() -> bytes:
    """A programme of one page, and an empty second one with a line of text."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for row, line in enumerate(PROGRAMME.replace("Harbour", "Evening").replace("15 May", "22 October").splitlines()):
        canvas.drawString(60, 780 - 18 * row, line)
    canvas.showPage()
    canvas.drawString(60, 780, "Contact: Northern Sea Forum, Antwerp")
    canvas.save()
    return stream.getvalue()


def make_project(folder: Path) -> RunSettings:
    """Write documents below a folder, run over them, return the settings."""
    raw = folder / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "harbour.txt").write_text(PROGRAMME, "utf-8")
    (raw / "hostile.html").write_text(HOSTILE, "utf-8")
    (raw / "evening.pdf").write_bytes(make_pdf())
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7 cut off")
    (raw / "<img src=x onerror=window.broken=1>.bin").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(200))
    settings = settings_of(folder)
    run(settings)
    return settings


def settings_of(folder: Path) -> RunSettings:
    data = folder / "data"
    return run_settings(data / "raw", data / "processed", data / "convenor.duckdb", data / "corrections", workers=1)


def copy_project(made: Path, folder: Path) -> RunSettings:
    shutil.copytree(made / "data", folder / "data")
    return settings_of(folder)


@dataclass(frozen=True)
class Served:
    """A desk that answers at `address` (without token)."""

    desk: Desk
    secrets: Secrets
    address: str

    @property
    def entrance(self) -> str:
        return f"{self.address}/?token={self.secrets.token}"


@contextmanager
def serving(settings: RunSettings) -> Iterator[Served]:
    """Serve a desk from a thread of this process."""
    listener, secrets = listen(None), new_secrets()
    port = listener.getsockname()[1]
    with Desk(settings) as desk, listener:
        config = uvicorn.Config(build_app(desk, secrets, port), log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield Served(desk, secrets, f"http://127.0.0.1:{port}")
        finally:
            server.should_exit = True
            thread.join(10)


@contextmanager
def asking(served: Served) -> Iterator[httpx.Client]:
    """Give a client inside the desk: it has the cookie, and sends the key and origin of our pages."""
    headers = {KEY_HEADER: served.secrets.key, "Origin": served.address}
    with httpx.Client(base_url=served.address, headers=headers, timeout=60) as client:
        client.get("/", params={"token": served.secrets.token})
        yield client


def wait_for(is_so, seconds: float = 60.0) -> None:  # type: ignore[no-untyped-def]
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)

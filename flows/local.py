"""Prefect on one machine without set-up: a temporary server, no telemetry, time enough for a first start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from flows.observing import LOGGERS

SETTINGS = {
    # the first start migrates a database and compiles its code: 20 s, the default, was not enough on a busy machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # the newer page asks a server of its makers for settings from the browser, even with analytics off (3.8.8)
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": ",".join(LOGGERS),
}


@contextmanager
def prefect_settings() -> Iterator[None]:
    """Set our defaults for Prefect while the block runs; what the user has set stays.  Enter before importing it."""
    added = {name: value for name, value in SETTINGS.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)

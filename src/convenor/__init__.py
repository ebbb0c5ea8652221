"""convenor: event announcements and conference reports in, tables out, every value with its words."""

from __future__ import annotations

from convenor.api import connect, load

__all__ = ["connect", "load"]

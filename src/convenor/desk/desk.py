"""What the desk holds while it is open: places, the corpus as last published, runs, trials, rendered pages."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from convenor.desk.corpus import Corpus, Texts, read_corpus
from convenor.desk.pdf_pages import PageRenderer
from convenor.desk.publishing import Publisher
from convenor.desk.reading import read_records
from convenor.desk.trying import Trials
from extract.records import DocumentRecords
from flows.work import get_limits
from ingest.errors import BadInput
from resolve.corrections import Correction, Refusal
from tables.joined import Decisions, read_decisions
from tables.store import SourceState, Store

if TYPE_CHECKING:
    from flows.steps import RunSettings


class Desk:
    """State of an open desk; use as a context manager."""

    def __init__(self, settings: RunSettings) -> None:
        self.settings = settings
        self.limits = get_limits()
        self.publisher = Publisher(settings)
        self.trials = Trials()
        self.pages = PageRenderer(self.limits)
        self._lock = threading.Lock()
        self._release: tuple[int, Corpus, Texts] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.publisher.close()
        self.trials.close()
        self.pages.close()

    def warm_up(self) -> None:
        """Read the corpus before the first page asks for it, and make the search ready while that page is read."""
        corpus, texts = self.release()
        if corpus.entries:
            texts.prepare()

    @property
    def corrections(self) -> Path:
        """The folder in which decisions are kept."""
        return self.settings.corrections or self.settings.processed.parent / "corrections"

    def release(self) -> tuple[Corpus, Texts]:
        """Return the corpus as published, read anew after each release."""
        with self._lock:
            stamp = _changed(self.settings.processed / "manifest.json")
            if self._release is None or self._release[0] != stamp:
                self._release = (stamp, read_corpus(self.settings.processed), Texts(self.settings.processed))
            return self._release[1:]

    def decisions(self) -> Decisions:
        """Return corrections and retractions as they stand.  Raises RetractionError."""
        return read_decisions(self.corrections)

    def reviewed(self) -> frozenset[str]:
        """Return the addresses of the documents that someone accepted as a whole."""
        accepted = self.decisions().corrections.accepted
        return frozenset(c.document for c in accepted if c.action == "accept" and c.kind == "document")

    def listed(self) -> Sequence[Correction | Refusal]:
        """Return all rows of the corrections, the refused among them."""
        corrections = self.decisions().corrections
        return sorted([*corrections.accepted, *corrections.refused], key=lambda row: (row.file, row.line))

    def has_news(self) -> bool:
        """Whether documents or decisions changed since the tables were published, as far as times of files tell."""
        published = _changed(self.settings.processed / "manifest.json")
        folder = self.corrections
        decided = [_changed(path) for path in folder.glob("*.csv")] + [_changed(folder)] if folder.is_dir() else []
        return max([*decided, 0]) > published or _changed(self.settings.raw) > published

    def records(self, document_id: str) -> DocumentRecords | None:
        """Return what was extracted from a document.  Raises StoreError while another program uses the state."""
        return read_records(self.publisher.state_file, document_id)

    def sources(self) -> list[SourceState]:
        """Return what is known of each input.  Raises StoreError while another program uses the state."""
        path = self.publisher.state_file
        if not path.is_file():
            return []
        with Store(path) as store:
            return sorted(store.sources().values(), key=lambda state: state.source_uri)

    def file_of(self, source_uri: str) -> Path:
        """Return the file of a document below the raw folder.  Raises BadInput for any other place."""
        path = self.settings.raw / source_uri
        is_below = path.resolve().is_relative_to(self.settings.raw.resolve())
        if "!/" in source_uri or not is_below or path.is_symlink() or not path.is_file():
            raise BadInput("vanished", "The file of this document is not in the folder of documents.")
        return path


def _changed(path: Path) -> int:
    """When a file changed last, in nanoseconds; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0

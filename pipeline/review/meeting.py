"""A meeting under review: its draft, its ledger, and the document that comes of both."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from pipeline import exports
from pipeline.errors import OutputError
from pipeline.records import Conversation, Event, Record, Summary, Themed
from pipeline.review.draft import FILE as DRAFT
from pipeline.review.draft import DraftDocument, digest_of_draft, read_draft, write_draft
from pipeline.review.edits import Generated, Redo, Signed, Undo, active
from pipeline.review.ledger import Approval, Ledger
from pipeline.review.working import Working, working_on
from pipeline.settings import ALL_FORMATS
from pipeline.stages.render import Render
from pipeline.store import WORK, write_whole

State = Literal["draft", "in review", "approved", "published"]


class Document(Record):
    """The meeting as it stands: what the page is rendered from."""

    summary: Summary
    conversation: Conversation
    themed: Themed
    event: Event

    @cached_property
    def hash(self) -> str:
        """The revision hash: SHA-256, hex, over everything that a published file is made from."""
        published = self.summary.model_copy(update={"questions_for_editor": ()})
        parts = (
            exports.summary_json(published),
            exports.conversation_json(self.conversation),
            self.themed.model_dump_json(),
            self.event.model_dump_json(),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8", errors="replace")).hexdigest()


def document_of(working: Working) -> Document:
    """The records of a draft under edit."""
    return Document(
        summary=working.summary(), conversation=working.conversation(), themed=working.themes(), event=working.event
    )


def edited(draft: DraftDocument, ledger: list[Signed]) -> Working:
    """The draft with the edits that hold."""
    working = working_on(draft)
    for signed in active(ledger):
        working.apply(signed)
    return working


def take_in(draft: DraftDocument, folder: Path) -> tuple[Document, bool]:
    """Keep a draft just made; gives it with an editor's edits of earlier ones, and whether that is what was approved."""
    ledger = Ledger(folder / WORK)
    if ledger.exists():
        # First of all: an edit of the old draft that comes in meanwhile is then refused as stale.
        ledger.note_generation(digest_of_draft(draft))
    write_draft(folder, draft)
    document = document_of(edited(draft, ledger.edits()))
    approvals = ledger.approvals()
    return document, bool(approvals) and approvals[-1].revision == document.hash


@dataclass
class _Loaded:
    stamp: tuple[int, int]  # of the draft's file
    draft: DraftDocument
    ledger: list[Signed]
    working: Working
    document: Document | None = None


class Meeting:
    """One meeting's folder under review; safe for several threads, and for several programs at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / WORK)
        self._lock = threading.RLock()
        self._loaded: _Loaded | None = None

    # ---- what is there -----------------------------------------------------------------------------------------------

    @contextmanager
    def open(self) -> Iterator[Working]:
        """The draft under edit as it is now, held still as long as it is looked at."""
        with self._lock:
            yield self._load().working

    def document(self) -> Document:
        """The meeting as it stands."""
        with self._lock:
            loaded = self._load()
            if loaded.document is None:
                loaded.document = document_of(loaded.working)
            return loaded.document

    def history(self) -> list[Signed]:
        """Every edit, undone ones too."""
        with self._lock:
            return list(self._load().ledger)

    def revision(self) -> int:
        """The number of the last edit that the loaded document has in it."""
        with self._lock:
            ledger = self._load().ledger
            return ledger[-1].seq if ledger else 0

    def generation(self) -> str:
        """Which draft is loaded."""
        with self._lock:
            return "-".join(str(n) for n in self._load().stamp)

    def draft(self) -> DraftDocument:
        """What the machine made."""
        with self._lock:
            return self._load().draft

    def _load(self) -> _Loaded:
        stamp = _stamp(self.folder / WORK / DRAFT)
        held = self._loaded
        if held is None or held.stamp != stamp:
            ledger = self.ledger.edits()
            draft = read_draft(self.folder)
            held = self._loaded = _Loaded(stamp, draft, ledger, edited(draft, ledger))
            return held
        new = self.ledger.edits(held.ledger[-1].seq if held.ledger else 0)
        if new:
            held.document = None
            if any(isinstance(s.edit, Undo | Redo) for s in new) or not _plain_append(held.ledger, new):
                held.ledger += new
                held.working = edited(held.draft, held.ledger)
            else:
                held.ledger += new
                for signed in active(new):
                    held.working.apply(signed)
        return held

    # ---- how far it is ------------------------------------------------------------------------------------------------

    def state(self) -> State:
        """Draft, in review, approved or published; an approval holds for the very revision only."""
        approvals = self.ledger.approvals()
        if approvals and approvals[-1].revision == self.document().hash:
            done = any(p.revision == approvals[-1].revision for p in self.ledger.publications())
            return "published" if done else "approved"
        return "in review" if any(not isinstance(s.edit, Generated) for s in self.ledger.edits()) else "draft"

    def is_approved(self) -> bool:
        """Whether the meeting is approved as it is now."""
        return self.state() in ("approved", "published")

    def approve(self, who: str, revision: int) -> Approval:
        """Approve what is there at a revision; raises `StaleError` when it is another one by now."""
        with self._lock:
            return self.ledger.approve(self.document().hash, who=who, revision=revision)

    # ---- files -------------------------------------------------------------------------------------------------------

    def render(self, *, approved: bool, every_format: bool = False, only: str | None = None) -> dict[str, bytes]:
        """The meeting's files as they are now, by name, in the run's own formats and templates; or one of them `only`."""
        settings = _settings(self.folder)
        wanted, template = settings.get("format"), settings.get("template")
        formats = frozenset(str(f) for f in wanted) if isinstance(wanted, list) else frozenset(ALL_FORMATS)
        if every_format or only:
            formats = frozenset({Path(only).suffix.removeprefix(".")} if only else ALL_FORMATS)
        render = Render(Path(str(template)) if template else None, formats)
        document = self.document()
        summary = document.summary.model_copy(update={"questions_for_editor": ()}) if approved else document.summary
        return render(summary, document.conversation, document.themed, document.event, approved=approved)

    def write_outputs(self) -> list[str]:
        """Bring the folder's files up to the edits; gives the names of those that changed. Raises `OutputError`."""
        with self.held():
            changed = []
            for name, data in self.render(approved=self.is_approved()).items():
                path = self.folder / name
                if not path.is_file() or path.read_bytes() != data:
                    write_whole(path, data)
                    changed.append(name)
            return changed

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder, with no run at work in it; raises `OutputError` when one is."""
        try:
            with FileLock(self.folder / WORK / "lock", timeout=20):
                yield
        except Timeout as error:
            raise OutputError(
                f"{self.folder} is being written by another `afterword`.", do="Wait until that is done, then try again."
            ) from error


def _plain_append(old: list[Signed], new: list[Signed]) -> bool:
    """Whether new edits only add to the old ones: none of them belongs to a group that was undone."""
    undone = {s.edit.group for s in old if isinstance(s.edit, Undo)}
    return not any(s.group in undone for s in new)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def _settings(folder: Path) -> dict[str, object]:
    """The settings of the run that made a folder; empty where they cannot be read."""
    try:
        settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))["settings"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return settings if isinstance(settings, dict) else {}

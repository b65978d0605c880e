"""The draft that `run` made, in one file of the work folder: what every edit is applied to. Never changed by review."""

import hashlib
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.records import Conversation, Event, Record, Summary, Themed
from pipeline.store import WORK, write_whole

FILE = "draft.json"


class DraftDocument(Record):
    """Everything that a page is made of, as the machine made it.

    `heard` is the conversation before the editor's remembered corrections, `conversation` the one that themes and
    summary were made from; they are the same (and `heard` is None) when there was nothing to remember.
    """

    heard: Conversation | None = None
    conversation: Conversation
    themed: Themed
    summary: Summary
    event: Event

    @property
    def untouched(self) -> Conversation:
        """The conversation without any correction of the editor's."""
        return self.heard or self.conversation


def _bytes(draft: DraftDocument) -> bytes:
    return draft.model_dump_json().encode("utf-8", errors="replace")


def digest_of_draft(draft: DraftDocument) -> str:
    """What tells one draft from another: SHA-256, hex."""
    return hashlib.sha256(_bytes(draft)).hexdigest()


def write_draft(folder: Path, draft: DraftDocument) -> None:
    """Keep a draft in a meeting's folder; raises `OutputError`."""
    write_whole(folder / WORK / FILE, _bytes(draft))


def read_draft(folder: Path) -> DraftDocument:
    """The draft of a meeting's folder; raises `InputError` when there is none."""
    path = folder / WORK / FILE
    try:
        return DraftDocument.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError(
            f"{folder} does not hold a meeting that can be reviewed.",
            do="Name a meeting folder, as `afterword run` writes it, or run it again on the recording.",
        ) from error


def is_meeting(folder: Path) -> bool:
    """Whether a folder holds a meeting with a draft."""
    return (folder / WORK / FILE).is_file()

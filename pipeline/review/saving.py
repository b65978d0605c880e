"""Saving edits: against the revision they were made on, or refused with the difference."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from pipeline.errors import UsageError
from pipeline.review.commands import describe, read_commands, to_edits, touches
from pipeline.review.edits import Content, DecisionEdit, Redo, Signed, TextEdit, Undo, undoable
from pipeline.review.ledger import StaleError
from pipeline.review.meeting import Meeting


@dataclass(frozen=True)
class Saved:
    """What is answered: the new revision, or the conflict."""

    body: dict[str, Any] = field(default_factory=dict)
    conflict: dict[str, Any] | None = None


def save(meeting: Meeting, who: str, data: dict[str, Any]) -> Saved:
    """Sign and keep the commands of a request."""
    commands = read_commands(data.get("commands"))
    group = str(data.get("group") or uuid4().hex)[:64]
    with meeting.open() as working:
        edits = to_edits(commands, working)
    try:
        made = meeting.ledger.append(edits, who=who, group=group, revision=data["revision"])
    except StaleError as error:
        return Saved(conflict=_conflict(meeting, edits, error))
    return Saved({"revision": made[-1].seq, "group": group})


def undo(meeting: Meeting, who: str, data: dict[str, Any]) -> Saved:
    """Take back the last group of the editor's own."""
    return _step(meeting, who, data, back=False)


def redo(meeting: Meeting, who: str, data: dict[str, Any]) -> Saved:
    """Bring back the last group that the editor took back."""
    return _step(meeting, who, data, back=True)


def _step(meeting: Meeting, who: str, data: dict[str, Any], *, back: bool) -> Saved:
    history = meeting.history()
    group = undoable(history, who)[1 if back else 0]
    if group is None:
        raise UsageError(f"There is nothing to {'bring' if back else 'take'} back.", do="Go on.")
    edit = Redo(group=group) if back else Undo(group=group)
    try:
        made = meeting.ledger.append([edit], who=who, group=uuid4().hex, revision=data["revision"])
    except StaleError as error:
        return Saved(conflict=_conflict(meeting, [], error))
    changed = describe(made[-1], history)
    return Saved({"revision": made[-1].seq, "what": changed["text"], "targets": _targets(group, history)})


def _targets(group: str, history: Sequence[Signed]) -> list[str]:
    return sorted({s.edit.target for s in history if s.group == group and not isinstance(s.edit, Undo | Redo)})


def _conflict(meeting: Meeting, edits: Sequence[Content], error: StaleError) -> dict[str, Any]:
    """What came between, whether it concerns the same things, and for statements how each side reads."""
    ledger = meeting.history()
    return {
        "error": "Somebody else's change came first.",
        "stale": True,
        "revision": error.revision,
        "since": [describe(s, ledger) for s in error.since],
        "touched": touches(edits, error.since, ledger),
        "difference": [d for e in edits if (d := _difference(meeting, e))],
    }


def _difference(meeting: Meeting, edit: Content) -> dict[str, str] | None:
    if not isinstance(edit, TextEdit | DecisionEdit):
        return {"target": edit.target, "mine": edit.model_dump_json(exclude={"kind"}), "theirs": "", "generated": ""}
    with meeting.open() as working:
        now = next((s for s in working.statements if s.generated.id == edit.base.point.id), None)
        theirs = ("(dropped)" if now.dropped else now.text) if now else "(no longer on the page)"
    return {
        "target": edit.target,
        "mine": edit.text if edit.text is not None else edit.base.point.text,
        "theirs": theirs,
        "generated": edit.base.point.text,
    }

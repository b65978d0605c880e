"""What a page asks for, turned into edits: the page names things by id, the ledger keeps what they were."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from pipeline.errors import UsageError
from pipeline.plain import clean
from pipeline.records import Record
from pipeline.review.edits import (
    Content,
    Decision,
    DecisionEdit,
    Generated,
    MeetingEdit,
    PersonEdit,
    QuestionEdit,
    Redo,
    Signed,
    SpeakerEdit,
    Stretch,
    TextEdit,
    Undo,
    WordsEdit,
)
from pipeline.review.statement import Statement
from pipeline.review.voices import stretches_of
from pipeline.review.working import Working

LONGEST = 20_000  # characters of one text
SAME = 0.6  # likeness from which on a statement with another number is the one that was seen

# The generated wording on the page that the command comes from: after a new run its id may mean another statement.
Seen = Annotated[str, Field(max_length=LONGEST)] | None


class SetText(Record):
    """Word a statement otherwise, or (None) as it was generated."""

    do: Literal["text"]
    point: str
    seen: Seen = None
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)] | None


class Decide(Record):
    """Accept, drop or open a statement, as it reads or with the text given."""

    do: Literal["decide"]
    point: str
    seen: Seen = None
    decision: Decision
    text: Annotated[str, Field(max_length=LONGEST)] | None = None


class NameVoice(Record):
    """Name every line of a voice."""

    do: Literal["voice"]
    voice: str
    name: Annotated[str, Field(max_length=200)] | None


class NameLines(Record):
    """Name some lines."""

    do: Literal["lines"]
    lines: Annotated[tuple[Stretch, ...], Field(min_length=1, max_length=20_000)]
    name: Annotated[str, Field(max_length=200)] | None


class SetPerson(Record):
    """What is known of a person."""

    do: Literal["person"]
    name: str
    to: Annotated[str, Field(max_length=200)] | None = None
    honours: Annotated[str, Field(max_length=200)] | None = None
    role: Annotated[str, Field(max_length=400)] | None = None
    organisation: Annotated[str, Field(max_length=400)] | None = None
    confirmed: bool | None = None
    dropped: bool | None = None


class SetWords(Record):
    """Other words, at one place or everywhere."""

    do: Literal["words"]
    before: Annotated[str, Field(min_length=1, max_length=2000)]
    after: Annotated[str, Field(max_length=2000)]
    start: float = 0.0
    end: float = 0.0
    everywhere: bool = False


class Settle(Record):
    """Settle a question, or open it again."""

    do: Literal["question"]
    question: str
    settled: bool


class SetMeeting(Record):
    """The header of the page."""

    do: Literal["meeting"]
    title: Annotated[str, Field(max_length=400)] | None = None
    date: Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")] | None = None
    platform: Annotated[str, Field(max_length=200)] | None = None


Command = Annotated[
    SetText | Decide | NameVoice | NameLines | SetPerson | SetWords | Settle | SetMeeting, Field(discriminator="do")
]
_COMMANDS: TypeAdapter[list[Any]] = TypeAdapter(Annotated[list[Command], Field(min_length=1, max_length=50)])


def read_commands(data: object) -> list[Any]:
    """The commands of a request; raises `UsageError` when they are none."""
    try:
        return _COMMANDS.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(
            f"This cannot be saved: {place}: {first['msg']}.", do="Reload the page and try again."
        ) from error


def to_edits(commands: Sequence[Any], working: Working) -> list[Content]:
    """The edits that carry out commands; raises `UsageError` for a statement or question that is not there."""
    return [_edit(command, working) for command in commands]


def _edit(command: Any, working: Working) -> Content:
    match command:
        case SetText() | Decide():
            return _on_statement(command, _statement(command.point, command.seen, working))
        case NameVoice():
            spans = stretches_of(command.voice, working)
            if not spans:
                raise _gone("voice")
            return SpeakerEdit(spans=spans, name=clean(command.name or "") or None, voice=command.voice)
        case NameLines():
            return SpeakerEdit(spans=command.lines, name=clean(command.name or "") or None)
        case SetPerson():
            return PersonEdit.model_validate(command.model_dump(exclude={"do"}))
        case SetWords():
            return WordsEdit.model_validate(command.model_dump(exclude={"do"}))
        case Settle():
            question = next((q for q in working.questions if q.id == command.question), None)
            if question is None:
                raise _gone("question")
            return QuestionEdit(question=question, settled=command.settled)
        case _:
            return MeetingEdit.model_validate(command.model_dump(exclude={"do"}))


def _on_statement(command: SetText | Decide, found: Statement) -> Content:
    if isinstance(command, Decide):
        text = clean(command.text) if command.text is not None else found.text
        return DecisionEdit(base=found.based, decision=command.decision, text=text)
    if command.text is not None and not clean(command.text):
        raise UsageError("A statement cannot be empty.", do="Drop it instead.")
    return TextEdit(base=found.based, text=command.text)


def _statement(point: str, seen: str | None, working: Working) -> Statement:
    found = next((s for s in working.statements if s.generated.id == point), None)
    if seen is not None and (found is None or found.generated.text != seen):
        likeness = [
            (SequenceMatcher(None, s.generated.text, seen, autojunk=False).ratio(), s) for s in working.statements
        ]
        best = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
        found = best[1] if best[0] >= SAME else None
    if found is None:
        raise _gone("statement")
    return found


def _gone(what: str) -> UsageError:
    return UsageError(f"This {what} is not there any more.", do="Reload the page.")


# ---- for people to read ------------------------------------------------------------------------------------------------


def describe(signed: Signed, all_of_them: Sequence[Signed]) -> dict[str, object]:
    """An edit for the history and for conflicts: `what` happened to `target`, and what it reads now."""
    what, text, before = _told(signed, all_of_them)
    return {
        "seq": signed.seq,
        "at": signed.at,
        "who": signed.who,
        "group": signed.group,
        "target": signed.edit.target,
        "what": what,
        "text": text,
        "before": before,
    }


_DECIDED = {"accepted": "accepted a statement", "dropped": "dropped a statement", "open": "opened a statement again"}


def _told(signed: Signed, all_of_them: Sequence[Signed]) -> tuple[str, str, str]:
    """What was done, what it reads now, what it read before."""
    edit = signed.edit
    if isinstance(edit, Undo | Redo):
        first = next((s for s in all_of_them if s.group == edit.group and not isinstance(s.edit, Undo | Redo)), None)
        did = "took back" if isinstance(edit, Undo) else "brought back"
        return did, _told(first, all_of_them)[0] if first else "", ""
    return ("made the draft again", "", "") if isinstance(edit, Generated) else _told_of(edit)


def _told_of(edit: Content) -> tuple[str, str, str]:
    match edit:
        case TextEdit():
            was = edit.base.point.text
            return ("worded a statement", edit.text, was) if edit.text else ("restored a statement", was, "")
        case DecisionEdit():
            return _DECIDED[edit.decision], edit.text, ""
        case SpeakerEdit():
            what = f"named the voice {edit.voice}" if edit.voice else f"named {len(edit.spans)} line(s)"
            return what, edit.name or "nobody", ""
        case PersonEdit():
            return "changed a person", ", ".join(_details(edit)) or edit.name, edit.name
        case WordsEdit():
            return f"corrected words {'everywhere' if edit.everywhere else 'at one place'}", edit.after, edit.before
        case QuestionEdit():
            return "settled a question" if edit.settled else "opened a question again", edit.question.text, ""
        case MeetingEdit():
            return "changed the header", ", ".join(v for v in (edit.title, edit.date, edit.platform) if v), ""


def _details(edit: PersonEdit) -> Iterator[str]:
    for key in ("to", "honours", "role", "organisation"):
        if (value := getattr(edit, key)) is not None:
            yield f"{'name' if key == 'to' else key}: {value or 'none'}"
    if edit.confirmed is not None:
        yield "checked" if edit.confirmed else "open again"
    if edit.dropped is not None:
        yield "taken off the page" if edit.dropped else "back on the page"


def touches(edits: Sequence[Content], since: Sequence[Signed], ledger: Sequence[Signed]) -> bool:
    """Whether what came between concerns the same things, so that somebody has to choose.

    A draft made anew concerns everything: its statements may have other ids.
    """
    wide: Callable[[str], bool] = lambda target: target.startswith(("voice:", "line:", "person:"))  # noqa: E731
    mine = {e.target for e in edits}
    theirs: set[str] = set()
    for s in since:
        if isinstance(s.edit, Generated):
            return True
        if isinstance(s.edit, Undo | Redo):
            theirs |= {o.edit.target for o in ledger if o.group == s.edit.group}
        else:
            theirs.add(s.edit.target)
    return bool(mine & theirs) or (any(map(wide, mine)) and any(map(wide, theirs)))

"""What an editor can do to a draft: frozen records, kept in the order in which they were made.

An edit of a statement carries the statement as it was generated (`Based`), so that it finds its place again when the
draft is made anew, whatever number the statement then has. Who speaks is said of stretches of time, for the same
reason: voices may be numbered otherwise the next time.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from pipeline.records import Point, Question, Record, Seconds, SectionKind

Decision = Literal["accepted", "dropped", "open"]
Stretch = tuple[Seconds, Seconds]


class Based(Record):
    """A statement as it was generated, and where it stood."""

    kind: SectionKind
    heading: str
    point: Point


class SpeakerEdit(Record):
    """Who speaks in these stretches; None: nobody who could be named."""

    kind: Literal["speaker"] = "speaker"
    spans: tuple[Stretch, ...]
    name: str | None
    voice: str | None = None  # how the page called the voice at the time, for the history

    @property
    def target(self) -> str:
        """What is edited, as conflicts and the history name it."""
        return f"voice:{self.voice}" if self.voice else f"line:{self.spans[0][0]:.2f}" if self.spans else "line:"


class PersonEdit(Record):
    """What is known of a person; None leaves as it is, an empty text blanks."""

    kind: Literal["person"] = "person"
    name: str
    to: str | None = None  # another spelling, or another name
    honours: str | None = None
    role: str | None = None
    organisation: str | None = None
    confirmed: bool | None = None
    dropped: bool | None = None  # not a person of this page

    @property
    def target(self) -> str:
        """What is edited."""
        return f"person:{self.name}"


class TextEdit(Record):
    """Another wording of a statement; None restores the generated one."""

    kind: Literal["text"] = "text"
    base: Based
    text: str | None

    @property
    def target(self) -> str:
        """What is edited."""
        return f"point:{self.base.point.id}"


class DecisionEdit(Record):
    """A statement accepted as it reads (`text`), dropped, or open again."""

    kind: Literal["decision"] = "decision"
    base: Based
    decision: Decision
    text: str

    @property
    def target(self) -> str:
        """What is edited."""
        return f"point:{self.base.point.id}"


class WordsEdit(Record):
    """Other words in the transcript: at one place (`start`, `end`), or everywhere."""

    kind: Literal["words"] = "words"
    before: str
    after: str
    start: Seconds = 0.0
    end: Seconds = 0.0
    everywhere: bool = False

    @property
    def target(self) -> str:
        """What is edited."""
        return f"words:{self.before.casefold()}" if self.everywhere else f"words:{self.start:.2f}"


class QuestionEdit(Record):
    """A question that the editor has settled, or opened again."""

    kind: Literal["question"] = "question"
    question: Question
    settled: bool

    @property
    def target(self) -> str:
        """What is edited."""
        return f"question:{self.question.id}"


class MeetingEdit(Record):
    """The header of the page: None leaves as it is, an empty text blanks."""

    kind: Literal["meeting"] = "meeting"
    title: str | None = None
    date: Annotated[str, Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")] | None = None
    platform: str | None = None

    @property
    def target(self) -> str:
        """What is edited."""
        return "meeting"


class Undo(Record):
    """Takes back every edit of a group; the edits stay in the ledger."""

    kind: Literal["undo"] = "undo"
    group: str

    @property
    def target(self) -> str:
        """What is edited."""
        return f"group:{self.group}"


class Redo(Record):
    """Brings a group back."""

    kind: Literal["redo"] = "redo"
    group: str

    @property
    def target(self) -> str:
        """What is edited."""
        return f"group:{self.group}"


class Generated(Record):
    """Not an edit: the draft was made again."""

    kind: Literal["generated"] = "generated"
    digest: str

    @property
    def target(self) -> str:
        """What is edited."""
        return "draft"


Content = SpeakerEdit | PersonEdit | TextEdit | DecisionEdit | WordsEdit | QuestionEdit | MeetingEdit
Edit = Annotated[Content | Undo | Redo | Generated, Field(discriminator="kind")]
EDIT: TypeAdapter[Content | Undo | Redo | Generated] = TypeAdapter(Edit)


class Signed(Record):
    """An edit in the ledger: number, time (UTC, ISO 8601), who, and the group that is undone together."""

    seq: int
    at: str
    who: str
    group: str
    edit: Edit


def active(ledger: list[Signed]) -> list[Signed]:
    """The edits that hold, in order: without what was undone, and without undoing itself."""
    undone: set[str] = set()
    for signed in ledger:
        if isinstance(signed.edit, Undo):
            undone.add(signed.edit.group)
        elif isinstance(signed.edit, Redo):
            undone.discard(signed.edit.group)
    return [s for s in ledger if not isinstance(s.edit, Undo | Redo | Generated) and s.group not in undone]


def undoable(ledger: list[Signed], who: str) -> tuple[str | None, str | None]:
    """The group that `who` would undo next, and the one that would be brought back; None where there is none."""
    done: list[str] = []
    back: list[str] = []
    for signed in ledger:
        if signed.who != who or isinstance(signed.edit, Generated):
            continue
        if isinstance(signed.edit, Undo):
            done = [g for g in done if g != signed.edit.group]
            back.append(signed.edit.group)
        elif isinstance(signed.edit, Redo):
            back = [g for g in back if g != signed.edit.group]
            done.append(signed.edit.group)
        else:
            done = [g for g in done if g != signed.group] + [signed.group]
            back = []
    return done[-1] if done else None, back[-1] if back else None

"""The frozen records that cross a stage border, in the order in which a meeting passes through them.

    Recording -> Audio -> Chunks -> Transcript ┐
                             └──────> Voices ──┴-> Turns -> Conversation -> Themed -> Draft -> Summary -> pages

Times are seconds from the start of the recording; spans are half-open, [start, end). A record is never changed:
a fact that is not yet known belongs to a later type. The last ones, `Summary` and `Conversation`, are written to
the meeting's folder as they are (see `summary_json` and `conversation_json`).
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
NamedBy = Literal["label", "introduction", "handover", "address", "roster", "editor"]
Capacity = Literal["chair", "keynote", "panellist", "announcer", "speaker", "questioner"]
Status = Literal["confirmed", "suggested", "unconfirmed"]
SectionKind = Literal[
    "summary",
    "keynote",
    "panel",
    "areas",
    "announcements",
    "results",
    "chair",
    "thanks",
    "recording",
    "mailing",
    "about",
]


class Record(BaseModel):
    """A frozen value that knows its fields and refuses others."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of time, [start, end) in seconds."""

    start: Seconds
    end: Seconds


# ---- what the organiser says about the meeting ---------------------------------------------------------------


class Registered(Record):
    """Somebody who signed up. Being listed does not mean that they spoke."""

    name: str
    organisation: str | None = None
    role: str | None = None
    aliases: tuple[str, ...] = ()


class Event(Record):
    """The event file: everything optional, nothing of it heard in the recording."""

    title: str | None = None
    date: str | None = None  # YYYY-MM-DD
    platform: str | None = None
    organisers: tuple[str, ...] = ()
    about: str | None = None
    mailing_list: str | None = None
    theme: str | None = None
    links: dict[str, str] = {}
    registered: tuple[Registered, ...] = ()


# ---- sound and words -------------------------------------------------------------------------------------------


class Recording(Record):
    """An input that was found, and the meeting that it becomes."""

    meeting: str
    path: str  # absolute
    kind: Literal["media", "transcript"]
    digest: str  # sha256 of the file's bytes, hex


class Audio(Record):
    """The recording's sound as 16 kHz mono signed 16-bit little-endian PCM in a file of its own."""

    meeting: str
    recording: str  # digest of the recording that it was decoded from: another one of the same length is another sound
    pcm: str  # path of the raw samples, relative to the meeting's work folder
    duration: Seconds  # of the samples
    container_duration: Seconds | None  # what the file itself claims
    warnings: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()  # the participants' own tracks by name, "" where unknown


class Chunk(Record):
    """A window for the recogniser, at most 30 s, cut in pauses; `speech` are the spoken spans inside it."""

    start: Seconds
    end: Seconds
    speech: tuple[Span, ...]


class Chunks(Record):
    """The whole recording's speech, and the windows in which it is recognised."""

    meeting: str
    audio: Audio
    speech: tuple[Span, ...]
    chunks: tuple[Chunk, ...]


class Word(Record):
    """A word as written in the transcript, punctuation attached, no surrounding white space."""

    text: str
    start: Seconds
    end: Seconds
    probability: Share


class Utterance(Record):
    """A cue of a transcript file or a segment of the recogniser: words that one source wrote in one go."""

    start: Seconds
    end: Seconds
    label: str | None  # the speaker label as the platform wrote it
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(w.text for w in self.words)


class Transcript(Record):
    """What was said, in time order, with the platform's labels if the source had any."""

    meeting: str
    language: str  # ISO 639-1
    duration: Seconds
    made_by: str  # "faster-whisper small.en", "WebVTT", ...
    coverage: Share  # share of detected speech that reached the transcript; 1 for transcript inputs
    utterances: tuple[Utterance, ...]
    warnings: tuple[str, ...] = ()


class VoiceSpan(Span):
    """A stretch in which one voice speaks."""

    voice: str  # "V01", "V02", ... in order of first appearance


class Voices(Record):
    """Who sounds like whom, without names. Empty spans: voices are not known."""

    meeting: str
    made_by: str  # "builtin", "sherpa", "tracks", "labels", "none"
    spans: tuple[VoiceSpan, ...]
    labels: tuple[tuple[str, str], ...] = ()  # voices whose tracks have a name: ("V01", "Ana Ruiz")


class VoicedTurn(Record):
    """Consecutive words of one voice."""

    start: Seconds
    end: Seconds
    voice: str | None
    label: str | None
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(w.text for w in self.words)


class Turns(Record):
    """The transcript cut into turns; nobody is named yet."""

    meeting: str
    language: str
    duration: Seconds
    turns: tuple[VoicedTurn, ...]


# ---- people ------------------------------------------------------------------------------------------------------


class Spoken(Record):
    """Evidence: a moment of the recording and what was said there."""

    start: Seconds
    end: Seconds
    words: str


class FromEvent(Record):
    """Evidence: a key of the event file, e.g. "organisers" or "registered.3.role"."""

    event: str


Evidence = Spoken | FromEvent


class Turn(Record):
    """Consecutive words of one speaker. An unnamed turn has `name` None: never a guess."""

    start: Seconds
    end: Seconds
    voice: str | None
    name: str | None
    confidence: Share
    named_by: NamedBy | None
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(w.text for w in self.words)


class Speaker(Record):
    """A person who spoke, spelled as registered, with what is known of them."""

    name: str
    honours: str | None = None  # "Dr", "OBE", "Dr ... OBE" are kept apart from the name
    role: str | None = None
    organisation: str | None = None
    status: Status
    evidence: tuple[Evidence, ...]


class Question(Record):
    """Something only the editor can settle."""

    id: str
    text: str
    evidence: tuple[Evidence, ...]


class Conversation(Record):
    """The turns with their speakers' names, and who these people are."""

    meeting: str
    language: str
    duration: Seconds
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...]
    questions: tuple[Question, ...]


# ---- what the meeting was about -------------------------------------------------------------------------------------

PartKind = Literal["opening", "keynote", "panel", "talk", "discussion", "announcements", "results", "closing", "aside"]


class Part(Record):
    """A part of the meeting: turns [first, last] (both inclusive); "aside" (sound checks, small talk) stays off the page."""

    kind: PartKind
    first: int
    last: int


class Theme(Record):
    """A subject that was talked about: a phrase that was really used, where, and by whom."""

    label: str
    spans: tuple[Span, ...]
    speakers: tuple[str, ...]
    seconds: Seconds
    evidence: tuple[Spoken, ...]


class Themed(Record):
    """The meeting's parts in time order, and its themes by time spent."""

    meeting: str
    parts: tuple[Part, ...]
    themes: tuple[Theme, ...]


# ---- the page -------------------------------------------------------------------------------------------------------


class MeetingFacts(Record):
    """The header of the page."""

    id: str
    title: str
    date: str | None
    platform: str | None
    organisers: tuple[str, ...]
    links: dict[str, str]
    duration: Seconds


class Person(Record):
    """A person of the page."""

    name: str
    honours: str | None
    role: str | None
    organisation: str | None
    capacities: tuple[Capacity, ...]
    spoke: bool
    status: Status
    evidence: tuple[Evidence, ...]


class Point(Record):
    """One statement, and what it rests on (never nothing)."""

    id: str
    text: str
    speakers: tuple[str, ...]
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]


class Section(Record):
    """A part of the page."""

    kind: SectionKind
    heading: str
    points: tuple[Point, ...]


class Draft(Record):
    """The page as it was worded, before its statements were checked."""

    meeting: MeetingFacts
    people: tuple[Person, ...]
    sections: tuple[Section, ...]
    questions_for_editor: tuple[Question, ...]


class Summary(Draft):
    """The page after the check: every point is supported by its evidence. `summary.json`, schema version 1."""

    schema_: Annotated[Literal[1], Field(alias="schema")] = 1
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)

"""The page as a template sees it: every text clean, every link safe, every list in its order.

`Page` is what `templates/*.j2` (or an organiser's own) and the Word file are written from; it holds no markup,
so that each form escapes in its own way.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pipeline.plain import at_moment, clean, clock, date_in_words, duration_in_words, listed, safe_url
from pipeline.records import Conversation, Event, Evidence, MeetingFacts, Person, Section, Spoken, Summary, Themed
from pipeline.timeline import Timeline, timeline_of

PARAGRAPH_WORDS = 90  # short statements run on until a paragraph has about so many
OWN_PARAGRAPH_WORDS = 30  # a statement longer than this is a paragraph of its own
MOMENTS_TOGETHER = 20.0  # seconds: evidence this close behind the last is the same moment
_BLOCK_SECONDS = 45.0  # of a long turn, after which its next sentence begins a new transcript paragraph
_LINKS = r"(?P<url>https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?)'’\]])|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
_PROSE = ("summary", "keynote", "panel")
_LISTS = ("areas", "announcements", "results")


@dataclass(frozen=True)
class Run:
    """A stretch of text, linked or not."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Moment:
    """A moment of the recording: `href` opens it there, `anchor` in the transcript."""

    label: str
    href: str | None
    anchor: str


@dataclass(frozen=True)
class Line:
    """One statement: its text, its moments, and whether it comes from the event file."""

    id: str
    runs: tuple[Run, ...]
    moments: tuple[Moment, ...]
    from_event: bool

    @property
    def text(self) -> str:
        """The text without its links."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Block:
    """A section: `prose` and `note` are paragraphs of statements, of a `list` each paragraph is one item."""

    kind: str
    layout: Literal["prose", "list", "note"]
    heading: str
    anchor: str
    paragraphs: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Who:
    """A line of the list of speakers; two people who shared a slot share it."""

    names: str
    detail: str
    parts: tuple[str, ...]  # what they did: "chair", "keynote"
    status: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True)
class Said:
    """A paragraph of the transcript; `speaker` is empty where the same person goes on."""

    anchor: str
    time: Moment
    speaker: str
    text: str


@dataclass(frozen=True)
class Page:
    """Everything that the page says."""

    title: str
    language: str
    draft: bool
    date: str | None
    date_iso: str | None
    platform: str
    organisers: str
    duration: str
    recording: str | None
    links: tuple[Run, ...]  # the event's other links, if no statement names them
    lead: tuple[Block, ...]  # before the list of speakers
    people: tuple[Who, ...]
    body: tuple[Block, ...]  # after it
    notes: tuple[Block, ...]  # the small print: chair, thanks, recording, mailing list, about
    questions: tuple[Line, ...]  # for the editor; empty once approved
    timeline: Timeline
    transcript: tuple[Said, ...]
    transcript_at: str  # the file that holds the transcript's anchors
    event_data: dict[str, object] = field(default_factory=dict)  # schema.org Event


def page_of(
    summary: Summary,
    conversation: Conversation,
    themed: Themed,
    event: Event,
    *,
    approved: bool,
    transcript_at: str,
) -> Page:
    """The page of a meeting."""
    meeting = summary.meeting
    links = {**event.links, **meeting.links}
    writer = _Writer(links, conversation)
    blocks = [writer.block(number, section) for number, section in enumerate(summary.sections, start=1)]
    main = [b for b in blocks if b.layout != "note"]
    linked = {run.href for b in blocks for lines in b.paragraphs for line in lines for run in line.runs}
    lead = next((n for n, b in enumerate(main) if b.layout == "list"), len(main))
    return Page(
        title=clean(meeting.title) or "Meeting",
        language=clean(conversation.language) or "en",
        draft=not approved,
        date=date_in_words(meeting.date),
        date_iso=meeting.date,
        platform=clean(meeting.platform or ""),
        organisers=listed(clean(o) for o in meeting.organisers),
        duration=duration_in_words(meeting.duration),
        recording=writer.recording,
        links=tuple(Run(clean(name), url) for name, url in writer.named.items() if url not in linked),
        lead=tuple(main[:lead]),
        people=tuple(writer.people(summary.people)),
        body=tuple(main[lead:]),
        notes=tuple(b for b in blocks if b.layout == "note"),
        questions=()
        if approved
        else tuple(writer.line(q.id, q.text, q.evidence) for q in summary.questions_for_editor),
        timeline=timeline_of(conversation, themed, summary),
        transcript=writer.said,
        transcript_at=transcript_at,
        event_data=event_data(meeting, summary.people, event, writer.recording),
    )


# ---- statements ----------------------------------------------------------------------------------------------------


class _Writer:
    """Turns records into lines; knows the meeting's links and where each moment stands in the transcript."""

    def __init__(self, links: dict[str, str], conversation: Conversation) -> None:
        safe = {name: url for name, text in links.items() if (url := safe_url(text)) and clean(name)}
        self.recording = next((url for name, url in safe.items() if name.lower() == "recording"), None)
        self.named = {name: url for name, url in safe.items() if name.lower() != "recording"}
        blocks = list(_blocks(conversation))
        self._starts = [start for start, _, _ in blocks]
        self.said = tuple(
            Said(f"t{n}", self._moment(start), speaker, text)
            for n, (start, speaker, text) in enumerate(blocks, start=1)
        )
        names = sorted((n for n in self.named if len(n) > 3), key=len, reverse=True)
        own = "".join(rf"|(?<!\w){re.escape(clean(name))}(?!\w)" for name in names)
        self._links = re.compile(_LINKS + own)

    def block(self, number: int, section: Section) -> Block:
        """A section of the page."""
        lines = [self.line(p.id, p.text, p.evidence) for p in section.points]
        if section.kind == "recording" and self.recording and lines and not any(r.href for x in lines for r in x.runs):
            lines[-1] = _extended(lines[-1], Run("Open the recording", self.recording))
        layout: Literal["prose", "list", "note"] = "note"
        if section.kind in _PROSE:
            layout = "prose"
        elif section.kind in _LISTS:
            layout = "list"
        paragraphs = tuple((x,) for x in lines) if layout == "list" else tuple(_paragraphs(lines))
        return Block(section.kind, layout, clean(section.heading), f"{section.kind}-{number}", paragraphs)

    def line(self, point: str, text: str, evidence: tuple[Evidence, ...]) -> Line:
        """A statement with its moments."""
        spoken = any(isinstance(e, Spoken) for e in evidence)
        return Line(
            clean(point), tuple(self._runs(clean(text))), self._moments(evidence), bool(evidence) and not spoken
        )

    def people(self, people: tuple[Person, ...]) -> Iterator[Who]:
        """The list of speakers: who spoke, and did more than ask a question."""
        shown = [p for p in people if p.spoke and set(p.capacities) != {"questioner"}]
        while shown:
            count = 2 if _shared_slot(shown, people) else 1
            yield self._who(shown[:count])
            shown = shown[count:]

    def _who(self, people: list[Person]) -> Who:
        details = list(dict.fromkeys(d for p in people if (d := _detail(p))))
        parts = dict.fromkeys(c for p in people for c in p.capacities if c in ("chair", "keynote"))
        shown = tuple(c for c in parts if c not in " ".join(details).lower())
        worst = max((p.status for p in people), key=("confirmed", "suggested", "unconfirmed").index)
        first = tuple(e for e in people[0].evidence if isinstance(e, Spoken))[:1]
        return Who(" & ".join(_full_name(p) for p in people), " & ".join(details), shown, worst, self._moments(first))

    def _runs(self, text: str) -> Iterator[Run]:
        at = 0
        for match in self._links.finditer(text):
            found = match.group()
            href = safe_url(f"mailto:{found}" if match.group("mail") else self._own(found) or found)
            if href:
                yield from [Run(text[at : match.start()])] if match.start() > at else []
                yield Run(found, href)
                at = match.end()
        if text[at:]:
            yield Run(text[at:])

    def _own(self, found: str) -> str | None:
        return next((url for name, url in self.named.items() if clean(name) == found), None)

    def _moments(self, evidence: tuple[Evidence, ...]) -> tuple[Moment, ...]:
        moments, until = [], float("-inf")
        for e in sorted((e for e in evidence if isinstance(e, Spoken)), key=lambda e: (e.start, e.end)):
            if e.start > until + MOMENTS_TOGETHER:
                moments.append(self._moment(e.start))
            until = max(until, e.end)
        return tuple(moments)

    def _moment(self, seconds: float) -> Moment:
        block = max(bisect_right(self._starts, seconds), 1)
        href = at_moment(self.recording, seconds) if self.recording else None
        return Moment(clock(seconds), href, f"t{block}")


def _extended(line: Line, run: Run) -> Line:
    return Line(line.id, (*line.runs, Run(" "), run), line.moments, line.from_event)


def _paragraphs(lines: list[Line]) -> Iterator[tuple[Line, ...]]:
    """Short statements run on in one paragraph until it is long enough; a long one has its own."""
    held: list[Line] = []
    words = 0
    for line in lines:
        length = len(line.text.split())
        if held and (words + length > PARAGRAPH_WORDS or length > OWN_PARAGRAPH_WORDS):
            yield tuple(held)
            held, words = [], 0
        held.append(line)
        words += length if length <= OWN_PARAGRAPH_WORDS else PARAGRAPH_WORDS
    if held:
        yield tuple(held)


# ---- people --------------------------------------------------------------------------------------------------------


def _full_name(person: Person) -> str:
    """`Dr Ifeoma Bright OBE`: honours of more than one capital stand behind the name unless "..." says where."""
    before, dots, after = (person.honours or "").replace("…", "...").partition("...")
    if not dots:
        words = before.split()
        before = " ".join(w for w in words if sum(c.isupper() for c in w) < 2)
        after = " ".join(w for w in words if sum(c.isupper() for c in w) > 1)
    return clean(f"{before} {person.name} {after}")


def _detail(person: Person) -> str:
    return ", ".join(clean(x) for x in (person.role, person.organisation) if x and clean(x))


def _shared_slot(shown: list[Person], people: tuple[Person, ...]) -> bool:
    """Whether the next two were brought on in one breath: the same words name both of them and nobody else."""
    if len(shown) < 2 or shown[0].capacities != shown[1].capacities or "chair" in shown[0].capacities:
        return False
    one, two = shown[:2]
    for e in one.evidence:
        if isinstance(e, Spoken) and e in two.evidence:
            named = [p.name for p in people if re.search(rf"\b{re.escape(p.name)}\b", e.words)]
            joint = rf"{re.escape(one.name)}\W+(?:and|&)\W+{re.escape(two.name)}"
            if sorted(named) == sorted([one.name, two.name]) and re.search(joint, e.words):
                return True
    return False


# ---- the transcript, and the event as data ----------------------------------------------------------------------


def _blocks(conversation: Conversation) -> Iterator[tuple[float, str, str]]:
    """Start, speaker and text of each transcript paragraph; long turns are cut at a sentence's end."""
    for turn in conversation.turns:
        speaker, held = clean(turn.name or turn.voice or "Not named"), []
        for word in turn.words:
            held.append(word)
            if word.end - held[0].start > _BLOCK_SECONDS and word.text[-1:] in ".?!":
                yield held[0].start, speaker, clean(" ".join(w.text for w in held))
                speaker, held = "", []
        if held:
            yield held[0].start, speaker, clean(" ".join(w.text for w in held))


def event_data(
    meeting: MeetingFacts, people: tuple[Person, ...], event: Event, recording: str | None
) -> dict[str, object]:
    """The meeting as a schema.org Event; what is not known stays out."""
    performers = [clean(p.name) for p in people if p.spoke and p.status == "confirmed" and "keynote" in p.capacities]
    platform = clean(meeting.platform or "")
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": clean(meeting.title),
        "startDate": meeting.date,
        "description": clean(event.about or ""),
        "organizer": [{"@type": "Organization", "name": clean(o)} for o in meeting.organisers],
        "performer": [{"@type": "Person", "name": name} for name in performers],
    }
    if platform:
        data["eventAttendanceMode"] = "https://schema.org/OnlineEventAttendanceMode"
        data["location"] = {"@type": "VirtualLocation", "name": platform, **({"url": recording} if recording else {})}
    if recording:
        data["recordedIn"] = {"@type": "VideoObject", "name": f"Recording of {clean(meeting.title)}", "url": recording}
    return {key: value for key, value in data.items() if value}

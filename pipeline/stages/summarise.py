"""Write the page's draft: the frames that the meeting fills, worded, each statement with its evidence."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import ClassVar

from pipeline.facts.announcements import announcements
from pipeline.facts.answers import areas_asked
from pipeline.facts.areas import areas
from pipeline.facts.attendance import attendance
from pipeline.facts.closing import about, chairs, mailing, recording, results, thanks
from pipeline.facts.decisions import decisions
from pipeline.facts.editor import editor_questions
from pipeline.facts.keynote import keynote, title
from pipeline.facts.panel import contributions, on_panel, panel
from pipeline.facts.people import people
from pipeline.facts.polls import polls
from pipeline.facts.questions import Asked, asked
from pipeline.facts.summary import summary
from pipeline.facts.view import Meeting, Statement, points
from pipeline.language.parsing import Doc, Language
from pipeline.language.reported import join_and
from pipeline.language.said import sentences
from pipeline.language.structure import outline
from pipeline.records import (
    Conversation,
    Draft,
    Event,
    Evidence,
    MeetingFacts,
    Section,
    SectionKind,
    Themed,
)
from pipeline.stages import Work

WORDS = 772  # of the whole page, its header and list of people included
KEYNOTE = 60  # words that a keynote should have, whatever else is told
SLOT = 26  # words that each contribution to a panel should have
ROOM = 30  # words left over for which a section is made once more
HEADINGS: dict[SectionKind, str] = {
    "summary": "Summary",
    "keynote": "Keynote",
    "panel": "Panel",
    "areas": "Areas covered in the discussion",
    "announcements": "Announcements",
    "results": "Results",
    "chair": "Chair",
    "thanks": "Thanks",
    "recording": "Recording",
    "mailing": "Mailing list",
    "about": "About",
}


@dataclass(frozen=True)
class Summarise:
    """Takes the conversation and its themes; gives the page's draft, sections in the order of the page.

    Nothing is invented: a frame that the meeting does not fill leaves no trace. Cannot fail.
    """

    language: Language
    words: int = WORDS
    points: int = 30  # of one section
    name: ClassVar[str] = "summarise"
    version: ClassVar[int] = 12

    def settings(self) -> dict[str, object]:
        """What the result depends on besides its inputs."""
        return {"words": self.words, "points": self.points}

    def __call__(self, conversation: Conversation, themed: Themed, event: Event, work: Work) -> Draft:
        """The draft of the page."""
        del work
        shape = outline(conversation, sentences(conversation, self.language))
        meeting = Meeting(conversation=conversation, event=event, themed=themed, outline=shape, read=self._read)
        voted = polls(meeting)
        questions = asked(meeting, voted) if meeting.outline.chairs else []
        return Draft(
            meeting=_header(meeting),
            people=people(meeting, questions),
            sections=self._sections(meeting, questions, voted),
            questions_for_editor=(*conversation.questions, *editor_questions(meeting)),
        )

    def _read(self, text: str) -> Doc:
        """A finished sentence, parsed."""
        return self.language.tree(text)

    def _sections(
        self, meeting: Meeting, questions: Sequence[object], voted: Sequence[Statement]
    ) -> tuple[Section, ...]:
        asked_here = list(questions)
        kept = recording(meeting)
        meeting.placed.update(e for s in (*kept, *filter(None, [attendance(meeting)])) for e in s.evidence)
        fixed: dict[SectionKind, list[Statement]] = {
            "summary": summary(meeting, asked_here),  # type: ignore[arg-type]
            "chair": chairs(meeting),
            "thanks": thanks(meeting),
            "recording": kept,
            "mailing": mailing(meeting),
            "about": about(meeting),
        }
        counted = {e for s in (*voted, *fixed["summary"]) for e in s.evidence}
        decided = [
            *voted,
            *(s for s in decisions(meeting, budget=self.words // 3) if counted.isdisjoint(s.evidence)),
        ]
        meeting.placed.update(e for s in decided for e in s.evidence)
        left = self.words - _around(meeting) - sum(s.words for group in fixed.values() for s in group)
        slots = min(SLOT * len(contributions(meeting)), left // 3)
        makers: dict[SectionKind, Callable[[int], list[Statement]]] = {
            "keynote": lambda n: keynote(meeting, budget=max(n, KEYNOTE)),
            "panel": lambda n: panel(meeting, budget=max(n, slots)) if meeting.outline.programme else [],
            "areas": lambda n: _areas(meeting, asked_here, n),  # type: ignore[arg-type]
            "announcements": lambda n: announcements(meeting, budget=n),
            "results": lambda n: decided or results(meeting, budget=n),
        }
        room = max(left, 120)
        made = _shared(makers, _spoken(meeting), room)
        talks = {e for kind in ("keynote", "panel") for s in made[kind] for e in s.evidence}
        later: tuple[SectionKind, ...] = ("areas", "announcements")
        whole = {s.evidence for s in meeting.outline.said}
        again = [k for k in later if any(_told_in(s, talks, whole) for s in made[k])]
        meeting.placed.update(talks if again else ())
        for kind in again:  # nothing is told twice
            made[kind] = makers[kind](sum(s.words for s in made[kind]))
        _cut_to(room, made, makers)
        order: list[SectionKind] = list(HEADINGS)
        out = []
        for kind in order:
            statements = made.get(kind) or fixed.get(kind) or []
            placed = points(kind, statements[: self.points])
            if placed:
                out.append(Section(kind=kind, heading=_heading(kind, meeting), points=placed))
        return tuple(out)


def _told_in(made: Statement, talks: AbstractSet[Evidence], whole: AbstractSet[Evidence]) -> bool:
    """Whether every sentence (`whole`) that a statement tells stands in the talks."""
    said = whole & set(made.evidence)
    return bool(said) and said <= talks


def _areas(meeting: Meeting, questions: Sequence[Asked], words: int) -> list[Statement]:
    """Questions from the floor, then what else the discussion turned to, as far as there is room."""
    made = areas_asked(meeting, questions, budget=words)
    rest = words - sum(s.words for s in made)
    if made and rest < 60:  # the questions fill the section
        return made
    used = {e for s in made for e in s.evidence}
    # Beside questions and their answers a name alone tells nobody anything.
    others = [s for s in areas(meeting, budget=rest, named=meeting.rough or not made) if used.isdisjoint(s.evidence)]
    return (
        [*others, *made] if meeting.long else [*made, *others]
    )  # what a long discussion spent its time on comes first


def _around(meeting: Meeting) -> int:
    """The words of the header and of the list of people, which count towards a page's length."""
    listed = (f"{s.name} {s.role or ''} {s.organisation or ''} and" for s in meeting.conversation.speakers)
    return 24 + sum(len(text.split()) for text in listed)


def _spoken(meeting: Meeting) -> dict[SectionKind, float]:
    """How much was spoken towards each section: the shares in which a page's words are given out."""
    words: Counter[str] = Counter()
    for s in meeting.outline.said:
        if s.who not in meeting.outline.chairs or meeting.outline.part(s) in ("announcements", "closing"):
            words[meeting.outline.part(s)] += len(s.words)
    return {
        "keynote": 1.5 * words["keynote"] + 1.0,
        "panel": 1.4 * (words["panel"] + words["talk"]) + 1.0,
        "areas": (2.7 * words["discussion"] if meeting.outline.programme else float(words.total())) + 1.0,
        "announcements": 2.2 * words["announcements"] + 0.6 * words["closing"] + 1.0,
        "results": words["results"] + 1.0,
    }


def _shared(
    makers: dict[SectionKind, Callable[[int], list[Statement]]], shares: dict[SectionKind, float], words: int
) -> dict[SectionKind, list[Statement]]:
    """Each section made within its share; what some do not use goes to the others, at last to those made first."""
    present = list(makers)
    made: dict[SectionKind, list[Statement]] = {}
    left = float(words)
    todo = sorted(present, key=lambda k: shares[k])
    while todo:
        kind = todo.pop(0)
        share = left * shares[kind] / (shares[kind] + sum(shares[k] for k in todo))
        made[kind] = makers[kind](int(share))
        left -= sum(s.words for s in made[kind])
    for kind in sorted(present, key=lambda k: -shares[k]):
        used = sum(s.words for s in made[kind])
        if left >= ROOM and used:
            made[kind] = makers[kind](int(used + left))
            left -= sum(s.words for s in made[kind]) - used
    return made


def _cut_to(
    room: int, made: dict[SectionKind, list[Statement]], makers: dict[SectionKind, Callable[[int], list[Statement]]]
) -> None:
    """A section may take a little more than its share; together they may not: the longest are made shorter."""
    for kind in sorted(made, key=lambda k: -sum(s.words for s in made[k])):
        used = sum(s.words for s in made[kind])
        over = sum(s.words for group in made.values() for s in group) - room
        if 0 < over < used:
            shorter = makers[kind](used - over)
            made[kind] = shorter if sum(s.words for s in shorter) < used else made[kind]


def _heading(kind: SectionKind, meeting: Meeting) -> str:
    if kind == "keynote":
        return title(meeting).capitalize()
    if kind == "panel" and not on_panel(meeting):
        return "Talks"
    if kind == "results" and not meeting.said_in("results"):
        return "Decisions and results"
    return HEADINGS[kind]


# Words of file names that say nothing of a meeting.
_NAMELESS = frozenset(
    "meeting zoom teams webex google meet gmt audio video voice closed full session event call the of only transcript "
    "recording captions caption subtitles record cc vtt chat".split()
)


def _title(meeting: Meeting) -> str:
    """A meeting's title where no event file gives one: its file's name; where that says nothing, who chaired it."""
    stem = meeting.conversation.meeting
    if any(w and not w.isdigit() and w not in _NAMELESS for w in re.split(r"[ ._-]+", stem.lower())):
        return stem.replace("-", " ").replace("_", " ").strip().capitalize()
    return f"Meeting chaired by {join_and(meeting.chairs)}" if meeting.chairs else "Meeting"


def _header(meeting: Meeting) -> MeetingFacts:
    event = meeting.event
    return MeetingFacts(
        id=meeting.conversation.meeting,
        title=event.title or _title(meeting),
        date=event.date,
        platform=event.platform,
        organisers=event.organisers,
        links=event.links,
        duration=meeting.conversation.duration,
    )

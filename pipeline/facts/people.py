"""Who spoke, and in which capacity: from the parts of the meeting and the speakers' own records."""

from collections.abc import Iterable

from pipeline.facts.keynote import speakers, title
from pipeline.facts.questions import Asked, puts_question
from pipeline.facts.view import Meeting
from pipeline.language.said import speaker_of
from pipeline.records import Capacity, Evidence, PartKind, Person

BY_PART: dict[PartKind, Capacity] = {
    "keynote": "keynote",
    "panel": "panellist",
    "talk": "speaker",
    "discussion": "speaker",
    "announcements": "announcer",
    "results": "speaker",
}
LEAST = 25  # words that make somebody a speaker of a part
BRIEF = 120  # words within which somebody only asks


def people(meeting: Meeting, asked: Iterable[Asked]) -> tuple[Person, ...]:
    """The people of the page in the order of the programme, then those who only asked."""
    capacities = _capacities(meeting)
    asked = list(asked)
    askers = {a.asker for a in asked if a.asker}
    persons = []
    for speaker in meeting.conversation.speakers:
        if speaker.name not in _voices(meeting):
            continue
        held = capacities.get(speaker.name, [])
        if set(held) <= {"speaker"} and _only_asks(meeting, speaker.name, known=speaker.name in askers):
            held = ["questioner"]
        persons.append(
            Person(
                name=speaker.name,
                honours=speaker.honours,
                role=speaker.role,
                organisation=speaker.organisation,
                capacities=tuple(held) or ("speaker",),
                spoke=True,
                status=speaker.status,
                evidence=speaker.evidence,
            )
        )
    persons += _relayed(asked, {p.name for p in persons})
    return tuple(sorted(persons, key=lambda p: (p.capacities == ("questioner",),)))


def _voices(meeting: Meeting) -> set[str]:
    return {speaker_of(t) for t in meeting.conversation.turns if t.words}


def _capacities(meeting: Meeting) -> dict[str, list[Capacity]]:
    words: dict[tuple[str, Capacity], int] = {}
    order: dict[str, list[Capacity]] = {}
    capacity_in = BY_PART | {"keynote": "keynote" if title(meeting) == "keynote" else "speaker"}
    gave = speakers(meeting)
    for index, turn in enumerate(meeting.conversation.turns):
        who = speaker_of(turn)
        kind = capacity_in.get(meeting.outline.part_of_turn.get(index, "aside"))
        if not who or kind is None or who in meeting.outline.chairs:
            continue
        if kind == "keynote" and who not in gave:
            kind = "speaker"  # who broke into it
        words[who, kind] = words.get((who, kind), 0) + len(turn.words)
        if words[who, kind] >= LEAST and kind not in order.setdefault(who, []):
            order[who].append(kind)
    for chair in meeting.outline.chairs:
        order[chair] = ["chair", *order.get(chair, [])]
    return {who: _without_plain(held) for who, held in order.items()}


def _without_plain(held: list[Capacity]) -> list[Capacity]:
    """ "speaker" says nothing of somebody who has a capacity of their own."""
    return [c for c in held if c != "speaker"] or held


def _relayed(asked: Iterable[Asked], listed: set[str]) -> list[Person]:
    """Those whose question somebody else read out: they asked, and did not speak."""
    evidence: dict[str, tuple[str | None, tuple[Evidence, ...]]] = {}
    for a in asked:
        if a.asker and a.asker not in listed:
            evidence.setdefault(a.asker, (a.organisation, a.evidence))
    return [
        Person(
            name=name,
            honours=None,
            role=None,
            organisation=body,
            capacities=("questioner",),
            spoke=False,
            status="unconfirmed",
            evidence=found,
        )
        for name, (body, found) in evidence.items()
    ]


def _only_asks(meeting: Meeting, name: str, *, known: bool) -> bool:
    """Whether somebody came in with a question, and with nothing else: briefly, from the floor, and was answered."""
    said = [s for s in meeting.outline.said if s.who == name]
    if sum(len(s.words) for s in said) >= BRIEF or not any(puts_question(s, meeting) for s in said):
        return False
    floor = meeting.outline.programme and {meeting.outline.part(s) for s in said} <= {"discussion", "closing", "aside"}
    return known or floor

"""Who spoke, and in which capacity: from the parts of the meeting and the speakers' own records."""

from collections.abc import Iterable

from pipeline.facts.questions import Asked
from pipeline.facts.view import Meeting
from pipeline.language.said import speaker_of
from pipeline.records import Capacity, PartKind, Person

BY_PART: dict[PartKind, Capacity] = {
    "keynote": "keynote",
    "panel": "panellist",
    "talk": "speaker",
    "discussion": "speaker",
    "announcements": "announcer",
    "results": "speaker",
}
LEAST = 25  # words that make somebody a speaker of a part


def people(meeting: Meeting, asked: Iterable[Asked]) -> tuple[Person, ...]:
    """The people of the page in the order of the programme, then those who only asked."""
    capacities = _capacities(meeting)
    relayed = {a.asker for a in asked if a.asker}
    persons = []
    for speaker in meeting.conversation.speakers:
        if speaker.name not in _voices(meeting):
            continue
        held = capacities.get(speaker.name, [])
        if speaker.name in relayed and set(held) <= {"speaker"} and _only_asks(meeting, speaker.name):
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
    return tuple(sorted(persons, key=lambda p: (p.capacities == ("questioner",),)))


def _voices(meeting: Meeting) -> set[str]:
    return {speaker_of(t) for t in meeting.conversation.turns if t.words}


def _capacities(meeting: Meeting) -> dict[str, list[Capacity]]:
    words: dict[tuple[str, Capacity], int] = {}
    order: dict[str, list[Capacity]] = {}
    for index, turn in enumerate(meeting.conversation.turns):
        who = speaker_of(turn)
        kind = BY_PART.get(meeting.outline.part_of_turn.get(index, "aside"))
        if not who or kind is None or who in meeting.outline.chairs:
            continue
        words[who, kind] = words.get((who, kind), 0) + len(turn.words)
        if words[who, kind] >= LEAST and kind not in order.setdefault(who, []):
            order[who].append(kind)
    for chair in meeting.outline.chairs:
        order[chair] = ["chair", *order.get(chair, [])]
    return {who: _without_plain(held) for who, held in order.items()}


def _without_plain(held: list[Capacity]) -> list[Capacity]:
    """ "speaker" says nothing of somebody who has a capacity of their own."""
    return [c for c in held if c != "speaker"] or held


def _only_asks(meeting: Meeting, name: str) -> bool:
    said = [s for s in meeting.outline.said if s.who == name]
    asking = sum(len(s.words) for s in said if meeting.outline.does(s, "question"))
    return bool(asking) and sum(len(s.words) for s in said) < 120

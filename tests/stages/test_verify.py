"""The check: what is supported stays, what is not is found, and nothing is found that is not there."""

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.exports import conversation_json, summary_json
from pipeline.progress import Quiet
from pipeline.records import (
    Conversation,
    Draft,
    Event,
    FromEvent,
    MeetingFacts,
    Person,
    Point,
    Registered,
    Section,
    Spoken,
    Summary,
    Turn,
    Word,
)
from pipeline.stages import Work
from pipeline.stages.verify import Verify, check_folder, unsupported

GRACE = (
    "Some groups have asked us about buying batteries together. So the network will look at whether a shared buying scheme "
    "could work. Nothing has been decided, and, er, it may not suit the smaller groups. A working group led by Ruth Campbell, "
    "who used to be at the City Housing Office, will report to members in June."
)
LEILA = (
    "We made three hundred and twelve visits last winter. And on average each home was owed ninety pounds that it had not "
    "claimed. But we don't have enough advisers who speak Polish. Tom Fletcher, could we come to you?"
)


def turn(name: str | None, start: float, text: str) -> Turn:
    words = tuple(
        Word(text=w, start=start + 0.4 * n, end=start + 0.4 * n + 0.4, probability=1)
        for n, w in enumerate(text.split())
    )
    return Turn(
        start=start,
        end=words[-1].end,
        voice="V01",
        name=name,
        confidence=1,
        named_by="label" if name else None,
        words=words,
    )


def person(name: str, role: str | None = None, organisation: str | None = None, honours: str | None = None) -> Person:
    return Person(
        name=name, honours=honours, role=role, organisation=organisation, capacities=(), spoke=True, status="confirmed", evidence=()
    )  # fmt: skip


TURNS = (turn("Grace Holloway", 0, GRACE), turn("Leila Hassan", 60, LEILA))
TALK = Conversation(meeting="m", language="en", duration=120, turns=TURNS, speakers=(), questions=())
PEOPLE = (
    person("Grace Holloway", "Chair", "Common Light Network"),
    person("Leila Hassan", "manager", "Warm Corner", "Dr"),
    person("Omar Farouk", None, "Lakeside Power"),
)
EVENT = Event(
    title="Winter webinar",
    date="2025-12-02",
    organisers=("Common Light Network",),
    registered=(Registered(name="Ruth Campbell"),),
)


def point(text: str, which: int = 0, **changes: object) -> Point:
    said = TURNS[which]
    evidence = (Spoken(start=said.start, end=said.end, words=said.text),)
    return Point.model_validate({"id": "p1", "text": text, "speakers": (), "evidence": evidence, **changes})


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("Grace Holloway said that the network would look at whether a shared buying scheme could work; nothing had been decided.", 0),
        ("A working group led by Ruth Campbell, formerly of the City Housing Office, will report to members in June.", 0),
        ("Grace Holloway, chair of the Common Light Network, said that it might not suit the smaller groups.", 0),
        ("Dr Leila Hassan said that Warm Corner made 312 visits last winter, and that each home was owed £90 that it had not claimed.", 1),
        ("Hassan said that Warm Corner did not have enough advisers who spoke Polish.", 1),
    ],
)  # fmt: skip
def test_a_supported_statement_is_left_alone(text: str, which: int) -> None:
    """Reporting verbs, tenses, digits, honours, roles and the registered spelling need no words of their own."""
    assert unsupported(point(text, which), TALK, EVENT, PEOPLE) == []


@pytest.mark.parametrize(
    ("text", "which", "reason"),
    [
        ("The network has decided to set up a shared buying scheme.", 0, "denies"),
        ("The network will set up a shared buying scheme.", 0, "possibility"),
        ("A shared buying scheme suits the smaller groups.", 0, "denies"),
        ("A working group led by Ruth Campbell will report to members in July.", 0, "July"),
        ("A working group led by Ruth Campbell will report on Tuesday.", 0, "Tuesday"),
        ("Leila Hassan said that Warm Corner made 320 visits last winter.", 1, "320"),
        ("Leila Hassan said that Warm Corner made ninety visits last winter.", 1, "90"),
        ("Leila Hassan said that Warm Corner had enough advisers who spoke Polish.", 1, "denies"),
        ("Leila Hassan said that Warm Corner did not make 312 visits last winter.", 1, "does not deny"),
        ("Omar Farouk said that Warm Corner made 312 visits last winter.", 1, "Omar Farouk"),
        ("Grace Holloway said that Warm Corner made 312 visits last winter.", 1, "Grace Holloway"),
        ("Professor Leila Hassan said that Warm Corner made 312 visits.", 1, "Professor"),
        ("Leila Hassan, of the Common Light Network, said that 312 visits were made.", 1, "Common Light Network"),
        ("Leila Hassan said that Warm Corner made 312 visits in Zorbury.", 1, "Zorbury"),
        ("The wind farm secured a licence for turbines offshore.", 1, "words are in the evidence"),
        ("The members voted for advisers who speak Polish.", 1, "voted"),
    ],
)
def test_an_unsupported_statement_is_found(text: str, which: int, reason: str) -> None:
    """Names, numbers, dates, denials, possibilities, honours, bodies and inventions: each for its own reason."""
    assert reason in " ".join(unsupported(point(text, which), TALK, EVENT, PEOPLE))


def test_evidence_must_have_been_said_then() -> None:
    """Words that were not said at that moment, and keys that the event file lacks, are no evidence."""
    early = point(
        "Warm Corner made 312 visits.",
        evidence=[Spoken(start=0, end=5, words="We made three hundred and twelve visits")],
    )
    assert "were not said" in unsupported(early, TALK, EVENT, PEOPLE)[0]
    keyed = point("The theme was Light.", evidence=[FromEvent(event="theme"), FromEvent(event="registered.7.role")])
    assert len([r for r in unsupported(keyed, TALK, EVENT, PEOPLE) if "event file has no" in r]) == 2


def test_the_event_file_is_evidence() -> None:
    """A date may be written out with its weekday, and an organiser named."""
    text = "The meeting was held on Tuesday 2 December 2025 by the Common Light Network."
    assert (
        unsupported(point(text, evidence=[FromEvent(event="date"), FromEvent(event="organisers")]), TALK, EVENT, PEOPLE)
        == []
    )


def draft(*points: Point) -> Draft:
    facts = MeetingFacts(id="m", title="M", date=None, platform=None, organisers=(), links={}, duration=120)
    section = Section(kind="summary", heading="Summary", points=points)
    return Draft(meeting=facts, people=PEOPLE, sections=(section,), questions_for_editor=())


GOOD = point(
    "Leila Hassan said that Warm Corner made 312 visits last winter.", 1, speakers=("Leila Hassan", "Omar Farouk")
)
BAD = point("Leila Hassan said that Warm Corner made 320 visits.", 1, id="p2")


def test_the_stage_keeps_drops_and_asks(tmp_path: Path) -> None:
    """What fails becomes a question with its evidence; a speaker who is only listed is taken off; an empty section goes."""
    done = Verify()(draft(GOOD, BAD), TALK, EVENT, Work(tmp_path, Quiet()))
    assert [(p.id, p.speakers) for p in done.sections[0].points] == [("p1", ("Leila Hassan",))]
    assert [q.id for q in done.questions_for_editor] == ["check-p2"]
    assert done.questions_for_editor[0].evidence == BAD.evidence
    assert Verify()(draft(BAD), TALK, EVENT, Work(tmp_path, Quiet())).sections == ()


def test_what_the_stage_lets_through_passes_the_check(tmp_path: Path) -> None:
    """`afterword check` on the written folder agrees with the stage, and finds what an edit broke."""
    done = Verify()(draft(GOOD, BAD), TALK, EVENT, Work(tmp_path, Quiet()))
    write(tmp_path, done)
    assert check_folder(tmp_path) == []
    write(tmp_path, done.model_copy(update={"sections": draft(BAD).sections}))
    assert ["320" in line for line in check_folder(tmp_path)] == [True]


def write(folder: Path, summary: Summary) -> None:
    (folder / "summary.json").write_text(summary_json(summary), encoding="utf-8")
    (folder / "conversation.json").write_text(conversation_json(TALK), encoding="utf-8")
    (folder / ".afterword").mkdir(exist_ok=True)
    (folder / ".afterword" / "event.json").write_text(EVENT.model_dump_json(), encoding="utf-8")


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """One sentence and what to do, never a traceback."""
    with pytest.raises(InputError):
        check_folder(tmp_path)
    (tmp_path / "summary.json").write_text(json.dumps({"schema": 1}), encoding="utf-8")
    with pytest.raises(InputError, match="not a summary"):
        check_folder(tmp_path)

"""The claims of a page in the order in which an editor should look at them: the riskiest first.

Not supported by the evidence; names that are open; names that the roster does not have; numbers and dates; what is
weakly supported; the rest. Pure functions from the draft under edit to records.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pipeline.measures.ground import Ground, event_text, ground_of
from pipeline.measures.lists import DAYS, MONTHS, REPORTING, STOP_WORDS
from pipeline.measures.normalise import fold, numbers_of, words_of
from pipeline.measures.stems import stem
from pipeline.measures.support import unsupported
from pipeline.plain import clean
from pipeline.records import Conversation, Event, Evidence, Person, Point, Question, Record, Spoken, Word
from pipeline.review.persons import detail
from pipeline.review.statement import Statement
from pipeline.review.working import Working

Risk = Literal["unsupported", "open", "names", "numbers", "weak", "rest"]
RISKS: tuple[Risk, ...] = get_args(Risk)
WEAK = 0.8  # share of a statement's content words in its evidence, under which it is weakly supported
UNSURE = 0.6  # probability of a recognised number under which it is said to be unsure
_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+)+")


class Moment(Record):
    """Evidence to look at: what was said (with who and when), or what the event file says."""

    start: float | None
    end: float | None
    speaker: str | None
    words: str


class Claim(Record):
    """Something that the page says, and what an editor needs in order to judge it."""

    id: str
    kind: Literal["point", "person", "question"]
    ref: str  # id of the statement or question, name of the person
    risk: Risk
    why: tuple[str, ...]  # why it deserves a look
    warnings: tuple[str, ...]  # what the evidence does not support
    text: str
    section: str
    speakers: tuple[str, ...]
    evidence: tuple[Moment, ...]
    state: Literal["open", "accepted", "dropped"]
    worded: str | None = None
    generated: str | None = None
    anew: str | None = None
    kept: bool = False
    voice: str | None = None  # the voice that a question asks about
    honours: str | None = None
    role: str | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class _Sight:
    """What claims are judged by."""

    working: Working
    conversation: Conversation
    people: tuple[Person, ...]
    registered: dict[str, int]
    known: frozenset[str]  # folded names, bodies and titles of the roster and the event file


def claims_of(working: Working) -> list[Claim]:
    """Every claim, the riskiest first."""
    event = working.event
    texts = [t for r in event.registered for t in (r.name, r.organisation, r.role, *r.aliases) if t]
    texts += [t for t in (*event.organisers, event.title, event.theme, event.about, *event.links) if t]
    sight = _Sight(
        working=working,
        conversation=working.conversation(),
        people=tuple(working.people),
        registered={clean(r.name): n for n, r in enumerate(event.registered)},
        known=frozenset(fold(t) for t in texts),
    )
    ranked = [
        *(_question(q, sight) for q in working.questions),
        *(_person(p, sight) for p in working.people if p.spoke or p.status != "confirmed" or p.name in working.checked),
        *(_point(s, sight) for s in working.statements),
    ]
    order = {id(c): n for n, (_, c) in enumerate(ranked)}
    ranked.sort(key=lambda rc: (RISKS.index(rc[1].risk), -len(rc[1].warnings), rc[0], order[id(rc[1])]))
    return [claim for _, claim in ranked]


def warnings_for(point: Point, working: Working) -> list[str]:
    """What the evidence does not support in a statement as worded here."""
    return unsupported(point, working.conversation(), working.event, working.people)


# ---- statements ------------------------------------------------------------------------------------------------------


def _point(statement: Statement, sight: _Sight) -> tuple[float, Claim]:
    point, event = statement.point(), sight.working.event
    ground = ground_of(point.evidence, sight.conversation, event, sight.people)
    warnings = unsupported(point, sight.conversation, event, sight.people)
    share = support(point.text, ground)
    names = list(_off_roster(point, sight))
    numbers = _has_number(point.text) and any(isinstance(e, Spoken) for e in point.evidence)
    unsure = list(_unsure(point, sight.conversation)) if numbers else []
    risk: Risk = "rest"
    if warnings or statement.anew:
        risk = "unsupported"
    elif names:
        risk = "names"
    elif numbers:
        risk = "numbers"
    elif share < WEAK:
        risk = "weak"
    why = [f"“{n}” is a name that neither the roster nor the event file has." for n in names] + unsure
    if statement.anew:
        why.append("The draft was made again and says this differently now; your wording is kept.")
    if numbers and not unsure and not warnings:
        why.append("A number or a date: listen whether it is right.")
    if share < WEAK:
        why.append(f"Only {share:.0%} of its words were said there.")
    state: Literal["open", "accepted", "dropped"] = "accepted" if statement.accepted else "open"
    return share - len(unsure), Claim(
        id=f"point:{point.id}",
        kind="point",
        ref=point.id,
        risk=risk,
        why=tuple(why),
        warnings=tuple(warnings),
        text=point.text,
        section=statement.heading,
        speakers=point.speakers,
        evidence=moments(point.evidence, sight.working),
        state="dropped" if statement.dropped else state,
        worded=statement.worded,
        generated=statement.generated.text,
        anew=statement.anew,
        kept=statement.kept,
    )


def support(text: str, ground: Ground) -> float:
    """Share of a statement's content words that its evidence holds, or that come with the people in it."""
    content = [w for w in words_of(text) if w not in STOP_WORDS and w not in REPORTING]
    held = [w for w in content if w in ground.raw or stem(w) in ground.stems or stem(w) in ground.lent]
    return len(held) / len(content) if content else 1.0


def _off_roster(point: Point, sight: _Sight) -> Iterator[str]:
    """Names in a statement that neither the roster nor the event file has, if there is a roster."""
    if not sight.registered or not any(isinstance(e, Spoken) for e in point.evidence):
        return
    bodies = {fold(p.organisation) for p in sight.people if p.organisation}
    known = sight.known | bodies
    for match in _NAME.finditer(point.text):
        name = fold(match.group().removesuffix("’s").removesuffix("'s"))
        begins = match.start() == 0 or point.text[: match.start()].rstrip()[-1:] in ".?!:"
        if begins:  # the first word may be capitalised for its place only
            name = name.partition(" ")[2] if " " in name and name.count(" ") > 1 else name
        if not any(name in k or k in name for k in known if k):
            yield clean(match.group())


def _has_number(text: str) -> bool:
    words = set(words_of(text))
    return bool(numbers_of(text)) or bool(words & DAYS) or any(m in words and m.title() in text for m in MONTHS)


def _unsure(point: Point, conversation: Conversation) -> Iterator[str]:
    """Numbers that the recogniser was unsure of."""
    said = {w.text.strip(".,;:?!"): w for w in _words_at(point.evidence, conversation) if numbers_of(w.text)}
    for text, word in said.items():
        if word.probability < UNSURE:
            yield f"The recogniser was unsure of “{text}”."


def _words_at(evidence: Iterable[Evidence], conversation: Conversation) -> Iterator[Word]:
    spans = [(e.start, e.end) for e in evidence if isinstance(e, Spoken)]
    for turn in conversation.turns:
        if any(turn.start < end and start < turn.end for start, end in spans):
            yield from (w for w in turn.words if any(a <= (w.start + w.end) / 2 <= b for a, b in spans))


# ---- people ------------------------------------------------------------------------------------------------------------


def _person(person: Person, sight: _Sight) -> tuple[float, Claim]:
    warnings, why = list(_unfounded(person, sight)), []
    registered = person.name in sight.registered
    risk: Risk = "rest"
    if person.status != "confirmed":
        risk = "open"
        why.append("The name is a suggestion." if person.status == "suggested" else "The name rests on very little.")
    elif sight.registered and not registered:
        risk = "names"
        why.append("This name is not on the roster.")
    if warnings:
        risk = "unsupported"
    checked = sight.working.checked.get(person.name) == detail(person)
    return 0.0, Claim(
        id=f"person:{person.name}",
        kind="person",
        ref=person.name,
        risk=risk,
        why=tuple(why),
        warnings=tuple(warnings),
        text=detail(person),
        section="People",
        speakers=(person.name,),
        evidence=moments(person.evidence, sight.working),
        state="accepted" if checked else "open",
        honours=person.honours,
        role=person.role,
        organisation=person.organisation,
    )


def _unfounded(person: Person, sight: _Sight) -> Iterator[str]:
    """A role or body that neither the roster nor the evidence gives."""
    at = sight.registered.get(person.name)
    ground = ground_of(person.evidence, sight.conversation, sight.working.event, ())
    own = sight.working.event.registered[at] if at is not None else None
    for what, value, listed in (
        ("role", person.role, own.role if own else None),
        ("organisation", person.organisation, own.organisation if own else None),
    ):
        if value and fold(value) != fold(listed or "") and not _said(value, ground):
            also = f" The roster says “{listed}”." if listed else ""
            yield f"Neither the roster nor the evidence gives {person.name} the {what} “{value}”.{also}"


def _said(value: str, ground: Ground) -> bool:
    wanted = {stem(w) for w in words_of(value) if w not in STOP_WORDS}
    return bool(wanted) and wanted <= ground.stems | {stem(w) for w in ground.raw}


# ---- questions ---------------------------------------------------------------------------------------------------------


def _question(question: Question, sight: _Sight) -> tuple[float, Claim]:
    named = question.id.startswith(("name-", "label-"))
    risk: Risk = "open" if named else ("numbers" if _has_number(question.text) else "weak")
    return -1.0, Claim(
        id=f"question:{question.id}",
        kind="question",
        ref=question.id,
        risk=risk,
        why=("Only you can settle this.",),
        warnings=(),
        text=question.text,
        section="Questions",
        speakers=(),
        evidence=moments(question.evidence, sight.working),
        state="open" if sight.working.is_open(question) else "accepted",
        voice=sight.working.voice_at(question) if named else None,
    )


def moments(evidence: Sequence[Evidence], working: Working) -> tuple[Moment, ...]:
    """Evidence with who speaks there; the event file's keys with what it says under them."""
    made = []
    for e in evidence:
        if isinstance(e, Spoken):
            made.append(Moment(start=e.start, end=e.end, speaker=working.speaker_at(e.start, e.end), words=e.words))
        else:
            words = _written(working.event, e.event)
            made.append(Moment(start=None, end=None, speaker=None, words=words))
    return tuple(made)


def _written(event: Event, key: str) -> str:
    """What the event file says, as a person would write it."""
    kind, _, number = key.partition(".")
    if kind == "registered" and number.isdigit() and int(number) < len(event.registered):
        entry = event.registered[int(number)]
        return ", ".join(t for t in (entry.name, entry.role, entry.organisation) if t)
    return event_text(event, key) or ""

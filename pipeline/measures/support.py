"""Whether a statement is supported by its evidence: derived from the words alone, not from how it was made.

The rules look at names, numbers, dates, denials, possibility, attribution and the share of content words. They know
nothing of parses, frames or templates, so that a mistake there is seen here.
"""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.measures.lists import (
    DAYS,
    DECISIONS,
    DENIALS,
    HEDGES,
    MONTHS,
    PAGE_WORDS,
    POSSIBLE,
    REPORTING,
    STOP_WORDS,
)
from pipeline.measures.normalise import fold, numbers_of, words_of
from pipeline.measures.stems import stem
from pipeline.records import Conversation, Event, Evidence, Person, Point, Registered, Spoken, Turn

COVERED = 0.7  # share of a statement's content words that its evidence must hold
HEARD = 0.9  # share of the quoted words that must have been said at that moment, in order
SLACK = 0.6  # seconds by which evidence may reach over a word's edge


@dataclass(frozen=True)
class Ground:
    """What a statement's evidence amounts to."""

    turns: tuple[Turn, ...]  # the turns that the spoken evidence touches
    spoken: str  # the words of the spoken evidence
    written: str  # the texts of the event file that are named as evidence
    people: tuple[Person, ...]  # everybody on the page
    event: Event

    @cached_property
    def words(self) -> list[str]:
        """The words of all evidence, folded."""
        return words_of(f"{self.spoken} . {self.written}")

    @cached_property
    def stems(self) -> set[str]:
        """Their stems."""
        return {stem(w) for w in self.words}

    @cached_property
    def voices(self) -> set[str]:
        """Who is heard in the evidence."""
        return {t.name for t in self.turns if t.name}

    @cached_property
    def backed(self) -> tuple[Person, ...]:
        """The people who are heard or named in the evidence."""
        return tuple(p for p in self.people if p.name in self.voices or self.mentions(p.name))

    def mentions(self, name: str) -> bool:
        """Whether a person is named in the evidence, by any part of the name or an alias."""
        known = next((r for r in self.event.registered if r.name == name), None)
        parts = {w for n in (name, *(known.aliases if known else ())) for w in words_of(n) if len(w) > 2}
        return any(_near(part, self.words) for part in parts)

    @cached_property
    def lent(self) -> set[str]:
        """Stems that come with the people in the evidence: their spelling, honours, roles and bodies, and the organisers."""
        texts: list[str] = [*self.event.organisers]
        for person in self.backed:
            texts += [t for t in (person.name, person.honours, person.role, person.organisation) if t]
            texts += _registration(person.name, self.event.registered)
        return {stem(w) for t in texts for w in words_of(t)}


def _registration(name: str, registered: Iterable[Registered]) -> list[str]:
    return [t for r in registered if r.name == name for t in (r.role, r.organisation) if t]


def _near(word: str, words: Sequence[str]) -> bool:
    """Whether a name is among the words as a recogniser may have spelled it."""
    if word in words:
        return True
    return len(word) > 3 and any(
        abs(len(w) - len(word)) <= 2 and w[0] == word[0] and difflib.SequenceMatcher(None, word, w).ratio() >= 0.75
        for w in words
    )


# ---- gathering ---------------------------------------------------------------------------------------------------


def ground_of(
    evidence: Iterable[Evidence], conversation: Conversation, event: Event, people: Sequence[Person]
) -> Ground:
    """Read the evidence from the conversation and the event file."""
    spoken = [e for e in evidence if isinstance(e, Spoken)]
    turns = tuple(t for t in conversation.turns if any(t.start < e.end and e.start < t.end for e in spoken))
    keys = [e.event for e in evidence if not isinstance(e, Spoken)]
    written = [text for key in keys for text in [event_text(event, key)] if text]
    return Ground(turns, " . ".join(e.words for e in spoken), " . ".join(written), tuple(people), event)


def event_text(event: Event, key: str) -> str | None:
    """What the event file says under a key such as "organisers" or "registered.3.role"; None for an unknown key."""
    value: object = event
    for part in key.split("."):
        if isinstance(value, tuple) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, Event | Registered) and part in type(value).model_fields:
            value = getattr(value, part)
        else:
            return None
    return _flat(value)


def _flat(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return f"{value} {day:%A} {day.day} {day:%B} {day.year}"
    if isinstance(value, Registered):
        return " ".join(t for t in (value.name, value.role, value.organisation, *value.aliases) if t)
    if isinstance(value, tuple):
        return f"{len(value)} " + " , ".join(_flat(v) or "" for v in value)
    if isinstance(value, dict):
        return " ".join(f"{k} {v}" for k, v in value.items())
    return str(value)


# ---- the rules ---------------------------------------------------------------------------------------------------


def unsupported(point: Point, conversation: Conversation, event: Event, people: Sequence[Person]) -> list[str]:
    """Why a statement is not supported by its evidence, one sentence a reason; empty when it is."""
    ground = ground_of(point.evidence, conversation, event, people)
    text = re.sub(r"[*_`]|<[^>]+>", "", point.text)
    reasons = _evidence(point.evidence, conversation, event)
    for rule in (_people, _speakers, _capitals, _numbers, _denial, _possibility, _decision, _coverage):
        reasons += rule(text, point, ground)
    return reasons


def _evidence(evidence: Sequence[Evidence], conversation: Conversation, event: Event) -> list[str]:
    reasons = [] if evidence else ["It has no evidence."]
    for item in evidence:
        if isinstance(item, Spoken):
            if heard(item, conversation) < HEARD:
                reasons.append(f"The words “{_short(item.words)}” were not said at {item.start:.0f} s.")
        elif event_text(event, item.event) is None:
            reasons.append(f"The event file has no {item.event!r}.")
    return reasons


def heard(evidence: Spoken, conversation: Conversation) -> float:
    """The share of the evidence's words that were said in its span, in their order."""
    low, high = evidence.start - SLACK, evidence.end + SLACK
    said = " ".join(
        w.text
        for t in conversation.turns
        if t.start <= high and t.end >= low
        for w in t.words
        if w.start <= high and w.end >= low
    )
    wanted, there = words_of(evidence.words), words_of(said)
    if not wanted:
        return 1.0 if not evidence.words.strip() or fold(evidence.words) in fold(said) else 0.0
    if evidence.end <= evidence.start and not there:
        return 0.0
    if " ".join(wanted) in " ".join(there):
        return 1.0
    blocks = difflib.SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / len(wanted)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" ..." if len(words) > 8 else "")


def named_in(text: str, people: Iterable[Person]) -> list[Person]:
    """The people whose full name stands in a text."""
    folded = f" {' '.join(_plain_words(text))} "
    return [p for p in people if f" {' '.join(_plain_words(p.name))} " in folded]


def _plain_words(text: str) -> list[str]:
    return [w.removesuffix("'s") for w in re.findall(r"[^\W_]+(?:'[^\W_]+)*", fold(text))]


def _people(text: str, _: Point, ground: Ground) -> list[str]:
    missing = [p.name for p in named_in(text, ground.people) if p not in ground.backed]
    return [f"{name} is neither heard nor named in the evidence." for name in missing]


def _speakers(text: str, point: Point, ground: Ground) -> list[str]:
    """Who is said to have said it must be heard there."""
    reasons = [
        f"{name} is given as a speaker but is neither heard nor named in the evidence."
        for name in point.speakers
        if name not in ground.voices and not ground.mentions(name)
    ]
    for person in named_in(text, ground.people):
        said = re.search(rf"{re.escape(person.name)}(?:,[^,.]*,)?\s+(\w+)", text)
        verb = said.group(1).lower() if said else ""
        if verb in REPORTING and ground.turns and person.name not in ground.voices:
            reasons.append(f"{person.name} is said to have spoken, but somebody else is heard in the evidence.")
    return reasons


def _capitals(text: str, _: Point, ground: Ground) -> list[str]:
    """Names of any kind: every capitalised word inside a sentence, every weekday and month."""
    reasons = []
    own = {w for p in named_in(text, ground.people) for w in _plain_words(p.name)}
    for match in re.finditer(r"[^\W\d_][^\s.,;:!?()“”\"]*", text):
        word, before = match.group(0), text[: match.start()].rstrip(" “\"'(")
        folded = fold(word).removesuffix("'s").strip("'-")
        begins = not before or before[-1] in ".?!:"
        calendar = folded in DAYS or (folded in MONTHS and word[0].isupper())
        if not (calendar or (word[0].isupper() and not begins)) or folded in own or folded in STOP_WORDS:
            continue
        parts = words_of(folded)
        if not all(_known(part, ground) for part in parts):
            reasons.append(f"The name “{word}” is not in the evidence.")
    return reasons


def _known(word: str, ground: Ground) -> bool:
    if word in ground.words or stem(word) in ground.stems or stem(word) in ground.lent or word in STOP_WORDS:
        return True
    registered = {w for r in ground.event.registered for t in (r.name, r.organisation) if t for w in words_of(t)}
    return word in registered and _near(word, ground.words)


def _numbers(text: str, _: Point, ground: Ground) -> list[str]:
    there = numbers_of(ground.spoken) | numbers_of(ground.written) | {w for w in ground.words if w[0].isdigit()}
    there |= {n for p in ground.backed for t in (p.role, p.organisation) if t for n in numbers_of(t)}
    return [f"The number {n} is not in the evidence." for n in sorted(numbers_of(text) - there)]


def _denial(text: str, _: Point, ground: Ground) -> list[str]:
    """A denial must be kept, and none invented."""
    said, told = words_of(ground.spoken + " . " + ground.written), words_of(text)
    if any(w in DENIALS for w in told) and not any(w in DENIALS for w in said):
        return ["It denies something that the evidence does not deny."]
    denied = _only(said, DENIALS, before=4, after=0)
    bare = {stem(w) for w in told if _content(w)} - _only(told, DENIALS | HEDGES, before=12, after=6)
    return [f"The evidence denies what it says of “{word}”." for word in sorted(denied & bare)]


def _possibility(text: str, _: Point, ground: Ground) -> list[str]:
    """What was said as a possibility must not be told as a fact."""
    told = words_of(text)
    bare = {stem(w) for w in told if _content(w)} - _only(told, HEDGES, before=14, after=8)
    possible: set[str] = set()
    plain: set[str] = set()
    for words in (words_of(s) for s in re.split(r"[.?!]", ground.spoken)):
        only = _only(words, POSSIBLE, before=6, after=0)
        possible |= only
        plain |= {stem(w) for w in words if _content(w)} - only
    lost = bare & (possible - plain)
    return ["It states as a fact what was said as a possibility."] if len(lost) >= 2 else []


def _content(word: str) -> bool:
    return word not in STOP_WORDS and word not in PAGE_WORDS and not word[0].isdigit()


def _only(words: Sequence[str], marks: frozenset[str], *, before: int, after: int) -> set[str]:
    """Stems of content words that never occur without one of the marks at most so many words before or after."""
    places = [n for n, w in enumerate(words) if w in marks]
    near: set[str] = set()
    free: set[str] = set()
    for n, word in enumerate(words):
        if _content(word):
            marked = any(m <= n <= m + before or n < m <= n + after for m in places)
            (near if marked else free).add(stem(word))
    return near - free


def _decision(text: str, _: Point, ground: Ground) -> list[str]:
    """Words of decision count only when somebody used them."""
    made = {stem(w) for w in words_of(text)} & {stem(w) for w in DECISIONS}
    return [f"Nobody speaks of “{w}” in the evidence." for w in sorted(made - ground.stems - ground.lent)]


def _coverage(text: str, _: Point, ground: Ground) -> list[str]:
    own = {stem(w) for p in named_in(text, ground.people) for w in words_of(p.name)}
    known = ground.stems | ground.lent
    content = [
        w for w in dict.fromkeys(words_of(text)) if w not in STOP_WORDS and w not in PAGE_WORDS and w not in REPORTING
    ]
    content = [w for w in content if stem(w) not in own]
    if not content:
        return []
    missing = [w for w in content if stem(w) not in known and not _known(w, ground)]
    share = 1 - len(missing) / len(content)
    return (
        []
        if share >= COVERED
        else [f"Only {share:.0%} of its words are in the evidence; missing: {', '.join(missing[:6])}."]
    )

"""What a statement's evidence amounts to: the words said, the turns they were said in, the keys of the event file."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pipeline.measures.normalise import fold, plain_words, words_of
from pipeline.measures.stems import stem
from pipeline.records import Conversation, Event, Evidence, Person, Registered, Spoken, Turn

SLACK = 0.6  # seconds by which evidence may reach over a word's edge


@dataclass(frozen=True)
class Ground:
    """What a statement's evidence amounts to."""

    turns: tuple[Turn, ...]  # the turns that the spoken evidence touches
    items: tuple[Spoken, ...]  # the spoken evidence
    spoken: str  # its words
    written: str  # the texts of the event file that are named as evidence
    people: tuple[Person, ...]  # everybody on the page
    event: Event

    @cached_property
    def words(self) -> list[str]:
        """The words of all evidence, folded, numbers in digits."""
        return words_of(f"{self.spoken} . {self.written}")

    @cached_property
    def raw(self) -> set[str]:
        """The words of all evidence, numbers as they were said."""
        return set(plain_words(f"{self.spoken} . {self.written}"))

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
        return any(near(part, self.words) for part in parts)

    @cached_property
    def lent(self) -> set[str]:
        """Stems that come with the people in the evidence: their spelling, honours, roles and bodies, and the organisers."""
        texts: list[str] = [*self.event.organisers]
        for person in self.backed:
            texts += [t for t in (person.name, person.honours, person.role, person.organisation) if t]
            texts += registration(person.name, self.event.registered)
        return {stem(w) for t in texts for w in words_of(t)}

    @cached_property
    def bodies(self) -> set[str]:
        """Stems of the bodies that "we" may stand for: the organisers, and those of the people in the evidence."""
        texts = [*self.event.organisers, *(p.organisation for p in self.backed if p.organisation)]
        return {stem(w) for t in texts for w in words_of(t)}


def registration(name: str, registered: Iterable[Registered]) -> list[str]:
    """The role and the body under which somebody is registered."""
    return [t for r in registered if r.name == name for t in (r.role, r.organisation) if t]


def near(word: str, words: Sequence[str]) -> bool:
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
    return Ground(turns, tuple(spoken), " . ".join(e.words for e in spoken), " . ".join(written), tuple(people), event)


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
    wanted, there = plain_words(evidence.words), plain_words(said)
    if not wanted:
        return 1.0 if not evidence.words.strip() or fold(evidence.words) in fold(said) else 0.0
    if evidence.end <= evidence.start and not there:
        return 0.0
    if " ".join(wanted) in " ".join(there):
        return 1.0
    blocks = difflib.SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks) / len(wanted)

"""From voices and words to names: who speaks in which turn, as far as the meeting itself says so."""

from dataclasses import dataclass, replace
from typing import ClassVar

from pipeline.language.assign import Given, assign
from pipeline.language.clues import Clue, Read, Resolver, clues_of, read_turns
from pipeline.language.clues import Said as Heard
from pipeline.language.labels import Labelled, read_labels, registered_as
from pipeline.language.moments import Places, spoken
from pipeline.language.parsing import Language
from pipeline.language.people import Directory, Entry, parse_name
from pipeline.language.persons import Facts, facts_of
from pipeline.language.spelling import Speller, terms_of
from pipeline.language.unvoiced import recut
from pipeline.progress import LOG
from pipeline.records import (
    Conversation,
    Event,
    Evidence,
    FromEvent,
    Question,
    Speaker,
    Spoken,
    Status,
    Turn,
    Turns,
    VoicedTurn,
)
from pipeline.stages import Work

LONG_ENOUGH = 10.0  # s that an unnamed voice must speak before the editor is asked about it
SHOWN_CLUES = 3
OPENING_WORDS = 12
SURE = 0.75  # probability of a recognised word from which on it counts in full


@dataclass(frozen=True)
class NameSpeakers:
    """Takes `Turns` and the `Event`, gives a `Conversation`. A name is right, spelled as registered, or absent."""

    language: Language
    name: ClassVar[str] = "names"
    version: ClassVar[int] = 11

    def settings(self) -> dict[str, object]:
        """The model whose parses are read."""
        return {"language": self.language.revision}

    def __call__(self, turns: Turns, event: Event, work: Work) -> Conversation:  # noqa: ARG002
        """Correct the names' spelling, gather the clues of the whole meeting, and name whom they agree on."""
        labels = read_labels(t.label for t in turns.turns if t.label)
        known = any(w.probability < 1 for turn in turns.turns for w in turn.words)
        terms = terms_of(event, [p for p in labels.values() if p.name])
        speller = Speller(terms, probabilities=known)
        corrected = [speller.turn(turn) for turn in turns.turns]
        for change in speller.changes:
            LOG.info("%s", change, extra={"meeting": turns.meeting})
        return _Naming(self.language, turns, corrected, event, labels).conversation()


class _Naming:
    """One meeting's naming; lives as long as the call."""

    def __init__(
        self,
        language: Language,
        source: Turns,
        turns: list[VoicedTurn],
        event: Event,
        labels: dict[str, Labelled],
    ) -> None:
        self._source = source
        self._event = event
        self._labels = labels
        self._directory = _directory(event)
        cut: dict[str, tuple[int, float]] = {}
        if all(turn.voice is None and turn.label is None for turn in turns):
            turns, self._voices, cut = self._cut(turns, language)
        else:
            self._voices = [turn.voice or turn.label or f"#{at}" for at, turn in enumerate(turns)]
        self._turns = turns
        docs = language.docs([turn.text for turn in turns])
        self._heard = [Heard(voice, doc) for voice, doc in zip(self._voices, docs, strict=True)]
        self._fixed = self._label_people()
        self._read: Read = read_turns(self._heard, self._directory)
        self._places = [Places(turn.words, doc) for turn, doc in zip(turns, docs, strict=True)]
        self._clues = [self._as_heard(clue) for clue in clues_of(self._heard, self._read, self._directory)]
        self._given, self._open = assign(self._clues, self._fixed) if not cut else (self._certain(cut), {})

    def _as_heard(self, clue: Clue) -> Clue:
        """A name that the recogniser was unsure of says less about who speaks."""
        first, last = self._places[clue.turn].words(clue.start, clue.end)
        sure = [word.probability for word in self._turns[clue.turn].words[first:last]]
        doubt = min(1.0, min(sure, default=1.0) / SURE)
        return replace(clue, weight=clue.weight * doubt) if clue.weight > 0 else clue

    def _cut(
        self, turns: list[VoicedTurn], language: Language
    ) -> tuple[list[VoicedTurn], list[str], dict[str, tuple[int, float]]]:
        """Turns from the words alone: each certain person gets a voice of their own, the rest one per turn."""
        made = recut(turns, self._directory, language.docs)
        voices = [f"#{at}" if r.person is None else f"@{r.person}" for at, r in enumerate(made)]
        people: dict[str, tuple[int, float]] = {}
        for voice, r in zip(voices, made, strict=True):
            if r.person is not None:
                people[voice] = (r.person, min(r.confidence, people.get(voice, (0, 1.0))[1]))
        return [r.turn for r in made], voices, people

    def _certain(self, people: dict[str, tuple[int, float]]) -> dict[str, Given]:
        given = {}
        for voice, (person, confidence) in people.items():
            clues = tuple(c for c in self._clues if c.weight > 0 and person in c.who and c.voice == voice)
            given[voice] = Given(person, confidence, sum(c.weight for c in clues), clues)
        return given

    def _label_people(self) -> dict[str, int]:
        fixed: dict[str, int] = {}
        for voice, turn in zip(self._voices, self._turns, strict=True):
            person = self._labels.get(turn.label or "")
            if person is None or not person.name or voice in fixed:
                continue
            at = registered_as(person, self._directory)
            entry = Entry(
                person.name,
                organisation=person.organisation or "",
                role=person.role or "",
                honours=person.honours,
            )
            fixed[voice] = self._directory.add(entry) if at is None else at
        return fixed

    # ---- the record --------------------------------------------------------------------------------------------

    def conversation(self) -> Conversation:
        """Everything put together."""
        return Conversation(
            meeting=self._source.meeting,
            language=self._source.language,
            duration=self._source.duration,
            turns=tuple(self._turn(voice, turn) for voice, turn in zip(self._voices, self._turns, strict=True)),
            speakers=tuple(self._speakers()),
            questions=(*self._contradictions(), *self._unconfirmed(), *self._unnamed()),
        )

    def _turn(self, voice: str, turn: VoicedTurn) -> Turn:
        name, confidence, by = None, 0.0, None
        if voice in self._fixed:
            name, confidence, by = self._name(self._fixed[voice]), 1.0, "label"
        elif voice in self._given and not voice.startswith("#"):
            given = self._given[voice]
            name, confidence = self._name(given.person), given.confidence
            by = max(given.clues, key=lambda c: c.weight).by if given.clues else "address"
        return Turn(
            start=turn.start, end=turn.end, voice=turn.voice, name=name, confidence=confidence, named_by=by, words=turn.words
        )  # fmt: skip

    def _name(self, person: int) -> str:
        entry = self._directory.entries[person]
        return entry.heard_as or parse_name(entry.name).name

    def _speakers(self) -> list[Speaker]:
        resolve = Resolver(self._directory, self._read)
        facts = facts_of(self._read, resolve, self._directory)
        return [
            self._speaker(person, voices, facts.get(person, Facts())) for person, voices in self._by_person().items()
        ]

    def _by_person(self) -> dict[int, list[str]]:
        """The voices of everybody who was named, in the order in which they first speak."""
        people: dict[int, list[str]] = {}
        for voice in dict.fromkeys(self._voices):
            person = self._fixed.get(voice, self._given[voice].person if voice in self._given else None)
            if person is not None and not voice.startswith("#"):
                people.setdefault(person, []).append(voice)
        return people

    def _speaker(self, person: int, voices: list[str], facts: Facts) -> Speaker:
        entry = self._directory.entries[person]
        return Speaker(
            name=self._name(person),
            honours=parse_name(entry.name).honours or entry.honours or facts.honours,
            role=entry.role or facts.role or None,
            organisation=entry.organisation or facts.organisation or None,
            status=self._status(person, voices),
            evidence=tuple(self._evidence(person, voices, facts)),
        )

    def _status(self, person: int, voices: list[str]) -> Status:
        entry = self._directory.entries[person]
        if any(voice in self._fixed for voice in voices):
            return "confirmed"
        given = [self._given[v] for v in voices]
        clues = sum(len(g.clues) for g in given)
        if entry.registered is not None:
            return "confirmed" if clues > 1 or max(g.score for g in given) >= 5 else "suggested"
        return "suggested" if clues > 1 and " " in self._name(person) else "unconfirmed"

    def _evidence(self, person: int, voices: list[str], facts: Facts) -> list[Evidence]:
        found: list[Evidence] = []
        for voice in voices:
            if voice in self._fixed:
                found.append(self._opening(voice))
            else:
                found += self._said(self._given[voice]) or [self._opening(voice)]
        found += [self._places[t].spoken(start, end) for t, start, end in facts.said]
        registered = self._directory.entries[person].registered
        if registered is not None:
            found.append(FromEvent(event=f"registered.{registered}"))
        return list(dict.fromkeys(found))

    def _opening(self, voice: str) -> Spoken:
        return spoken(self._turns[self._voices.index(voice)].words[:OPENING_WORDS])

    def _said(self, given: Given) -> list[Evidence]:
        best = sorted(given.clues, key=lambda c: (-c.weight, c.turn))[:SHOWN_CLUES]
        return [self._places[c.turn].spoken(c.start, c.end) for c in best]

    # ---- what only the editor can settle ---------------------------------------------------------------------------

    def _contradictions(self) -> list[Question]:
        """Somebody whose label says one name and who introduces themselves by another."""
        asked: dict[str, Question] = {}
        for clue in self._clues:
            if clue.by != "introduction" or clue.weight < 5 or clue.voice not in self._fixed or clue.voice in asked:
                continue
            label = self._name(self._fixed[clue.voice])
            others = [self._name(p) for p in clue.who]
            if others and not any(_alike(label, other) for other in others):
                said = self._places[clue.turn].spoken(clue.start, clue.end)
                text = f"The platform calls this speaker {label}, but the words say {others[0]}. Who is it?"
                asked[clue.voice] = Question(id=f"label-{clue.voice}", text=text, evidence=(said,))
        return list(asked.values())

    def _unconfirmed(self) -> list[Question]:
        """Everybody whose name rests on little, or is spelled as it was heard because nobody registered it."""
        return [
            self._confirm(person, voices)
            for person, voices in self._by_person().items()
            if self._status(person, voices) != "confirmed"
        ]

    def _confirm(self, person: int, voices: list[str]) -> Question:
        registered = self._directory.entries[person].registered is not None
        why = (
            "Little that was said points to it."
            if registered
            else "The name is not registered: it is spelled as it was heard."
        )
        best = self._said(max((self._given[v] for v in voices), key=lambda g: g.score))
        return Question(
            id=f"name-{voices[0]}",
            text=f"Is this {self._name(person)}? {why}",
            evidence=tuple(dict.fromkeys((self._opening(voices[0]), *best[:1]))),
        )

    def _unnamed(self) -> list[Question]:
        spoke: dict[str, list[VoicedTurn]] = {}
        for voice, turn in zip(self._voices, self._turns, strict=True):
            if voice not in self._fixed and (voice.startswith("#") or voice not in self._given):
                spoke.setdefault(voice, []).append(turn)
        return [
            self._ask(voice, turns)
            for voice, turns in spoke.items()
            if sum(turn.end - turn.start for turn in turns) > LONG_ENOUGH
        ]

    def _ask(self, voice: str, turns: list[VoicedTurn]) -> Question:
        longest = max(turns, key=lambda t: t.end - t.start)
        likely = [self._name(p) for p in self._open.get(voice, [])]
        maybe = f" It may be {' or '.join(likely)}." if likely else ""
        return Question(
            id=f"name-{voice.lstrip('#')}",
            text=f"Who is speaking here?{maybe}",
            evidence=(spoken(longest.words[: 2 * OPENING_WORDS]),),
        )


def _directory(event: Event) -> Directory:
    directory = Directory()
    for at, person in enumerate(event.registered):
        name = parse_name(person.name)
        if len(name.name) > 1:  # a single letter is no name that could be recognised
            entry = Entry(person.name, at, person.aliases, person.organisation or "", person.role or "", name.honours)
            who = directory.add(entry)
            directory.add_post(who, person.role or "", person.organisation or "")
    return directory


def _alike(one: str, other: str) -> bool:
    """Could both be the same person's name (a handle, a first name, a short form)?"""
    first, second = parse_name(one).words, parse_name(other).words
    joined = "".join(first), "".join(second)
    directory = Directory([])
    directory.add(Entry(one))
    return bool(
        set(first) & set(second) or joined[0] in joined[1] or joined[1] in joined[0] or directory.candidates(other)
    )


__all__ = ["Clue", "Language", "NameSpeakers"]

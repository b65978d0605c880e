"""Turns what is said about names into clues: "the voice of turn 7 is Priya, because turn 6 ended with ...".

The weights are log-odds, counted in committee meetings whose speakers are known (half of them; the other half is for
measuring): a name said in the last words before a change of voice is right far more often than one said a minute
earlier, and somebody addressed in the first words of a long answer is the one who asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.language.handovers import Handover, find_handovers
from pipeline.language.introductions import Introduction, find_introductions
from pipeline.language.lexicon import fold
from pipeline.language.people import Directory, Entry, parse_name
from pipeline.language.phrases import ends_asking
from pipeline.language.roster import Mention, find_names
from pipeline.language.spelling import likeness
from pipeline.records import NamedBy

SELF = 6.0
NEXT_BY_DISTANCE = ((3, 3.0), (12, 2.2), (30, 1.0), (80, 0.4))  # words that follow the name, weight
PREVIOUS_BY_DISTANCE = ((4, 2.2), (15, 1.2), (60, 0.4))  # words before it
CLOSING = {"address": 2.2, "about": 1.7}  # the last words of a turn, whatever the frame
CALLED = ((6, 2.0), (80, 1.2), (10_000, 0.8))  # words that follow a name that begins a turn: that person is next
ANSWERED = ((80, 0.0), (10_000, 1.6))  # the same, and the person is the one before: a long answer to them
ADDRESSED = ((1, 1.0), (80, 0.4), (10_000, 0.3))  # a name further inside: that person is next
RETURNED = ((80, 0.2), (10_000, 1.0))  # the same, the one before
ASKED = 0.6  # more for the next, nothing for the one before, where the turn ends with a question
OPENS = 3  # words before a name that still begins its turn
NOT_ME = {"next": -2.0, "previous": -2.0, "hello": -2.0, "settled": -2.0, "address": -1.5, "about": -0.7}
SOUNDS_LIKE = 0.84  # likeness from which an unknown name that was called may be a registered one, misheard
CLEARLY = 0.06  # by how much it must be more alike than any other registered name
MISHEARD = 0.6  # what such a clue counts
STRANGER = 0.5  # where a roster was given, a name that is not on it counts half
LATE = 40  # words before a self-introduction after which it may be somebody else's that is read out
OPENING = 3  # turns in which a meeting opens
LIST_GAP = 12  # tokens between two people of one list of introductions
FEW = 40  # tokens: a turn this short may only pass the word on
ONLY_GUEST = 1.3  # who is welcomed by name, alone, as a meeting opens is often who speaks next
NEARBY = 6  # turns within which a full name decides whom a first name means
MURMUR = 4  # words: a turn this short may only be a murmur between a hand-over and its answer


_IN_PERSON = frozenset(("next", "previous", "hello", "address"))
_UNABLE = frozenset("unable cannot can't ca couldn't could not n't n’t".split())
_ATTEND = frozenset("attend join make be".split())


@dataclass(frozen=True)
class Said:
    """A turn as the clues read it: who (voice), and its parse."""

    voice: str
    doc: Doc


@dataclass(frozen=True)
class Clue:
    """The voice is, or is not, one of these people."""

    voice: str
    who: frozenset[int]  # entries of the directory
    weight: float
    by: NamedBy
    turn: int  # where the words were said
    start: int  # tokens of that turn
    end: int


@dataclass(frozen=True)
class Read:
    """Everything that the turns say about names."""

    names: list[list[Mention]]
    introductions: list[list[Introduction]]
    handovers: list[list[Handover]]


def read_turns(turns: Sequence[Said], directory: Directory) -> Read:
    """Names, introductions and hand-overs of every turn; people introduced by full name join the directory, and
    what they are said to be stands for them afterwards ("Minister, would you like to begin?")."""
    names = [find_names(turn.doc, directory) for turn in turns]
    introductions = [
        [i for i in find_introductions(t.doc, n) if not is_absent(t.doc, i.start, i.end)]
        for t, n in zip(turns, names, strict=True)
    ]
    _learn(introductions, directory)
    names = [find_names(turn.doc, directory) for turn in turns]
    handovers = [
        [h for h in find_handovers(t.doc, n) if not is_absent(t.doc, h.start, h.end)]
        for t, n in zip(turns, names, strict=True)
    ]
    firsts = _full_names(names)
    for cue in (cue for called in handovers for cue in called):
        known = directory.candidates(cue.name)
        if cue.kind in _IN_PERSON and all(directory.entries[p].registered is None for p in known):
            for full in sorted(firsts.get(fold(cue.name), ())):  # of two namesakes it stays open which
                directory.add(Entry(full))
        if cue.full and cue.person and not known and cue.kind in ("next", "previous", "hello"):
            directory.add(Entry(cue.name))
    return Read(names, introductions, handovers)


def _full_names(names: Sequence[Sequence[Mention]]) -> dict[str, set[str]]:
    """By first name, the full names of people that were said: "Hyacinth, can you hear us?" means one of these."""
    found: dict[str, set[str]] = {}
    for mentions in names:
        for mention in mentions:
            if mention.full and mention.person and not mention.post:
                found.setdefault(fold(mention.name.split()[0]), set()).add(mention.name)
    return found


def is_absent(doc: Doc, start: int, end: int) -> bool:
    """ "The Chair, Lynne Neagle, is unable to attend", "apologies from Omar": named, and not there."""
    before = [t.lower_ for t in doc[max(0, start - 8) : start] if t.sent == doc[start].sent]
    after = [t.lower_ for t in doc[end : end + 8] if t.sent == doc[end - 1].sent]
    if any(word in ("apologies", "absence", "absent", "substituting") for word in before):
        return True
    return any(w in _UNABLE for w in after) and any(w in _ATTEND for w in after)


def _learn(introductions: list[list[Introduction]], directory: Directory) -> None:
    for found in introductions:
        welcomed = -LIST_GAP  # token at which a list of people who are about to speak ends
        for intro in found:
            if len(intro.name.split()) < 2 or not (intro.person or intro.kind == "self"):
                continue
            who = directory.candidates(intro.name) or {directory.add(Entry(intro.name))}
            if intro.kind in ("self", "introduced") or intro.start - welcomed < LIST_GAP:
                welcomed = intro.end
            if welcomed == intro.end and len(who) == 1 and intro.role and not intro.former:
                directory.add_post(next(iter(who)), intro.role, intro.organisation)


class Resolver:
    """Whom a name means at a place: the nearest full name before it decides between two people of one first name."""

    def __init__(self, directory: Directory, read: Read) -> None:
        self._directory = directory
        self._present = {at for at, entry in enumerate(directory.entries) if entry.registered is not None}
        self._present |= {
            person
            for found in read.introductions
            for intro in found
            if intro.kind != "described"
            for person in directory.candidates(intro.name)
        }
        self._fulls = [
            [next(iter(w)) for m in mentions if m.full and len(w := directory.candidates(m.name)) == 1]
            for mentions in read.names
        ]

    def misheard(self, name: str, *, surname: bool) -> int | None:
        """The one registered person whose name sounds like this unknown one."""
        heard = fold(name)
        scored: dict[int, float] = {}
        for at in self._present:
            words = parse_name(self._directory.entries[at].name).words
            wanted = [" ".join(words)] if " " in heard else words[-1:] if surname else [words[0], words[-1]]
            scored[at] = max(likeness(heard, word) for word in wanted)
        best = sorted(scored.items(), key=lambda pair: -pair[1])[:2]
        if not best or best[0][1] < SOUNDS_LIKE or (len(best) > 1 and best[0][1] - best[1][1] < CLEARLY):
            return None
        return best[0][0]

    def __call__(self, turn: int, name: str, *, courtesy: str = "", surname: bool = False) -> frozenset[int]:
        """The people whom the name can mean; a name that nobody has becomes somebody new."""
        who = self._directory.candidates(name, courtesy=surname)
        just_named = {p for place in range(turn, max(-1, turn - NEARBY), -1) for p in self._fulls[place]}
        who = frozenset(p for p in who if p in self._present or p in just_named) or who
        if not who:
            shown = f"{courtesy} {name}" if courtesy and " " not in name else name
            return frozenset({self._directory.add(Entry(shown, heard_as=shown))})
        if len(who) > 1:
            for place in range(turn, max(-1, turn - NEARBY), -1):
                near = frozenset(p for p in self._fulls[place] if p in who)
                if near:  # two of them named in one breath: it could be either
                    return near
        return who


def clues_of(turns: Sequence[Said], read: Read, directory: Directory) -> list[Clue]:
    """Every clue that the turns hold."""
    resolve = Resolver(directory, read)
    collector = _Collector(turns, resolve, directory, read)
    for at in range(len(turns)):
        for intro in read.introductions[at]:
            collector.introduction(at, intro)
        for handover in read.handovers[at]:
            collector.handover(at, handover)
        collector.one_name_per_ending(at)
    return collector.clues


class _Collector:
    def __init__(self, turns: Sequence[Said], resolve: Resolver, directory: Directory, read: Read) -> None:
        self._turns = turns
        self._introductions = read.introductions
        self._resolve = resolve
        self._directory = directory
        self._roster = any(entry.registered is not None for entry in directory.entries)
        self.clues: list[Clue] = []

    def introduction(self, at: int, intro: Introduction) -> None:
        if intro.kind == "self":
            who = self._resolve(at, intro.name, courtesy=intro.courtesy, surname=intro.surname)
            weight = SELF if intro.start <= LATE else 1.5
            self._add(at, self._turns[at].voice, who, weight, "introduction", intro.start, intro.end)
        elif intro.kind == "introduced" and intro.person:
            who = self._resolve(at, intro.name, courtesy=intro.courtesy, surname=intro.surname)
            weight = _by(NEXT_BY_DISTANCE, len(self._turns[at].doc) - intro.end)
            if at < OPENING and self._only_guest(at):
                weight = max(weight, ONLY_GUEST)
            for voice, share in self._following(at):
                self._add(at, voice, who, share * weight, "introduction", intro.start, intro.end)

    def _only_guest(self, at: int) -> bool:
        return sum(intro.kind == "introduced" for place in self._introductions[: at + 1] for intro in place) == 1

    def handover(self, at: int, cue: Handover) -> None:
        who, worth = self._who(at, cue)
        if not who or (not cue.person and worth == 1.0 and not (cue.kind == "next" and cue.left <= 2)):
            return
        first = len(self.clues)
        self._frame(at, cue, who)
        self._add(at, self._turns[at].voice, who, NOT_ME[cue.kind], "address", cue.start, cue.end)
        if worth < 1:
            self.clues[first:] = [replace(clue, weight=clue.weight * worth) for clue in self.clues[first:]]

    def _frame(self, at: int, cue: Handover, who: frozenset[int]) -> None:
        if cue.kind == "next":
            for voice, share in self._following(at):
                self._add(at, voice, who, share * _by(NEXT_BY_DISTANCE, cue.left), "handover", cue.start, cue.end)
        elif cue.kind in ("previous", "hello"):
            strength = 1.0 if cue.kind == "previous" else 0.6
            for voice, share in self._thanked(at) if cue.kind == "previous" else self._preceding(at):
                weight = strength * share * _by(PREVIOUS_BY_DISTANCE, cue.before)
                self._add(at, voice, who, weight, "address", cue.start, cue.end)
        elif cue.left <= 1 and cue.closing and (cue.person or cue.kind == "address"):
            for voice, share in self._following(at):
                self._add(at, voice, who, share * CLOSING[cue.kind], "handover", cue.start, cue.end)
        elif cue.kind == "address":
            self._address(at, cue, who)

    def _address(self, at: int, cue: Handover, who: frozenset[int]) -> None:
        """Somebody spoken to: who answers next, or who spoke before; in a dialogue both are one voice."""
        asks = ends_asking(self._turns[at].doc.text)
        opens = cue.before <= OPENS
        ahead = _by(CALLED if opens else ADDRESSED, cue.left) + (ASKED if asks else 0.0)
        back = 0.0 if asks else _by(ANSWERED if opens else RETURNED, cue.left)
        for voice, share in self._following(at):
            self._add(at, voice, who, ahead * share, "address", cue.start, cue.end)
        for voice, share in self._preceding(at):
            self._add(at, voice, who, back * share, "address", cue.start, cue.end)

    def one_name_per_ending(self, at: int) -> None:
        """Of several people called at the end of one turn, the last is next; the others keep a third."""
        calls = [i for i, c in enumerate(self.clues) if c.turn == at and c.by == "handover" and c.weight > 0]
        if not calls:
            return
        last = self.clues[calls[-1]].who
        for i in calls:
            clue = self.clues[i]
            if clue.who != last:
                self.clues[i] = Clue(clue.voice, clue.who, clue.weight / 3, clue.by, at, clue.start, clue.end)

    def _following(self, at: int) -> list[tuple[str, float]]:
        return self._neighbours(at, range(at + 1, min(len(self._turns), at + 4)))

    def _preceding(self, at: int) -> list[tuple[str, float]]:
        return self._neighbours(at, range(at - 1, max(-1, at - 4), -1))

    def _thanked(self, at: int) -> list[tuple[str, float]]:
        """Whoever spoke before; after a few words of a chair's, perhaps rather who spoke at length before those."""
        found = self._preceding(at)
        last = next((place for place in range(at - 1, -1, -1) if self._turns[place].voice != self._turns[at].voice), 0)
        if len(found) != 1 or last < 1 or len(self._turns[last].doc) > FEW:
            return found
        longer = self._turns[last - 1]
        if longer.voice in (found[0][0], self._turns[at].voice) or len(longer.doc) <= FEW:
            return found
        return [(found[0][0], 0.5), (longer.voice, 0.7)]

    def _neighbours(self, at: int, places: range) -> list[tuple[str, float]]:
        """The next other voice in that direction; past a murmur, the one after it as well."""
        here = self._turns[at].voice
        found: list[tuple[str, float]] = []
        share = 1.0
        for place in places:
            turn = self._turns[place]
            if turn.voice == here:
                if found:
                    break
                continue
            if turn.voice in [voice for voice, _ in found]:
                continue
            murmur = sum(t.is_alpha for t in turn.doc) <= MURMUR
            found.append((turn.voice, share * (0.6 if murmur else 1.0)))
            if not murmur:
                break
            share = 0.5
        return found

    def _who(self, at: int, cue: Handover) -> tuple[frozenset[int], float]:
        """Whom a name in a frame means, and what that is worth; where there is a roster, it may be misheard."""
        if not self._roster or self._directory.candidates(cue.name, courtesy=cue.surname):
            return self._resolve(at, cue.name, courtesy=cue.courtesy, surname=cue.surname), 1.0
        meant = self._resolve.misheard(cue.name, surname=cue.surname)
        if meant is not None:
            return frozenset({meant}), MISHEARD
        if not cue.full and not cue.courtesy:
            return frozenset(), 0.0  # one unknown word is nobody's name while the registered names are known
        return self._resolve(at, cue.name, courtesy=cue.courtesy, surname=cue.surname), 1.0

    def _add(
        self, turn: int, voice: str, who: frozenset[int], weight: float, by: NamedBy, start: int, end: int
    ) -> None:
        if self._roster and weight > 0 and all(self._directory.entries[p].registered is None for p in who):
            weight *= STRANGER
        if weight:
            self.clues.append(Clue(voice, who, weight, by, turn, start, end))


def _by(table: tuple[tuple[int, float], ...], distance: int) -> float:
    return next((weight for limit, weight in table if distance <= limit), 0.0)

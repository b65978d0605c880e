"""Cuts a transcript in which nobody knows the voices into turns, by what is said, and names the certain ones.

The speakers form a hidden chain: a change is unlikely in itself, likely after a hand-over ("over to you, Priya"),
before a thanks ("thank you, Priya") and at a self-introduction; nobody addresses themselves; hand-overs come mostly
from the chair. Forward-backward gives each unit (a sentence, or part of one) the probability of each speaker, and a
name is given only where it is nearly certain. The numbers are log-odds.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from pipeline.language.clues import Read, Resolver, Said
from pipeline.language.handovers import Handover

CERTAIN = 0.98
_CHANGE = {"person": -10.0, "chair": -8.0, "nobody": -8.0}  # to somebody, without any sign
_CALLED = (10.0, 8.0, 6.5, 5.0, 4.0)  # to somebody who was called 1, 2, 3 ... units before
_ADDRESSED = 0.7  # of a call, for somebody who is only spoken to by name ("Ivo, you've got ten minutes")
_LEAVES = -5.0  # staying, for who has just called somebody else
_THANKED = 7.0  # away from somebody who is thanked next
_TAKES_OVER = 4.0  # to the chair, before a short "very clear", "wonderful"
_CALLS_ON = 2.0  # to the chair, before a call
_SELF = 7.0
_NOT_ME = {"next": -4.0, "previous": -4.0, "hello": -4.0, "settled": -4.0, "address": -3.0, "about": -1.0}
_CHAIR_CALLS = 6.0
_CHAIR_THANKS = 3.0
_CHAIR_ACTS = {"farewell": 4.0, "agenda": 1.5, "handing": 1.0, "housekeeping": 1.0}
_CHAIR_PRAISE = 1.0
_REPLY = 1.5
_PAUSE = 1.0
_REPLIES = frozenset(
    "thanks thank yes yeah yep hello hi sure sorry of okay no well absolutely certainly good morning".split()
)
_PRAISE = frozenset(
    "wonderful lovely great brilliant excellent fantastic very thank thanks super perfect marvellous good right okay well".split()
)
_CHAIRS_TRIED = 4
_CLEARLY = 5.0  # log-odds by which a chair must explain the words better than any other, and than an unnamed one
_OPENING = 12  # units
_GIVEN_FLOOR = frozenset("hello hi thanks thank yes yeah yep no sorry sure absolutely certainly".split())
_SHORT = 6  # words of "well done to both of you"
_UNENDED = 6  # units that are believed of a run of which nothing says where it ends
_YIELDS = frozenset("hand pass back one".split())  # "I'll hand on to", "back to you": said by whoever has the floor

Array = NDArray[np.float64]


@dataclass
class Unit:
    """A stretch of one parse that one person says: tokens [start, end) of piece `piece`."""

    piece: int
    start: int
    end: int
    gap: float = 0.0  # s of silence before it
    called: list[int] = field(default_factory=list)
    addressed: list[int] = field(default_factory=list)
    yielded: bool = False
    thanked: list[int] = field(default_factory=list)
    introduced: list[int] = field(default_factory=list)
    not_me: dict[int, float] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    opens: str = ""
    words: int = 0


@dataclass(frozen=True)
class Cut:
    """Units [first, last) said by one person; `person` None where that is not certain."""

    first: int
    last: int
    person: int | None
    confidence: float


def units_of(pieces: Sequence[Said], read: Read, resolve: Resolver, gaps: Sequence[float]) -> list[Unit]:
    """The pieces cut into units, with what each says about speakers. `gaps[i]`: silence before piece i."""
    units: list[Unit] = []
    for at, piece in enumerate(pieces):
        own = _split(at, piece, read)
        if own:
            own[0].gap = gaps[at]
        for unit in own:
            _describe(unit, piece, read, resolve)
        units += own
    for before, unit in pairwise(units):
        if before.thanked and unit.thanked:  # "thank you, Priya, and thank you, Marek": one of them spoke last
            before.thanked += unit.thanked
    return units


def _split(at: int, piece: Said, read: Read) -> list[Unit]:
    doc = piece.doc
    borders = {s.start for s in doc.sents} | {0}
    for cue in read.handovers[at]:
        if cue.kind == "next" and cue.end < len(doc) and doc[cue.end].lower_ in _REPLIES:
            borders.add(cue.end)
        elif cue.kind == "previous" and doc[cue.start].lower_ in ("thank", "thanks"):
            borders.add(cue.start)
    borders |= {
        i.start for i in read.introductions[at] if i.kind == "self" and doc[i.start].lower_ in ("my", "i", "hello")
    }
    ordered = sorted(b for b in borders if b < len(doc))
    return [Unit(at, a, b) for a, b in zip(ordered, [*ordered[1:], len(doc)], strict=True) if b > a]


def _describe(unit: Unit, piece: Said, read: Read, resolve: Resolver) -> None:
    doc = piece.doc
    for cue in read.handovers[unit.piece]:
        if unit.start <= cue.start < unit.end and (cue.person or cue.kind in ("next", "previous")):
            _take(unit, piece, cue, resolve(unit.piece, cue.name, courtesy=cue.courtesy, surname=cue.surname))
    for intro in read.introductions[unit.piece]:
        if unit.start <= intro.start < unit.end and intro.kind in ("self", "introduced"):
            who = resolve(unit.piece, intro.name, courtesy=intro.courtesy, surname=intro.surname)
            if len(who) == 1 and intro.kind == "self":
                unit.introduced += who
            elif len(who) == 1 and intro.person and not unit.called:
                unit.called += who
    acts = [a for a in doc._.acts if a.start < unit.end and unit.start < a.end]
    unit.kinds = frozenset(kind for act in acts for kind in act.kinds)
    words = [t for t in doc[unit.start : unit.end] if not t.is_punct and not t._.disfluency]
    unit.words = len(words)
    unit.opens = words[0].lower_ if words else ""


def _take(unit: Unit, piece: Said, cue: Handover, who: frozenset[int]) -> None:
    if len(who) != 1:
        return
    person = next(iter(who))
    if cue.kind == "next":
        unit.called.append(person)
        said = {t.lower_ for t in piece.doc[max(0, cue.start - 3) : cue.end]}
        unit.yielded = bool(said & _YIELDS)
    elif cue.kind == "previous":
        unit.thanked.append(person)
    elif cue.kind in ("address", "hello"):
        unit.addressed.append(person)
    unit.not_me[person] = min(unit.not_me.get(person, 0.0), _NOT_ME[cue.kind])


def cut(units: Sequence[Unit], known: Callable[[int], bool]) -> list[Cut]:
    """Who says which units. Somebody not `known` (on the roster, or by a full name) must be named twice."""
    counts = Counter(p for u in units for p in (*u.called, *u.introduced, *u.thanked))
    people = sorted(p for p, count in counts.items() if known(p) or count > 1)
    for unit in units:
        unit.called = [p for p in unit.called if p in people]
        unit.thanked = [p for p in unit.thanked if p in people]
        unit.introduced = [p for p in unit.introduced if p in people]
        unit.addressed = [p for p in unit.addressed if p in people]
    if not people:
        return [Cut(0, len(units), None, 0.0)] if units else []
    return _best_chain(units, people).cuts()


def _best_chain(units: Sequence[Unit], people: list[int]) -> "_Chain":
    """The chain whose chair explains the words best; the chair stays unnamed unless a name is clearly better."""
    unnamed = _Chain(units, people, None)
    ranked = sorted((_Chain(units, people, p) for p in _chair_candidates(units)), key=lambda c: -c.likelihood)
    if not ranked:
        return unnamed
    second = ranked[1].likelihood if len(ranked) > 1 else unnamed.likelihood
    clear = ranked[0].likelihood - max(second, unnamed.likelihood)
    return ranked[0] if clear >= _CLEARLY else unnamed


def _chair_candidates(units: Sequence[Unit]) -> list[int]:
    """Who may be in the chair: given the floor back, thanked by those just called, or introducing themselves early."""
    votes: Counter[int] = Counter()
    for before, unit in pairwise(units):
        votes.update(p for p in unit.thanked if before.called and p not in before.called)
        votes.update(p for p in unit.called if unit.yielded)
    for person in {p for unit in units[:_OPENING] for p in unit.introduced}:
        votes[person] += 2
    return [person for person, count in votes.most_common(_CHAIRS_TRIED) if count > 1]


class _Chain:
    """States: the people, then the chair if nobody known is, then anybody else."""

    def __init__(self, units: Sequence[Unit], people: list[int], chair: int | None) -> None:
        self._units = units
        self._people = people
        self._at = {person: i for i, person in enumerate(people)}
        self._chair = self._at[chair] if chair is not None else len(people)
        self._states = len(people) + (chair is None) + 1
        self._nobody = self._states - 1
        emissions = np.array([self._emission(unit) for unit in units])
        moves = [self._moves(i) for i in range(len(units) - 1)]
        self._posterior, self.likelihood = _posterior(emissions, moves)

    def cuts(self) -> list[Cut]:
        posterior = self._posterior
        best = posterior.argmax(axis=1)
        cuts: list[Cut] = []
        first = 0
        for i in range(1, len(best) + 1):
            if (
                i == len(best)
                or best[i] != best[first]
                or (posterior[i].max() < CERTAIN) != (posterior[first].max() < CERTAIN)
            ):
                cuts += self._cut(first, i, int(best[first]), posterior)
                first = i
        return cuts

    def _cut(self, first: int, last: int, state: int, posterior: Array) -> list[Cut]:
        """The run as one cut, or as two: what follows a sign that somebody else may have begun stays unnamed."""
        sure = float(posterior[first:last, state].min())
        if state >= len(self._people) or sure < CERTAIN:
            return [Cut(first, last, None, 0.0)]
        person, chair = self._people[state], state == self._chair
        if not self._begun(first, person, chair=chair):
            return [Cut(first, last, None, 0.0)]
        until = next((i for i in range(first + 1, last) if self._doubtful(i)), last)
        if until == last and not self._ended(last, person):
            until = min(last, first + _UNENDED)
        cuts = [Cut(first, until, person, round(sure, 3)), Cut(until, last, None, 0.0)]
        return [c for c in cuts if c.last > c.first]

    def _begun(self, first: int, person: int, *, chair: bool) -> bool:
        """Something said just before the run, or first in it, says that this person begins to speak."""
        before = self._units[max(0, first - 3) : first]
        opening = self._units[first : first + 3]
        if any(person in (*u.called, *u.addressed) for u in before) or any(person in u.introduced for u in opening):
            return True
        return chair and any((u.called and not u.yielded) or u.thanked for u in opening)

    def _doubtful(self, i: int) -> bool:
        """Does unit i open like somebody who has just been given the floor?"""
        unit, before = self._units[i], self._units[i - 1]
        if unit.thanked or unit.called or unit.introduced:
            return False
        answered = "question" in before.kinds and "question" not in unit.kinds
        return unit.opens in _GIVEN_FLOOR and (answered or unit.gap > 0 or unit.words > 3 or "greeting" in unit.kinds)

    def _ended(self, last: int, person: int) -> bool:
        """Something says that the person stops there: a call, their being thanked, or the end of the meeting."""
        own, after = self._units[max(0, last - 2) : last], self._units[last : last + 2]
        return last >= len(self._units) or any(u.called for u in own) or any(person in u.thanked for u in after)

    def _emission(self, unit: Unit) -> Array:
        row = np.zeros(self._states)
        for person in unit.introduced:
            row -= _SELF
            row[self._at[person]] += 2 * _SELF
        for person, weight in unit.not_me.items():
            if person in self._at:
                row[self._at[person]] += weight
        if unit.called and not unit.yielded:
            row[self._chair] += _CHAIR_CALLS
        if unit.thanked and self._chair not in [self._at[p] for p in unit.thanked]:
            row[self._chair] += _CHAIR_THANKS
        row[self._chair] += max((_CHAIR_ACTS.get(kind, 0.0) for kind in unit.kinds), default=0.0)
        if unit.words <= _SHORT and unit.opens in _PRAISE:
            row[self._chair] += _CHAIR_PRAISE
        return row

    def _moves(self, i: int) -> Array:
        """Log-odds of going from each state (row) to each state (column) between unit i and the next."""
        here, following = self._units[i], self._units[i + 1]
        to = np.full(self._states, _CHANGE["person"])
        to[self._chair] = _CHANGE["chair"]
        to[self._nobody] = _CHANGE["nobody"]
        sign = 0.0
        if following.opens in _REPLIES:
            sign += _REPLY
        if "question" in here.kinds and "question" not in following.kinds:
            sign += _REPLY
        sign += _PAUSE * (following.gap > 1.0)
        to += sign
        if following.words <= _SHORT and following.opens in _PRAISE:
            to[self._chair] += _TAKES_OVER
        if following.called and not following.yielded:
            to[self._chair] += _CALLS_ON
        for person, weight in self._called_before(i).items():
            to[self._at[person]] += weight
        moves = np.tile(to, (self._states, 1))
        for person in following.thanked:
            moves[self._at[person], :] += _THANKED
        np.fill_diagonal(moves, self._staying(i))
        return moves

    def _staying(self, i: int) -> float:
        """Who has just called somebody by name stops, unless they go on to ask."""
        here, following = self._units[i], self._units[i + 1]
        return _LEAVES if here.called and "question" not in following.kinds else 0.0

    def _called_before(self, i: int) -> dict[int, float]:
        """Who was called in the last units, with the weight left; a later call ends an earlier one."""
        weights: dict[int, float] = {}
        for distance, weight in enumerate(_CALLED):
            place = i - distance
            if place < 0:
                break
            unit = self._units[place]
            for person in unit.called[-1:]:
                weights.setdefault(person, weight)
            for person in unit.addressed[-1:]:
                weights.setdefault(person, _ADDRESSED * weight)
            if unit.called or unit.addressed or (distance and unit.thanked):
                break
        return weights


def _posterior(emissions: Array, moves: Sequence[Array]) -> tuple[Array, float]:
    """Forward-backward: the probability of each state at each unit, and how well the whole fits."""
    count, states = emissions.shape
    forward, backward = np.zeros((count, states)), np.zeros((count, states))
    steps = moves  # log-odds, not normalised: staying is 0
    forward[0] = emissions[0]
    for i in range(1, count):
        forward[i] = emissions[i] + logsumexp(forward[i - 1][:, None] + steps[i - 1], axis=0)
    for i in range(count - 2, -1, -1):
        backward[i] = logsumexp(steps[i] + (emissions[i + 1] + backward[i + 1])[None, :], axis=1)
    total = forward + backward
    result: Array = np.exp(total - logsumexp(total, axis=1, keepdims=True))
    return result, float(logsumexp(total[0]))

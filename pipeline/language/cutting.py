"""Cuts a transcript in which nobody knows the voices into turns, by what is said, and names the certain ones.

The speakers form a hidden chain: a change is unlikely in itself, likely after a hand-over ("over to you, Priya"),
before a thanks ("thank you, Priya"), after a pause where pauses are rare, and at a self-introduction; nobody addresses
themselves; hand-overs come mostly from the chair. So most of the talk belongs to whoever was called last, until the
chair thanks them or steers again. Forward-backward gives each unit (a sentence, or part of one) the probability of
each speaker, and a name is given only where it is nearly certain. The numbers are log-odds.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from pipeline.language.units import PAUSE, REPLIES, Unit

CERTAIN = 0.97
_CHANGE = {"person": -10.0, "chair": -8.0, "nobody": -9.0}  # to somebody, without any sign
_CALLED = (10.0, 9.5, 8.0, 6.0, 4.0)  # to somebody who was called 1, 2, 3 ... units before
_ADDRESSED = 0.7  # of a call, for somebody who is only spoken to by name ("Ivo, you've got ten minutes")
_PRESENTED = 0.6  # of a call, for somebody who is described ("Ivo Brandreth is a therapist with the Trust")
_READ_OUT = 0.2  # of a call, for somebody whose words are read out
_LEAVES = -5.0  # staying, for who has just called somebody else
_THANKED = 7.0  # away from somebody who is thanked next
_TURNED_TO = 3.5  # away from somebody to whom the chair speaks next, without calling them
_TAKES_OVER = 4.0  # to the chair, before a short "very clear", "wonderful"
_CALLS_ON = 2.0  # to the chair, before a call
_ASKED = 5.0  # to somebody to whom a question was put, once it has been asked
_GUEST = 2.0  # to whoever was called last, when the chair has asked something
_ONLY_GUEST = 10.0  # the same, where nobody else was ever called
_ANYBODY = 4.0  # to anybody else then
_ANSWERED = -3.0  # staying, for who has just asked something, after a pause
_ASKS_NEXT = 1.5  # to the chair, before a question after a pause
_EVIDENCE = 6  # units within which something must say that the chair is speaking
_RECENT = 8  # units for which a question to somebody waits for its end
_SELF = 7.0
_CHAIR_CALLS = 6.0
_CHAIR_THANKS = 3.0
_CHAIR_STEERS = 2.5  # to the chair, before words that steer; guests number their points too, so it counts once
_UNMARKED = -4.0  # to anybody, where nothing at all speaks for a change
_CHAIR_PRAISE = 1.0
_TO_CHAIR = -6.0  # who speaks to the chair is not in it
_REPLY = 1.5
_PAUSE_SAYS = 5.0  # for a change, where three in ten sentences come after a pause; more where fewer do
_USUAL, _MOST_PAUSES = 0.3, 0.7  # share of sentences after a pause: usual, and from which on pauses say nothing
_LEAST_PAUSE, _MOST_PAUSE, _NO_PAUSE = 3.0, 6.5, -2.0
_SHORT_PAUSE, _LONG_PAUSE = (0.8, -1.0), (1.2, 1.0)  # s, and what a shorter or a longer pause says beside
_LONGEST_LOBBY = 60  # units
_LOBBY = 5.0  # to anybody, while people wait for the meeting to begin
_GIVEN_FLOOR = frozenset("hello hi thanks thank yes yeah yep no sorry sure absolutely certainly".split())
_NEAR = 3  # units between a call and its answer, or of opening courtesies
_BRIEF = 3  # words of "yes, thank you"
_UNCLOSED = 8  # units that are believed of a run of which nothing says where it ends
_OPENING = 12  # units
_VOTES = 2  # that somebody must have to be taken for the chair

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """Units [first, last) said by one person; `person` None where that is not certain."""

    first: int
    last: int
    person: int | None
    confidence: float


def cut(units: Sequence[Unit], known: Callable[[int], bool]) -> list[Cut]:
    """Who says which units. Somebody not `known` (on the roster, or by a full name) must be named twice."""
    counts = Counter(p for u in units for p in (*u.called, *u.asked, *u.introduced, *u.thanked))
    people = sorted(p for p, count in counts.items() if known(p) or count > 1)
    for unit in units:
        for found in (unit.called, unit.asked, unit.thanked, unit.introduced, unit.addressed, unit.presented):
            found[:] = [p for p in found if p in people]
    if not people:
        return [Cut(0, len(units), None, 0.0)] if units else []
    shared = any(unit.shares_chair for unit in units)
    return _Chain(units, people, None if shared else _chair_of(units)).cuts()


def _chair_of(units: Sequence[Unit]) -> int | None:
    """Who is in the chair, if that is plain: given the floor back, thanked by those just called, spoken to by the
    post, or introducing themselves as the meeting opens."""
    votes: Counter[int] = Counter()
    for before, unit in pairwise(units):
        greeted = [*unit.thanked, *unit.addressed]
        votes.update(p for p in greeted if before.called and p not in before.called)
        votes.update(p for p in unit.called if unit.yielded)
        votes.update(p for p in greeted if unit.to_chair)
    opened = [p for unit in units[: 3 * _OPENING] for p in unit.introduced]
    for person in opened[:1]:
        votes[person] += 2
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _VOTES or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


class _Chain:
    """States: the people, then the chair if nobody known is, then anybody else."""

    def __init__(self, units: Sequence[Unit], people: list[int], chair: int | None) -> None:
        self._units = units
        self._people = people
        self._at = {person: i for i, person in enumerate(people)}
        self._chair = self._at[chair] if chair is not None else len(people)
        self._states = len(people) + (chair is None) + 1
        self._nobody = self._states - 1
        self._pauses = _pause_weights([u.gap for u in units])
        self._guests = self._last_called()
        self._opened = next((i for i, u in enumerate(units[:_LONGEST_LOBBY]) if u.opens_meeting), 0)
        emissions = np.array([self._emission(unit) for unit in units])
        self._posterior = _posterior(emissions, self._moves)

    def cuts(self) -> list[Cut]:
        """Runs of one speaker who is certain, and what lies between them."""
        best, sure = self._posterior.argmax(axis=1), self._posterior.max(axis=1)
        who = [int(b) if s >= CERTAIN and b < len(self._people) else None for b, s in zip(best, sure, strict=True)]
        who = [w if i >= self._opened and (w != self._chair or self._steers(i)) else None for i, w in enumerate(who)]
        cuts: list[Cut] = []
        first = 0
        for i in range(1, len(who) + 1):
            if i == len(who) or who[i] != who[first] or best[i] != best[first]:
                cuts += self._cut(first, i, who[first], float(sure[first:i].min()))
                first = i
        return cuts

    def _steers(self, i: int) -> bool:
        """Something near, with no border at which somebody else may have begun, says that the chair is speaking."""
        return any(_of_chair(self._units[place]) for place in self._together(i))

    def _together(self, i: int) -> list[int]:
        first = last = i
        while first > max(0, i - _EVIDENCE) and not self._doubtful(first):
            first -= 1
        while last + 1 < min(len(self._units), i + _EVIDENCE) and not self._doubtful(last + 1):
            last += 1
        return list(range(first, last + 1))

    def _doubtful(self, i: int) -> bool:
        """Somebody else may have begun here: silence, an answer, or the words of who has just been given the floor."""
        unit, before = self._units[i], self._units[i - 1]
        if self._pauses[i] > 0 or _answers(before, unit) or (unit.to_chair and not before.called):
            return True
        return not unit.thanked and unit.opens in _GIVEN_FLOOR and (unit.words > _BRIEF or "greeting" in unit.kinds)

    def _cut(self, first: int, last: int, state: int | None, sure: float) -> list[Cut]:
        """The run as one cut, or as two: what nothing closes is believed only until somebody else may have begun."""
        if state is None or (state != self._chair and not self._begun(first, self._people[state])):
            return [Cut(first, last, None, 0.0)]
        until = last if state == self._chair or self._closed(last, self._people[state]) else self._unclosed(first, last)
        cuts = [Cut(first, until, self._people[state], round(sure, 3)), Cut(until, last, None, 0.0)]
        return [c for c in cuts if c.last > c.first]

    def _begun(self, first: int, person: int) -> bool:
        """Something said just before the run, or first in it, says that this person begins to speak."""
        before, opening = self._units[max(0, first - _NEAR) : first], self._units[first : first + _NEAR]
        asked = self._units[max(0, first - _RECENT) : first]
        called = any(person in (*u.called, *u.addressed, *u.presented) for u in before)
        return called or any(person in u.asked for u in asked) or any(person in u.introduced for u in opening)

    def _closed(self, last: int, person: int) -> bool:
        """They hand on, or are thanked or turned to next, or the meeting ends."""
        own, after = self._units[max(0, last - 2) : last], self._units[last : last + 2]
        if last >= len(self._units) or any(u.yielded for u in own):
            return True
        return any(person in u.thanked for u in after) or person in after[0].addressed

    def _unclosed(self, first: int, last: int) -> int:
        """Where to stop believing: the opening courtesies aside, the first border of doubt, or after some sentences."""
        until = min(last, first + _UNCLOSED)
        return next((i for i in range(first + _NEAR, until) if self._doubtful(i)), until)

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
        if unit.thanked and self._chair not in [self._at[p] for p in unit.thanked] and not unit.to_chair:
            row[self._chair] += _CHAIR_THANKS
        row[self._chair] += _TO_CHAIR * unit.to_chair
        row[self._chair] += _CHAIR_PRAISE * unit.praises
        return row

    def _moves(self, i: int) -> Array:
        """Log-odds of going from each state (row) to each state (column) between unit i and the next."""
        here, following = self._units[i], self._units[i + 1]
        to = self._towards(i)
        moves = np.tile(to, (self._states, 1))
        for person in following.thanked:
            moves[self._at[person], :] += _THANKED
        for person in {*following.addressed} - {*following.called, *following.thanked}:
            moves[self._at[person], self._chair] += _TURNED_TO
        if _answers(here, following):
            moves[self._chair] += self._answering(i)
        if self._answered(i):
            moves[:, self._nobody] += _ANYBODY
        if self._pauses[i + 1] > 0 and "question" in following.kinds:
            moves[:, self._chair] += _ASKS_NEXT
        np.fill_diagonal(moves, self._staying(i))
        if _answers(here, following):
            moves[self._chair, self._chair] = min(moves[self._chair, self._chair], _ANSWERED)
        return moves

    def _towards(self, i: int) -> Array:
        """Log-odds of going to each state, from wherever, between unit i and the next."""
        following = self._units[i + 1]
        to = np.full(self._states, _CHANGE["person"])
        to[self._chair] = _CHANGE["chair"]
        to[self._nobody] = _CHANGE["nobody"]
        to += self._sign(i)
        if following.praises:
            to[self._chair] += _TAKES_OVER
        if following.called and not following.yielded:
            to[self._chair] += _CALLS_ON
        if following.steering:
            to[self._chair] += _CHAIR_STEERS
        for person, weight in self._expected(i).items():
            to[self._at[person]] += weight
        return to

    def _answering(self, i: int) -> Array:
        """Who may answer what the chair has asked of nobody by name."""
        row = np.zeros(self._states)
        row[self._nobody] += _ANYBODY
        guest = self._guests[i]
        if guest is not None:
            only = {*self._guests[: i + 1]} == {None, guest}
            row[self._at[guest]] += _ONLY_GUEST if only else _GUEST
        return row

    def _sign(self, i: int) -> float:
        """What speaks for a change of whatever kind."""
        here, following = self._units[i], self._units[i + 1]
        sign = self._pauses[i + 1] + _LOBBY * (i + 1 < self._opened)
        sign += _REPLY * (following.opens in REPLIES)
        sign += _REPLY * _answers(here, following)
        return sign if self._marked(i) else sign + _UNMARKED

    def _marked(self, i: int) -> bool:
        """Something speaks for a change: silence, or how the next words begin."""
        here, following = self._units[i], self._units[i + 1]
        names = following.called or following.thanked or following.addressed or following.introduced
        begins = following.opens in REPLIES or following.praises or bool(following.steering) or following.to_chair
        return self._pauses[i + 1] > 0 or bool(names) or begins or bool(here.called) or _answers(here, following)

    def _staying(self, i: int) -> float:
        """Who has just called somebody by name stops, unless they go on to ask."""
        here, following = self._units[i], self._units[i + 1]
        goes_on = "question" in following.kinds or here.read_out or {*here.called} & {*following.not_me}
        if self._answered(i):
            return _ANSWERED
        silent = self._pauses[i + 1] < 0 and following.opens not in REPLIES
        return 0.0 if not here.called or goes_on or silent else _LEAVES

    def _answered(self, i: int) -> bool:
        """A question, silence, and no question: whoever asked has hardly answered it."""
        return self._pauses[i + 1] > 0 and _answers(self._units[i], self._units[i + 1])

    def _expected(self, i: int) -> dict[int, float]:
        """Who may speak next: whoever was called in the last units, or was asked something that has now been said."""
        weights = self._called_before(i)
        if _answers(self._units[i], self._units[i + 1]):
            for unit in self._units[max(0, i - _RECENT) : i + 1]:
                for person in unit.asked:
                    weights[person] = max(weights.get(person, 0.0), _ASKED)
        return weights

    def _called_before(self, i: int) -> dict[int, float]:
        """Who was called in the last units, with the weight left; a later call ends an earlier one."""
        weights: dict[int, float] = {}
        distance = 0
        for place in range(i, max(-1, i - _RECENT), -1):
            unit = self._units[place]
            found = [(p, 1.0) for p in unit.called[-1:]]
            found += [(p, _ADDRESSED) for p in unit.addressed[-1:]] + [(p, _PRESENTED) for p in unit.presented[-1:]]
            for person, share in found:
                if person != unit.named_last:
                    continue
                worth = share * _READ_OUT if unit.read_out else share
                weights.setdefault(person, worth * _CALLED[distance])
            if unit.called or unit.addressed or (place < i and unit.thanked):
                break
            distance += not unit.presented
            if distance == len(_CALLED):
                break
        return weights

    def _last_called(self) -> list[int | None]:
        """For each unit, who but the chair was last given the floor in person."""
        last: list[int | None] = []
        guest: int | None = None
        for unit in self._units:
            called = [p for p in unit.called if self._at[p] != self._chair and not unit.read_out]
            guest = called[-1] if called else guest
            last.append(guest)
        return last


def _of_chair(unit: Unit) -> bool:
    return bool(unit.called or unit.thanked or unit.steering or unit.introduced or unit.presented)


def _answers(here: Unit, following: Unit) -> bool:
    return "question" in here.kinds and "question" not in following.kinds


def _pause_weights(gaps: Sequence[float]) -> list[float]:
    """What the silence before each unit says: the more, the rarer such pauses are in this meeting."""
    share = sum(gap >= PAUSE for gap in gaps[1:]) / max(1, len(gaps) - 1)
    if not 0 < share < _MOST_PAUSES:
        return [0.0] * len(gaps)  # no times, or a pause after everything
    after = min(_MOST_PAUSE, max(_LEAST_PAUSE, _PAUSE_SAYS + math.log(_USUAL / share)))
    short, long = _SHORT_PAUSE, _LONG_PAUSE
    extra = [short[1] if gap < short[0] else long[1] if gap > long[0] else 0.0 for gap in gaps]
    return [after + more if gap >= PAUSE else _NO_PAUSE for gap, more in zip(gaps, extra, strict=True)]


def _posterior(emissions: Array, moves: Callable[[int], Array]) -> Array:
    """Forward-backward: the probability of each state at each unit. The moves are made anew, never all held."""
    count, states = emissions.shape
    forward, backward = np.zeros((count, states)), np.zeros((count, states))
    forward[0] = emissions[0]
    for i in range(1, count):  # log-odds, not normalised: staying is 0
        forward[i] = emissions[i] + logsumexp(forward[i - 1][:, None] + moves(i - 1), axis=0)
    for i in range(count - 2, -1, -1):
        backward[i] = logsumexp(moves(i) + (emissions[i + 1] + backward[i + 1])[None, :], axis=1)
    total = forward + backward
    result: Array = np.exp(total - logsumexp(total, axis=1, keepdims=True))
    return result

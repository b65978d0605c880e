"""Gives names to voices all at once: one voice is one person, and a name needs a margin over the next best."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]

from pipeline.language.clues import Clue

ENOUGH = 1.7  # a single hand-over right before the turn is enough, a name said a minute before is not
MARGIN = 1.0
_FLOOR = -4.0  # however often somebody is named by a voice, more says no more


@dataclass(frozen=True)
class Given:
    """A voice's person, with how sure that is (0..1) and the clues that say so."""

    person: int
    confidence: float
    score: float
    clues: tuple[Clue, ...]


def assign(clues: Sequence[Clue], fixed: Mapping[str, int]) -> tuple[dict[str, Given], dict[str, list[int]]]:
    """Names for voices, and for the voices left open the people who were the likeliest.

    `fixed` are voices whose person is known from their label; nobody else can be these people.
    """
    scores = _scores(clues)
    for voice in fixed:
        scores.pop(voice, None)
    for row in scores.values():
        for person in fixed.values():
            row.pop(person, None)
    given: dict[str, Given] = {}
    open_: dict[str, list[int]] = {}
    for voice, person in _best(scores).items():
        score, margin = scores[voice][person], _margin(scores, voice, person)
        if score >= ENOUGH and margin >= MARGIN:
            support = tuple(c for c in clues if c.voice == voice and person in c.who and c.weight > 0)
            given[voice] = Given(person, _confidence(min(score, margin * 1.5)), score, support)
    for voice, row in scores.items():
        if voice not in given:
            taken = {g.person for g in given.values()}
            open_[voice] = sorted((p for p, s in row.items() if s > 0.5 and p not in taken), key=lambda p: -row[p])[:3]
    return given, open_


def _scores(clues: Iterable[Clue]) -> dict[str, dict[int, float]]:
    for_, against = defaultdict(lambda: defaultdict(float)), defaultdict(lambda: defaultdict(float))  # type: ignore[var-annotated]
    for clue in clues:
        for person in clue.who:
            (for_ if clue.weight > 0 else against)[clue.voice][person] += clue.weight
    return {
        voice: {p: s + max(_FLOOR, against[voice].get(p, 0.0)) for p, s in row.items()} for voice, row in for_.items()
    }


def _best(scores: Mapping[str, Mapping[int, float]]) -> dict[str, int]:
    voices = list(scores)
    people = sorted({p for row in scores.values() for p in row})
    if not voices or not people:
        return {}
    gain = np.zeros((len(voices), len(people)))
    for i, voice in enumerate(voices):
        for j, person in enumerate(people):
            gain[i, j] = max(0.0, scores[voice].get(person, 0.0))
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return {voices[i]: people[j] for i, j in zip(rows, columns, strict=True) if gain[i, j] > 0}


def _margin(scores: Mapping[str, Mapping[int, float]], voice: str, person: int) -> float:
    """How much better than any other person for this voice, and than any other voice for this person.

    A rival person whom another voice claims more strongly is no rival, and the other way round.
    """
    mine = scores[voice][person]
    others = [row for other, row in scores.items() if other != voice]
    rivals = [
        score
        for rival, score in scores[voice].items()
        if rival != person and all(row.get(rival, 0.0) < score for row in others)
    ]
    claims = [row[person] for row in others if 0 < row.get(person, 0.0) >= max(row.values())]
    return mine - max([0.0, *rivals, *claims])


def _confidence(score: float) -> float:
    return round(1 / (1 + math.exp(-score)), 3)

"""Voices from the levels of participants' tracks: who is loud speaks."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

STEP = 0.1  # s a level stands for
FAINT = 30.0  # of 32768: below it nobody speaks, whatever the track
OWN = 0.1  # share of a track's loud level (its 95th percentile) from which its participant speaks
BLEED = 0.35  # share of the loudest track at the moment below which a track only hears the others
MIXTURE = 0.8  # share of the others' speech in which a track is loud too that makes it the mixture of all
BRIDGE = 5  # steps of silence that a span may hold
SHORTEST = 3  # steps

Levels = NDArray[np.float64]


def track_spans(levels: Levels) -> list[tuple[float, float, int]] | None:
    """Who speaks when, as (start, end, number of the track), from `levels` (steps, tracks); spans may overlap.

    None where the tracks are not people's own: fewer than two are left when silent ones and mixtures are put aside.
    """
    loud = np.percentile(levels, 95, axis=0) if len(levels) else np.zeros(levels.shape[1])
    active = (levels > FAINT) & (levels > OWN * loud)
    own = [track for track in range(levels.shape[1]) if active[:, track].any() and not _is_mixture(active, track)]
    if len(own) < 2:
        return None
    loudest = levels[:, own].max(axis=1, keepdims=True)
    speaks = active[:, own] & (levels[:, own] >= BLEED * loudest)
    return sorted(
        (first * STEP, last * STEP, track)
        for column, track in enumerate(own)
        for first, last in _runs(speaks[:, column])
    )


def _is_mixture(active: NDArray[np.bool_], track: int) -> bool:
    others = [np.flatnonzero(active[:, other]) for other in range(active.shape[1]) if other != track]
    heard = [float(active[steps, track].mean()) for steps in others if len(steps)]
    return bool(heard) and min(heard) > MIXTURE


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of steps, short silences closed and short runs dropped."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    joined: list[list[int]] = []
    for first, last in pairwise(edges) if len(edges) else ():
        if not flags[first]:
            continue
        if joined and first - joined[-1][1] <= BRIDGE:
            joined[-1][1] = int(last)
        else:
            joined.append([int(first), int(last)])
    return [(first, last) for first, last in joined if last - first >= SHORTEST]

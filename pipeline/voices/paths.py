"""The likeliest voice at each moment, given what every voice sounds like."""

import numpy as np
from numpy.typing import NDArray

from pipeline.voices.clusters import Labels, fitted
from pipeline.voices.spectra import Floats, Frames

GROUP = 5  # frames decided on together
CHANGE = 40.0  # log-likelihood that a change of voice costs; half of it at a pause
COMPONENTS = 8  # of a voice's mixture, one for each second of it at most
LEARN = 4_000  # frames that a voice's mixture is fitted to
BLOCK = 30_000  # frames scored at a time


def followed(frames: Frames, span: NDArray[np.int32], labels: Labels) -> Labels:
    """New labels: every voice is learnt from the frames that have its label (-1: none), then followed through."""
    voices = np.unique(labels[labels >= 0])
    if len(voices) == 1:
        return np.full(len(frames), voices[0], dtype=np.int64)
    mixtures = [_learnt(frames[labels == voice]) for voice in voices]
    starts = np.arange(0, len(frames), GROUP)
    scores = np.empty((len(starts), len(voices)))
    for column, mixture in enumerate(mixtures):
        for first in range(0, len(frames), BLOCK):
            likely = mixture.score_samples(frames[first : first + BLOCK].astype(np.float64))
            groups = np.arange(0, len(likely), GROUP)
            at = first // GROUP
            scores[at : at + len(groups), column] = np.add.reduceat(likely, groups)
    pause = np.concatenate([[False], np.diff(span[starts]) != 0])
    path = _best(scores, np.where(pause, CHANGE / 2, CHANGE))
    return np.asarray(np.repeat(voices[path], GROUP)[: len(frames)])


def _learnt(frames: Frames):  # type: ignore[no-untyped-def]
    components = max(1, min(COMPONENTS, len(frames) // 100))
    return fitted(frames[:: max(1, len(frames) // LEARN)], components)


def _best(scores: Floats, change: Floats) -> NDArray[np.intp]:
    """Viterbi: the path with the highest score, where leaving a voice costs `change` at each step."""
    steps, count = scores.shape
    came = np.empty((steps, count), dtype=np.int16)  # a block has some hundred clusters at most
    here = np.arange(count, dtype=np.int16)
    total = scores[0].copy()
    for step in range(1, steps):
        best = int(total.argmax())
        switched = total[best] - change[step]
        stays = total >= switched
        came[step] = np.where(stays, here, best)
        total = np.where(stays, total, switched) + scores[step]
    path = np.empty(steps, dtype=np.intp)
    path[-1] = int(total.argmax())
    for step in range(steps - 1, 0, -1):
        path[step - 1] = came[step, path[step]]
    return path

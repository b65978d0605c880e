"""The built-in diarizer: tells voices apart from the sound alone, without any trained model."""

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from pipeline.progress import Progress
from pipeline.records import Span
from pipeline.voices.clusters import Labels, Sounds, joined, mixture_of
from pipeline.voices.paths import followed
from pipeline.voices.segments import segments_of
from pipeline.voices.spectra import STEP, Frames, Read, Spoken, spoken_frames

BLOCK = 120_000  # frames of speech (20 minutes) clustered together
ENOUGH = 100  # frames from which a segment can be compared with others
BRIDGE = 0.5  # s of silence that a voice's span may hold


@dataclass(frozen=True)
class BuiltinDiarizer:
    """Finds who speaks when; how many there are is estimated within the bounds given."""

    alike: float = 0.12  # distance (variances) below which two clusters are one voice
    chance: float = 4.0  # frames that are worth one independent one
    smallest: float = 2.0  # s below which a cluster is no voice
    most: int = 30  # voices, where no bound is given
    made_by: ClassVar[str] = "builtin"

    def identity(self) -> dict[str, object]:
        """What the voices depend on."""
        return {"voices": "builtin", "rules": 1, "options": [self.alike, self.chance, self.smallest, self.most]}

    def voices(
        self,
        read: Read,
        speech: tuple[Span, ...],
        *,
        min_speakers: int | None,
        max_speakers: int | None,
        progress: Progress,
    ) -> list[tuple[float, float, int]]:
        """Who speaks when: (start, end, number of the voice), in time order."""
        if not speech:
            return []
        whole = speech[-1].end * 1.5  # the spectra are two thirds of the work
        spoken = spoken_frames(read, speech, lambda at: progress.advance(at, whole))
        if len(spoken.cepstra) < ENOUGH:
            return [(s.start, s.end, 0) for s in speech]
        with threadpool_limits(1):  # the tables are small: more threads only wait for each other
            labels = self._clustered(spoken)
            labels = self._merged(spoken, labels, min_speakers or 1, max_speakers or self.most)
            labels = followed(spoken.cepstra, spoken.span, labels)
        progress.advance(whole, whole)
        return _spans(spoken, labels)

    def _clustered(self, spoken: Spoken) -> Labels:
        """Pure clusters, block by block; frames of segments too short to compare get their voice afterwards."""
        labels = np.full(len(spoken.span), -1, dtype=np.int64)
        for first, last in _blocks(spoken.span):
            frames, span = spoken.cepstra[first:last], spoken.span[first:last]
            own = _block_labels(frames, span)
            labels[first:last] = np.where(own >= 0, own + labels.max() + 1, -1)
        return labels

    def _merged(self, spoken: Spoken, labels: Labels, fewest: int, most: int) -> Labels:
        """The clusters that are one voice made one; clusters too small for a voice dissolved."""
        labels = self._without_small(labels, fewest)
        sounds, names = sounds_of(spoken.cepstra, labels)
        groups = grouped(sounds, alike=self.alike, fewest=fewest, most=most, chance=self.chance)
        new = np.full(int(labels.max()) + 1, -1, dtype=np.int64)
        new[names] = groups
        return np.where(labels >= 0, new[labels], -1)

    def _without_small(self, labels: Labels, fewest: int) -> Labels:
        names, counts = np.unique(labels[labels >= 0], return_counts=True)
        large = names[counts >= self.smallest / STEP]
        if len(large) < fewest:
            large = names[np.argsort(-counts, kind="stable")[:fewest]]
        return np.where(np.isin(labels, large), labels, -1)


def _blocks(span: NDArray[np.int32]) -> list[tuple[int, int]]:
    """Blocks of about equal length that end where a span of speech ends."""
    count = max(1, round(len(span) / BLOCK))
    ends = [0, *(np.flatnonzero(np.diff(span)) + 1).tolist(), len(span)]
    cuts = sorted({min(ends, key=lambda end: abs(end - k * len(span) / count)) for k in range(count + 1)})
    return list(pairwise(cuts))


def _block_labels(frames: Frames, span: NDArray[np.int32]) -> Labels:
    segments = segments_of(frames, span)
    chosen = [s for s in segments if s[1] - s[0] >= ENOUGH] or segments
    labels = np.full(len(span), -1, dtype=np.int64)
    for (first, last), label in zip(chosen, joined(frames, chosen), strict=True):
        labels[first:last] = label
    return followed(frames, span, labels)


def sounds_of(frames: Frames, labels: Labels) -> tuple[Sounds, Labels]:
    """What each cluster sounds like in each class of sounds, and the clusters' numbers."""
    mixture = mixture_of(frames, labels)
    names = np.unique(labels[labels >= 0])
    classes, size = np.asarray(mixture.means_).shape
    counts, sums = np.zeros((len(names), classes)), np.zeros((len(names), classes, size))
    for row, name in enumerate(names):
        own = frames[labels == name].astype(np.float64)
        share = np.asarray(mixture.predict_proba(own))  # type: ignore[no-untyped-call]
        counts[row], sums[row] = share.sum(axis=0), share.T @ own
    return Sounds(counts, sums, np.asarray(mixture.covariances_)), names


def grouped(sounds: Sounds, *, alike: float, fewest: int, most: int, chance: float) -> Labels:
    """A voice for each cluster: the two most alike are made one until none are alike, within the bounds."""
    count = len(sounds.counts)
    distances = np.full((count, count), np.inf)
    for i in range(count - 1):
        distances[i, i + 1 :] = sounds.distance(i, np.arange(i + 1, count), chance)
    owner = np.arange(count)
    left = count
    while left > fewest:
        i, j = divmod(int(distances.argmin()), count)
        if distances[i, j] > alike and left <= most:
            break
        sounds.join(i, j)
        owner[owner == j] = i
        distances[j, :] = distances[:, j] = np.inf
        left -= 1
        others = np.array([k for k in np.unique(owner) if k != i], dtype=np.intp)
        if len(others):
            distances[np.minimum(i, others), np.maximum(i, others)] = sounds.distance(i, others, chance)
    return np.unique(owner, return_inverse=True)[1].astype(np.int64)


def _spans(spoken: Spoken, labels: Labels) -> list[tuple[float, float, int]]:
    """Runs of one voice; a short silence inside one is part of it."""
    borders = np.flatnonzero((np.diff(labels) != 0) | (np.diff(spoken.times) > BRIDGE)) + 1
    firsts, lasts = [0, *borders.tolist()], [*borders.tolist(), len(labels)]
    return [
        (float(spoken.times[a]), float(spoken.times[b - 1] + STEP), int(labels[a]))
        for a, b in zip(firsts, lasts, strict=True)
    ]

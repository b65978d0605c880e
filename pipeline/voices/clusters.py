"""Which segments sound alike.

First by their spread: segments of a block are joined while one full Gaussian for both fits about as well as one for
each (BIC), which leaves more clusters than voices. Then sound by sound: the clusters of all blocks are compared
within the classes of one mixture for the whole recording, so that what was said weighs less than who said it.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture

from pipeline.voices.spectra import Floats, Frames

Labels = NDArray[np.int64]

PENALTY = 1.2  # of the first clustering: low, so that its clusters are pure
SHRINK = 20.0  # frames' worth of the common covariance in every segment's
CLASSES = 32  # of sounds, in the mixture for the whole recording
EACH = 600  # frames for each class: with fewer, chance outweighs the voices
SAMPLE = 15_000  # frames that the mixture is fitted to
FEWEST = 4.0  # frames in a class below which it is not compared


# ---- by their spread --------------------------------------------------------------------------------


def joined(frames: Frames, segments: Sequence[tuple[int, int]], *, penalty: float = PENALTY) -> Labels:
    """A cluster number for each segment, by agglomeration under the Bayesian information criterion."""
    table = _Spread(frames, segments)
    count = len(segments)
    costs = np.full((count, count), np.inf)
    for i in range(count - 1):
        costs[i, i + 1 :] = table.cost(i, np.arange(i + 1, count), penalty)
    owner = np.arange(count)
    alive = np.ones(count, dtype=bool)
    while alive.sum() > 1:
        i, j = divmod(int(costs.argmin()), count)
        if costs[i, j] > 0:
            break
        table.join(i, j)
        owner[owner == j] = i
        alive[j] = False
        costs[j, :] = costs[:, j] = np.inf
        others = np.flatnonzero(alive & (np.arange(count) != i))
        costs[np.minimum(i, others), np.maximum(i, others)] = table.cost(i, others, penalty)
    return np.unique(owner, return_inverse=True)[1].astype(np.int64)


class _Spread:
    """Counts, sums and squares of every cluster, and what it costs to join two."""

    def __init__(self, frames: Frames, segments: Sequence[tuple[int, int]]) -> None:
        pieces = [frames[a:b].astype(np.float64) for a, b in segments]
        self.n = np.array([float(len(p)) for p in pieces])
        self.sums = np.array([p.sum(axis=0) for p in pieces])
        self.squares = np.array([p.T @ p for p in pieces])
        total = self.n.sum()
        mean = self.sums.sum(axis=0) / total
        self.common = self.squares.sum(axis=0) / total - np.outer(mean, mean)
        size = frames.shape[1]
        self.parameters = 0.5 * (size + size * (size + 1) / 2)
        self.volume = self._volume(self.n, self.sums, self.squares)

    def _volume(self, n: Floats, sums: Floats, squares: Floats) -> Floats:
        mean = sums / n[:, None]
        spread = squares - n[:, None, None] * mean[:, :, None] * mean[:, None, :]
        spread = (spread + SHRINK * self.common) / (n + SHRINK)[:, None, None]
        return np.asarray(np.linalg.slogdet(spread)[1])

    def cost(self, i: int, others: NDArray[np.intp], penalty: float) -> Floats:
        n = self.n[i] + self.n[others]
        volume = self._volume(n, self.sums[i] + self.sums[others], self.squares[i] + self.squares[others])
        loss = 0.5 * (n * volume - self.n[i] * self.volume[i] - self.n[others] * self.volume[others])
        return np.asarray(loss - penalty * self.parameters * np.log(n))

    def join(self, i: int, j: int) -> None:
        for table in (self.n, self.sums, self.squares):
            table[i] += table[j]
        self.volume[i] = self._volume(self.n[[i]], self.sums[[i]], self.squares[[i]])[0]


# ---- sound by sound ------------------------------------------------------------------------------------


@dataclass
class Sounds:
    """Of every cluster: how many frames fell into each class of sounds, and their sum."""

    counts: Floats  # cluster, class
    sums: Floats  # cluster, class, cepstrum
    variance: Floats  # class, cepstrum

    def join(self, i: int, j: int) -> None:
        """Add cluster `j` to cluster `i`."""
        self.counts[i] += self.counts[j]
        self.sums[i] += self.sums[j]

    def raw(self, i: int, others: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """Mean squared difference over the classes that both have, and what chance alone adds for each frame's worth.

        Chance: two means of n1 and n2 independent frames differ by 1/n1 + 1/n2 (in variances).
        """
        n1, n2 = self.counts[i][None], self.counts[others]
        weight = np.where((n1 > FEWEST) & (n2 > FEWEST), n1 * n2 / (n1 + n2 + 1e-9), 0.0)
        mean1 = self.sums[i][None] / np.maximum(n1, 1e-3)[..., None]
        mean2 = self.sums[others] / np.maximum(n2, 1e-3)[..., None]
        square = ((mean1 - mean2) ** 2 / self.variance).mean(axis=-1)
        chance = 1 / np.maximum(n1, 1e-3) + 1 / np.maximum(n2, 1e-3)
        total = weight.sum(axis=-1) + 1e-9
        return (weight * square).sum(axis=-1) / total, (weight * chance).sum(axis=-1) / total

    def distance(self, i: int, others: NDArray[np.intp], chance: float) -> Floats:
        """How different the voices are, in variances, beyond chance."""
        square, expected = self.raw(i, others)
        return square - chance * expected


def mixture_of(frames: Frames, labels: Labels) -> GaussianMixture:
    """The classes of sounds of a whole recording, from a sample of the frames that have a label (-1: none)."""
    labelled = np.flatnonzero(labels >= 0)
    sample = frames[labelled[:: max(1, len(labelled) // SAMPLE)]]
    return fitted(sample, min(CLASSES, max(1, len(labelled) // EACH)))


def fitted(frames: Frames, components: int) -> GaussianMixture:
    """A mixture of diagonal Gaussians; the same one each time."""
    mixture = GaussianMixture(  # type: ignore[no-untyped-call]
        components,
        covariance_type="diag",
        reg_covar=1e-2,
        max_iter=15,
        random_state=0,
        init_params="k-means++",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a rough fit is enough
        mixture.fit(frames.astype(np.float64))  # type: ignore[no-untyped-call]
    return mixture

"""Diarization error rate: the share of spoken time given to nobody, given where nobody speaks, or to the wrong one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]

Labelled = tuple[float, float, str]  # start, end, who


@dataclass(frozen=True)
class Der:
    """Seconds of each kind of error, and of the reference's speech (overlapping speech counts for each speaker)."""

    missed: float
    false_alarm: float
    confused: float
    total: float

    @property
    def rate(self) -> float:
        """The error rate; 0 is perfect, and it can exceed 1."""
        wrong = self.missed + self.false_alarm + self.confused
        return wrong / self.total if self.total else float(wrong > 0)

    def __add__(self, other: "Der") -> "Der":
        return Der(
            self.missed + other.missed,
            self.false_alarm + other.false_alarm,
            self.confused + other.confused,
            self.total + other.total,
        )


def der(reference: Sequence[Labelled], hypothesis: Sequence[Labelled], *, collar: float = 0.25) -> Der:
    """Score `hypothesis` against `reference` under the best mapping of its voices to the reference's speakers.

    `collar` seconds on either side of a reference border are not scored (NIST's rule). Overlapping speech is scored.
    """
    edges, pieces = _scored(reference, hypothesis, collar)
    if not len(pieces):
        return Der(0.0, 0.0, 0.0, 0.0)
    ref, hyp = _activity(reference, edges)[:, pieces], _activity(hypothesis, edges)[:, pieces]
    lasting = np.diff(edges)[pieces]
    together = (ref * lasting) @ hyp.T
    rows, columns = linear_sum_assignment(-together)
    correct = np.zeros(len(pieces))
    for row, column in zip(rows, columns, strict=True):
        correct += ref[row] * hyp[column]
    spoken, said = ref.sum(axis=0), hyp.sum(axis=0)
    return Der(
        missed=float(lasting @ np.maximum(spoken - said, 0)),
        false_alarm=float(lasting @ np.maximum(said - spoken, 0)),
        confused=float(lasting @ (np.minimum(spoken, said) - correct)),
        total=float(lasting @ spoken),
    )


def _scored(
    reference: Sequence[Labelled], hypothesis: Sequence[Labelled], collar: float
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """All borders, and which of the pieces between them are scored."""
    borders = sorted({t for start, end, _ in reference for t in (start, end)})
    collars = [(t - collar, t + collar) for t in borders] if collar > 0 else []
    edges = {t for start, end, _ in (*reference, *hypothesis) for t in (start, end)}
    edges |= {t for pair in collars for t in pair}
    ordered = np.array(sorted(edges))
    middles = np.array([(a + b) / 2 for a, b in pairwise(ordered)])
    scored = np.ones(len(middles), dtype=bool)
    for start, end in collars:
        scored[np.searchsorted(middles, start) : np.searchsorted(middles, end)] = False
    return ordered, np.flatnonzero(scored)


def _activity(spans: Iterable[Labelled], edges: NDArray[np.float64]) -> NDArray[np.float64]:
    """Who speaks in each piece between two edges: one row a speaker, 0 or 1."""
    spans = list(spans)
    rows = {who: i for i, who in enumerate(sorted({who for _, _, who in spans}))}
    active = np.zeros((max(1, len(rows)), max(0, len(edges) - 1)))
    for start, end, who in spans:
        active[rows[who], np.searchsorted(edges, start) : np.searchsorted(edges, end)] = 1
    return active


def read_rttm(path: Path) -> dict[str, list[Labelled]]:
    """The spans of an RTTM file, by recording."""
    found: dict[str, list[Labelled]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if fields and fields[0] == "SPEAKER":
            start, lasts = float(fields[3]), float(fields[4])
            found.setdefault(fields[1], []).append((start, start + lasts, fields[7]))
    return found

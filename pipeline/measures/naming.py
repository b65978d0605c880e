"""How much of what was said stands under the right name."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.measures.normalise import fold, words_of
from pipeline.measures.wer import aligned

Named = tuple[str | None, str]  # who, and the words


@dataclass(frozen=True)
class Naming:
    """Words of the reference that were found in the transcript, by the name that they stand under."""

    right: int
    wrong: int
    blank: int

    @property
    def total(self) -> int:
        """All words compared."""
        return self.right + self.wrong + self.blank

    def share(self, words: int) -> float:
        """A part of the total; 0 where nothing was compared."""
        return words / self.total if self.total else 0.0

    @property
    def precision(self) -> float:
        """Of the words under a name, the share under the right one; 1 where no name was given."""
        named = self.right + self.wrong
        return self.right / named if named else 1.0


def naming(reference: Iterable[Named], hypothesis: Iterable[Named]) -> Naming:
    """Align the words of both, and compare the names that they stand under. Turns of nobody are not compared."""
    said, written = _spread(reference), _spread(hypothesis)
    counts = {"right": 0, "wrong": 0, "blank": 0}
    for a, b in aligned([w for w, _ in said], [w for w, _ in written]):
        if a is None or b is None or said[a][1] is None:
            continue
        name = written[b][1]
        counts["blank" if name is None else "right" if name == said[a][1] else "wrong"] += 1
    return Naming(**counts)


def _spread(turns: Iterable[Named]) -> list[tuple[str, str | None]]:
    return [(word, fold(who) if who else None) for who, text in turns for word in words_of(text)]

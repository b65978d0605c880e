"""Word error rate: how many words must be changed to get from what was recognised to what was said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.measures.normalise import words_of


@dataclass(frozen=True)
class Wer:
    """The errors, in words, and the words of the reference."""

    substituted: int
    deleted: int
    inserted: int
    total: int

    @property
    def rate(self) -> float:
        """The error rate; 0 is perfect, and it can exceed 1."""
        wrong = self.substituted + self.deleted + self.inserted
        return wrong / self.total if self.total else float(wrong > 0)

    def __add__(self, other: "Wer") -> "Wer":
        return Wer(
            self.substituted + other.substituted,
            self.deleted + other.deleted,
            self.inserted + other.inserted,
            self.total + other.total,
        )


def wer(reference: str, hypothesis: str) -> Wer:
    """Compare two texts, both normalised first (see `pipeline.measures.normalise`)."""
    return wer_of_words(words_of(reference), words_of(hypothesis))


def wer_of_words(reference: Sequence[str], hypothesis: Sequence[str]) -> Wer:
    """Compare two sequences of normalised words."""
    kinds = [edit.tag for edit in Levenshtein.editops(reference, hypothesis)]
    return Wer(kinds.count("replace"), kinds.count("delete"), kinds.count("insert"), len(reference))


def aligned(reference: Sequence[str], hypothesis: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which word stands for which: places in both sequences, None where one has nothing."""
    for block in Levenshtein.opcodes(reference, hypothesis):
        first = list(range(block.src_start, block.src_end))
        second = list(range(block.dest_start, block.dest_end))
        for n in range(max(len(first), len(second))):
            yield (first[n] if n < len(first) else None, second[n] if n < len(second) else None)

"""Where the tokens of a parsed turn lie among its words, and so in time."""

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.records import Spoken, Word


class Places:
    """Turns token spans of a turn's parse into word spans and moments. The parse must be of the joined words."""

    def __init__(self, words: Sequence[Word], doc: Doc) -> None:
        self._words = words
        self._doc = doc
        self._starts = [0]
        for word in words:
            self._starts.append(self._starts[-1] + len(word.text) + 1)

    def words(self, start: int, end: int) -> tuple[int, int]:
        """The words [first, last) that hold the tokens [start, end)."""
        last_token = self._doc[max(start, end - 1)]
        first = bisect_right(self._starts, self._doc[start].idx) - 1
        last = bisect_right(self._starts, last_token.idx + max(0, len(last_token) - 1))
        return first, min(last, len(self._words))

    def spoken(self, start: int, end: int) -> Spoken:
        """The moment of the tokens [start, end), with the whole words said."""
        first, last = self.words(start, end)
        return spoken(self._words[first:last])


def spoken(words: Sequence[Word]) -> Spoken:
    """The moment of some words."""
    return Spoken(start=words[0].start, end=max(w.end for w in words), words=" ".join(w.text for w in words))

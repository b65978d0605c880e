"""Where sentences end: inside what somebody punctuated, the marks decide, not the parse.

The parser takes a second finite-looking word for a new sentence ("it publishes | its repair times every quarter."). In
text with marks that is nearly always wrong; without marks, or where none comes for long, the parser is all there is.
"""

from spacy.language import Language
from spacy.tokens import Doc

FACTORY = "afterword_borders"
ENDS = frozenset({".", "?", "!", "…", "...", "?!", "!?"})
CLOSES = frozenset({'"', "”", "’", ")", "'"})  # what may stand behind such a mark
LONGEST = 60  # tokens without a mark from which the parser is trusted again


TAIL, STATED = 5, 6  # words of a question about the call, and of the statement before it
_ASKS_OF_THE_CALL = frozenset({"can", "do", "does", "did", "is", "are"})
_OF_THE_CALL = frozenset({"see", "hear", "follow", "okay", "ok", "right", "sense", "visible", "on", "coming"})


def _tail(doc: Doc, start: int, mark: int) -> int | None:
    """Where a question about the call begins behind a statement: "It's out today, I've got one here, can you see it?" """
    for i in range(mark - 1, max(start + STATED, mark - TAIL - 1), -1):
        words = [t.lower_ for t in doc[i:mark]]
        if doc[i - 1].text == "," and words[0] in _ASKS_OF_THE_CALL and len(words) > 1:
            return i if not _OF_THE_CALL.isdisjoint(words[1:]) else None
    return None


def _before_figure(doc: Doc, mark: int) -> None:
    """A sentence that begins with a figure ("It's free. 25 places, and lunch."), which the parser takes for more of the one before."""
    after = doc[mark + 1] if mark + 1 < len(doc) else None
    numbered = mark > 0 and doc[mark - 1].lower_ in _NUMBERED
    if after is not None and after.text[:1].isdigit() and doc[mark].whitespace_ and not numbered:
        after.is_sent_start = True


_NUMBERED = frozenset("no nos p pp vol fig art ca approx st dr mr mrs ms item version".split())


@Language.component(FACTORY)
def borders(doc: Doc) -> Doc:
    """Bars the parser from beginning a sentence between two marks that end one."""
    start = 0
    for token in doc:
        if token.text in ENDS:
            if token.i - start <= LONGEST:
                tail = _tail(doc, start, token.i) if token.text == "?" else None
                for inside in doc[start + 1 : token.i + 1]:
                    inside.is_sent_start = inside.i == tail
            _before_figure(doc, token.i)
            start = token.i + 1
        elif token.i == start and token.text in CLOSES:
            start += 1
    return doc

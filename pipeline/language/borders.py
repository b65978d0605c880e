"""Where sentences may not end: inside what somebody punctuated, the marks decide, not the parse.

The parser takes a second finite-looking word for a new sentence ("it publishes | its repair times every quarter."). In
text with marks that is nearly always wrong; without marks, or where none comes for long, the parser is all there is.
"""

from spacy.language import Language
from spacy.tokens import Doc

FACTORY = "afterword_borders"
ENDS = frozenset({".", "?", "!", "…", "...", "?!", "!?"})
CLOSES = frozenset({'"', "”", "’", ")", "'"})  # what may stand behind such a mark
LONGEST = 60  # tokens without a mark from which the parser is trusted again


@Language.component(FACTORY)
def borders(doc: Doc) -> Doc:
    """Bars the parser from beginning a sentence between two marks that end one."""
    start = 0
    for token in doc:
        if token.text in ENDS:
            if token.i - start <= LONGEST:
                for inside in doc[start + 1 : token.i + 1]:
                    inside.is_sent_start = False
            start = token.i + 1
        elif token.i == start and token.text in CLOSES:
            start += 1
    return doc

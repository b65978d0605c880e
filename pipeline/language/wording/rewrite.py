"""A line of tokens written for a reader who was not there: persons, tenses, times and capitals."""

from collections.abc import Iterable

from spacy.tokens import Token

from pipeline.language.wording.clauses import retense
from pipeline.language.wording.compress import dangles
from pipeline.language.wording.deixis import shift_times
from pipeline.language.wording.line import Doubtful, Line, lowered
from pipeline.language.wording.persons import Voice, resolve


def worded(tokens: Iterable[Token], voice: Voice, *, past: bool = True, line: Line | None = None) -> str:
    """These tokens as reported speech, "said that" left out; raises `Doubtful`."""
    line = line or Line(tokens)
    first = next((t for t in line.tokens if not t.is_punct), None)
    if first is None or any(t.lower_ == "dunno" for t in line.tokens):
        raise Doubtful
    resolve(line, voice)
    retense(line, past=past)
    if past:
        shift_times(line)
    for token in line.tokens:
        opens = token.is_sent_start or token.i == 0 or (token.i == first.i and first.pos_ != "DET")
        if opens and not line.is_put(token):
            line.put(token, lowered(token))
    words = [t for t in line.tokens if not t.is_punct and line.text_of(t)]
    if not words or dangles(words[-1]):
        raise Doubtful
    return str(line)

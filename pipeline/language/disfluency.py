"""Marks what a speaker did not mean to be written: fillers, repetitions, and what a repair takes back.

Nothing is removed: `token._.disfluency` says "filler", "repetition" or "repair", and `doc._.fluent` is the text
without them. "On the Monday, sorry, the Tuesday" marks "the Monday, sorry,", "we di- we did" marks "we di-", "but I
didn't - but I don't" marks what stands before the dash; "very very good" marks nothing.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from pipeline.language.lists import DOUBLED, FILLER_PHRASES, FILLERS, REPAIRS

FACTORY = "afterword_disfluency"
_LONGEST_REPEAT = 5  # words: "we were, um, we were going"
_LONGEST_REPAIR = 6
_STOPS = (".", "?", "!")
_DASHES = frozenset(("-", "--", "–", "—", "...", "…"))
_DETERMINERS = frozenset("the a an this these those my your his her its our their".split())
_UNFINISHED = frozenset(("PRON", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PART"))


def _words(doc: Doc, marks: list[str]) -> list[int]:
    return [t.i for t in doc if not marks[t.i] and not t.is_punct and not t.is_space]


def _mark_fillers(doc: Doc, marks: list[str]) -> None:
    for token in doc:
        if token.lower_ in FILLERS:
            marks[token.i] = "filler"
    low = [t.lower_ for t in doc]
    for phrase in FILLER_PHRASES:
        words = phrase.split()
        for at in range(len(low) - len(words) + 1):
            if low[at : at + len(words)] == words and _set_off(doc, at, at + len(words)):
                marks[at : at + len(words)] = ["filler"] * len(words)


def _set_off(doc: Doc, start: int, end: int) -> bool:
    """Between commas, or between a sentence's edge and a comma."""
    before = (
        start == 0 or doc[start - 1].text in (",", ".", "?", "!", "-", "–", "—") or doc[start - 1].lower_ in FILLERS
    )
    return before and end < len(doc) and doc[end].text == ","


def _mark_repeats(doc: Doc, marks: list[str]) -> None:
    words = _words(doc, marks)
    low = [doc[i].lower_ for i in words]
    at = 0
    while at < len(words):
        size = _repeat_at(doc, words, low, at)
        for place in words[at : at + size]:
            marks[place] = "repetition"
        at += size or 1


def _repeat_at(doc: Doc, words: list[int], low: list[str], at: int) -> int:
    for size in range(min(_LONGEST_REPEAT, (len(low) - at) // 2), 0, -1):
        first = low[at : at + size]
        if first != low[at + size : at + 2 * size] or (size == 1 and not _stammer(doc, words, at)):
            continue
        between = doc[words[at] : words[at + size]]
        if not any(t.text in _STOPS for t in between) and _broken_off(doc, words[at : at + size], len(between)):
            return size
    return 0


def _broken_off(doc: Doc, said: list[int], length: int) -> bool:
    """Whether words said twice were a start that failed: "in the in the", "we went, we went"; without a mark between
    them "that was a joke that was a joke" is two people agreeing, or a sentence that the recogniser did not end."""
    return len(said) == 1 or length > len(said) or not doc[said[-1]].pos_ or doc[said[-1]].pos_ in _UNFINISHED


def _stammer(doc: Doc, words: list[int], at: int) -> bool:
    token, following = doc[words[at]], doc[words[at + 1]]
    if token.lower_ in DOUBLED or token.is_digit or token.like_num:
        return False
    # "Dawn, Dawn Bowden" and "that that" may be meant; small words and words cut by a comma are not.
    return token.is_stop or not token.text[0].isupper() or (following.text == token.text and following.i - token.i > 1)


def _mark_repairs(doc: Doc, marks: list[str]) -> None:
    low = [t.lower_ for t in doc]
    for phrase in sorted(REPAIRS, key=len, reverse=True):
        words = phrase.split()
        for at in range(1, len(low) - len(words)):
            end = at + len(words)
            if low[at:end] != words or marks[at] == "repair" or low[at - 1] != "," or low[end] != ",":
                continue
            start = _taken_back(doc, at - 1, end + 1)
            if start is not None:
                marks[start : end + 1] = ["repair"] * (end + 1 - start)


def _taken_back(doc: Doc, comma: int, resumed: int, names: bool = True) -> int | None:
    """Where the words that the repair replaces begin: the nearest word that the repair starts with again.

    With `names`, also one name or number given for another.
    """
    if resumed >= len(doc):
        return None
    first = doc[resumed]
    for at in range(comma - 1, max(-1, comma - 1 - _LONGEST_REPAIR), -1):
        token = doc[at]
        if token.text in _STOPS:
            return None
        if token.lower_ == first.lower_ and not first.is_punct:
            return at
    if not names:
        return None
    if first.like_num:
        return _same_number(doc, comma, resumed)
    last = doc[comma - 1]
    alike = last.text[:1].isupper() and first.text[:1].isupper() and last.is_alpha
    return comma - 1 if alike else None


def _mark_false_starts(doc: Doc, marks: list[str]) -> None:
    """Words cut off ("th- three"), and what stands before a dash when the sentence then starts again with its word."""
    for token in doc[:-1]:
        if _cut_off(token):
            marks[token.i] = "repair"
        elif token.text in _DASHES and token.i > 0 and not _hyphen(token):
            start = _taken_back(doc, token.i, _resumed(doc, marks, token.i + 1), names=False)
            if start is not None and not _apposition(doc, marks, start, token.i):
                marks[start : token.i + 1] = ["repair"] * (token.i + 1 - start)


def _apposition(doc: Doc, marks: list[str], start: int, dash: int) -> bool:
    """ "the fund - the one from May - ...": a second noun phrase explains the first and takes nothing back."""
    resumed = _resumed(doc, marks, dash + 1)
    alone = start + 1 == dash
    goes_on = resumed + 1 < len(doc) and doc[resumed + 1].lower_ == doc[start + 1].lower_
    return doc[start].lower_ in _DETERMINERS and not alone and not goes_on


def _hyphen(token: Token) -> bool:
    """The mark inside "twenty-one", which joins and breaks nothing off."""
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def _cut_off(token: Token) -> bool:
    return len(token.text) > 1 and token.text[-1] in "-–—" and token.text[:-1].isalpha() and bool(token.whitespace_)


def _resumed(doc: Doc, marks: list[str], at: int) -> int:
    while at < len(doc) and (marks[at] == "filler" or doc[at].text == ","):
        at += 1
    return at


def _same_number(doc: Doc, comma: int, resumed: int) -> int | None:
    """ "three hundred, sorry, four hundred": both ends hold a number; the whole number before is taken back."""
    if not (doc[resumed].like_num or doc[resumed].is_digit):
        return None
    at = comma - 1
    while at >= 0 and (doc[at].like_num or doc[at].lower_ in ("hundred", "thousand", "million", "-", "and")):
        at -= 1
    return at + 1 if at + 1 < comma else None


def mark(doc: Doc) -> list[str]:
    """For each token "", "filler", "repetition" or "repair"."""
    marks = [""] * len(doc)
    _mark_fillers(doc, marks)
    _mark_repairs(doc, marks)
    _mark_false_starts(doc, marks)
    _mark_repeats(doc, marks)
    _mark_commas(doc, marks)
    return marks


def _mark_commas(doc: Doc, marks: list[str]) -> None:
    """A comma that only set off marked words goes with them."""
    for token in doc[1:]:
        if token.text != "," or not marks[token.i - 1]:
            continue
        first = token.i - 1
        while first > 0 and marks[first - 1]:
            first -= 1
        only_fillers = all(mark == "filler" for mark in marks[first : token.i])
        if not only_fillers or first == 0 or doc[first - 1].is_punct:
            marks[token.i] = marks[token.i - 1]


def fluent(span: Doc | Span) -> str:
    """The text without its disfluent tokens; spacing and a leading capital mended."""
    parts = [t.text_with_ws if not t._.disfluency else _space(t) for t in span]
    text = " ".join("".join(parts).split())
    for sign in (",", ".", "?", "!"):
        text = text.replace(f" {sign}", sign)
    text = text.replace(",,", ",").lstrip(" ,.")
    first = next(iter(span), None)
    return text[:1].upper() + text[1:] if first is not None and first.text[:1].isupper() else text


def _space(token: Token) -> str:
    return " " if token.whitespace_ else ""


@Language.factory(FACTORY, assigns=["token._.disfluency", "token._.disfluent"])
def make(nlp: Language, name: str) -> "Disfluency":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe`."""
    return Disfluency()


class Disfluency:
    """Sets `token._.disfluency` ("" | "filler" | "repetition" | "repair") and `token._.disfluent`."""

    def __init__(self) -> None:
        if not Token.has_extension("disfluency"):
            Token.set_extension("disfluency", default="")
            Token.set_extension("disfluent", getter=lambda token: bool(token._.disfluency))
            Doc.set_extension("fluent", getter=fluent)
            Span.set_extension("fluent", getter=fluent)

    def __call__(self, doc: Doc) -> Doc:
        """Mark the doc's tokens."""
        for token, kind in zip(doc, mark(doc), strict=True):
            if kind:
                token._.disfluency = kind
        return doc

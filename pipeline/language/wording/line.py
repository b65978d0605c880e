"""A sentence under rewriting: tokens in an order, each with the text it will be given."""

import re
from collections.abc import Iterable
from functools import lru_cache

import lemminflect
from spacy.tokens import Token

from pipeline.language.wording.words import DOUBLING, OPENING_WORDS

_CLOSING = frozenset(",.;:?!)%’'\"”")


class Doubtful(Exception):  # noqa: N818  -- not an error: the caller answers with None
    """The sentence cannot be reworded safely."""


class Line:
    """An ordered, editable selection of a document's tokens."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self.tokens: list[Token] = list(tokens)
        self._text: dict[int, str] = {}
        self._before: dict[int, str] = {}

    def __contains__(self, token: Token) -> bool:
        return any(t.i == token.i for t in self.tokens)

    def drop(self, tokens: Iterable[Token]) -> None:
        """Leave these out."""
        gone = {t.i for t in tokens}
        self.tokens = [t for t in self.tokens if t.i not in gone]

    def put(self, token: Token, text: str) -> None:
        """Write something else for this token."""
        self._text[token.i] = text

    def before(self, token: Token, text: str) -> None:
        """Write something in front of this token."""
        self._before[token.i] = text

    def move(self, token: Token, *, after: Token) -> None:
        """Set a token behind another."""
        if token not in self or after not in self:
            raise Doubtful
        self.tokens = [t for t in self.tokens if t.i != token.i]
        place = next(n for n, t in enumerate(self.tokens) if t.i == after.i)
        self.tokens.insert(place + 1, token)

    def text_of(self, token: Token) -> str:
        """What will be written for a token."""
        return self._text.get(token.i, str(token.text))

    def is_put(self, token: Token) -> bool:
        """Whether a token was given another text."""
        return token.i in self._text

    def __str__(self) -> str:
        parts: list[str] = []
        last: Token | None = None
        for token in self.tokens:
            text = self.text_of(token)
            if token.i in self._before:
                text = f"{self._before[token.i]} {text}".strip()
            if not text:
                continue
            if parts and not self._glued(last, token, text):
                parts.append(" ")
            parts.append(text)
            last = token
        return tidy("".join(parts))

    def _glued(self, last: Token | None, token: Token, text: str) -> bool:
        if text[0] in _CLOSING and (token.is_punct or text in ("'s", "’s", "'", "’")):
            return True
        if last is None or last.i + 1 != token.i or last.whitespace_:
            return False
        hyphen = last.text in "-–/" or token.text in "-–/"
        return hyphen or not (self.is_put(last) or self.is_put(token))


def tidy(text: str) -> str:
    """Mend spaces and the commas that removed words leave behind."""
    text = re.sub(r"\s+(?:--+|[–—])\s+", ", ", text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;:?!])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    text = re.sub(r"[,;:\s–—-]+([.?!])", r"\1", text)
    text = text.strip(" ,;:–—")
    return text[:-1].rstrip(" ,;:") if text.endswith(".") else text


def inflected(lemma: str, tag: str) -> str:
    """A form of a verb or noun by its Penn tag, e.g. ("give", "VBD") -> "gave"."""
    if lemma == "be" and tag == "VBD":
        return "was"
    forms = lemminflect.getInflection(lemma, tag=tag, inflect_oov=True)  # type: ignore[no-untyped-call]
    if not forms:
        raise Doubtful
    form = str(forms[0])
    doubled = lemma in DOUBLING and form == f"{lemma}ed"
    return f"{lemma}led" if doubled else form


def verb_lemma(token: Token) -> str:
    """The base form of a verb, from the library rather than from the model (which can misread rare ones)."""
    text = token.lower_
    special = {
        "'s": token.lemma_.lower(),
        "'re": "be",
        "'m": "be",
        "'ve": "have",
        "'d": "would",
        "'ll": "will",
        "gon": "go",
    }
    if text in special:
        return special[text]
    forms = lemminflect.getLemma(text, upos="VERB")  # type: ignore[no-untyped-call]
    model = token.lemma_.lower()
    if model in forms:
        return model
    return str(forms[0]) if forms else model


@lru_cache(maxsize=10_000)
def is_base_verb(text: str) -> bool:
    """Whether this is the base form of a verb that the dictionary knows."""
    return text in lemminflect.getAllLemmas(text).get("VERB", ())  # type: ignore[no-untyped-call]


@lru_cache(maxsize=10_000)
def is_noun(text: str) -> bool:
    """Whether the dictionary knows this as a noun too."""
    return bool(lemminflect.getAllLemmas(text).get("NOUN"))  # type: ignore[no-untyped-call]


@lru_cache(maxsize=10_000)
def is_comparative(text: str) -> bool:
    """Whether this can only be a comparative: "stiffer"."""
    kinds = lemminflect.getAllLemmas(text)  # type: ignore[no-untyped-call]
    return (
        text.endswith("er") and "VERB" not in kinds and any(text not in kinds.get(k, (text,)) for k in ("ADJ", "ADV"))
    )


@lru_cache(maxsize=10_000)
def is_word(text: str) -> bool:
    """Whether the library's dictionary knows this word."""
    return bool(lemminflect.getAllLemmas(text))  # type: ignore[no-untyped-call]


def lowered(token: Token) -> str:
    """A token's text for the middle of a sentence: names and abbreviations keep their capitals."""
    text = str(token.text)
    if text.lower() in OPENING_WORDS:
        return text.lower()
    if token.like_num and text.isalpha() and token.pos_ in ("NUM", "NOUN", "ADJ"):
        return text.lower()
    named = token.pos_ == "PROPN" or bool(token.ent_type_) or (len(text) > 1 and text.isupper())
    return text if named or text == "I" or not token.is_title else text.lower()

"""Phrases that name a subject: noun phrases and questions as they stand in a list of areas covered."""

from collections.abc import Sequence

from spacy.tokens import Span, Token

from pipeline.language.wording.clean import clean
from pipeline.language.wording.line import Doubtful, Line, lowered
from pipeline.language.wording.persons import Voice
from pipeline.language.wording.questions import asked
from pipeline.language.wording.sentences import CLOSING, is_asked
from pipeline.language.wording.words import ABOUT, ASKERS, OWN, POINTING

_CUT = (
    "case", "cc", "punct", "mark", "parataxis", "discourse", "vocative", "advcl", "reparandum", "cop", "aux", "dislocated",
)  # fmt: skip


def noun_phrase(token: Token) -> str:
    """The noun with its modifiers, as a label: "the widening gap in ..."; "" where there is none."""
    if token.pos_ not in ("NOUN", "PROPN", "NUM") and token.tag_ != "VBG":
        return ""
    tokens = clean(token.doc[token.left_edge.i : token.right_edge.i + 1])
    kept = {t.i for t in token.subtree} & {t.i for t in tokens}
    for part in token.subtree:
        if part.i != token.i and part.i in kept and _falls(part, token):
            kept -= {t.i for t in part.subtree}
    tokens = _trim([t for t in tokens if t.i in kept], token)
    return _label(tokens) if token.i in {t.i for t in tokens} else ""


def _trim(tokens: list[Token], noun: Token) -> list[Token]:
    leading = ("cc", "case", "advmod")
    while tokens and (tokens[0].is_punct or (tokens[0].dep_ in leading and tokens[0].head.i == noun.i)):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_punct or tokens[-1].pos_ in ("ADP", "CCONJ", "SCONJ", "DET")):
        tokens = tokens[:-1]
    return tokens


def _label(tokens: Sequence[Token]) -> str:
    line = Line(tokens)
    for part in tokens:
        if part.lower_ in OWN and part.dep_ in ("det", "nmod:poss"):
            line.put(part, "the")
    if not line.is_put(tokens[0]):
        line.put(tokens[0], lowered(tokens[0]))
    return str(line)


def _falls(part: Token, noun: Token) -> bool:
    """Whether a modifier must go: remarks, clauses about people in the room, pronouns without a noun."""
    if part.dep_ in _CUT and part.head.i == noun.i:
        return True
    if part.dep_ == "conj" and part.head.i == noun.i and part.pos_ not in ("NOUN", "PROPN"):
        return True
    clause = part.dep_ in ("acl:relcl", "acl", "appos", "advcl", "parataxis", "nmod", "obl", "conj")
    return clause and any(_points(t) for t in part.subtree)


def _points(token: Token) -> bool:
    """Whether a word needs the room or an earlier sentence to be understood."""
    relative = token.tag_ in ("WDT", "WP") or (token.lower_ == "that" and token.head.dep_ == "acl:relcl")
    return token.lower_ in POINTING and token.pos_ == "PRON" and token.dep_ != "expl" and not relative


def question_topic(span: Span, *, body: str | None = None) -> str | None:
    """What a question is about, as a topic: "how to stop the mains from freezing", "whether ..."; or None."""
    tokens = _without_asker(clean(span))
    while tokens and tokens[-1].is_punct and tokens[-1].text not in CLOSING:
        tokens = tokens[:-1]
    words = [t for t in tokens if not t.is_punct]
    lower = tuple(t.lower_.replace("’", "'") for t in words)
    about = next((len(p) for p in ABOUT if lower[: len(p)] == p), 0)
    try:
        if about and len(words) > about:
            return _about(words[about:])
        if not is_asked(words, marked=any(t.text == "?" for t in span[-2:])):
            return None
        return asked(tokens, Voice("", body, nameless=True), past=False)
    except Doubtful:
        return None


def _without_asker(tokens: list[Token]) -> list[Token]:
    """Without "Omar asks," or "my question is:" in front."""
    words = [t for t in tokens if not t.is_punct]
    lower = [t.lower_.replace("’", "'") for t in words]
    for n in range(min(9, len(words) - 2)):
        for asking in ASKERS:
            if tuple(lower[n : n + len(asking)]) == asking and all(
                t.pos_ in ("PROPN", "ADP", "DET", "PRON") for t in words[:n]
            ):
                after = words[n + len(asking)].i
                return [t for t in tokens if t.i >= after]
    return tokens


def _about(words: Sequence[Token]) -> str | None:
    """The noun phrase behind "my question is about"."""
    inside = {t.i for t in words}
    heads = [t for t in words if t.pos_ in ("NOUN", "PROPN") and t.head.i not in inside]
    if not heads:
        return None
    return noun_phrase(heads[0]) or None

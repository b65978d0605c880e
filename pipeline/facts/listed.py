"""Points that a speaker counts off ("three lessons. The first is, measure after each flood. Second, ...") as one sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.facts.polish import capitals, copied, figures
from pipeline.facts.reading import sound
from pipeline.facts.retell import third_person
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import supported
from pipeline.language.phrases import disfluent
from pipeline.language.reported import join_and
from pipeline.language.said import Said, Token, unresolved
from pipeline.language.wording.line import verb_lemma

_COUNT = r"(?P<count>two|three|four|five|six|seven)"
_NOUN = r"(?P<noun>lessons|points|things|rules|suggestions|recommendations|requests|reasons|findings|proposals|questions|ideas|principles|steps)"
_FRAME = re.compile(rf"\b{_COUNT} (?:\w+ )?{_NOUN}\b")
_ORDINAL = re.compile(
    r"^(?:(?:and|so|but|then|now)[, ]+)*(?:the |my |our )?(?P<nth>first|second|third|fourth|fifth|sixth|last|firstly|secondly|thirdly|lastly|finally)"
    r"(?: (?:one|thing|point|lesson|rule|reason|is|was|of (?:them|these|those)))*(?:,| is\b| was\b| would be\b|:|(?<= is)|(?<= was))+,?\s*(?:to\b|that\b)?\s*"
)
_REACH = 14  # sentences after the frame in which the items stand
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(frozen=True)
class Listed:
    """A frame and its items, worded as one sentence about the speaker."""

    text: str
    said: tuple[Said, ...]  # the frame first


def listed(said: Sequence[Said], meeting: Meeting, *, short: str) -> Listed | None:
    """The first list that a speaker counts off, if at least two of its items can be told."""
    for n, frame in enumerate(said):
        found = _FRAME.search(frame.plain)
        if not found:
            continue
        items = [s for s in said[n + 1 : n + 1 + _REACH] if _ORDINAL.match(s.plain)]
        told = [(s, text) for s in items if (text := _item(s))]
        if len(told) < 2 or len(told) != len(items):
            continue
        made = _sentence(found["count"], found["noun"], [t for _, t in told], short)
        evidence = (frame, *(s for s, _ in told))
        text = capitals(figures(made), meeting.bodies)
        point = Statement(text, tuple(s.evidence for s in evidence), (frame.name,) if frame.name else ())
        if len(text.split()) <= 70 and supported(point, meeting):
            return Listed(text, evidence)
    return None


def bare_frame(said: Said) -> bool:
    """Whether a sentence only promises a list ("From that I take three lessons."), or is the shell of an item."""
    item = _ORDINAL.match(said.plain)
    if item:
        return len(said.plain[item.end() :].split()) < 4
    return bool(_FRAME.search(said.plain)) and len(said.words) < 14


def _sentence(count: str, noun: str, items: Sequence[str], short: str) -> str:
    number = count if _size(count) == len(items) else _words(len(items))
    parts = join_and(items) if all("," not in i for i in items) else "; ".join(items[:-1]) + "; and " + items[-1]
    return f"{short} named {number} {noun}: {parts}."


def _size(count: str) -> int:
    return ["zero", "one", "two", "three", "four", "five", "six", "seven"].index(count)


def _words(size: int) -> str:
    return ["no", "one", "two", "three", "four", "five", "six", "seven"][min(size, 7)]


def _item(said: Said) -> str | None:
    found = _ORDINAL.match(said.plain)
    if not found or unresolved(said):
        return None
    first = len(said.plain[: found.end()].split())
    if first >= len(said.words):
        return None
    tokens = [t for t in said.span if t.idx >= said.offsets[first] and not disfluent(t) and not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].pos_ == "INTJ"):
        tokens.pop(0)
    if len([t for t in tokens if not t.is_punct]) < 2 or any(t.lower_ in {"i", "me", "my"} for t in tokens):
        return None
    text = _request(tokens) if _is_request(tokens) else _clause(tokens)
    return text if text and sound(f"was {text} then") and not copied(text, said.plain) else None


def _is_request(tokens: Sequence[Token]) -> bool:
    """ "Measure after each flood", "let other people see it", "don't wait"."""
    head = tokens[0]
    if head.lower_ in {"do", "let", "never", "don"}:
        return True
    if (
        head.tag_ == "NN"
        and len(tokens) > 1
        and tokens[1].tag_ in {"IN", "DT", "PRP$", "CD", "PRP"}
        and head.dep_ != "nsubj"
    ):
        return (
            not any(t.dep_.startswith("nsubj") for t in tokens)
            or tokens[1].tag_ != "IN"
            or head.dep_ in {"ROOT", "dep"}
        )
    subject = any(t.dep_.startswith("nsubj") and t.head == head and t.i < head.i for t in tokens)
    verbal = head.tag_ == "VB" or (head.tag_ == "VBP" and head.pos_ in {"VERB", "AUX"})
    return verbal and not subject


def _request(tokens: Sequence[Token]) -> str | None:
    denied = ""
    if tokens[0].lower_ == "never":
        denied, tokens = "never ", tokens[1:]
    elif tokens[0].lower_ in {"do", "don"} and len(tokens) > 2 and tokens[1].lower_ in {"n't", "n’t", "not"}:
        denied, tokens = "not ", tokens[2:]
    at = next((i for i, t in enumerate(tokens) if i and t.tag_ in {"VB", "VBP"}), None)
    if tokens[0].lower_ == "let" and at and at + 1 < len(tokens):
        whom, what = third_person(tokens[1:at], addressed=True), third_person(tokens[at + 1 :], addressed=True)
        return f"{denied}to let {whom} {verb_lemma(tokens[at])} {what}" if whom and what else None
    rest = third_person(tokens[1:], addressed=True)
    lemma = "let" if tokens[0].lower_ == "let" else verb_lemma(tokens[0])
    return f"{'never to' if denied == 'never ' else denied + 'to'} {lemma} {rest}" if rest else None


def _clause(tokens: Sequence[Token]) -> str | None:
    text = third_person(tokens)
    if not text:
        return None
    return f"that {text}" if any(t.tag_ in _FINITE and n > 0 for n, t in enumerate(tokens)) else text

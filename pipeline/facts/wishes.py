"""What a speaker asks of those who listen, however politely: "I would like your logs by May", "would each of you count ...?"."""

import re
from collections.abc import Sequence

from pipeline.facts.bare import bare_tokens
from pipeline.facts.retell import third_person
from pipeline.language.phrases import Token
from pipeline.language.said import Said
from pipeline.language.wording.line import is_base_verb

_ALL = r"(?:you|each of you|all of you|every one of you|everybody|everyone)"
_TO_DO = (
    re.compile(rf"^(?:i|we)(?: would| 'd|'d)? (?:like|love|want|ask|urge|beg|need) {_ALL} (?:all )?to (?:please )?"),
    re.compile(r"^(?:would|could|will|can) (?:each|all|every one) of you (?:please )?"),
    re.compile(r"^(?:would|could|will|can) (?:everybody|everyone) (?:please )?"),
    re.compile(r"^my (?:\w+ )?(?:request|plea|ask|appeal)(?: to you)? (?:is|'s) to "),
    re.compile(r"^(?=(?:e-?mail|write|ring|phone|call|send|tell|text|message) (?:me|us)\b)"),
)
_TO_HAVE = re.compile(r"^(?:i|we)(?: would| 'd|'d) (?:like|love|welcome) (?=your\b)")
_THAT = re.compile(r"^my (?:\w+ )?(?:request|plea|ask|appeal)(?: to you)? (?:is|'s) that ")
_REST = re.compile(
    r" , (?:and )?(?:no|yes|please|thank you|thanks)\b.*$| , (?:that 's|have you|do you|are you|would you)\b.*$"
)
# "your logs, just dates and what was seen, by May"; a condition or a denial is no aside.
_ASIDE = re.compile(r", (?![^,]*\b(?:if|unless|not|no|never|only|until|except|when|before|after)\b)[^,]+, (?=\w)")
LEAST, MOST = 4, 30  # words of what is asked


def wishes(said: Said, audience: str) -> list[str]:
    """ "asked members to count the hours": what a sentence asks of everybody, whole or without an aside; empty where it asks nothing."""
    whole = _wish(said, audience)
    if whole is None:
        return []
    shorter = _ASIDE.sub(" ", whole, count=1)
    return [whole] if shorter == whole else [whole, shorter]


def _wish(said: Said, audience: str) -> str | None:
    tokens = bare_tokens(said.span)
    tokens = [t for t in tokens if t.lower_ != "here"]
    while tokens and tokens[0].lower_ in {"please", ","}:
        tokens = tokens[1:]
    plain = " ".join(t.lower_.replace("’", "'") for t in tokens).rstrip(" .?!")
    if (rest := _REST.search(plain)) and len(plain[: rest.start()].split()) > LEAST:
        plain = plain[: rest.start()]
    for pattern in _TO_DO:
        if found := pattern.match(plain):
            return _asked(f"asked {audience} to", tokens, plain, found.end(), verb=True)
    if found := _TO_HAVE.match(plain):
        return _asked(f"asked {audience} for", tokens, plain, found.end())
    if found := _THAT.match(plain):
        return _asked("asked that", tokens, plain, found.end())
    return None


def _asked(lead: str, tokens: Sequence[Token], plain: str, at: int, *, verb: bool = False) -> str | None:
    """The lead with what is asked, in the third person; whoever asks is "the speaker"."""
    own = list(tokens[len(plain[:at].split()) : len(plain.split())])
    if not LEAST <= len(own) <= MOST or (verb and not is_base_verb(own[0].lower_)):
        return None
    if any(t.lower_ in {"i", "we"} for t in own):
        return None
    pieces: list[str] = [own[0].lower_] if verb else []
    begin = int(verb)
    for n in [n for n, t in enumerate(own) if t.lower_ in {"me", "us"}] + [len(own)]:
        if begin < n:
            piece = third_person(own[begin:n], addressed=True)
            if piece is None:
                return None
            pieces.append(piece)
        if n < len(own):
            pieces.append("the speaker")
        begin = n + 1
    return f"{lead} {' '.join(pieces)}".replace(" ,", ",")

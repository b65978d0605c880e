"""What a wording must not lose or leave open: a condition, what a denial is bound to, whom "he" and "it" mean."""

import re

from pipeline.facts.view import Meeting
from pipeline.language.said import CUT, Said
from pipeline.language.wording.words import DAYS, MONTHS
from pipeline.measures.lists import STOP_WORDS

_CONDITION = re.compile(
    r"\b(?:if|unless|provided|assuming|as long as|depend\w*)\b|(?:^|, |and |but )(?:were|should|had) (?:the|it|they|he|she|we|you|this|that|there)\b(?: \w+){1,6},"
)


def unconditioned(text: str, said: Said) -> bool:
    """Whether a condition was lost: "were the vote to go in favour, the rule would change" is no "the rule would change".

    So it is with "we don't go in when ...": what is not done at some times is not "not done".
    """
    if re.search(r"\bwhether\b", text):
        return False
    if _CONDITION.search(said.plain) and "would" in text.split() and not _CONDITION.search(text):
        return True
    bound = _BOUND_TO.search(said.plain)
    return bool(bound) and bool(_DENIAL.search(text)) and not _BOUND_TO.search(text)


# What binds the clause before it; behind an "and" it begins something new.
_BOUND_TO = re.compile(r"(?<!and )(?<!but )\b(?:if|unless|when|whenever|until|till|except|before|after|without)\b")
_DENIAL = re.compile(r"\b(?:not|never|no|nobody|nothing|none|cannot)\b")


_TURNS = re.compile(r"^(?P<before>.{12,}?),? but (?=[\w']+ [\w']+ [\w']+)")


def half_told(text: str, said: Said) -> bool:
    """Whether only what a "but" turns against was told: "hiding the salt is all very well, but it's the bread" is no praise of hiding."""
    turn = _TURNS.match(said.plain)
    if turn is None or re.search(r"\b(?:but|although|though|however|yet|while)\b|;", text):
        return False
    behind, before, told = (
        set(re.findall(r"[a-z]{4,}", part)) - STOP_WORDS
        for part in (said.plain[turn.end() :], turn["before"], text.lower())
    )
    return bool(behind - before) and not (behind - before) & told


def of_nothing(text: str, said: Said) -> bool:
    """Whether a wording ends in an "it" or "them" for which nothing in the sentence can stand ("Ann Lee had it")."""
    return bool(re.search(r" (?:it|them)$", text)) and not any(t.pos_ == "NOUN" for t in said.span)


_THE_ONE = re.compile(
    r"said that (?:the|this|that) (?:old|new|other|first|second|third|last|next|big|small|same|latter|former) one\b"
)


def leans(text: str, said: Said) -> bool:
    """Whether a wording has an object "it" or "them" for which nothing before it can stand: "they were doing it with Ann Lee"."""
    if _THE_ONE.match(text):
        return True
    told = set(re.findall(r"[\w'-]+", text.lower()))
    nouns = [t for t in said.span if t.pos_ in ("NOUN", "PROPN")]
    objects = [t for t in said.span if t.lower_ in ("it", "them") and t.dep_ == "obj" and t.i + 1 < t.sent.end]
    pointing = [t for t in objects if t.nbor(1).pos_ not in ("ADJ", "PUNCT") and t.lower_ in told]
    return any(not any(n.i < t.i and n.lower_ in told for n in nouns) for t in pointing)


_PERSONAL = re.compile(r"\b(?:he|she|him|his|her|hers)\b")


def of_nobody(text: str, said: Said, meeting: Meeting, *, after: bool) -> bool:
    """Whether "he" or "she" is told of somebody whom neither this sentence nor the one before it names."""
    found = _PERSONAL.search(text)
    if not found or _names_somebody(text[: found.start()]):
        return False
    before = meeting.outline.said[said.index % CUT - 1] if after and said.index % CUT else None
    if before is None:
        return True
    named = any(t.pos_ == "PROPN" and t.lower_ not in DAYS | MONTHS for t in before.span)
    return not named and not _SOMEBODY.search(before.plain)


def _names_somebody(text: str) -> bool:
    """Whether a text has a name behind its first word, or a word for one person."""
    return bool(re.search(r"(?<=[\w,] )[A-Z][a-z]+", text)) or bool(_SOMEBODY.search(text.lower()))


_SOMEBODY = re.compile(
    r"\b(?:man|woman|person|boy|girl|child|student|teacher|doctor|nurse|director|minister|president|member|somebody|someone|everyone|everybody|"
    r"colleague|friend|mother|father|farmer|driver|engineer|manager|chair|secretary|speaker|officer|patient|resident|applicant|one of (?:the|our|my))\b"
)

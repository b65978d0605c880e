"""What a wording must not lose or leave open: a condition, what a denial is bound to, whom "he" and "it" mean."""

import re
from collections.abc import Sequence

from pipeline.facts.view import Meeting
from pipeline.language.phrases import Token, lemma
from pipeline.language.said import Said
from pipeline.language.wording.words import DAYS, MONTHS

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


def of_nothing(text: str, said: Said) -> bool:
    """Whether a wording ends in an "it" or "them" for which nothing in the sentence can stand ("Ann Lee had it")."""
    return bool(re.search(r" (?:it|them)$", text)) and not any(t.pos_ == "NOUN" for t in said.span)


_PERSONAL = re.compile(r"\b(?:he|she|him|his|her|hers)\b")


def of_nobody(text: str, said: Said, meeting: Meeting, *, after: bool) -> bool:
    """Whether "he" or "she" is told of somebody whom neither this sentence nor the one before it names."""
    found = _PERSONAL.search(text)
    if not found or _names_somebody(text[: found.start()]):
        return False
    before = meeting.outline.said[said.index - 1] if after and said.index else None
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


# ---- what a sentence leaves to its neighbours --------------------------------------------------------------------

# Nouns whose "the" needs no mention before: there is one of each, or everybody knows which.
_ONLY_ONE = frozenset(
    "government council state country county world sun weather internet web law public press police army church sea ground air sky "
    "winter summer spring autumn fall year month week day morning afternoon evening night past future present beginning end start rest "
    "first second third last next other same only whole half majority minority number amount rate share total average median most "
    "meeting webinar session conference call chat audience floor panel network society association union club trust board committee "
    "chair president secretary treasurer website page newsletter recording slides members public community region city town village "
    "problem answer question reason point idea aim goal result lesson advice truth fact thing way time moment trouble difference "
    "pandemic covid war minister ministry parliament economy market budget".split()
)
_HEADLESS = frozenset(
    {"one", "ones", "others", "another", "some", "both", "neither", "either", "each", "few", "several", "more", "less"}
)


def leanings(said: Said) -> int:
    """How many things in a sentence only its neighbours explain: "the" ones that nobody has named, "those", a bare figure."""
    found = 0
    named: set[str] = set()
    tokens = [t for t in said.span if not t.is_punct and not t.is_space]
    for n, t in enumerate(tokens):
        low = t.lower_
        if t.pos_ in ("NOUN", "PROPN"):
            definite = next((c for c in t.children if c.dep_ == "det"), None)
            if definite is not None and definite.lower_ in ("the", "this", "that", "these", "those"):
                found += _leans_on(t, definite.lower_, named)
            named.add(lemma(t))
        elif t.pos_ == "PRON" and t.tag_ == "DT" and t.dep_ in ("nsubj", "nsubj:pass", "obj", "obl", "nmod"):
            found += not any(c.dep_ in ("acl", "acl:relcl") for c in t.children)
        elif low in _HEADLESS and t.dep_ in ("nsubj", "nsubj:pass", "obj", "obl") and t.pos_ in ("NOUN", "PRON", "NUM"):
            found += not any(c.dep_ in ("acl", "acl:relcl", "nmod") for c in t.children)
        elif t.pos_ == "NUM" and t.dep_ in ("nsubj", "nsubj:pass", "obj", "root", "ROOT", "attr"):
            found += not _counts_something(tokens, n)
    return found


def _leans_on(noun: Token, article: str, named: set[str]) -> bool:
    if lemma(noun) in named or noun.pos_ == "PROPN" or noun.ent_type_:
        return False
    explained = any(c.dep_ in ("nmod", "acl", "acl:relcl", "appos", "nmod:poss", "nummod") for c in noun.children)
    told_apart = any(
        c.tag_ in ("JJS", "RBS")
        or c.lower_ in ("first", "second", "third", "last", "next", "only", "same", "whole", "other")
        or c.pos_ == "PROPN"
        for c in noun.children
    )
    if explained or told_apart:
        return False
    if article in ("this", "these", "that", "those"):
        return lemma(noun) not in _TIMES
    if any(c.dep_ in ("compound", "amod") for c in noun.children):
        return False
    return lemma(noun) not in _ONLY_ONE


_TIMES = frozenset(
    "year month week morning afternoon evening autumn spring summer winter season country time day meeting century".split()
)


def _counts_something(tokens: Sequence[Token], n: int) -> bool:
    """Whether a figure that stands alone says of what: "eight of the schools", "in 2019", "at 9", "two hundred trees"."""
    end = next((k for k in range(n, len(tokens)) if tokens[k].pos_ != "NUM" and tokens[k].lower_ != "and"), len(tokens))
    if end < len(tokens) and (tokens[end].lower_ == "of" or tokens[end].pos_ in ("NOUN", "PROPN", "ADJ", "ADV")):
        return True
    begin = next((k for k in range(n, -1, -1) if tokens[k].pos_ != "NUM" and tokens[k].lower_ != "and"), -1)
    before = tokens[begin] if begin >= 0 else None
    return before is not None and (before.pos_ == "ADP" or before.lower_ in MONTHS or before.text in "£$€")

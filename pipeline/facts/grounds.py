"""What a sentence cannot stand without: the one that introduces what it points to, and the one that takes it back.

"The platform is free on Wednesdays" needs "they've had a platform at the water's edge"; "we're merging, you may have heard"
needs "we're not"; "ten years ago it was eleven" needs "today it's seven".
"""

import re
from collections.abc import Mapping

from pipeline.facts.values import values_of
from pipeline.language.phrases import Token, ends_asking, lemma
from pipeline.language.said import Said
from pipeline.language.structure import Outline

REACH = 12  # sentences before, within which a thing is introduced
FEW = 9  # words of a sentence that only denies the one before
SHORT = 24  # words of a sentence that says what became of it
_DEFINITE = frozenset({"the", "that", "those", "these", "this"})
_NEW = frozenset({"a", "an", "another", "some", "one", "two", "three", "four", "five", "several", "our", "my"})
_OWN = frozenset({"amod", "compound", "acl", "acl:relcl", "nummod", "appos", "nmod:poss", "flat", "advmod"})
_OF = frozenset({"of", "for", "with", "from", "between"})
# Words that everybody knows, or that stand for a part of something just named.
_KNOWN = frozenset(
    "thing way time day week month year morning afternoon evening night end start people person world country public answer question "
    "reason problem point idea rest same most first last second number side top bottom middle money work chat screen call meeting".split()
)


def introduced_by(said: Said, own: Mapping[int, Said]) -> Said | None:
    """The sentence of the same contribution in which a thing comes up that this one only calls "the platform".

    `own`: the sentences of the contribution by index. None where the thing was named before with "the", or not at all.
    """
    for noun in _bare_definites(said):
        for i in range(said.index - 1, said.index - 1 - REACH, -1):
            before = own.get(i)
            mentions = [t for t in before.span if lemma(t) == lemma(noun)] if before else []
            if any(_is_new(t) for t in mentions):
                return before
            if mentions:
                break
    return None


def _bare_definites(said: Said) -> list[Token]:
    """The nouns of a sentence that stand with "the" or "that" and nothing else, the first time that they come up in it."""
    seen: set[str] = set()
    out = []
    for t in said.span:
        if t.pos_ != "NOUN":
            continue
        kinds = {c.dep_ for c in t.children}
        definite = any(c.lower_ in _DEFINITE and c.i == t.i - 1 for c in t.children)
        said_of = any(c.dep_ == "nmod" and any(x.lower_ in _OF for x in c.children) for c in t.children)
        if definite and not said_of and not kinds & _OWN and lemma(t) not in _KNOWN | seen:
            out.append(t)
        seen.add(lemma(t))
    return out


def _is_new(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and any(c.lower_ in _NEW and c.i < noun.i for c in noun.children)


# "No, seriously, what we do is ...", "I'm joking.": what was said right before was meant as a joke.
_SERIOUSLY = re.compile(
    r"^(?:(?:no|but|now|and|so|well|okay|um|uh|er)[, ]+)*(?:seriously\b|joking (?:aside|apart)\b|in all seriousness\b|jokes? aside\b)"
)
_JOKING = re.compile(r"\b(?:i'm|i am|only|just) (?:joking|kidding|teasing)\b")
JOKES = 3  # sentences of a turn before it


def joked(said: Said, outline: Outline) -> bool:
    """Whether its speaker says right behind a sentence that it was a joke."""
    turn = [s for s in outline.of_turn(said.turn) if said.index < s.index <= said.index + JOKES]
    opens = said.index <= outline.of_turn(said.turn)[0].index + JOKES
    serious = opens and any(_SERIOUSLY.search(s.plain) for s in turn)
    return serious or any(_JOKING.search(s.plain) for s in turn[:1])


_DENIES = re.compile(
    r"^(?:(?:and|but|well|so|now|no|actually|sadly|alas|in fact|of course|i know)[, ]+)*(?:we|it|they|that|this|i|he|she|you)(?:'s|'re|'m|'ve| \w+)? ?(?:\w*n't|not|never|no longer)\b|"
    r"^(?:(?:and|but|well|so|now)[, ]+)*(?:nothing|nobody|none of|no one)\b"
)
# What was done before, and is not done any more; what was hoped of it, and did not come.
_GIVEN_UP = re.compile(
    r"\b(?:(?:we|i|they|it|he|she|that)(?:'ve| have| has|'s)? (?:\w+ )?(?:stopped|dropped|scrapped|abandoned|ditched|failed|collapsed)|threw (?:it|that|them|those|the lot) (?:out|away)|"
    r"g[ai]ven? (?:it|that|them) up|no longer|not any ?more|(?:is|are|was|were|been|'s) (?:fixed|gone|sorted)|in (?:its|the|their) place)\b"
)
_OPEN = re.compile(
    r"\b(?:nothing|not|n't|never|nobody)\b.{0,30}\b(?:decided|agreed|planned|settled|decision|promise\w*|approved|confirmed|signed|published|proved)\b|"
    r"\bno (?:decision|promise|budget|date|plan)s?\b|\b(?:has|have|had)(?:n't| not) (?:\w+ )?got\b|\b(?:only|just) (?:a|an) (?:idea|thought|proposal|sketch)\b|\bspeculative\b|\bnot a (?:decision|promise|yes)\b"
)
_BEFORE = re.compile(
    r"\b(?:before|used to|until (?:now|then|last|this)|years? ago|at first|originally|(?:in|since|back in) (?:19|20)\d\d|last (?:year|winter|summer|spring|autumn|season)|when (?:i|we) (?:started|began|trained|came|first))\b"
)
_NOW = re.compile(r"\b(?:now|today|these days|this year|nowadays|since (?:then|\w+day)|at present|in the end)\b")


def sequel(said: Said, own: Mapping[int, Said]) -> Said | None:
    """The sentence behind one that denies it, leaves it open, says that it was given up, or gives the later figure."""
    after = own.get(said.index + 1)
    if after is None or after.turn != said.turn or ends_asking(after.text) or ends_asking(said.text):
        return None
    few = len(after.words) <= FEW
    if after.plain.startswith("well,") and len(after.words) <= FEW + 3:
        return after  # "They've not noticed. Well, they've noticed that they can come at seven."
    if few and _DENIES.search(after.plain):
        return after
    if len(after.words) > SHORT:
        return None
    later = (
        _BEFORE.search(said.plain)
        and not _NOW.search(said.plain)
        and _NOW.search(after.plain)
        and values_of(said.text)
        and values_of(after.text)
    )
    return after if later or _GIVEN_UP.search(after.plain) or _OPEN.search(after.plain) else None

"""What somebody said in their own words, where no wording of ours would be safe: short, whole, between quotation marks.

Only fillers, repetitions and the words that lead into a sentence are left out; what is quoted was said in this order.
"""

import re

from pipeline.facts.polish import capitals, figures
from pipeline.facts.retell import bare_tokens
from pipeline.facts.view import Meeting
from pipeline.language.lists import COURTESIES
from pipeline.language.phrases import Token, is_content, points_back
from pipeline.language.said import Said
from pipeline.measures.normalise import numbers_of

LONGEST, LONGEST_UNPUNCTUATED = 30, 22  # words; without commas a long sentence is hard to read
LEAST = 4
_POINTING = frozenset("this that these those which such so here there".split())
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OF_THE_TALK = re.compile(
    r"^today is\b|\b(?:thanks?|thank you|welcome|sorry|please|hello|good (?:morning|afternoon|evening)|screen|slides?|mute|microphone|as i said|"
    r"(?:i|we)(?:'ll| will|'m going to|'d like to| want to) (?:say|talk|tell|show|speak|start|begin|come|go|move|turn|ask|finish|stop|hand)|let me|let's|"
    r"you (?:can|could|may|might|will) see|i (?:mean|guess|don't know)|or something|whatever|sort of|kind of|anyway)\b"
)
# What only leads to a statement: "the short answer is that", "what I can say is that", "... which is that".
_FRAME = re.compile(
    r"^(?:[\w'’ ]{0,60}? )??(?:(?:thing|point|answer|truth|fact|news|upshot|message|what (?:i|we) (?:can|want to|would|will|'d|have to) \w+)"
    r"(?: [\w'’]+){0,8}?)(?: which)? (?:is|was)(?: ,)? that (?=\w+ \w+ \w+)"
)


def quoted(said: Said, meeting: Meeting, *, after: bool) -> str | None:
    """The predicate `said: “...”`, or None where the sentence cannot stand by itself."""
    tokens = _spoken(said)
    words = [t for t in tokens if not t.is_punct]
    uncased = not said.text[:1].isupper()
    if (
        _asks(tokens)
        or (tokens[:1] and tokens[0].lower_ == "because")
        or not LEAST <= len(words) <= (LONGEST_UNPUNCTUATED if uncased else LONGEST)
    ):
        return None
    if said.text.rstrip()[-1:] in {"?", ",", "-", "…"} or _OF_THE_TALK.search(said.plain):
        return None
    if not after and (_leans(tokens) or points_back(said.span)):
        return None
    if sum(is_content(t) for t in words) < 2 or words[-1].pos_ in {"ADP", "DET", "CCONJ", "SCONJ"}:
        return None
    text = re.sub(r"\bi\b(?=['’]| |$)", "I", spaced(tokens))
    text = text.rstrip(" .!")
    text = re.sub(r",? and (?:yes|no|well),? .*$", "", text)  # "..., and yes, we have heard all the jokes"
    return f"said: “{figures(capitals(text[:1].upper() + text[1:], meeting.bodies))}.”"


def inner(predicate: str) -> str | None:
    """The quoted words of a predicate, with their stop; None where it quotes nothing."""
    found = re.fullmatch(r"said: “(.+)”", predicate)
    return found[1] if found else None


def loses(predicate: str, quoted_one: str) -> bool:
    """Whether a wording lacks a figure or a name that the quotation of the same sentence has."""
    own = inner(quoted_one) or ""
    names = {w.lower() for w in re.findall(r"(?<=[a-z,;] )[A-Z][\w'’-]+", own)} - {"i", "i'm", "i've", "i'd", "i'll"}
    told = set(re.findall(r"[\w'’-]+", predicate.lower()))
    return bool(numbers_of(own) - numbers_of(predicate) or names - told)


def _spoken(said: Said) -> list[Token]:
    """The sentence's tokens without what leads into it or calls somebody."""
    tokens = bare_tokens(said.span, verbatim=True)
    while len(tokens) > 1 and (tokens[0].is_punct or _calls(tokens)):
        tokens = tokens[1:]
    if [t.lower_ for t in tokens[1:3]] == ["to", "say"] and tokens[0].lower_ in {"only", "just"}:
        tokens = tokens[3:]
    found = _FRAME.match(" ".join(t.lower_ for t in tokens))
    if found:  # "the short answer is that ..."
        tokens = tokens[len(found[0].split()) :]
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ == "vocative"):
        tokens = tokens[:-1]
    return tokens


def _asks(tokens: list[Token]) -> bool:
    """Whether it is a question that nobody wrote a mark behind."""
    first, second = (*tokens, None, None)[:2]
    return second is not None and (
        (first.tag_ in {"WP", "WRB", "WDT"} and second.pos_ == "AUX")  # type: ignore[union-attr]
        or (first.pos_ == "AUX" and second.pos_ in {"PRON", "PROPN", "DET"})  # type: ignore[union-attr]
    )


def _calls(tokens: list[Token]) -> bool:
    """Whether it begins by calling somebody: "Convener, ...", "madam chair we don't ..."."""
    return tokens[0].dep_ == "vocative" or (
        tokens[0].lower_ in COURTESIES and tokens[1].pos_ not in {"VERB", "AUX", "ADP", "PROPN"}
    )


def _leans(tokens: list[Token]) -> bool:
    """Whether it begins by pointing, or is no sentence: it needs the one before it.

    A figure behind a noun with its article makes one, whatever its verb was taken for ("The pole cost eleven pounds").
    """
    if tokens[0].lower_ in _POINTING:
        return True
    if any(t.tag_ in _FINITE or (n == 0 and t.tag_ == "VB") for n, t in enumerate(tokens)):
        return False
    return tokens[0].pos_ != "DET" or tokens[1].pos_ not in {"NOUN", "PROPN"} or not any(t.like_num for t in tokens[2:])


def spaced(tokens: list[Token]) -> str:
    """The tokens spaced as they were; where one was left out between two words, a space stands for it."""
    text = ""
    for t, follows in zip(tokens, [*tokens[1:], None], strict=True):
        apart = follows is not None and follows.i > t.i + 1
        text += t.text + (" " if t.whitespace_ or apart else "")
    return re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", text)).strip()

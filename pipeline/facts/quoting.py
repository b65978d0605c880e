"""What somebody said in their own words, where no wording of ours would be safe: short, whole, between quotation marks.

Only fillers, repetitions and the words that lead into a sentence are left out; what is quoted was said in this order.
"""

import re
from collections.abc import Iterator

from pipeline.facts.bare import bare_tokens
from pipeline.facts.polish import capitals, figures, unstrayed
from pipeline.facts.view import Meeting
from pipeline.language.lists import AUXILIARIES, COURTESIES, QUESTION_WORDS
from pipeline.language.phrases import Token, ends_asking, is_content, points_back
from pipeline.language.said import Said
from pipeline.language.wording.words import NAMING
from pipeline.measures.normalise import numbers_of

LONGEST, LONGEST_UNPUNCTUATED = 30, 22  # words; without commas a long sentence is hard to read
LEAST, LEAST_LEADING = 4, 2  # words
LEAST_CONTENT = 2  # of them that name something
_POINTING = frozenset("this that these those which such so here there".split())
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_OF_THE_TALK = re.compile(
    r"^today is\b|\b(?:thanks?(?! to\b)|thank you|welcome|sorry|please|hello|good (?:morning|afternoon|evening)|screen|slides?|mute|microphone|as i said|"
    r"(?:i|we)(?:'ll| will|'m going to|'d like to| want(?:ed)? to) (?:say|talk|tell|show|speak|start|begin|come|go|move|turn|ask|finish|stop|hand)|let me|let's|"
    r"you (?:can|could|may|might|will) see|i (?:mean|guess|don't know)|or something|whatever|sort of|kind of|anyway)\b"
)
# What only leads to a statement: "the short answer is that", "what I can say is that", "I should say,".
_FRAME = re.compile(
    r"^i (?:should|must|have to|ought to) say(?: that)?(?: ,)? (?=\w+ \w+ \w+)|^(?:[\w'’ ]{0,60}? )??(?:(?:thing|point|answer|truth|fact|news|upshot|message|what (?:i|we) (?:can|want to|would|will|'d|have to) \w+)"
    r"(?: [\w'’]+){0,8}?)(?: which)? (?:is|was)(?: ,)? that (?=\w+ \w+ \w+)"
)


def quoted(said: Said, meeting: Meeting, *, after: bool, leads: bool = False, longest: int = LONGEST) -> Iterator[str]:
    """Predicates `said: “...”`: the sentence whole, then as far as an "and" at which a new clause begins.

    `leads`: the next sentence stands behind it, so that two or three words will do ("The seed swap.").
    """
    asked = leads and ends_asking(said.text)
    if said.text.rstrip()[-1:] in {"?", ",", "-", "…"} and not asked:
        return
    if not after and points_back(said.span):
        return
    whole = _spoken(said)
    longest = longest if said.text[:1].isupper() else LONGEST_UNPUNCTUATED
    for tokens in (whole, *_begun(whole)):
        words = [t for t in tokens if not t.is_punct]
        if not (LEAST_LEADING if leads else LEAST) <= len(words) <= longest:
            continue
        if (
            (_asks(tokens) and not asked)
            or tokens[0].lower_ == "because"
            or (not after and not leads and _leans(tokens))
        ):
            continue
        if _OF_THE_TALK.search(" ".join(t.lower_ for t in tokens).replace(" '", "'").replace(" ’", "'")):
            continue
        named = [t for t in words if is_content(t)]
        if not any(t.pos_ != "NUM" for t in named):
            continue  # "thirty-four out of forty-one"
        if len(named) < (1 if leads else LEAST_CONTENT) or _hangs(words[-1]):
            continue
        text = re.sub(r"(?<![.\w])i\b(?=['’]| |$)", "I", spaced(tokens)).rstrip(" .!?")
        text = re.sub(r",? and (?:yes|no|well),? .*$", "", text)  # "..., and yes, we have heard all the jokes"
        text = re.sub(r", so if [^,]*$", "", text)  # "..., so if anybody's got a rich aunt"
        text = unstrayed(text)
        text = re.sub(r'"([^"]*)"', r"‘\1’", text).replace('"', "")  # a quotation in a quotation
        yield f"said: “{figures(capitals(text[:1].upper() + text[1:], meeting.bodies))}{'?' if asked else '.'}”"


def _begun(tokens: list[Token]) -> Iterator[list[Token]]:
    """A long or broken sentence up to an "and" with a clause of its own behind it, the longest part first.

    A "but", an "if" or an "unless" is never cut off: what stands before it would no longer be true.
    """
    bound = {"but", "if", "unless", "except", "until", "though", "although", "only"}
    for n in range(len(tokens) - 3, LEAST, -1):
        subject = tokens[n + 1].pos_ in {"PRON", "DET", "PROPN", "NOUN"}
        if (
            tokens[n].lower_ == "and"
            and tokens[n - 1].text == ","
            and subject
            and _clause(tokens[n + 1 :])
            and not any(t.lower_ in bound for t in tokens[n:])
        ):
            yield tokens[: n - 1]


def _clause(tokens: list[Token]) -> bool:
    """Whether a clause begins here: a verb comes before the next comma ("and the digging, it came to ..." is none)."""
    end = next((i for i, t in enumerate(tokens) if t.text == ","), len(tokens))
    return any(t.tag_ in _FINITE for t in tokens[:end])


def _hangs(last: Token) -> bool:
    """Whether a sentence cannot end with this word."""
    stranded = last.pos_ == "ADP" and last.i > 0 and last.nbor(-1).pos_ == "VERB"  # "seven got broken into"
    if last.lower_ in NAMING:  # the name stood in the next sentence
        return True
    bound = last.pos_ in {"ADP", "DET", "CCONJ", "SCONJ"} and last.lower_ not in {"either", "too", "across", "around"}
    return bound and not stranded


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
    while len(tokens) > 1 and (tokens[0].is_punct or calls(tokens)):
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
    if len(tokens) < 2:
        return False
    first, second = tokens[0], tokens[1]
    if first.lower_ in AUXILIARIES:
        return second.pos_ in {"PRON", "PROPN", "DET"}
    return first.lower_ in QUESTION_WORDS and second.lower_ in AUXILIARIES


def calls(tokens: list[Token]) -> bool:
    """Whether it begins by calling somebody: "Convener, ...", "madam chair we don't ..."."""
    if tokens[0].lower_ == "miss" and tokens[1].pos_ == "DET":
        return False  # "Miss the limit and you've lost"
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

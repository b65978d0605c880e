"""Figures that were taken back, or put right by somebody else: what must not be told."""

import re
from collections.abc import Sequence

from pipeline.facts.polish import day_of, figures
from pipeline.language.phrases import ends_asking, lemma
from pipeline.language.said import Said
from pipeline.measures.normalise import numbers_of

_ONE = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred|thousand|million|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+tieth)"
)
_NUMBER = rf"{_ONE}(?:[ -](?:and )?{_ONE})*(?:st|nd|rd|th)?(?: per ?cent|%)?"
_EDIT = r"(?:(?:no|er|um|uh|oh|well|i'm|i beg your|pardon),? )*(?:sorry|i mean|correction|i misspoke|or rather|no)"
_TAKEN_BACK = re.compile(rf"\b(?P<old>{_NUMBER}),? (?:(?:and|or|er|um|uh),? )*{_EDIT},? (?P<rest>.*)$")
_RIGHT = re.compile(rf"^(?:\w+,? ){{0,2}}?(?P<new>{_NUMBER})\b")


def taken_back(said: Said) -> tuple[str, str | None] | None:
    """The figure that the sentence takes back, and the right one if it follows at once."""
    match = _TAKEN_BACK.search(said.plain)
    if match is None:
        return None
    right = _RIGHT.match(match["rest"])
    return match["old"], right["new"] if right else None


def tells_retracted(text: str, said: Said) -> bool:
    """Whether a wording still holds what its speaker took back, or hangs on a correction that is not resolved."""
    found = taken_back(said)
    if found is None:
        return False
    old, new = found
    if new is None:
        return True
    low, plain = text.lower().replace(",", ""), said.plain
    if old == new or plain.count(old) > 1 or old in new:
        return False
    forms = {old, figures(old).replace(",", ""), *filter(None, (day_of(old),))}
    return any(re.search(rf"\b{re.escape(form)}\b", low) for form in forms)


REACH = 6  # sentences within which a figure is put right
TURNS = 2  # turns within which it is
BRIEF = 10  # words of a sentence that only puts a figure right
BARE = 4  # words of a figure with which somebody else speaks up
SCALE = 10  # times by which a figure that was put right differs at most from the right one
_SIGNAL = re.compile(
    r"^(?:(?:oh|no|er|um|uh|well|wait|ah)[, .]+)*(?:no|sorry|correction|wait|hang on|i misspoke|(?:i )?beg your pardon|i stand corrected)(?:[,.!]|$)|"
    r"\b(?:swapped|misspoke|stand corrected|that(?:'s| was| is) wrong|got (?:that|it|those) wrong|said (?:that|it) wrong|back to front|the wrong (?:number|figure|way))\b"
)
_ACCEPTS = re.compile(
    r"\b(?:thank you|thanks|sorry|have i|did i|quite right|you're right|so it is|of course|corrected|my mistake)\b"
)
_NO_LONGER = re.compile(r"\b(?:now|actually|in fact|not|no|only|sorry|it's|there are|there's|make that)\b")


def put_right(said: Sequence[Said]) -> frozenset[int]:
    """The sentences with a figure that the same speaker, or somebody else, puts right within a few sentences."""
    return frozenset(s.index for s in said if numbers_of(s.text) and not ends_asking(s.text) and _is_put_right(s, said))


def _is_put_right(said: Said, everything: Sequence[Said]) -> bool:
    following = [s for s in everything[said.index + 1 : said.index + 1 + REACH] if s.turn <= said.turn + TURNS]
    return (
        _retracted(said, following)
        or _spoken_up(said, following)
        or any(_recounts(said, s) for s in following if s.turn == said.turn + 1)
    )


def _retracted(said: Said, following: Sequence[Said]) -> bool:
    """ "For thirty-three there's only one. No. Sorry. Thirty-eight." """
    first = next((n for n, s in enumerate(following) if _SIGNAL.search(s.plain)), None)
    if first is None or first > 1 or len(following[first].words) > BRIEF + BRIEF:
        return False
    before = following[:first]
    if any(numbers_of(s.text) for s in before):
        return False  # what is taken back stands nearer to the signal
    return any(_other(said, s) and len(s.words) <= BRIEF for s in following[: first + 3])


def _spoken_up(said: Said, following: Sequence[Said]) -> bool:
    """ "We have 412 people registered." - "421, Annelore." - "Thank you, 421." """
    if not following or following[0].who == said.who or not _other(said, following[0]):
        return False
    one = following[0]
    if len(one.words) > BARE + len(numbers_of(one.text)) + 2 or not re.match(
        rf"^(?:no,? |it's )?{_NUMBER}\b", one.plain
    ):
        return False
    answered = [s for s in following[1:] if s.who == said.who][:3]
    return any(numbers_of(s.text) & numbers_of(one.text) for s in answered) or bool(
        answered and _ACCEPTS.search(answered[0].plain)
    )


def _other(said: Said, later: Said) -> bool:
    """Whether a later sentence has a figure of the same size that the first has not."""
    old, new = numbers_of(said.text), numbers_of(later.text)
    return any(_size(n) and _size(o) and 1 / SCALE <= _size(n) / _size(o) <= SCALE for n in new - old for o in old)


def _size(number: str) -> float:
    return float(number) if re.fullmatch(r"\d+(?:\.\d+)?", number) else 0.0


def _recounts(said: Said, later: Said) -> bool:
    """ "It has six modules." - "We've put two together, so it's five modules now." """
    old, new = _counted(said), _counted(later)
    same = [noun for noun in old.keys() & new.keys() if not old[noun] & new[noun]]
    return bool(same) and bool(_NO_LONGER.search(later.plain))


def _counted(said: Said) -> dict[str, frozenset[str]]:
    """The nouns of a sentence that stand behind a figure, each with its figures."""
    found: dict[str, frozenset[str]] = {}
    for t in said.span:
        if t.pos_ == "NOUN" and t.i > said.span.start and (t.nbor(-1).like_num or t.nbor(-1).pos_ == "NUM"):
            found[lemma(t)] = found.get(lemma(t), frozenset()) | numbers_of(t.nbor(-1).text)
    return found


# A figure that its speaker does not vouch for.
_UNSURE = re.compile(
    r"\bnot (?:at all |entirely |quite |completely |really )?(?:sure|certain)\b|\bdon't quote me\b|\b(?:may|might|could) (?:well )?be wrong\b|"
    r"\boff the top of my head\b|\bfrom memory\b|\b(?:have to|need to|want (?:to|somebody to|someone to)) check\b|\bi'm guessing\b|\bif i remember\b"
)


def unvouched(said: Said) -> bool:
    """Whether a sentence gives a figure of which its speaker says that they are not sure."""
    return bool(_UNSURE.search(said.plain)) and bool(numbers_of(said.text))

"""Values that were taken back, or put right by somebody else: what must not be told, and what is right instead."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.facts.polish import day_of, figures
from pipeline.facts.recalled import recalled
from pipeline.facts.values import Value, differing, may_be_meant, one_changed, telling, values_of
from pipeline.language.phrases import ends_asking, lemma
from pipeline.language.said import Said
from pipeline.language.wording.words import MONTHS
from pipeline.measures.normalise import numbers_of

_ONE = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred|thousand|million|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+tieth)"
)
_NUMBER = rf"{_ONE}(?:[ -](?:and )?{_ONE})*(?:st|nd|rd|th)?(?: per ?cent|%)?"
_EDIT = r"(?:(?:no|er|um|uh|oh|well|i'm|i beg your|pardon),? )*(?:sorry|i mean|correction|i misspoke|or rather|forgive me|excuse me|no)"
_TAKEN_BACK = re.compile(rf"\b(?P<old>{_NUMBER})(?: [a-z]+(?=,))?,? (?:(?:and|or|er|um|uh),? )*{_EDIT},? (?P<rest>.*)$")
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


REACH = 7  # sentences within which a figure is put right
TURNS = 2  # turns within which it is
SOON = 2  # sentences after which its speaker takes it back
BRIEF = 10  # words of a sentence that only puts a figure right
SAID_OVER = 2  # values of a list that stay the same where one of it is put right
BARE = 3  # words of a sentence that is only a value
SHORT = 8  # words of a sentence that can only put something right
_SIGNAL = re.compile(
    r"^(?:(?:oh|no|er|um|uh|well|wait|ah)[, .]+)*(?:no|sorry|correction|wait|hang on|hold on|i misspoke|let me (?:get|put|say|read) (?:that|this|it) (?:right|again|straight)|(?:i )?beg your pardon|excuse me|forgive me)(?:[,.!]|$)|"
    r"\b(?:swapped|misspoke|i tell a lie|got (?:that|it|those) wrong|told you wrong|said (?:that|it) wrong|beg your pardon)\b"
)
# All of what was said before, whatever it was, is wrong.
_ALL_WRONG = re.compile(
    r"\b(?:other way (?:a?round|about)|wrong way (?:a?round|about)|back to front|^(?!.*\b(?:think|believe|argue|say|said)\b)(?:[\w']+,? ){0,4}that(?:'s| was| is) wrong|\b(?:slide|figure|number|handout|programme|program|website|notice)s?(?:'s| is| was| are) (?:all )?wrong|no,? that was the (?:year|month|week|day|one|time) before|the wrong (?:number|figure|line|way|date|day))\b"
)
_ACCEPTS = re.compile(
    r"\b(?:thank you|thanks|sorry|have i|did i|(?:quite|perfectly|you're|he's|she's|that's|is) right|so it is|of course|corrected?|my mistake|fair enough|good catch|is it)\b"
)
_NO_LONGER = re.compile(r"\b(?:now|actually|in fact|not|no|only|sorry|it's|there are|there's|make that)\b")
# How somebody speaks up: "it's Wednesday, Luis", "your slide says 390,000".
_CORRECTS = re.compile(r"\b(?:it's|it is|that's|sorry|actually|says|i have|i think|i make it|we said|not|no)\b")
_WHICH = re.compile(r"\b(?:which|right|correct|or is it|is (?:it|that)|isn't (?:it|that))\b")
_NOT = re.compile(r"\bno(?:t|['’]) (?:the |on |at )*(?P<wrong>[\w-]+(?: (?!but\b)[\w-]+){0,4})")


@dataclass(frozen=True)
class Correction:
    """What puts a sentence right: the values to put for others, none where they are not certain, and who says so."""

    by: Said | None
    swaps: tuple[tuple[str, str], ...] = ()  # wrong and right value: a number in digits, a month, a day of the week


def put_right(said: Sequence[Said]) -> dict[int, Correction]:
    """The sentences with a value that the same speaker, or somebody else, puts right within a few sentences."""
    found: dict[int, Correction] = {}
    turns: dict[int, list[Said]] = {}
    for s in said:
        turns.setdefault(s.turn, []).append(s)
    mentions = [s for s in said if _MENTIONED.search(s.plain) and values_of(s.text)]
    for s in said:
        values = values_of(s.text)
        if values and not ends_asking(s.text):
            following = _straightened(
                [x for x in said[s.index + 1 : s.index + 1 + FAR] if x.turn <= s.turn + DETOUR], s
            )
            correction = _retracted(s, values, following) or _spoken_up(s, values, following)
            correction = correction or _said_over(values, s, following) or _put_right_later(s, values, mentions, said)
            correction = correction or _doubted_next(s, values, turns)
            asks = any(x.turn == s.turn and ends_asking(x.text) for x in following)
            if correction and correction.by:  # the sentence itself, whatever turn it was read in
                correction = replace(correction, by=said[correction.by.index])
            correction = correction and _with_month(_counting(correction, s, said), values)
            if correction or (not asks and any(_recounts(s, x) for x in following if x.turn == s.turn + 1)):
                found[s.index] = correction or Correction(None)
    _meant_only(found, turns, said)
    return {i: Correction(by, swaps) for i, swaps, by in recalled(said)} | found


def _with_month(correction: Correction, values: frozenset[Value]) -> Correction:
    """A day that is put right into another month: "Friday the 24th of April" - "it's the 1st of May"."""
    right = values_of(correction.by.text) if correction.by else frozenset()
    was, now = ([v for k, v in side if k == "month"] for side in (values, right))
    moved = any(("day", new) in right for _, new in correction.swaps)
    if not moved or len(was) != 1 or len(now) != 1 or was == now or (was[0], now[0]) in correction.swaps:
        return correction
    return replace(correction, swaps=(*correction.swaps, (was[0], now[0])))


def _meant_only(found: dict[int, Correction], turns: Mapping[int, Sequence[Said]], said: Sequence[Said]) -> None:
    """Of several sentences of a turn that one later value would put right, those are meant that share another value with it, if any do."""
    by_turn: dict[int, list[int]] = {}
    for i, c in found.items():
        if c.by and c.by.turn != said[i].turn:
            by_turn.setdefault(said[i].turn, []).append(i)
    for group in by_turn.values():
        there = frozenset(v for i in group for s in turns[found[i].by.turn] for v in values_of(s.text))  # type: ignore[union-attr]
        meant = [i for i in group if there & values_of(said[i].text)]
        right = {new for i in meant for _, new in found[i].swaps}
        for i in group if meant else ():
            if i not in meant and ({new for _, new in found[i].swaps} | {v for _, v in there}) & right:
                del found[i]


def _straightened(following: Sequence[Said], wrong: Said) -> list[Said]:
    """What follows within two turns; where the one put right only asks back ("I beg your pardon?"), the two after that instead."""
    answer = [x for x in following if x.turn == wrong.turn + TURNS]
    back = answer and answer[0].who == wrong.who and sum(len(x.words) for x in answer) <= ASKS_BACK
    if not back or not ends_asking(answer[-1].text) or values_of(answer[0].text):
        return [x for x in following if x.turn <= wrong.turn + TURNS][:REACH]
    return [
        replace(x, turn=x.turn - TURNS) if x.turn > wrong.turn + TURNS else x
        for x in following
        if x.turn != wrong.turn + TURNS
    ]


FAR, DETOUR = 12, 4  # sentences and turns within which a figure is put right where somebody asks back
ASKS_BACK = 6  # words
# "Dr Teague mentioned 2.4 million. That was last year's. The current figure's 1.8."
_MENTIONED = re.compile(r"\b(?:mentioned|said|gave|quoted|told (?:us|you))\b")
_RIGHT_ONE = re.compile(
    r"\b(?:current|right|correct|actual|real|new|updated|latest) (?:figure|number|date|amount|one|day)(?:'s| is| was)\b|\b(?:should|ought to) (?:be|have been)\b|\bit(?:'s| is) (?:actually|in fact|now)\b"
)


def _put_right_later(
    wrong: Said, values: frozenset[Value], mentions: Sequence[Said], said: Sequence[Said]
) -> Correction | None:
    """Somebody else's word on a figure, later (`mentions`): who said it, and what the right one is, if that is certain."""
    first = wrong.who.split()[-1].lower() if wrong.name else ""
    for s in mentions:
        meant = values & values_of(s.text)
        if s.index < wrong.index or s.who == wrong.who or not meant or not first:
            continue
        if not re.search(rf"\b{re.escape(first)}\b", s.plain):
            continue
        for right in said[s.index + 1 : s.index + 3]:
            if right.turn == s.turn and _RIGHT_ONE.search(right.plain):
                pairs = differing(meant, values_of(right.text))
                return _swapping(pairs, right) if pairs else Correction(None)
    return None


# More than thanks for a question.
_YIELDS = re.compile(
    r"\b(?:sorry|(?:quite|perfectly|you're|he's|she's|that's|is) right|so it is|corrected?|my mistake|fair enough|good catch|wait|is it)\b"
)


def _doubted_next(wrong: Said, values: frozenset[Value], turns: Mapping[int, Sequence[Said]]) -> Correction | None:
    """A value that whoever speaks next names again beside another, which the first speaker then accepts and says.

    "You said 94, and the paper has 84." - "Ah, wait. Yes, 84, you're right.", however long the first one had gone on.
    """
    other, answer = turns.get(wrong.turn + 1, ()), turns.get(wrong.turn + TURNS, ())
    if not other or not answer or other[0].who == wrong.who or answer[0].who != wrong.who:
        return None
    named = telling(frozenset(v for s in other for v in values_of(s.text)))
    doubted = values & named
    if not doubted or not any(_YIELDS.search(s.plain) for s in answer[:LOOKS]):
        return None
    kinds = {kind for kind, _ in doubted}
    beside = frozenset(v for v in named - values if v[0] in kinds)
    if len(beside) > 1:
        return None  # of several, any may be meant
    by = ((differing(doubted, values_of(s.text) & beside), s) for s in answer[:REACH])
    return next((_swapping(p, s) for p, s in by if p and all(_same_unit(wrong, s, one) for one in p)), None)


def _counting(correction: Correction, wrong: Said, said: Sequence[Said]) -> Correction:
    """The same, by the sentence that says what the right value counts: "Twenty-seven, Ann." - "Twenty-seven years." """
    by = correction.by
    if by is None or len(correction.swaps) != 1:
        return correction
    old, new = correction.swaps[0]
    noun = _noun_behind(wrong, old)
    if noun is None or _noun_behind(by, new):
        return correction
    fuller = (s for s in said[by.index + 1 : by.index + 1 + OVER] if _noun_behind(s, new) == noun)
    return replace(correction, by=next(fuller, by))


def mending(said: Sequence[Said], found: Mapping[int, Correction]) -> frozenset[int]:
    """The sentences that only put one right which is told with the right value: up to that value, and those that say it over."""
    out: set[int] = set()
    for i, correction in found.items():
        by = correction.by
        if by is None or not correction.swaps:
            continue
        out |= {n for n in range(i + 1, by.index + 1) if len(said[n].words) <= MENDS}
        known = {v for _, v in (*values_of(said[i].text), *values_of(by.text))} | {
            v for s in correction.swaps for v in s
        }
        later = [s for s in said[by.index + 1 : by.index + 1 + OVER] if len(s.words) <= MENDS]
        over = [s.index for s in later if (values := values_of(s.text)) and {v for _, v in values} <= known]
        out |= {s.index for s in later if s.index in over or (s.index < max(over, default=0) and len(s.words) <= BRIEF)}
    return frozenset(out)


MENDS = 20  # words of a sentence that only puts another right
OVER = 6  # sentences within which the right value is said over


def _swapping(pairs: Sequence[tuple[Value, Value]], by: Said) -> Correction:
    return Correction(by, tuple((o[1], n[1]) for o, n in pairs))


def _retracted(said: Said, values: frozenset[Value], following: Sequence[Said]) -> Correction | None:
    """ "For thirty-three there's only one. No. Sorry. Thirty-eight." """
    own = [s for s in following if s.turn == said.turn]
    first = next((n for n, s in enumerate(own[:SOON]) if _SIGNAL.search(s.plain) or _ALL_WRONG.search(s.plain)), None)
    if first is None or any(values_of(s.text) for s in own[:first]):
        return None  # what is taken back stands nearer to the signal
    for s in own[first : first + 3]:
        now = values_of(s.text)
        pairs = [p for p in differing(values, now) or one_changed(values, now) if _same_unit(said, s, p)]
        if pairs:
            brief = s is own[first] or len(s.words) <= BRIEF
            return _swapping(pairs, s) if brief else Correction(None)
    # "Hang on. Eleven percent.", where that was said, of something else
    unclear = not values_of(own[first].text) and any(
        len(s.words) <= BARE and values_of(s.text) for s in own[first : first + 3]
    )
    return Correction(None) if unclear or _ALL_WRONG.search(own[first].plain) else None


def _spoken_up(said: Said, values: frozenset[Value], following: Sequence[Said]) -> Correction | None:
    """ "We have 412 people registered." - "421, Annelore." - "Thank you, 421." """
    own = [s for s in following if s.turn == said.turn]
    other = [s for s in following if s.turn == said.turn + 1 and s.who != said.who]
    answer = [s for s in following if s.turn == said.turn + 2 and s.who == said.who]
    accepted = any(_ACCEPTS.search(s.plain) for s in answer[:2])
    for s in (*other, *answer):
        pairs = differing(values, values_of(_NOT.sub(" ", s.plain)))  # "147, not 130"
        if pairs and any(values_of(m["wrong"]) & values for m in _NOT.finditer(s.plain)):
            return _swapping(pairs, s)
    if known := _asked_whether(values, other, answer):
        return _swapping(*known)
    all_wrong = accepted and any(_ALL_WRONG.search(s.plain) for s in other)
    if any(ends_asking(s.text) for s in own):
        return None  # what follows answers a question
    valued = [s for s in other if values_of(s.text)]
    for s in valued:
        days = {v for v in values & values_of(s.text) if v[0] == "weekday"}  # "Friday's the 31st": that Friday
        between = [] if days else own
        if any(may_be_meant(values_of(x.text), values_of(y.text)) for x in between for y in (s, valued[0])):
            continue  # a value that was said after this one may be meant
        pairs = [p for p in differing(values, values_of(s.text)) if _same_unit(said, s, p)]
        repeated = any(values_of(a.text) & {n for _, n in pairs} for a in answer[:LOOKS])
        which = repeated and any(_WHICH.search(x.plain) and ends_asking(x.text) for x in other)
        speaks_up = which or (_CORRECTS.search(s.plain) and len(s.words) <= 2 * BRIEF) or len(s.words) <= SHORT
        if pairs and speaks_up and (repeated or accepted) and not ends_asking(s.text):
            return _swapping(pairs, s)
    listed = re.search(r"\bper ?cent\b|%", said.plain)  # of a list of shares, every one may be meant
    return Correction(None) if all_wrong and (listed or not any(values_of(s.text) - values for s in own)) else None


LOOKS = 4  # sentences in which whoever was asked looks it up and accepts it


def _asked_whether(
    values: frozenset[Value], other: Sequence[Said], answer: Sequence[Said]
) -> tuple[list[tuple[Value, Value]], Said] | None:
    """ "Isn't the 30th a Sunday?" - "You're right. It is Friday the 28th.": the values that were asked about, and those of the answer."""
    doubted = values & frozenset(v for s in other if ends_asking(s.text) for v in values_of(s.text))
    if not doubted or not any(_ACCEPTS.search(s.plain) for s in answer[:LOOKS]):
        return None
    accepted = next(
        n for n, s in enumerate(answer) if _ACCEPTS.search(s.plain)
    )  # what was said before that is no answer
    found = (([p for p in differing(doubted, values_of(s.text)) if p[0][0] == p[1][0]], s) for s in answer[accepted:])
    return next(((pairs, s) for pairs, s in found if pairs), None)


def _said_over(values: frozenset[Value], said: Said, following: Sequence[Said]) -> Correction | None:
    """ "108 in favour, 27 against and 9 abstentions" - "... 118 in favour, 27 against and 9 abstaining": a list with one value changed."""
    for s in following:
        now = values_of(s.text)
        pairs = differing(values, now)
        same = (values & now) - {("number", "1")}  # "one" is hardly ever a figure
        if s.who == said.who and len(same) >= SAID_OVER and len(now) == len(values) == len(values & now) + 1 and pairs:
            return _swapping(pairs, s)
    return None


def _same_unit(said: Said, later: Said, pair: tuple[Value, Value]) -> bool:
    """Whether two figures count the same, as far as a noun stands behind both."""
    one, other = (_noun_behind(s, v[1]) for s, v in zip((said, later), pair, strict=True))
    return pair[0][0] != "number" or not one or not other or one == other


def _noun_behind(said: Said, number: str) -> str | None:
    """What a figure counts: the noun directly behind it ("twenty-seven years")."""
    tokens = list(said.span)
    ends = (
        first + size
        for first in range(len(tokens))
        for size in range(1, min(SPELT, len(tokens) - first) + 1)
        if numbers_of(str(said.span.doc[tokens[first].i : tokens[first].i + size])) == {number}
    )
    end = next(ends, None)
    behind = tokens[end] if end is not None and end < len(tokens) else None
    return lemma(behind) if behind is not None and behind.pos_ == "NOUN" else None


SPELT = 5  # tokens of a figure in words


def swapped(text: str, correction: Correction) -> str | None:
    """A wording with the right values; None where a wrong one does not stand there just once."""
    for wrong, right in correction.swaps:
        form = next((f for f in _forms(wrong) if len(re.findall(rf"\b{f}\b", text)) == 1), None)
        alone = len(correction.swaps) == 1
        if form is None and alone and len(re.findall(rf"\b{wrong}(?= {_OF_MONTH})", text)) == 1:
            text = re.sub(rf"\b{wrong}(?= {_OF_MONTH})", right, text)  # "a 1 year trial from 1 September"
            continue
        if form is None:
            return None
        text = re.sub(rf"\b{form}\b", _forms(right)[0 if form[:1].isdigit() or not form.islower() else -1], text)
    return text if correction.swaps else None


_OF_MONTH = rf"(?:{'|'.join(m.capitalize() for m in sorted(MONTHS))})\b"


def _forms(value: str) -> list[str]:
    """How a value may be written on the page: "5" and "five", "1100" and "1,100", "Monday"."""
    if not value[:1].isdigit():
        return [value.capitalize()]
    if value.endswith(".5"):
        return [f"{form} and a half" for form in _forms(value.removesuffix(".5"))]
    small = [_SMALL[int(value)]] if value.isdigit() and int(value) < len(_SMALL) else []
    return [f"{int(value):,}" if value.isdigit() else value, *small]


_SMALL = "zero one two three four five six seven eight nine".split()


def _recounts(said: Said, later: Said) -> bool:
    """ "It has six modules." - "We've put two together, so it's five modules now." """
    old, new = _counted(said), _counted(later)
    same = [noun for noun in old.keys() & new.keys() if not old[noun] & new[noun]]
    return bool(same) and bool(_NO_LONGER.search(later.plain)) and not ends_asking(later.text)


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
    r"\boff the top of my head\b|\b(?:this is|that's|i'm|it's|quoting|speaking|going|doing this|off) (?:\w+ )?from memory\b|\b(?:have to|need to|want (?:to|somebody to|someone to)) check\b|\bi'm guessing\b|\bif i remember\b"
)


def unvouched(said: Said) -> bool:
    """Whether a sentence gives a figure of which its speaker says that they are not sure."""
    return bool(_UNSURE.search(said.plain)) and bool(numbers_of(said.text))

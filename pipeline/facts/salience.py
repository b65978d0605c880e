"""Which sentences of a contribution a page should carry: those with figures, names, findings, advice and acts."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.facts.grounds import introduced_by, sequel
from pipeline.facts.headed import headed
from pipeline.facts.leadins import unframed
from pipeline.facts.nominal import nominal
from pipeline.facts.quoting import inner, loses
from pipeline.facts.reading import FINITE
from pipeline.facts.view import Meeting
from pipeline.facts.wishes import wishes
from pipeline.facts.wording import Told, quote, tell
from pipeline.language.phrases import Token, ends_asking, is_content, lemma
from pipeline.language.said import CUT, Said
from pipeline.language.wording.guards import OWNED

# What somebody does with the call itself ("I turn the camera round"); a camera in a wood is a subject like any other.
_DEVICES = re.compile(
    r"\b(?:turn|switch|flip|swap|put) (?:\w+ )?(?:my|your|the) (?:camera|video|mic|microphone)\b|\b(?:un)?mut(?:e|ed|ing)\b(?: (?:me|my|you|your)\w*)?[.,!]|"
    r"\b(?:box|window|poll|slide)s? (?:should |will |'ll )?(?:pop|come|show)s? up\b|\b(?:see|share|sharing|hear) (?:my|your) (?:screen|slides|microphone|mic)\b"
)
# How somebody feels, and praise of those who wait: "We are very proud, and a little afraid", "You've been very patient".
_FEELS = re.compile(
    r"^(?:(?:and|so|well|but|honestly|personally),? )*(?:i|we)(?:'m| am|'re| are|'ve been| was| were) (?:\w+ )?(?:very |so |really |just )?"
    r"(?:proud|happy|pleased|delighted|excited|glad|grateful|thrilled|afraid|nervous|sad|sorry|honoured|honored|lucky|tired)\b(?!.{45})|"
    r"\byou(?:'ve| have) (?:all |both )?been (?:\w+ ){0,3}(?:patient|patience|waiting|lovely|wonderful|brilliant|kind)\b|"
    r"\bhere(?:'s| is| comes) (?:the|our|my) \w+(?: \w+){0,4}[.!]?$|"
    r"^(?:(?:and|so|but|now|just),? )*(?:think of|imagine|picture|suppose|let's say|let us say|say) (?:an?|the|that|you)\b"
)
# What its speaker takes back at once: "One twenty was another trial, ignore me."
_TAKEN_BACK = re.compile(
    r"\b(?:ignore|scratch|strike|disregard|forget) (?:me|that|this|it|what i (?:just )?said)(?:[,.]|$)"
)
# "I'd like to talk about the cost": what it leads to tells more.
_WILL_SPEAK = re.compile(
    r"^(?:\w+,? ){0,3}(?:i|we)(?:'d like| would like| want| wanted|'m going|'re going| am going| are going) to (?:speak|talk|say a (?:few )?words?|tell you) (?:a (?:bit|little) )?(?:about|on|of)\b"
)
# What a sentence is worth by what is seen of it: fitted by ridge regression to which sentences of 26 written meetings hold a
# fact that their references expect, on the scale that the thresholds below are set for. `docs/figures.md` has the figures.
_WEIGHTS = {
    "none": -0.1, "length": 0.27, "content": 0.23, "figures": 0.51, "person": -0.66, "pronouns": -1.05, "I": -0.38, "we": 0.24,
    "first": -0.82, "second": -0.48, "last": -0.83, "chair": -0.37, "central": 5.3, "figure before": 0.38, "figure after": 0.43,
}  # fmt: skip
# What somebody tells of home or of how they feel is seldom the page's: "my wife would like the loft back".
_PRIVATE = re.compile(
    r"\bmy (?:(?:own|old|late|poor|dear) )?(?:wife|husband|partner|mum|mom|mother|dad|father|gran|grandmother|aunt|auntie|uncle|son|daughter|kids|cat|dog|heart|knees|back|bed|kitchen|boss|lawyer)\b"
)
PRIVATE = 1.0  # worth that it takes
BARRED = ("aside", "greeting", "handover", "frame", "closing", "housekeeping", "question", "introduction")
LEADS_IN = ("greeting", "frame")
RUN_ON = 20  # words
BESIDE = 1.25  # times as much is a sentence worth next to one that is told: what belongs together reads better
SAME = 0.8  # share of naming words in common from which two sentences say the same
QUOTED = 1.2  # worth from which a sentence that cannot be told otherwise is quoted
LEADING = 6  # words of a sentence that only names what the next is about ("The seed swap.")
ASKING = 12  # words of a question that its speaker answers at once
NAMED = 2  # words of an answer that name something
SOON, SOONEST = 2, 1.6  # the first sentences of an answer, and how much more they are worth
TAKES_UP = 0.15  # more worth for each word of the question that a sentence takes up
EAGER = 0.3  # the same for an answer, which may be plain
# That something is not settled, or cannot be promised, is what whoever asked will want to read.
UNSETTLED = re.compile(
    r"\b(?:don't|do not|doesn't|can't|cannot|couldn't|could not|won't|haven't|hasn't|not|nobody|no one) (?:\w+ ){0,2}?(?:know|knows|say|promise|answer|tell you|decided|agreed|commit|settled|guarantee)\b|"
    r"\b(?:nothing|no decision|no date|no position|undecided|open question|too (?:soon|early) to)\b|\b(?:find out|look into|get back to|come back to you|report back|take (?:it|that) (?:back|away))\b"
)
OPEN = 1.5  # worth that it adds in an answer
LIMITS = (26, 36, 18, 13)  # words: whole if it is not long, else shortened; shorter where too much would be copied


def worth(said: Said, meeting: Meeting) -> float:
    """How much a sentence would give a reader; 0 keeps it off the page."""
    if len(said.words) < 4 or _barred(said, meeting) or _idle(said) or said.evidence in meeting.placed:
        return 0.0
    if (
        said.index in meeting.mending
        or said.index in meeting.jokes
        or (not meeting.rough and _WILL_SPEAK.search(said.plain))
    ):
        return 0.0
    private = PRIVATE if _PRIVATE.search(said.plain) else 0.0
    return max(0.0, _WEIGHTS["none"] - private + sum(_WEIGHTS[name] * value for name, value in _seen(said, meeting)))


def _seen(said: Said, meeting: Meeting) -> Iterator[tuple[str, float]]:
    """What is seen of a sentence, by name."""
    tokens = [t for t in said.span if not t.is_punct and not t.is_space]
    words = set(said.plain.split())
    yield "length", math.log(1 + len(tokens))
    yield "content", len({lemma(t) for t in said.span if is_content(t)})
    yield "figures", min(3, sum(_figure(t) for t in tokens))
    yield "person", any(e.label_ == "PERSON" for e in said.span.ents)
    yield "pronouns", sum(t.pos_ == "PRON" for t in tokens) / max(1, len(tokens))
    yield "I", not _I.isdisjoint(words)
    yield "we", not _WE.isdisjoint(words)
    yield "chair", said.who in meeting.outline.chairs
    yield "central", meeting.centrality(said.span)
    at = said.index % CUT
    turn = [s.index for s in meeting.outline.of_turn(said.turn)]
    yield "first", at == turn[0]
    yield "second", len(turn) > 1 and at == turn[1]
    yield "last", at == turn[-1]
    for name, near in (("figure before", at - 1), ("figure after", at + 1)):
        yield name, near in turn and any(t.like_num for t in meeting.outline.said[near].span)


def _figure(token: Token) -> bool:
    return bool(token.pos_ == "NUM" or token.like_num)


_I = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me"})
_WE = frozenset({"we", "we're", "we've", "we'd", "we'll", "our", "us"})


def _idle(said: Said) -> bool:
    """What is done with the call itself, how somebody feels, what is taken back, or what hangs on a word that points back ("Ours was ...")."""
    return any(p.search(said.plain) for p in (_DEVICES, _FEELS, _TAKEN_BACK)) or said.words[0].text.lower() in OWNED


def _barred(said: Said, meeting: Meeting) -> bool:
    """Whether it runs the meeting and says nothing; without punctuation, a greeting may lead into a statement."""
    greets = len(said.words) >= RUN_ON and meeting.outline.does(said, *LEADS_IN)
    spared = set(LEADS_IN if greets else ())
    if meeting.outline.does(said, "question") and wishes(said, meeting.audience):
        spared.add("question")  # "would each of you count the hours?" is none
    return meeting.outline.does(said, *(b for b in BARRED if b not in spared))


def selected(
    said: Sequence[Said], meeting: Meeting, *, budget: int, answers: Said | None = None, question: Said | None = None
) -> list[Told]:
    """The sentences of one speaker that fit into a budget of words, the best for their length first, in time order.

    `answers` is the first sentence of an answer to `question`: plain short ones count too, it may lean on the question
    above it, and what comes first and takes up the question's words is nearest to an answer.
    """
    eager = answers is not None
    by_place = {s.index: s for s in said}
    value = {s.index: _value(s, meeting, eager=eager) for s in said}
    if question is not None:
        asked = {lemma(t) for t in question.span if is_content(t)}
        for n, s in enumerate(said):
            if value[s.index] > 0.0:
                shared = len(asked & {lemma(t) for t in s.span if is_content(t)})
                value[s.index] *= (SOONEST if n < SOON else 1.0) * (1.0 + TAKES_UP * min(shared, 3))
    chosen: dict[int, Told] = {}
    failed: set[tuple[int, bool]] = set()
    left = budget
    while left >= 6:
        open_ = [s for s in said if s.index not in chosen and (s.index, s.index - 1 in chosen) not in failed]
        best = max(
            open_,
            key=lambda s: (value[s.index] * (BESIDE if {s.index - 1, s.index + 1} & chosen.keys() else 1.0), -s.start),
            default=None,
        )
        if best is None or value[best.index] <= 0.0:
            break
        after = best.index - 1 in chosen or best is answers
        new = _with_what_it_needs(best, by_place, meeting, chosen, after=after, least=EAGER if eager else QUOTED)
        cost = sum(t.words for t in new)
        if new and cost <= left + 4 and not any(same(t, c) for t in new for c in chosen.values()):
            chosen |= {t.said.index: t for t in new}
            left -= cost
        else:
            failed.add((best.index, best.index - 1 in chosen))
    return [headed(chosen[i], by_place, meeting) for i in sorted(chosen)]


def _with_what_it_needs(
    said: Said, own: Mapping[int, Said], meeting: Meeting, chosen: Mapping[int, Told], *, after: bool, least: float
) -> list[Told]:
    """A sentence told with those that it cannot stand without; nothing where one of them cannot be told."""
    made = _with_its_ground(said, own.get(said.index - 1), meeting, after=after, least=least)
    if not made:
        return []
    there = {*chosen, *(t.said.index for t in made)}
    first = introduced_by(made[0].said, own)
    if first and first.index not in there and worth(first, meeting) > 0.0:
        ground = told_or_quoted(first, meeting, after=False, least=least)
        if ground is None:
            return []
        made.insert(0, ground)
    then = sequel(said, own)
    if then and then.index not in there:
        close = told_or_quoted(then, meeting, after=True, least=0.0)
        if close is None:
            return []
        made.append(close)
    return made


def _with_its_ground(said: Said, before: Said | None, meeting: Meeting, *, after: bool, least: float) -> list[Told]:
    """A sentence told; where it points back ("It cost them ..."), with the sentence before it, which it points to.

    `after`: what it points to stands on the page already.
    """
    told = told_or_quoted(said, meeting, after=after, least=least)
    if told or before is None or after:
        return [told] if told else []
    if worth(before, meeting) <= 0.0:
        return led(said, before, meeting) if worth(said, meeting) >= least else []
    ground = told_or_quoted(before, meeting, after=False, least=least)
    pointing = told_or_quoted(said, meeting, after=True, least=least)
    return [ground, pointing] if ground and pointing else []


def led(said: Said, before: Said | None, meeting: Meeting) -> list[Told]:
    """Two quotations: a few words that only name a thing, or ask, and what is then said of it."""
    if before is None or before.who != said.who or before.turn != said.turn:
        return []
    if before.plain.startswith("well,") or meeting.outline.does(
        before, "greeting", "thanks", "handover", "frame", "closing", "housekeeping"
    ):
        return []  # "Hiya, cheers Denise."
    asked = ends_asking(before.text)
    own = quote(said, meeting, after=True) if len(before.words) <= (ASKING if asked else LEADING) else None
    lead = quote(before, meeting, after=False, leads=True) if own else None
    return [lead, own] if lead and own else []


def told_or_quoted(said: Said, meeting: Meeting, *, after: bool, least: float = QUOTED) -> Told | None:
    """A sentence told; where that cannot be done, or would lose a figure or a name, its own words.

    `least` is the worth from which a sentence may be quoted.
    """
    led_in = meeting.outline.does(said, *LEADS_IN)  # "good morning, I'll start with ...": no wording cuts that off
    cut = unframed(said, meeting) or said
    told = None if led_in else shortest(cut, meeting, after=after)
    if told is None and cut is not said:
        told = nominal(cut, meeting, verb="mentioned")
    own = quote(cut, meeting, after=after) if worth(said, meeting) >= least else None
    best = own if own and (told is None or loses(told.predicate, own.predicate)) else told
    return replace(best, said=said, predicate=without_tail(best.predicate, meeting)) if best else None


_TAIL = re.compile(r"(?:, (?:and|so|which|who)|;) (?=[^,;]+$)")
_TELLS = re.compile(
    r"\d|[A-Z]|\b(?:now|today|once|twice|free|third|quarter|double\w*|every|more|less|fewer|better|worse|instead|two|three|four|five|six|seven|eight|nine|half|none|not|no|never|nobody|nothing|only|if|unless|until|without|because|would|could|might|should)\b"
)
SHORTEST = 6  # words that must be left


def without_tail(predicate: str, meeting: Meeting) -> str:
    """Without last clauses that have no figure, no name, no condition and no denial: "..., which helped a lot"."""
    own = inner(predicate)
    claim = own.rstrip(".") if own else predicate
    tail = _TAIL.search(claim)
    if tail is None or predicate.startswith(("advised ", "asked ")):
        return predicate
    rest, kept = claim[tail.end() :], claim[: tail.start()]
    if _TELLS.search(rest) or len(kept.split()) < SHORTEST or len(rest.split()) < 3:
        return predicate
    relative = tail[0].startswith((", which", ", who"))
    text = rest if relative else f"{rest[:1].upper()}{rest[1:]}"
    listed = meeting.read is None or not any(t.tag_ in FINITE for t in meeting.read(f"{text}."))
    return predicate if listed else without_tail(f"said: “{kept}.”" if own else kept, meeting)


def same(one: Told, other: Told) -> bool:
    """Whether two sentences say the same: the naming words of the shorter are nearly all in the longer."""
    a, b = ({lemma(t) for t in x.said.span if is_content(t)} for x in (one, other))
    small, large = sorted((a, b), key=len)
    return len(small) > 1 and len(small & large) >= SAME * len(small)


def shortest(said: Said, meeting: Meeting, *, after: bool) -> Told | None:
    """A sentence told whole, or shortened as far as it must be."""
    for limit in LIMITS:
        told = tell(said, meeting, after=after, limit=limit)
        if told:
            return told
    return None


def _value(said: Said, meeting: Meeting, *, eager: bool) -> float:
    """Worth against the words that it takes; `eager` takes plain short answers too."""
    value = worth(said, meeting)
    plainly = not (_barred(said, meeting) or _idle(said) or said.index in meeting.jokes)
    if eager and value <= 0.3 and len(said.words) > 3 and plainly:
        value = 0.35
    if eager and len({lemma(t) for t in said.span if is_content(t)}) < NAMED and not any(_figure(t) for t in said.span):
        return 0.0  # "they did not mind at all"
    if eager and UNSETTLED.search(said.plain):
        value += OPEN
    return value / math.sqrt(max(8, len(said.words))) if value > 0.3 else 0.0

"""Reported statements made of spoken sentences: one voice, in order, joined into short paragraphs.

A sentence that cannot be reported safely is left out; a pronoun may stand only where the sentence that it points
back to stands directly before it on the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.facts.corrections import swapped, tells_retracted, unvouched
from pipeline.facts.quoting import LONGEST, inner, quoted
from pipeline.facts.reading import polished
from pipeline.facts.referents import half_told, of_nobody, of_nothing, unconditioned
from pipeline.facts.retell import retell
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wishes import wishes
from pipeline.language.lexicon import is_ordinary
from pipeline.language.phrases import ends_asking, points_back
from pipeline.language.reported import report
from pipeline.language.said import CUT, Said, Span, apologises, bare_value, misheard, takes_back, unresolved
from pipeline.language.wording.fluent import SAME_IN_PAST, fluent
from pipeline.language.wording.line import is_base_verb
from pipeline.measures.normalise import numbers_of
from pipeline.measures.support import unsupported
from pipeline.records import Evidence, Point

BACK = {w: w for w in ("it", "its", "they", "them", "their", "theirs", "he", "him", "his", "she", "her", "hers")}


@dataclass(frozen=True)
class Told:
    """A predicate about a speaker ("said that ...", "thanked ..."), and the sentence it was made of."""

    predicate: str
    said: Said
    by: Said | None = None  # the sentence that puts a value of it right, or says what it is

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What it rests on."""
        return (self.said.evidence, self.by.evidence) if self.by else (self.said.evidence,)

    @property
    def words(self) -> int:
        """Its length."""
        return len(self.predicate.split())


def tell(said: Said, meeting: Meeting, *, verb: str = "said", after: bool = False, limit: int = 36) -> Told | None:
    """A sentence as a predicate of its speaker; `after` says that the sentence before it stands on the page too."""
    key = (said.index, verb, after, limit)
    if key not in meeting.told:
        meeting.told[key] = _tell(said, meeting, verb=verb, after=after, limit=limit)
    text = meeting.told[key]
    correction = meeting.put_right.get(said.index % CUT)
    return Told(text, said, correction.by if correction else None) if text else None


def _tell(said: Said, meeting: Meeting, *, verb: str, after: bool, limit: int) -> str | None:
    body = meeting.we_of(said)
    if body and re.search(rf"\bwe (?:\w+ ){{1,2}}{re.escape(body.lower())}\b", said.plain):
        body = None  # "we put the library out on the ice": they, and the building
    if _untold(said, meeting) or _said_twice(said):
        return None
    if verb == "said" and requests(said):
        if _calls(said, meeting):
            return None
        verb = "advised"
    if not after and points_back(said.span):
        return None
    first: str | None = None
    wished = wishes(said, meeting.audience)
    wordings = _wordings(said, body, verb=verb, after=after, limit=limit, audience=meeting.audience)
    for wording in wished or wordings:
        text = polished(wording, said, meeting, body)
        if (
            text
            and not unconditioned(text, said)
            and not half_told(text, said)
            and (after or not of_nothing(text, said))
            and not of_nobody(text, said, meeting, after=after)
            and not tells_retracted(text, said)
            and not (meeting.rough and _rough(text))
            and borne_out(f"{said.who} {text}", said, meeting)
            and (text := _put_right(text, said, meeting))
        ):
            if keeps(text, said) or said.index % CUT in meeting.put_right:
                return text
            first = first or text
    return first


def keeps(text: str, said: Said) -> bool:
    """Whether a wording has every figure and name of its sentence."""
    told = set(re.findall(r"[\w-]+", text.lower()))
    names = {t.lower_ for t in said.span if t.pos_ == "PROPN" and t.text[:1].isupper() and not is_ordinary(t.lower_)}
    return numbers_of(text) >= numbers_of(said.text) and names <= told


def _put_right(text: str, said: Said, meeting: Meeting) -> str | None:
    """The wording with the values that were put right afterwards, which both sentences bear out; None where that cannot be done."""
    correction = meeting.put_right.get(said.index % CUT)
    if correction is None:
        return text
    right = swapped(text, correction)
    evidence = (said.evidence, *((correction.by.evidence,) if correction.by else ()))
    made = Statement(f"{said.who} {right}", evidence, (said.name,) if said.name else ()) if right else None
    return right if made and supported(made, meeting) else None


def quote(said: Said, meeting: Meeting, *, after: bool, leads: bool = False, longest: int = LONGEST) -> Told | None:
    """A sentence in its speaker's own words, between quotation marks; for what cannot be told otherwise."""
    key = (said.index, "quote to lead" if leads else "quote", after, longest)
    if key not in meeting.told:
        barred = (
            _untold(said, meeting)
            or said.index % CUT in meeting.put_right
            or (requests(said) and said.who in meeting.outline.chairs)
        )
        tried = () if barred else quoted(said, meeting, after=after, leads=leads, longest=longest)
        meeting.told[key] = next(
            (text for text in tried if _holds(text, said, meeting, after=after, leads=leads)), None
        )
    text = meeting.told[key]
    return Told(text, said) if text else None


_POINTING = re.compile(r"said: “(?:It|They|He|She|Them)(?:'|\b)")  # at whom or what, only the sentence before says


def _holds(text: str, said: Said, meeting: Meeting, *, after: bool, leads: bool) -> bool:
    """Whether a quotation may stand on the page."""
    return (
        (leads or _reads_aloud(text, meeting))
        and (after or leads or not _POINTING.match(text))
        and not (meeting.rough and _ROUGH.search(text.lower()))
        and not _said_twice(said)
        and (after or leads or not of_nothing((inner(text) or "").rstrip("."), said))
        and not of_nobody(text, said, meeting, after=after)
        and not tells_retracted(text, said)
        and borne_out(f"{said.who} {text}", said, meeting)
    )


# Where talk breaks off at every turn, what is long, full of commas or about not knowing tells a reader nothing.
_ROUGH = re.compile(
    r"\b(\w+(?: \w+)?), \1\b|^said that (?:at|in|on|by) (?:that|this) \w+ (?:was|were)\b|\b(?:maybe|perhaps|dunno)\b|\bnot (?:\w+ )?have (?:an|any) opinion\b|\b(?:don't|didn't|haven't|can't|not) (?:\w+ )?(?:know|remember|had a chance|seen)\b|"
    r"\b(?:did|do|were|was|had) not (?:\w+ )?(?:know|remember|recall|sure|certain|an opinion|any opinion|aware)\b|"
    r"^said that (?:in terms of|regarding|because|as for|mostly|basically|briefly|historically|first off|so|in the sense)\b|"
    r"\b(?:being|was|were|is|had|made|that|would|could|the|a), |, (?:been|next|just|made|anymore|again|so|right|then)\b|\bwould or\b|\band they did not, |\b(?:this|that) one\b"
)
ROUGHEST, ROUGH_COMMAS = 26, 2  # words, commas


def _rough(text: str) -> bool:
    """Whether a wording shows the broken talk that it was made of."""
    return bool(_ROUGH.search(text)) or len(text.split()) > ROUGHEST or text.count(",") > ROUGH_COMMAS


def _said_twice(said: Said) -> bool:
    """Whether a subject stands twice, as noun and as pronoun: "one of the team, she, um, she spent ..."."""
    for t in said.span:
        if t.dep_ in ("nsubj", "nsubj:pass") and t.lower_ in ("he", "she", "it", "they") and t.head.dep_ == "ROOT":
            before = [x for x in said.span if x.i < t.i and not x.is_punct and x.pos_ not in ("INTJ", "CCONJ", "ADV")]
            return (
                bool(before)
                and before[-1].i >= t.i - 6
                and any(x.head.dep_ == "ROOT" and x.dep_ in ("nsubj", "dislocated") for x in before)
            )
    return False


def _reads_aloud(predicate: str, meeting: Meeting) -> bool:
    """Whether what is quoted reads as a sentence; talk that breaks off and mends itself does not."""
    own = inner(predicate) or ""
    commas = own.count(", ") * 5 - len(own.split()) > (6 if meeting.rough else 10)
    rough = commas or re.search(r"…|\.\.\.|--|- |, (?:so|but|and|because|with|to|of|the|a),", own)
    return not rough and (meeting.read is None or not meeting.rough or fluent(meeting.read(own)))


def _untold(said: Said, meeting: Meeting) -> bool:
    """Whether a sentence is not to be told in any way: speech in it, a value taken back, too little heard of it."""
    corrected = meeting.put_right.get(said.index % CUT)
    return bool(
        _DIRECT.search(said.plain)
        or _SUPERSEDED.search(said.plain)
        or unresolved(said)
        or misheard(said)
        or (_taken_back(said, meeting) and not (corrected and corrected.swaps))
        or (corrected and not corrected.swaps)
        or unvouched(said)
    )


def _taken_back(said: Said, meeting: Meeting) -> bool:
    """Whether the same speaker's next sentence takes a value of this one back."""
    following = [s for s in meeting.outline.of_turn(said.turn) if s.index > said.index % CUT][:2]
    if not following:
        return False
    put_right = len(following) > 1 and bare_value(following[0]) and apologises(following[1])
    return takes_back(following[0]) or put_right


def _calls(said: Said, meeting: Meeting) -> bool:
    """Whether a request is for one person, who then speaks: "Show us your heap, Sasha"."""
    following = meeting.outline.said[said.index % CUT + 1 : said.index % CUT + 2]
    hands_on = said.who in meeting.outline.chairs or len(said.words) <= BRIEF
    return hands_on and bool(following) and following[0].who != said.who


def requests(said: Said) -> bool:
    """Whether the sentence tells people to do something ("Train two people")."""
    words = [
        t
        for t in said.span
        if not t.is_punct
        and t.pos_ != "INTJ"
        and t.lower_ not in {"so", "and", "please", "then", "second", "third", "first"}
    ]
    denied = len(words) > 2 and words[0].lower_ == "do" and words[1].lower_ in {"n't", "n’t", "not"}
    if denied:
        return is_base_verb(words[2].lower_) and not ends_asking(said.text)
    bare = bool(words) and (
        words[0].tag_ == "VB" or (words[0].lower_ in SAME_IN_PAST and words[0].i == said.span.start)
    )
    return bare and not ends_asking(said.text)


def borne_out(text: str, said: Said, meeting: Meeting) -> bool:
    """Whether the check on every point will let this sentence pass."""
    return supported(Statement(text, (said.evidence,), (said.name,) if said.name else ()), meeting)


def supported(made: Statement, meeting: Meeting) -> bool:
    """Whether the check on every point will let this pass."""
    point = Point(id="x", text=made.text, speakers=made.speakers, evidence=made.evidence)
    return not unsupported(point, meeting.around(made.evidence), meeting.event, meeting.crowd)


def _wordings(said: Said, body: str | None, *, verb: str, after: bool, limit: int, audience: str) -> Iterator[str]:
    """Along the parse where that is safe, else word by word; with pronouns left standing only where `after` allows."""
    for span in _readings(said):
        for referents in ({}, BACK) if after else ({},):
            text = report(
                span, speaker=said.who, body=body, verb=verb, with_subject=False,
                referents=referents, limit=limit, audience=audience,
            )  # fmt: skip
            if text and not _misread(text, said):
                yield text
        plain = retell(span, body=body, after=after, limit=limit, audience=audience)
        if plain:
            yield plain


_ASKED = re.compile(r"asked (?:who|what|when|where|why|how|which|whose|whether)\b")


def _misread(text: str, said: Said) -> bool:
    """Whether a statement was read as an order ("and then there's a correction") or as a question ("what we propose is ...")."""
    return text.startswith("advised that ") or bool(_ASKED.match(text) and said.text.rstrip().endswith("."))


BROKEN_OFF = ("...", "…", "—", "–")
WHOLE, UNFINISHED = 5, 9  # words that must stand before a broken-off clause, and that it may have
_CUT = frozenset({"that", "which", "and", "so", "because", "who", "where"})
_BOUND = frozenset("if unless but until except not n't never no without only".split())


def _readings(said: Said) -> Iterator[Span]:
    """The whole sentence; then, where it turns to "you" or "I" late, what stands before that."""
    tokens = list(said.span)
    if said.text.endswith(BROKEN_OFF):  # what was said before the clause that was never finished
        comma = next((i for i in range(len(tokens) - 1, WHOLE, -1) if tokens[i].text == ","), None)
        if comma is not None and len(tokens) - comma <= UNFINISHED:
            yield said.span.doc[said.span.start : tokens[comma].i]
    yield said.span
    turn = next((i for i, t in enumerate(tokens) if i > 6 and t.lower_ in {"you", "your", "i", "let"}), None)
    if turn is None or any(t.lower_ in _BOUND for t in tokens[turn - 4 :]):
        return
    cut = next((i for i in range(turn - 1, 5, -1) if tokens[i].lower_ in _CUT), None)
    if cut is not None and turn - cut <= 5:
        end = cut - 1 if tokens[cut - 1].is_punct else cut
        yield said.span.doc[said.span.start : tokens[end].i]


# Direct speech ("people say to me, you were wrong") and "I'd" for "I had" are beyond the rules.
_DIRECT = re.compile(
    r"\bi quote\b|(?<!should )(?<!would )(?<!could )(?<!i'd )(?<!that is to )(?<!do you )(?<!get )(?<!when we )(?<!when they )(?<!when i )(?<!i have to )(?<!i must )\b(?:say|says|said|saying|ask|asks|asked|like)(?: to (?!the\b|a\b|an\b)\w+)?, (?!um|er|uh|you know|that)|\b(?:i|we|they|he|she)'d (?:a|an|the|no|some|phone|to)\b"
)
# An arrangement that is told because it no longer holds.
_SUPERSEDED = re.compile(
    r"\bwhat am i (?:saying|talking|on about)\b|\bhad (?:it|that|this|them|you|us|the \w+) down (?:for|as)\b|\b(?:was|were) (?:originally|supposed|meant|going) to be (?:on|at|in) the\b"
)
BRIEF = 8  # words of a request with which anybody may hand on

"""Reported statements made of spoken sentences: one voice, in order, joined into short paragraphs.

A sentence that cannot be reported safely is left out; a pronoun may stand only where the sentence that it points
back to stands directly before it on the page.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.facts.corrections import swapped, tells_retracted, unvouched
from pipeline.facts.polish import capitals, copied, figures, mended, one_subject, tidied, undoubled
from pipeline.facts.quoting import LONGEST, inner, quoted
from pipeline.facts.referents import half_told, of_nobody, of_nothing, unconditioned
from pipeline.facts.retell import retell
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wishes import wishes
from pipeline.language.lexicon import is_ordinary
from pipeline.language.parsing import Doc
from pipeline.language.phrases import ends_asking, points_back
from pipeline.language.reported import report
from pipeline.language.said import CUT, Said, Span, apologises, bare_value, misheard, takes_back, unresolved
from pipeline.language.wording.fluent import SAME_IN_PAST, fluent, substance, whole_request
from pipeline.language.wording.line import is_base_verb
from pipeline.language.wording.moved import time_first
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
        text = _polished(wording, said, meeting, body)
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
            if text and not text.startswith("advised that "):  # "and then there's a correction": read as an order
                yield text
        plain = retell(span, body=body, after=after, limit=limit, audience=audience)
        if plain:
            yield plain


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


def _polished(text: str, said: Said, meeting: Meeting, body: str | None) -> str | None:
    text = tidied(_to_infinitive(figures(undoubled(text, body)), said))
    for subject in filter(None, (body, said.name and said.name.split()[-1])):
        text = one_subject(text, subject)
    text = re.sub(r",? and (?:yes|no|well),? .*$", "", text)
    text = re.sub(
        r", (?:people|everyone|everybody|folks|all|friends|colleagues|lads|guys|ladies|gentlemen|love|dear)$", "", text
    )
    text = re.sub(r"^(said that )(?:and )?then,? (?!again\b)", r"\1", text)
    text = _uncalled(text, said, meeting)
    if said.name and re.search(r"\band (?:i|me)\b", said.plain):  # "Ines and I": "Ines and they" would be others
        text = re.sub(r"(?<=[A-Z])([\w'’-]+ and) (?:they|them)\b", rf"\1 {said.name.split()[-1]}", text)
    text = re.sub(r"^announced that (?=(?:the|a|an) [^,]*(?:,|$))", _announcing(meeting), text)
    text = _only_asked(text, meeting)
    text = capitals(_reordered(mended(text, said.plain), said, meeting), meeting.bodies)
    text = _small(text, said)
    return text if sound(text) and not copied(text, said.plain) and reads_well(text, meeting) else None


def _uncalled(text: str, said: Said, meeting: Meeting) -> str:
    """Without the first name of somebody there who was spoken to: "it's online, Siobhán, and free"; a noun before it is theirs."""
    firsts = {name.split()[0] for name in meeting.speakers}
    for t in said.span:
        called = t.text in firsts and t.i > said.span.start + 1 and t.nbor(-1).text == ","
        if called and t.nbor(-2).pos_ not in ("NOUN", "PROPN"):
            text = re.sub(rf", {re.escape(t.text)}(?:(?=, )|$)", "", text)
    return text


def _only_asked(text: str, meeting: Meeting) -> str:
    """A request without a statement that was spoken on from it: "to measure it, record it, and there was a correction"."""
    request = _REQUEST.match(text)
    if request is None or meeting.read is None:
        return text
    first, *others = text[request.end() :].split(", ")
    kept = [first]
    for part in others:
        if _states(meeting.read(_sentence(re.sub(r"^(?:and|but|so) ", "", part)))):
            break
        turned = request["denied"] and is_base_verb(part.split()[0].lower())
        kept.append(f"but to {part}" if turned else part)  # "don't throw it away, wrap it in a towel"
    if len(kept) > len(others):
        return request[0] + ", ".join(kept)
    last = kept.pop() if len(kept) > 1 else ""
    joint = " " if last.startswith(("and ", "or ")) else " and "
    return f"{request[0]}{', '.join(kept)}{joint}{last}" if last else f"{request[0]}{first}"


def _states(clause: Doc) -> bool:
    """Whether a clause is a statement of its own: a finite verb with its subject before it, and nothing that binds it."""
    root = next((t for t in clause if t.head.i == t.i), None)
    if root is None:
        return False
    own = [t for t in (root, *root.children) if t.tag_ in FINITE]
    subject = (
        any(c.dep_.startswith(("nsubj", "expl")) and c.i < max(t.i for t in own) for c in root.children)
        if own
        else False
    )
    return subject and not any(c.dep_ == "mark" or c.tag_ in ("WDT", "WP", "WRB") for c in root.children)


def _announcing(meeting: Meeting) -> Callable[[re.Match[str]], str]:
    """ "announced that the Fellowship, for teachers": without a verb it is "announced the Fellowship, ..."."""

    def lead(found: re.Match[str]) -> str:
        rest = found.string[found.end() :].split(",")[0]
        verb = meeting.read is None or any(
            t.tag_ in FINITE and t.dep_ in ("ROOT", "root", "cop", "aux", "aux:pass")
            for t in meeting.read(_sentence(rest))
        )
        return found[0] if verb else "announced "

    return lead


def _small(text: str, said: Said) -> str:
    """ "said that Creosote was cheap": a word that only the start of the spoken sentence gave a capital."""
    found = _BEGINS.match(text)
    first = next((t for t in said.span if t.is_alpha), None)
    if not found or first is None or first.text != found[2] or first.ent_type_ or not is_ordinary(first.lower_):
        return text
    return f"{found[1]}{found[2][0].lower()}{text[found.end(2) - len(found[2]) + 1 :]}"


_BEGINS = re.compile(r"(said that )([A-Z][a-z]+)\b(?! (?:(?:of|for|and|the|in|on) )*[A-Z])")


def _reordered(text: str, said: Said, meeting: Meeting) -> str:
    """The claim with its time first, where too many of the speaker's own words stand in a row."""
    claim = _CLAIM.match(text)
    if meeting.read is None or not claim or not copied(text, said.plain):
        return text
    moved = time_first(meeting.read(_sentence(text[claim.end() :])))
    return f"{claim[0]}{moved}" if moved and not copied(moved, said.plain) else text


_CLAIM = re.compile(
    r"^(?:said|added|thought|noted|explained|hoped|believed|mentioned|confirmed|reported|felt|agreed|stressed) that "
)
_REQUEST = re.compile(
    r"^(?:advised|asked|urged|encouraged|invited|reminded) [\w ]{4,24}? (?P<denied>not )?to (?=[a-z])"
)
_HANGING = re.compile(
    r"said that (?:if|unless|because|although|whereas|while) [^,]+$"
)  # a condition without what it is one of
_RELATIVE = re.compile(r"(?P<before>.+?), (?:who|which) [^,]+(?P<after>,.*)?$")
_BEGUN = re.compile(r"([^,]+), (?:but |so |and (?=(?:he|she|it|they|there)\b))")
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
BRIEF = 8  # words of a request with which anybody may hand on
LEAST = 2  # words of substance without which a statement says nothing


def reads_well(text: str, meeting: Meeting) -> bool:
    """Whether a predicate, read by itself as its readers will, is whole and says something."""
    claim, request = _CLAIM.match(text), _REQUEST.match(text)
    if meeting.read is None or not (claim or request):
        return True
    if request:  # broken talk is full of words that look like orders
        return not meeting.rough and whole_request(meeting.read(_sentence(text[request.end() :])))
    begun = _BEGUN.match(text[claim.end() :])  # type: ignore[union-attr]
    if begun and not any(t.tag_ in FINITE for t in meeting.read(_sentence(begun[1]))):
        return False  # "a pretty quick update, but ..."
    if (relative := _RELATIVE.match(text[claim.end() :])) and not any(  # type: ignore[union-attr]
        t.tag_ in FINITE
        for part in (relative["before"], relative["after"] or "")
        for t in meeting.read(_sentence(part))
    ):
        return False  # "the rector of Stoke, who walked about the county"
    parts = [meeting.read(_sentence(p)) for p in re.split(r",? (?:and|but) that (?=\w+ \w+ )|; ", text[claim.end() :])]  # type: ignore[union-attr]
    return all(fluent(p) for p in parts) and sum(substance(p) for p in parts) >= LEAST


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip(' .')}."


# Direct speech ("people say to me, you were wrong") and "I'd" for "I had" are beyond the rules.
_DIRECT = re.compile(
    r"\bi quote\b|(?<!should )(?<!would )(?<!could )(?<!i'd )(?<!that is to )(?<!do you )(?<!get )(?<!when we )(?<!when they )(?<!when i )(?<!i have to )(?<!i must )\b(?:say|says|said|saying|ask|asks|asked|like)(?: to (?!the\b|a\b|an\b)\w+)?, (?!um|er|uh|you know|that)|\b(?:i|we|they|he|she)'d (?:a|an|the|no|some|phone|to)\b"
)
# An arrangement that is told because it no longer holds.
_SUPERSEDED = re.compile(
    r"\bwhat am i (?:saying|talking|on about)\b|\bhad (?:it|that|this|them|you|us|the \w+) down (?:for|as)\b|\b(?:was|were) (?:originally|supposed|meant|going) to be (?:on|at|in) the\b"
)
_UNSOUND = re.compile(
    r"^said that do(?:es)? not\b|\bneither (?!of\b)(?!.*\bnor\b)|\b(?:be|been) (?:but|and|because|so)\b|^said that (?:\d{4}, |whether\b)|\b(?:would|could|should|might|must) (?:going|having|been|was|were|had|is|are)\b|\b(?:was|were) (?:looking|taking|putting|setting|making)(?:,| and\b|$)|\bplease (?:did|had|was|were)\b|\bthem for them\b|, (?:do|did) not \w+(?:$|[,;])|\bso (?:do|did) not \w+|\bthat (?:it|they|he|she|this)[.]?$|\band (?:had|was|were|did|would|could)[.]?$|\b(?:co|re|pre|non|self)[.]?$|\b(?:i|i'm|me|my|we|us|our|ourselves|myself|you|your|um|uh|er|yeah|okay|kinda|gonna|wanna)\b|\b(?:the|a|an|of|to|and|that) (?:,|\.|;|$)|"
    r"\b(?:should|would|could|might|must) (?:(?:when|if|and|because|that|the|an?|at|in|of|to|for|with|on|from|by)\b|,|$)|\bof it$|"
    r"\b(?:and|but|or) (?:when|while|if|because|although|though|after|before|since|unless) (?!possible\b|necessary\b|needed\b|so\b)[^,;]+$|\bthat that\b|\bthe the\b|\bthat (?:and|but|so)\b|[\[\]{}<>]|\.\.\.|…|--|—|\b(\w+) \1 \1\b",
    re.IGNORECASE,
)


def sound(text: str) -> bool:
    """Whether a wording has nothing in it that gives its making away."""
    words = text.split()
    return 3 <= len(words) <= 60 and not _UNSOUND.search(text) and not _HANGING.match(text)


def _to_infinitive(text: str, said: Said) -> str:
    """ "the first was, measure after each flood" -> "the first was to measure after each flood"."""
    tokens = list(said.span)
    for be, comma, verb in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if be.lemma_ == "be" and comma.text == "," and verb.tag_ in {"VB", "VBP"}:
            text = re.sub(rf"\b(was|were|is), (?={re.escape(verb.lower_)}\b)", r"\1 to ", text, count=1)
    return text

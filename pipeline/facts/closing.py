"""The end of the page: who chaired, who was thanked for what, the recording, the mailing list, about the organisers."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.facts.handed import handed_over
from pipeline.facts.paragraphs import short_name, statement, together
from pipeline.facts.polish import capitals, copied, finished
from pipeline.facts.reading import FINITE
from pipeline.facts.retell import third_person
from pipeline.facts.salience import selected, told_or_quoted
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, quote, supported, tell
from pipeline.language.cues import VOTE_OF_THANKS
from pipeline.language.phrases import disfluent
from pipeline.language.reported import join_and
from pipeline.language.said import Said, misheard
from pipeline.language.wording.clean import parentheses, without
from pipeline.records import Evidence, FromEvent

_OFFICE = re.compile(
    r"^(?:the )?(?:acting |vice[- ])?(?:chair\w*|speaker|president|moderator|host)$", re.IGNORECASE
)  # no name


def chairs(meeting: Meeting) -> list[Statement]:
    """Who chaired, in what roles."""
    handed = handed_over(meeting)
    if handed:
        text = f"The meeting was chaired by {_in_role(meeting, handed.before)}, and after that by {_in_role(meeting, handed.after)}."
        backing = [
            handed.said.evidence,
            *(e for n in (handed.before, handed.after) for e in meeting.person_evidence(n)),
        ]
        return [Statement(finished(text), tuple(backing), (handed.before, handed.after))]
    names = [n for n in meeting.chairs if not _OFFICE.match(n)]
    if not names:
        return []
    evidence: list[Evidence] = []
    for n in names:
        evidence += meeting.person_evidence(n)
        evidence += [
            s.evidence for s in meeting.by(meeting.outline.said, n) if meeting.outline.does(s, "chairing", "welcome")
        ][:1]
        if not evidence:
            evidence += [s.evidence for s in meeting.by(meeting.outline.said, n)][:1]
    told = ([_in_role(meeting, n) for n in names], names)  # the names alone, where a post is not borne out
    made = [
        Statement(finished(f"The meeting was chaired by {together(t)}."), tuple(evidence), tuple(names)) for t in told
    ]
    return made[:1] if supported(made[0], meeting) else made[1:]


def _in_role(meeting: Meeting, name: str) -> str:
    """A chair with role and body; that a chair is a chair need not be said."""
    speaker = meeting.speakers.get(name)
    plain = speaker is not None and _OFFICE.match(re.sub(r"^co-?", "", speaker.role or "", flags=re.IGNORECASE))
    return meeting.titled(name) if plain else meeting.presented(name).rstrip(",")


_THANKED = re.compile(
    r"\b(?:(?:thank|thanks(?: so much| very much)?(?: go| also)*(?: to)?|(?:our|my) thanks,?(?: go)?(?: to)?|grateful to|gratitude to|obliged to|indebted to)\s+"
    r"(?!you\b|everyone\b|everybody\b|all\b|people\b|goodness|god)(?=\w)|"
    r"thank[ -]you(?: (?:all|both|also|too|so much|very much))* to (?=\w)|thank you (?=[a-z'’-]+(?:, the | and )))"
)
_FRAGMENT = re.compile(r"^(?:and |also |and also )?to (?!close|finish|end|be|summar)")
MERITS = 12  # words of what somebody is thanked for
_DENIES = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot)\b|n't\b")
_HEADS = re.compile(
    r"^[^,]*(?:, )?(?:[^,]*\b(?:remains?|leaves?|rests?|left|let me|only|just|like|want|time)\b)[^,]*\b(?:thank (?:you|people)|(?:my|our|the|some) thanks)[.:]$|"
    r"^(?:(?:and|so|now|right|finally|lastly)[, ]+)*(?:(?:some|a few|my|our|the) )?(?:thanks|thank[ -]yous?)(?: then| now)?[.:]$"
)
_AND_THEN = re.compile(
    r",? (?:because|since|so that|so|if|but)\b.*$|,? and (?:they|it|he|she|there|the \w+) (?:was|were|had|has|have|would|could|can|might|is|are|will)\b.*$"
)
_FILLED = re.compile(r"\b(?:they|them|he|she|it|that|this)$")


def thanks(meeting: Meeting) -> list[Statement]:
    """Whom the chair thanked at the end, and for what."""
    zone = [
        s
        for s in meeting.outline.said[-max(30, len(meeting.outline.said) // 12) :]
        if (s.who in meeting.outline.chairs or not meeting.outline.chairs) and not misheard(s)
    ]
    best: list[tuple[str, Said]] = []
    run: list[tuple[str, Said]] = []
    for s in zone:
        if meeting.outline.does(s, "thanks") and ("our thanks" in s.plain or _HEADS.match(s.plain)):
            run = [("", s)]
            continue
        begun = run and run[-1][1].index >= s.index - 2
        match = _THANKED.search(s.plain) or (
            begun
            and (
                _FRAGMENT.match(s.plain)
                or (_only_names(s) and not meeting.outline.does(s, "closing") and _NAMELY.match(s.plain))
            )
        )
        rest = s.plain[match.end() :] if match else None
        told = _object(s, re.sub(r"^(?:also |again )?to ", "", rest)) if rest else None
        if told and not meeting.outline.does(s, "question"):
            run = [*run, (told, s)] if begun and run[-1][1].who == s.who else [(told, s)]
            if sum(len(t.split()) for t, _ in run) >= sum(len(t.split()) for t, _ in best):
                best = run
    voted = _voted(meeting)
    named = [re.sub(r",? (?:and|or),?$", "", i) for t, _ in best for i in t.split(ITEMS) if i]
    if not named or sum(len(t.split()) for t in named) < 2:
        return voted
    name = best[0][1].name
    listed = listed_thanks(named)
    text = f"{name} thanked {listed}." if name else f"Thanks were given to {listed}."
    for wording in (_in_full(text, name, meeting), text):
        made = Statement(capitals(wording, meeting.bodies), tuple(s.evidence for _, s in best), (name,) if name else ())
        if supported(made, meeting):
            return [*voted, made]
    return voted


def listed_thanks(named: Sequence[str]) -> str:
    """Those who are thanked as one list; where one of them is several, the others stand apart from these."""
    if len(named) == 1 and " and " not in named[0] and ", who" not in named[0]:
        named = named[0].rsplit(", ", 1)
    several = len(named) > 1 and any("," in n or re.search(r"\band (?:the )?[A-Z]", n) for n in named)
    named = [re.sub(r"^and ", "", n) for n in named]
    return f"{'; '.join(named[:-1])}; and {named[-1]}" if several else join_and(named)


def _voted(meeting: Meeting) -> list[Statement]:
    """Who proposed a vote of thanks, where that was not a chair."""
    for s in meeting.outline.said[len(meeting.outline.said) // 2 :]:
        if s.name and s.who not in meeting.outline.chairs and VOTE_OF_THANKS.search(s.plain):
            made = Statement(f"{s.who} proposed a vote of thanks.", (s.evidence,), (s.name,))
            return [made] if supported(made, meeting) else []
    return []


FEW = 4  # names that are written in full; more of them are told by their first names


def _in_full(text: str, who: str | None, meeting: Meeting) -> str:
    """First names of those who spoke, with their surnames: "thanked Jem for minding the chat" -> "thanked Jem Fairclough ..."."""
    firsts = Counter(n.split()[0] for n in meeting.speakers if len(n.split()) > 1)
    full = {n.split()[0]: n for n in meeting.speakers if firsts[n.split()[0]] == 1 and n != who}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, full))})\b(?!['’]? ?[A-Z]|['’]s)") if full else None
    found = pattern.findall(text) if pattern else []
    return pattern.sub(lambda m: full[m[0]], text) if pattern and 0 < len(found) <= FEW else text


def _short_merits(merits: str, thanked: str, said: Said) -> str:
    """What somebody did, where it is short and takes nothing back: "who checked the captions" and no more."""
    for told in (merits, re.split(r"(?<=\w), ", merits)[0], re.split(r" and ", merits)[0]):
        if len(told.split()) <= MERITS and not _DENIES.search(told) and not copied(thanked + told, said.plain):
            return told.rstrip(" ,") if len(re.findall(r"\w+", told)) > SHORTEST else ""
    return ""


SHORTEST = 2  # words of what somebody did
_NAMELY = re.compile(r"^(?:and )?(?=\w)")


def _only_names(said: Said) -> bool:
    """Whether a sentence is a list of people, each with what they did at most: "Jamie, who has run the machinery"."""
    before = list(itertools.takewhile(lambda t: t.lower_ not in ("who", "for"), said.span))
    opens = next((t for t in before if t.lower_ not in ("and", "also")), None)
    listed = opens is not None and (opens.pos_ == "PROPN" or opens.lower_ in _PEOPLE)
    return listed and not any(
        t.tag_ in _VERBAL or t.pos_ == "INTJ" or t.lower_ in ("i", "i'm", "you", "good") for t in before
    )


_PEOPLE = frozenset("our my everybody everyone all both the".split())
_VERBAL = FINITE | {"VB", "UH"}


def _object(said: Said, rest: str) -> str | None:
    """Whom a sentence thanks, in the third person."""
    skip = len(said.plain) - len(rest)
    words = len(said.plain[:skip].split())
    if words >= len(said.offsets):
        return None
    spoken = [t for t in said.span if t.idx >= said.offsets[words]]
    tokens = without(spoken, {t.i for t in spoken if disfluent(t)} | parentheses(spoken))
    text = third_person(tokens, addressed=True)
    if not text:
        return None
    own = not re.search(r"\btheir\b", said.plain)  # "our panel" is "the panel"
    text = re.sub(r"(\w)- (?=[a-z])", r"\1-", re.sub(r"\btheir " if own else "^(?:their|our) ", "the ", text))
    items = [_item(i, said) for i in _TO_ANOTHER.split(text)]
    text = ITEMS.join(i for i in items if i)
    return (
        None
        if re.match(r"(?:for|a lot|so much|very much|again)\b", text) or _FILLED.search(text) or len(text.split()) > 40
        else text
    )


ITEMS = "\n"  # between those to whom thanks are given one after the other
_TO_ANOTHER = re.compile(
    r"(?:, (?:and )?|\band )(?:thanks |thank you )?to (?=[A-Z]|(?:the|their|last|this|those|these|both|everyone|everybody|all|each)\b)"
)
_ASIDE = re.compile(r", (?:what|thank|thanks|that|this|it|which|he|she|they|there|you|i|we)(?:'s|'re)?\b(?! who\b).*$")


def _item(text: str, said: Said) -> str:
    """One of those who are thanked, with what they did where it is short, and without what was thrown in."""
    text = _ASIDE.sub("", _AND_THEN.sub("", text))
    merits = re.search(r",? who\b.*$", text)
    if merits:
        text = text[: merits.start()] + _short_merits(merits[0], text[: merits.start()], said)
    text = re.sub(r"\band all of (?:you|they|them)\b", "and everyone present", text)
    return re.sub(r"\b(?:all of|both of) (?:they|them)\b", "everyone present", text).strip(" ,")


_KEPT = re.compile(
    r"\b(?:the|this|a|an|our|your|my|and) (?:\w+ )?(?:recording|film|slides?|certificates?)\b|\b(?:is|are|be|being|been) recorded\b|\bcertificates?\b"
)
_REACHED = re.compile(
    r"\b(?:will|'ll|goes? (?:up|on|out)|going (?:up|on|out|to be)|(?:be|is|are) (?:sent|posted|available|put|shared|online|emailed|on)|stays?|sent|link|website|page|"
    r"channel|days|weeks?|month|year|tomorrow|next week|by (?:monday|tuesday|wednesday|thursday|friday))\b"
)
_ROOM = re.compile(
    r"\b(?:can you see|share my|my (?:slides?|screen|video)|next slide|this slide|your (?:camera|video|screen))\b"
)
EARLY, LATE = 60, 0.85  # sentences, share of them: where a meeting speaks of itself
RECORDED = 2  # sentences on what becomes of the recording


def recording(meeting: Meeting) -> list[Statement]:
    """Where the recording is: the event's link; and what the hosts said of it, the slides and certificates.

    Where the page has the link, what was promised of the recording alone is past.
    """
    link = meeting.event.links.get("recording")
    out: list[Statement] = []
    hosts = meeting.outline.chairs or tuple(meeting.speakers)
    said = meeting.outline.said
    edges = [s for s in said if s.index < EARLY or s.index > LATE * len(said)]  # in between, a film may be a subject
    kept = [s for s in edges if s.name in hosts and _on_recording(s) and not (link and _FILMED.search(s.plain))]
    fullest = sorted(kept, key=lambda s: (-len({m[0] for m in _REACHED.finditer(s.plain)}), s.start))
    told = list(dict.fromkeys(t for s in fullest[:RECORDED] for t in _kept(s, meeting)))
    for who in dict.fromkeys(t.said.who for t in told):
        own = sorted((t for t in told if t.said.who == who), key=lambda t: t.said.start)
        made = statement(who, short_name(who), own, meeting=meeting)
        out += [made] if made else []
    if link:  # an address takes no stop, so nothing stands behind it
        out.append(Statement(f"A recording is available at {link}", (FromEvent(event="links.recording"),)))
    return out


# Of the recording, and of nothing else that is sent round.
_FILMED = re.compile(r"^(?!.*\b(?:slides?|certificates?|transcript|captions?|notes)\b).*\b(?:record\w*|film)\b")


def _kept(said: Said, meeting: Meeting) -> list[Told]:
    """The sentence told; where it points back ("That'll be on the website"), with the sentence before it."""
    own = told_or_quoted(said, meeting, after=False, least=0.0)
    if own:
        return [own]
    before = meeting.outline.said[said.index - 1] if said.index else None
    if before is None or before.who != said.who or not _KEPT.search(before.plain):
        return []
    ground, own = quote(before, meeting, after=False, leads=True), quote(said, meeting, after=True)
    return [ground, own] if ground and own else []


def _on_recording(said: Said) -> bool:
    return bool(_KEPT.search(said.plain) and _REACHED.search(said.plain)) and not _ROOM.search(said.plain)


def mailing(meeting: Meeting) -> list[Statement]:
    """How to join the mailing list."""
    if meeting.event.mailing_list:
        return [Statement(meeting.event.mailing_list, (FromEvent(event="mailing_list"),))]
    for s in meeting.outline.said:
        if meeting.outline.does(s, "mailing") and s.name:
            told = tell(s, meeting)
            if told:
                return [Statement(f"{s.who} {told.predicate}.", (s.evidence,), (s.who,))]
    return []


def about(meeting: Meeting) -> list[Statement]:
    """The organiser's own standing text."""
    return [Statement(meeting.event.about, (FromEvent(event="about"),))] if meeting.event.about else []


def results(meeting: Meeting, *, budget: int) -> list[Statement]:
    """What a poll or vote gave."""
    out = []
    for who in dict.fromkeys(s.who for s in meeting.said_in("results") if s.name):
        said = [
            s for s in meeting.by(meeting.said_in("results"), who) if any(t.like_num for t in s.span) or "%" in s.text
        ]
        told = selected(said, meeting, budget=budget)
        if told:
            made = statement(who, short_name(who), told, meeting=meeting)
            if made:
                out.append(made)
    return out

"""Areas covered: each theme under a phrase that was used for it, with what somebody said of it."""

import heapq
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.facts.paragraphs import by_speaker
from pipeline.facts.salience import same, selected, worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported, tell
from pipeline.language.phrases import lemma, phrases
from pipeline.language.reported import join_and
from pipeline.language.said import Said, misheard
from pipeline.language.topics import Mention, Segment, counted, fit_heading, headings, weights
from pipeline.records import Spoken, Theme

TRIED = 12  # headings of a theme that are tried before it goes without
SENTENCES = 20  # sentences that are tried for a heading
ROOM = 52  # words of an area in a long discussion
TOGETHER = 12  # sentences within which what lies in no theme belongs together
LEAD = 7  # words of a heading and of a speaker's name
MOMENTS = 6  # places where the heading was said that are shown
STEERING = 1.6  # worth below which what a chair says in a discussion is taken for steering
SLIGHT = 0.5  # worth of a sentence in which a chair says what will be done
_COMMITS = re.compile(
    r"\b(?:we|i)(?:'re| are|'m| am)? (?:\w+ )?(?:aiming|planning|targeting|agreed|decided|proceed)\b|"
    r"\b(?:we should|we'll|we will|i'll|i will|let's|let us) (?:just |all |also |probably )*(?:proceed|keep|go with|use|target|aim|plan|check|ask|reach out|ship|release|postpone|delay|move (?:it|this|that) to|bring it up)\b"
)
# "Item three is the evidence session": the agenda, read out.
_ITEM = re.compile(r"^(?:(?:so|and|now|right|okay|then)[, ]+)*(?:that brings us to )?item (?:\w+)\b")
UNTOLD = 90.0  # seconds of a long discussion of which a page should tell something
HELD = (
    500  # words of a turn in which somebody, a chair too, tells of something, whatever part of the meeting it stands in
)
FEWEST = 20  # words of an area
APART = 45.0  # seconds between them
# Wordings that lean on what is not on the page, or are about the talk itself and not its subject.
_LEANING = re.compile(
    r"^(?:said|added|thought|noted) that (?:the (?:thing|other|second|third|first|last|next|only) \w+|it|its|that|this|these|those|just|not|one|"
    r"like|so|such|some of|all|even|also|maybe|anyway|since|because|if|when|while|then|knowing|as)\b|, (?:too|potentially|so|like|or|and|but|harder)[,.]?(?: |$)|\b(?:screen|slides?|minutes left|share|"
    r"coughing|sleep|link to|did not have any|excited|delighted|happy|glad|love|sorry|the second is|that day's|to so)\b|, [^,]{1,9}, [^,]{1,9}, |, (?:had|covers|was|were),|"
    r"\b(?:as|or|and|but|just|so|then|it|there|though|is|are|was|were|be|the|by)[.]?$|- "
)

# A figure or a decision: what may stand under a heading whose own words it does not use.
_FIGURES = re.compile(r"\d|\b(?:decid|agree|propos|recommend|plan|approv|publish|releas)\w*")


def areas(meeting: Meeting, *, budget: int, named: bool = True) -> list[Statement]:
    """The themes as points, the longest first, within a budget of words.

    `named`: a theme of which nothing can be told is listed with who spoke to it.
    """
    themes = meeting.themed.themes
    if not themes:
        return []
    long = meeting.long
    parts = [Segment(tuple(_within(meeting.outline.said, t))) for t in themes]
    weight = weights(parts)
    share = max(24, min(ROOM if long else budget, budget // len(themes)))
    accounts, others = ({}, []) if long else _accounts(meeting, themes, budget)
    out: list[Statement] = []
    left, used = budget, set[str]()
    for n, (theme, part) in enumerate(zip(themes, parts, strict=True)):
        made = _account(meeting, theme, accounts[n]) if n in accounts else None
        if made is None and (long or left > share):
            ranked = headings(part, weight, meeting.outline)
            room = min(share, left)
            made = _area(meeting, ranked, part, room, used)
            if made is None and named:
                made = _named_only(meeting, ranked, part, used)
        if made and made.words <= left + 6:
            out.append(made)
            left -= made.words
            used.add(_heading(made))
    for told in others:
        made = _account(meeting, None, told)
        if made and made.words <= left + 6:
            again = next((n for n, o in enumerate(out) if _heading(o) == _heading(made)), None)
            if again is None:
                out.append(made)
            else:
                out[again] = _joined(out[again], made)
            left -= made.words
    talk = long or not meeting.outline.programme
    return [*out, *_between(meeting, out, left, used, weight)] if talk else out


def _joined(one: Statement, other: Statement) -> Statement:
    """Two accounts under the same heading as one."""
    text = f"{one.text} {other.text.split(': ', 1)[-1]}"
    return Statement(text, (*one.evidence, *other.evidence), tuple(dict.fromkeys((*one.speakers, *other.speakers))))


def _between(
    meeting: Meeting, made: Sequence[Statement], budget: int, used: set[str], weight: dict[str, float]
) -> list[Statement]:
    """What was said in the longest stretches of a long discussion of which nothing is told yet, the longest first."""
    turns = meeting.conversation.turns
    said = [
        s
        for s in meeting.outline.said
        if meeting.outline.part(s) == "discussion" or not meeting.outline.programme or len(turns[s.turn].words) >= HELD
    ]
    told = {e.start for s in made for e in s.evidence if isinstance(e, Spoken)} | {
        e.start for e in meeting.placed if isinstance(e, Spoken)
    }
    edges = sorted({*told, *(s.start for s in said[:1]), *(s.end for s in said[-1:])})
    gaps = [(begin - end, begin, end) for begin, end in itertools.pairwise(edges)]
    heapq.heapify(gaps)
    out: list[Statement] = []
    while gaps and budget >= FEWEST:
        size, begin, end = heapq.heappop(gaps)
        if -size < UNTOLD:
            break
        inside = [
            s for s in said if begin + UNTOLD / 3 <= s.start <= end - UNTOLD / 3 and s.name and not _steers(s, meeting)
        ]
        one = _best_of(meeting, inside, min(ROOM, budget), used)
        if one is None and inside:
            part = Segment(tuple(inside))
            one = _named_only(meeting, headings(part, weight, meeting.outline), part, used)
        if one:
            out.append(one)
            budget -= one.words
            used.add(_heading(one))
            told_at = sorted(e.start for e in one.evidence if isinstance(e, Spoken))
            for left, right in itertools.pairwise([begin, *told_at, end]):  # what is still untold of it
                heapq.heappush(gaps, (left - right, left, right))
    return out


def _best_of(meeting: Meeting, said: Sequence[Said], room: int, used: set[str]) -> Statement | None:
    """The most telling of some sentences, under a phrase of its own."""
    for s in sorted(said, key=lambda s: -worth(s, meeting))[:SENTENCES]:
        told = _fit(s, meeting, room)
        label = _own_phrase([told], meeting) if told else None
        if told and label and label.lower() not in used:
            lead = (
                f"{label[:1].upper()}{label[1:]}: " if " " in label or not label.islower() else ""
            )  # "Feeling" is no heading
            made = Statement(f"{lead}{by_speaker([told])}", (s.evidence,), (s.name,) if s.name else ())
            if supported(made, meeting):
                return made
    return None


def _heading(made: Statement) -> str:
    return re.split(r":| \(discussed|\.", made.text)[0].lower()


def _accounts(meeting: Meeting, themes: Sequence[Theme], budget: int) -> tuple[dict[int, list[Told]], list[list[Told]]]:
    """What a short discussion's page tells, by theme: the sentences most worth their words, wherever they were said.

    Then those that lie in no theme, in runs.
    """
    places = {s.index: n for n, t in reversed(list(enumerate(themes))) for s in _within(meeting.outline.said, t)}
    said = [
        s
        for s in meeting.outline.said
        if (s.index in places or meeting.outline.part(s) == "discussion") and not _steers(s, meeting)
    ]
    found: dict[int, list[Told]] = {}
    rest: list[list[Told]] = []
    for t in selected(said, meeting, budget=budget - LEAD * len(themes)):
        if t.said.index in places:
            found.setdefault(places[t.said.index], []).append(t)
        elif rest and t.said.index - rest[-1][-1].said.index <= TOGETHER:
            rest[-1].append(t)
        else:
            rest.append([t])
    return found, rest


def _names_somebody(label: str, meeting: Meeting) -> bool:
    """Somebody's name is not a subject."""
    people = [r.name for r in meeting.event.registered] + [s.name for s in meeting.conversation.speakers]
    known = {w.casefold() for name in people for w in name.split() if w[:1].isupper()}
    return any(w.casefold() in known for w in label.split())


def _own_phrase(told: Sequence[Told], meeting: Meeting) -> str | None:
    """The fullest phrase in sentences that are told: a heading for them where their theme has none."""
    found = [p for t in told for p in phrases(t.said.span) if p.head.pos_ in ("NOUN", "PROPN")]
    fit = [p for p in found if p.content and not _names_somebody(p.text, meeting) and fit_heading(p) and not counted(p)]
    best = max(fit, key=lambda p: (min(3, len(p.content)), -len(p.tokens)), default=None)
    return best.text if best else None


def _fits(label: str, told: Sequence[Told]) -> bool:
    """Whether what is told under a heading speaks of it: one of its words is in one of the sentences."""
    said = {w for t in told for x in t.said.span for w in (x.lower_, lemma(x))}
    return any(w in said for w in label.lower().split() if len(w) > SMALL)


SMALL = 2  # letters of a word that says nothing


def _account(meeting: Meeting, theme: Theme | None, told: list[Told]) -> Statement | None:
    """A theme of a short meeting: its label, and what each person said of it; without a theme, under a phrase of its own."""
    while told:
        names = tuple(dict.fromkeys(t.said.name for t in told if t.said.name))
        label = (
            theme.label if theme and not _names_somebody(theme.label, meeting) and _fits(theme.label, told) else None
        )
        heading = label or _own_phrase(told, meeting)
        if not heading:
            return None
        text = f"{heading[:1].upper()}{heading[1:]}: {by_speaker(told)}"
        named = theme.evidence[:1] if theme else ()
        made = Statement(text, (*named, *(e for t in told for e in t.evidence)), names)
        if supported(made, meeting):
            return made
        told.pop()
    return None


def _steers(said: Said, meeting: Meeting) -> bool:
    """A chair's sentence that moves the talk along: it carries little, or presents who speaks next."""
    if said.who not in meeting.outline.chairs:
        return False
    if _ITEM.match(said.plain):
        return True
    if _COMMITS.search(said.plain) and worth(said, meeting) > SLIGHT:
        return False  # "we are aiming for the next release": what a chair sums up is no steering
    words = set(said.plain.split())
    presents = any(name.split()[-1].lower() in words for name in meeting.speakers if name != said.who)
    return presents or worth(said, meeting) < STEERING or meeting.outline.does(said, "agenda")


def _area(meeting: Meeting, ranked: Sequence[Mention], part: Segment, share: int, used: set[str]) -> Statement | None:
    """The first heading of a theme of which somebody said something that can be told."""
    for mention in ranked[:TRIED]:
        heading = mention.phrase.text
        if heading.lower() in used:
            continue
        told = _sentences(meeting, mention, part, share - len(heading.split()))
        while told:
            said = by_speaker(told)
            names = tuple(dict.fromkeys(t.said.name for t in told if t.said.name))
            places = _moments(mention, part)
            text = f"{heading[:1].upper()}{heading[1:]}: {said}"
            made = Statement(text, (*places, *(e for t in told for e in t.evidence)), names)
            if supported(made, meeting):
                return made
            told.pop()
    return _telling(meeting, part, share)


def _named_only(meeting: Meeting, ranked: Sequence[Mention], part: Segment, used: set[str]) -> Statement | None:
    """A theme of which nothing can be told safely: what it was called, and who spoke most to it."""
    names = [s.name for s in part.said if s.name for _ in s.words]
    most = [name for name, _ in Counter(names).most_common(2)]
    for mention in ranked[:3]:
        heading = mention.phrase.text
        if len(mention.phrase.content) < 2 or heading.lower() in used or misheard(mention.said):
            continue
        text = f"{heading[:1].upper()}{heading[1:]}" + (f" (discussed by {join_and(sorted(most))})." if most else ".")
        spoke = [next(s for s in part.said if s.name == name).evidence for name in most]
        made = Statement(text, (*_moments(mention, part), *spoke), tuple(most))
        if supported(made, meeting):
            return made
    return None


def _telling(meeting: Meeting, part: Segment, room: int) -> Statement | None:
    """A theme whose headings nobody's sentence bears out: its most telling sentence, under a phrase of its own."""
    figures = (s for s in part.said if s.who and s.name and _FIGURES.search(s.plain))
    return _best_of(meeting, list(figures), room, set())


def _fit(said: Said, meeting: Meeting, room: int) -> Told | None:
    """A sentence told by itself within some room, if it is worth it and leans on nothing else."""
    if worth(said, meeting) <= 0.8:
        return None
    told = tell(said, meeting, limit=26)
    if not told or told.words < 9 or told.words + len(said.who.split()) > room or _LEANING.search(told.predicate):
        return None
    return told


def _sentences(meeting: Meeting, mention: Mention, part: Segment, room: int) -> list[Told]:
    """One or two sentences that name the heading's noun, the most telling first, in the order of the talk."""
    core = set(mention.phrase.content) | {lemma(mention.phrase.head)}
    named = any(t.name for t in meeting.conversation.turns)
    about = [s for s in part.said if (s.name or not named) and s.who and core & {lemma(t) for t in s.span}]
    ranked = sorted(about, key=lambda s: (-worth(s, meeting) - len(core & {lemma(t) for t in s.span}), s.start))
    chosen: list[Told] = []
    for s in ranked[:SENTENCES]:
        told = _fit(s, meeting, room) if len(chosen) < 2 else None
        if told and not any(same(told, c) for c in chosen):
            chosen.append(told)
            room -= told.words + len(s.who.split())
    return sorted(chosen, key=lambda t: t.said.start)


def _moments(mention: Mention, part: Segment) -> list[Spoken]:
    """Where the heading was said, and where its noun came back, well apart."""
    core = set(mention.phrase.content) | {lemma(mention.phrase.head)}
    places = [mention.said.moment(mention.phrase.tokens)]
    said = [s for s in part.said if core & {lemma(t) for t in s.span}]
    while said and len(places) < MOMENTS:
        far = max(said, key=lambda s: min(abs(s.start - p.start) for p in places))
        if min(abs(far.start - p.start) for p in places) < APART:
            break
        places.append(far.moment([t for t in far.span if lemma(t) in core][:1]))
    return places


def _within(said: Sequence[Said], theme: Theme) -> list[Said]:
    return [s for s in said if any(span.start <= s.start < span.end for span in theme.spans)]

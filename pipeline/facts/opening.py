"""How the meeting came to take its form: planned place, what prevented it, theme, notices."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from pipeline.facts.attendance import attendance, counts_of, early
from pipeline.facts.panel import arrangement
from pipeline.facts.paragraphs import bare_of
from pipeline.facts.quoting import inner
from pipeline.facts.salience import told_or_quoted, worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import quote, supported, tell
from pipeline.language.phrases import Token, ends_asking, joined
from pipeline.language.said import Said
from pipeline.measures.normalise import numbers_of
from pipeline.records import Evidence, FromEvent, Spoken

_ONLINE = re.compile(
    r"\b(?:online|virtual(?:ly)?|remote(?:ly)?|zoom|teams|screen|by (?:video|phone|telephone)|video (?:call|link|conference)|hybrid)\b"
)
_PLANNED = re.compile(
    r"\b(?:going to|supposed to|meant to|due to|planned|planning|intended|hoped|hoping|booked|should have|would have|originally|"
    r"was to|were to)\b"
)
_CAUSE = re.compile(
    r"\b(?:because|since|as (?:the|our|we)|owing to|due to|thanks to|on account of|so that|after the)\b"
)
_HELD = re.compile(
    r"\b(?:meet|meeting|met|do|doing|hold|holding|held|run|running|gather|gathered|have|here|are|come|join|joining)\b"
)
# "you know why we're not in the hall", "why are we online?", "you are not sitting on a hard chair in the hall"
_ABSENT_PLACE = re.compile(
    r"\bwhy (?:we|you|it|this)(?:'re|'s| are| is)? (?:\w+ )?(?:not|n't|online|on (?:zoom|teams|a screen|screens?)|looking|sat|sitting|meeting|doing)\b|"
    r"\bwhy (?:we|it|you) (?:aren't|isn't) (?:in|at|sat|sitting)\b|\bwhy (?:are we|is (?:it|this)) (?:online|virtual|on (?:zoom|teams|a screen))\b|"
    r"\b(?:we|you)(?:'re| are) not (?:sitting|sat|gathered|meeting|standing|all) (?:\w+ ){0,5}?(?:in|at)\b"
)
_SUBJECT = re.compile(r"\b(?:theme|title|subject|topic|focus)\b[^.]{0,30}\b(?:is|was|are|'s)\b")
_SERIES = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th)) (?:of|in) (?:our|the|a|these|this)"
    r" (?:\w+ ){0,2}(?:series|classes|meetings|sessions|webinars|talks|evenings|workshops|lectures|gatherings|seminars|events|calls)\b"
)
MANY = 10  # a figure that counts something; less numbers an item of the agenda
NOTABLE = 2.8  # worth of a chair's figure that the first paragraph carries


def reason(meeting: Meeting) -> list[Statement]:
    """Why the meeting took this form, from the opening: plan, mishap and move, in the chair's own order."""
    opened = early(meeting)
    # Only hosts say why a meeting is held so; a member's "they were going to ..." is about something else.
    opener = opened[0].who if opened else ""
    hosts = {opener} if opener in meeting.outline.chairs else {*meeting.outline.chairs, opener}
    told = [
        s
        for s in opened
        if s.who in hosts and (_ABSENT_PLACE.search(s.plain) or not meeting.outline.does(s, *_NO_REASON))
    ]
    anchors = [n for n, s in enumerate(told) if _planned(s, meeting) or _moved(s) or _ABSENT_PLACE.search(s.plain)]
    if not anchors:
        return []
    end = max(n for n in anchors if told[n].index <= told[anchors[0]].index + REACH)
    first, last = told[anchors[0]], told[end]
    opens = (_planned(first, meeting) and not _CHANGED.search(first.plain)) or _ABSENT_PLACE.search(first.plain)
    begin = anchors[0] if opens else max(0, anchors[0] - BEFORE)
    asks = ends_asking(last.text)  # "now, why are we on a screen?"
    stop = end if _moved(last) and not asks else end + AFTER + asks  # what became of a plan is said behind it
    passage = [s for s in told[begin : stop + 1] if s.turn == told[end].turn]
    scored = [(_accounts(s, meeting), s) for s in passage]
    out: list[tuple[Said, Statement]] = []
    left = REASON
    for weight, s in sorted(scored, key=lambda w: (-w[0], w[1].index)):
        made = _reason_of(s, meeting, after=s is not passage[0]) if weight >= 1 and len(out) < MOST else None
        if made and made.words <= left:
            out.append((s, made))
            left -= made.words
    return [made for _, made in sorted(out, key=lambda o: o[0].index)]


_NO_REASON = ("thanks", "agenda", "aside", "question", "introduction", "greeting", "housekeeping")
REACH = 8  # sentences within which a meeting's reason is told
BEFORE = 4  # sentences before "so here we are on screen" that may tell why
AFTER = 2  # sentences behind a plan that may tell what became of it
MOST = 3  # sentences
REASON = 60  # words
WHOLE = 40  # words of a sentence that is quoted whole, because it holds what happened


def _planned(said: Said, meeting: Meeting) -> bool:
    found = meeting.outline.does(said, "reason") and (_PLANNED.search(said.plain) or _ONLINE.search(said.plain))
    return bool(found) or bool(_BY_RIGHTS.search(said.plain)) or bool(_OUR_PLAN.search(said.plain))


def _moved(said: Said) -> bool:
    """ "So here we are on Teams", "we've put it on Teams this year"."""
    return _explains(said) or bool(_FORM.search(said.plain)) or bool(_CHANGED.search(said.plain))


_OUR_PLAN = re.compile(
    r"\bwe (?:ought to be|should be|were planning|had planned|(?:normally|usually|always) (?:do|hold|meet|have|gather))\b|\b(?:normally|usually) we (?:do|hold|meet|have|gather)\b"
)
_BY_RIGHTS = re.compile(
    r"^(?:by rights|normally|usually|ordinarily|in (?:a )?normal (?:years?|times))\b.*\b(?:we|it|this)\b"
)
# "the board swapped the workshop for a webinar", "here we are online", "we voted to do it as a webinar"
_CHANGED = re.compile(
    r"\b(?:swapped|turned|changed|moved?|put|switched|shifted|brought|squeezed|took|taken|transferred|hold|held|do|run|go|gone|went)\b.{0,40}\b(?:online|webinar|virtual\w*|zoom|teams|screens?)\b|"
    r"\bhere we (?:all )?are\b.{0,12}\b(?:online|on (?:a )?(?:screens?|zoom|teams))\b|\bso online we are\b"
)
_FORM = re.compile(
    r"\b(?:we(?:'re| are|'ve| have)?|it(?:'s| is)?|lectures?|meetings?|sessions?|talks?|everything|everybody)\b.{0,40}\b(?:on|on ?to|in|by|over|to|through) "
    r"(?:a |the )?(?:zoom|teams|screens?|webex|meet|video|skype|internet)\b"
)
_CHOSE = re.compile(r"\b(?:chose|voted|decided|agreed|preferred|wanted|asked (?:us|for))\b")
_MISHAP = re.compile(
    r"\b(?:flood\w*|storm\w*|snow\w*|ice|icy|strikes?|fires?|burn\w*|ceiling|roof|collaps\w*|condemned|closed|closure|shut|burst|broke\w*|came down|"
    r"cancel\w*|measles|flu|virus|outbreak|ill|sick|repairs?|outage|power|leak\w*|damage\w*|unsafe|evacuat\w*|boiler|pipe|asbestos|landslide|"
    r"quarantine|emergency|shelter|heating|mould|lift|took down|gave out|fell (?:in|through)|out of (?:order|action|use)|not available|unavailable|double-booked)\b"
)


def _before(said: Said, meeting: Meeting) -> str:
    """The two sentences before one."""
    return " ".join(s.plain for s in meeting.outline.said[max(0, said.index - 2) : said.index])


_POINTS = re.compile(r"^(?:(?:and|so|but|well)[, ]+)*(?:he|she|they|that|this)\b")


def _accounts(said: Said, meeting: Meeting) -> float:
    """How much a sentence tells of why the meeting is held as it is: a plan, a mishap, a move; less what persons did."""
    value = 1.0 * _planned(said, meeting) + 2.0 * _explains(said) + 2.0 * bool(_MISHAP.search(said.plain))
    if _CAUSE.search(said.plain) and _FORM.search(said.plain):
        value += 1.0
    if _CAUSE.search(said.plain) and _CHOSE.search(said.plain):
        value += 1.0
    subject = next(
        (t for t in said.span if t.dep_ in ("nsubj", "nsubj:pass") and t.head.tag_ in ("VBD", "VBN", "VBP", "VBZ")),
        None,
    )
    if subject is not None and subject.pos_ in ("NOUN", "PROPN"):
        value += 0.5
    if meeting.named(said) or (re.search(r"\bi\b", said.plain) and not _planned(said, meeting)):
        value -= 1.0
    value += 1.0 * bool(_CHANGED.search(said.plain))
    if _ABSENT_PLACE.search(_before(said, meeting)):
        value += 1.0  # "you know why we're not in the hall": what follows says it
    return value - 0.5 * bool(_POINTS.match(said.plain))


def _explains(said: Said) -> bool:
    """ "We meet by video today because the lift is out": the form of the meeting, and a cause."""
    cause = _CAUSE.search(said.plain)
    return bool(cause and _ONLINE.search(said.plain) and _HELD.search(said.plain[: cause.start()]))


def _reason_of(said: Said, meeting: Meeting, *, after: bool) -> Statement | None:
    told = told_or_quoted(said, meeting, after=after, least=0.0)
    mishap = _MISHAP.search(said.plain)
    if mishap and told and mishap[0] not in told.predicate.lower():  # shortened to what matters least
        told = quote(said, meeting, after=after, longest=WHOLE) or told
    if told is None:
        return None
    text = bare_of(told)
    if not text and told.predicate.startswith("said that ") and said.name:
        text = f"{said.who} explained that {told.predicate.removeprefix('said that ')}"
    elif not text and said.name and inner(told.predicate):
        text = f"{said.who} {told.predicate}"
    return Statement(text, (said.evidence,), (said.name,) if said.name else ()) if text else None


def theme(meeting: Meeting) -> Statement | None:
    """The theme of the meeting: what the chair says of it, else the event file's, else the title that was named."""
    for s in early(meeting):
        if _SUBJECT.search(s.plain) and s.name:
            told = tell(s, meeting, after=False)
            bare = bare_of(told) if told else None
            named = (meeting.event.theme or "").lower() in (bare or "").lower()
            if bare and named and len(bare.split()) < 32:
                return Statement(bare + "." * (not bare.endswith(".”")), (s.evidence,), (s.name,))
    if meeting.event.theme:
        spoken = next((s.evidence for s in meeting.outline.said if meeting.event.theme.lower() in s.plain), None)
        return Statement(
            f"The theme was {meeting.event.theme}"
            + "." * (not meeting.event.theme.rstrip('”"’').endswith(("?", "!", "."))),
            (*((spoken,) if spoken else ()), FromEvent(event="theme")),
        )
    for s in early(meeting):
        title = _theme_in(s)
        if title:
            return Statement(f"The theme was {joined(title)}.", (s.moment(title),))
    return None


def series(meeting: Meeting) -> Statement | None:
    """Which one of a series the meeting is ("the fourth of five evening classes")."""
    for s in early(meeting):
        m = _SERIES.search(s.plain)
        if m and not meeting.outline.does(s, "handover", "aside"):
            told = tell(s, meeting, after=True)
            bare = bare_of(told) if told else None
            if bare:
                return Statement(re.sub(r"^It\b", "The meeting", bare) + ".", (s.evidence,))
            return Statement(f"It was the {re.sub(r'our|my', 'their', m[0])}.", (s.evidence,))
    return None


def _theme_in(said: Said) -> list[Token]:
    tokens = list(said.span)
    at = next((i for i, t in enumerate(tokens) if t.lower_ in {"theme", "title", "titled"}), None)
    if at is None:
        return []
    start = next(
        (
            k
            for k in range(at + 1, min(at + 8, len(tokens)))
            if tokens[k].lower_ in {"is", "'s", "of", "called", "was", ":"}
        ),
        at,
    )
    return _title(tokens[start + 1 :])


def _title(tokens: Sequence[Token]) -> list[Token]:
    run: list[Token] = []
    small = {"of", "the", "to", "in", "and", "for", "on", "with", "without", "a", "from", "at", "by", "'s", "’s"}
    for t in tokens:
        if t.text[:1].isupper() or t.text[:1].isdigit() or (run and t.lower_ in small):
            run.append(t)
        else:
            break
    while run and run[-1].text[:1].islower():
        run.pop()
    return run if len(run) >= 2 else []


def notices(meeting: Meeting, told: Set[Evidence]) -> list[Statement]:
    """The figures that the chair gives besides, as the meeting opens: how many members there are, who waits."""
    out: list[Statement] = []
    if meeting.rough or not meeting.chairs:
        return out
    for s in early(meeting):
        counts_much = any(n.isdigit() and int(n) >= MANY for n in numbers_of(s.text)) and worth(s, meeting) >= NOTABLE
        if (
            s.name != meeting.chairs[0]
            or s.evidence in told | meeting.placed
            or counts_of(s, after_booking=False)  # told as who came, or put right since
            or not s.text.rstrip().endswith((".", "!", "?", "”", '"'))
            or not counts_much
            or CLOCK.search(s.plain)
            or _presents(s, meeting)
        ):
            continue
        made = _reason_of(s, meeting, after=False)
        if made and "“" not in made.text:
            out.append(replace(made, text=made.text.rstrip(".") + "."))
    return out[:2]


CLOCK = re.compile(
    r"\bclock\b|\bit's (?:now |just |gone |nearly |about )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:thirty|fifteen|twenty|forty|oh|ten|fifty)\b|\bminutes?\b|\bhalf past\b|\b(?:a|the|an) hour\b"
)  # how the meeting runs


def _presents(said: Said, meeting: Meeting) -> bool:
    """Whether it is about somebody who will speak, or about how the meeting will run."""
    names = {w.lower() for n in meeting.speakers if n != said.who for w in n.split() if len(w) > 2}
    return bool(names & set(said.plain.split())) or meeting.outline.does(
        said, "agenda", "introduction", "reason", "recording"
    )


def _when(made: Statement) -> float:
    return min((e.start for e in made.evidence if isinstance(e, Spoken)), default=float("inf"))


def held(meeting: Meeting) -> Statement | None:
    """The first paragraph: why, who came, on what theme."""
    parts: list[Statement] = []
    for r in reason(meeting):
        # The place that "the boiler there" means was named in a sentence that is not told.
        text = r.text if parts else re.sub(r"^(The \w+) there (?=\w)", r"\1 ", r.text)
        lead = f"{r.speakers[0]} said: “" if r.speakers else None
        if lead and text.startswith(lead) and parts and parts[-1].speakers == r.speakers and "“" in parts[-1].text:
            text = "“" + text.removeprefix(lead)  # the sentence before says whose words these are
        parts.append(replace(r, text=text if text.endswith("”") else text.rstrip(".") + "."))
    reasons = parts[-1:]
    if reasons and meeting.event.platform and not _ONLINE.search(" ".join(p.text for p in parts).lower()):
        at = (*reasons[0].evidence, FromEvent(event="platform"))
        parts.append(Statement(f"The meeting was held online, on {meeting.event.platform}.", at))
    came = attendance(meeting)
    frames = [made for made in (series(meeting), came, theme(meeting)) if made]
    arranged = {s.evidence for s in arrangement(meeting)} if meeting.outline.programme else set()
    told = notices(meeting, {*(e for p in (*parts, *frames) for e in p.evidence), *arranged})
    # What the chair said before the count of those who came tells how the meeting came about; the rest stands last.
    cause = [n for n in told if reasons and came and _when(n) < _when(came)]
    kept: list[Statement] = []
    for part in (*sorted([*parts, *cause], key=_when), *frames, *(n for n in told if n not in cause)):
        if supported(_paragraph([*kept, part]), meeting):  # one that fails must not take the others along
            kept.append(part)
    return _paragraph(kept) if kept else None


def _paragraph(parts: Sequence[Statement]) -> Statement:
    return Statement(" ".join(p.text for p in parts), tuple(e for p in parts for e in p.evidence))

"""Announcements: who, in what capacity, launched or said what, with whom, when, and what it means."""

import re

from pipeline.facts.salience import shortest, worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, short_name, statement
from pipeline.language.said import Said

NEXT = re.compile(
    r"\b(?:next|following) (?:\w+ )?(?:meeting|gathering|webinar|session|event|call|conference|assembly|seminar|class|workshop|evening)\b|"
    r"\b(?:meeting|gathering|webinar|session|event|call|class|workshop) after (?:this|that)\b|\bmeet again\b|\bsee you (?:all )?on\b"
)
# "There are two announcements. The first is from the Trust." only opens what follows.
_OPENS = re.compile(
    r"\b(?:announcements?|notices?|news)\b(?!.*\b(?:launch|will|is that|are that)\b)|^(?:and )?(?:the )?(?:first|second|third|next|last|other)(?: one| of them)? (?:is|was|comes|concerns)\b(?!.{40})|"
    r"\b(?:congratulat|well done|here today|let (?:her|him|them)|tell you about it)"
)
SIDE = ("thanks", "mailing", "recording", "aside", "greeting", "housekeeping", "introduction", "frame", "question")
_CALLED = re.compile(r"\b(?:called|named|titled|launch\w*|announc\w*|publish\w*|went live)\b")
_ORDINAL = re.compile(
    r"^(?:and |so |now )?(?:the )?(?:second|third|fourth|next|last|other|final)(?: (?:notice|announcement|item|thing|one|piece of news))?,? (?:is|was|concerns|comes)\b"
)


def announcements(meeting: Meeting, *, budget: int) -> list[Statement]:
    """One paragraph for each announcement."""
    groups = _groups(meeting)
    out: list[Statement] = []
    left = budget
    for n, group in enumerate(groups):
        made = _worded(meeting, group, max(24, left // (len(groups) - n)))
        if made:
            out.append(made)
            left -= made.words
    return out


def _worded(meeting: Meeting, group: list[Said], budget: int) -> Statement | None:
    who = group[0].who
    chosen: dict[int, Told] = {}
    left = budget
    # Whatever an announcement says is news: sentences stand in their order as far as there is room.
    for s in sorted(group, key=lambda s: (not _CALLED.search(s.plain), worth(s, meeting) <= 0.6, s.start)):
        told = shortest(s, meeting, after=_goes_on(s, chosen) or bool(_CALLED.search(s.plain)))
        if told and told.words <= left + 4:
            chosen[s.index] = told
            left -= told.words
    told_all = [chosen[i] for i in sorted(chosen)]
    subject = who if who in meeting.outline.chairs else meeting.presented(who)
    extra = () if who in meeting.outline.chairs else meeting.person_evidence(who)
    return statement(subject, short_name(who), told_all, extra=extra, meeting=meeting)


def _goes_on(said: Said, chosen: dict[int, Told]) -> bool:
    return any(said.index - 3 <= i < said.index for i in chosen)


def _groups(meeting: Meeting) -> list[list[Said]]:
    """The sentences of each announcement: one speaker, one stretch, cut where the next one is opened."""
    pool = [s for s in meeting.said_in("announcements", "closing") if s.name and not meeting.outline.does(s, *SIDE)]
    pool = [s for s in pool if _in_news(meeting, s)]
    groups: list[list[Said]] = []
    cut = True
    for s in pool:
        if (groups and groups[-1][-1].who != s.who) or NEXT.search(s.plain) or _ORDINAL.match(s.plain):
            cut = True
        if _OPENS.search(s.plain) and len(s.words) < (22 if not _ORDINAL.match(s.plain) else 10):
            cut = True
            continue
        if cut or s.index - groups[-1][-1].index > 3:
            groups.append([s])
            cut = False
        else:
            groups[-1].append(s)
    return [g for g in groups if sum(len(s.words) for s in g) >= 8]


def _in_news(meeting: Meeting, said: Said) -> bool:
    """What a chair says counts only between turning to news and the thanks, or where the next meeting is named."""
    if NEXT.search(said.plain):
        return True
    if said.who not in meeting.outline.chairs:
        return meeting.outline.part(said) == "announcements" and len(meeting.conversation.turns[said.turn].words) > 20
    turn = meeting.outline.of_turn(said.turn)
    opened = [s.index for s in turn if meeting.outline.does(s, "announcements") or _ORDINAL.match(s.plain)]
    thanks = [
        s.index
        for s in turn
        if meeting.outline.does(s, "thanks") and len(s.words) > 4 and opened and s.index > opened[0]
    ]
    last = max(thanks, default=turn[-1].index + 1)
    return bool(opened) and opened[0] <= said.index < last

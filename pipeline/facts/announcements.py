"""Announcements: who, in what capacity, launched or said what, with whom, when, and what it means."""

import re
from collections.abc import Sequence

from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import statement
from pipeline.language.said import Said

_NEXT = re.compile(r"\b(?:our|the) next (?:\w+ )?(?:meeting|gathering|webinar|session|event|call|conference|assembly|seminar)\b|\bmeet again\b|\bsee you (?:all )?on\b")
SIDE = ("thanks", "mailing", "recording", "aside", "greeting", "housekeeping")


def announcements(meeting: Meeting, *, budget: int) -> list[Statement]:
    """One paragraph for each announcement."""
    groups = _groups(meeting)
    if not groups:
        return []
    share = max(24, budget // len(groups))
    out = []
    for group in groups:
        who = group[0].who
        if not group[0].name:
            continue
        made = statement(meeting.presented(who), who, selected(group, meeting, budget=share), extra=meeting.person_evidence(who))
        if made:
            out.append(made)
    return out


def _groups(meeting: Meeting) -> list[list[Said]]:
    """The sentences of each announcement: one speaker, one stretch."""
    pool = [s for s in meeting.said_in("announcements", "closing") if not meeting.outline.does(s, *SIDE)]
    pool = [s for s in pool if meeting.outline.part(s) == "announcements" or _in_news(meeting, s)]
    groups: list[list[Said]] = []
    for s in pool:
        if groups and groups[-1][-1].who == s.who and s.index - groups[-1][-1].index <= 3:
            groups[-1].append(s)
        else:
            groups.append([s])
    return [g for g in groups if sum(len(s.words) for s in g) >= 15]


def _in_news(meeting: Meeting, said: Said) -> bool:
    """In the closing: only after the chair has turned to news, or where the next meeting is named."""
    if _NEXT.search(said.plain):
        return True
    turn = meeting.outline.of_turn(said.turn)
    opened = [s.index for s in turn if meeting.outline.does(s, "announcements")]
    thanks = [s.index for s in turn if meeting.outline.does(s, "thanks") and len(s.words) > 6]
    last = max(thanks, default=turn[-1].index + 1)
    return bool(opened) and opened[0] <= said.index < last


def next_meeting(meeting: Meeting) -> Sequence[Said]:
    """Where the next meeting is named."""
    return [s for s in meeting.outline.said if _NEXT.search(s.plain)]

"""The chair handed on half-way: who chaired first, who after, and the words of the hand-over."""

import re
from dataclasses import dataclass

from pipeline.facts.view import Meeting
from pipeline.language.said import Said

_HANDS = re.compile(
    r"\b(?:hand(?:ing)?|pass(?:ing)?)(?: over)? (?:you )?(?:over )?(?:the )?(?:gavel|chair)\b|"
    r"\b(?:the|our) new chair(?:man|woman|person)? (?:is|will be)\b|"
    r"\b(?:'s|is|'ll be|will be) in (?:charge|the chair) (?:from|for the rest|now)\b|"
    r"\b(?:will|'ll|to) (?:take (?:over )?(?:the|as) chair|chair the (?:rest|second half|remainder))\b"
)
REACH = 12  # sentences within which the next chair must take the floor


@dataclass(frozen=True)
class Handed:
    """The moment at which the chair passed."""

    before: str
    after: str
    said: Said


def handed_over(meeting: Meeting) -> Handed | None:
    """The hand-over of the chair, when the next chair takes the floor and steers from then on."""
    for s in meeting.outline.said:
        if s.who not in meeting.chairs or not s.name or not _HANDS.search(s.plain):
            continue
        following = meeting.outline.said[s.index + 1 : s.index + 1 + REACH]
        after = next((x.name for x in following if x.name and x.name != s.name), None)
        if after and _steers(meeting, after, s):
            return Handed(s.name, after, s)
    return None


def _steers(meeting: Meeting, name: str, since: Said) -> bool:
    """Whether somebody gives others the floor more often than the first chair does, after a moment."""
    own = other = 0
    for s in meeting.outline.said[since.index + 1 :]:
        if meeting.outline.does(s, "handover", "chairing", "closing", "question time", "announcements", "thanks"):
            own += s.name == name
            other += s.name == since.name
    return own >= 2 and own > other

"""Figures that a speaker took back: what must not be told, and what only the editor can settle."""

import re

from pipeline.facts.polish import day_of, figures
from pipeline.facts.view import Meeting
from pipeline.language.said import Said
from pipeline.records import Question

_ONE = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred|thousand|million|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+tieth)"
)
_NUMBER = rf"{_ONE}(?:[ -](?:and )?{_ONE})*(?:st|nd|rd|th)?(?: per ?cent|%)?"
_EDIT = r"(?:(?:no|er|um|uh|oh|well|i'm|i beg your|pardon),? )*(?:sorry|i mean|correction|i misspoke|or rather|no)"
_TAKEN_BACK = re.compile(rf"\b(?P<old>{_NUMBER}),? (?:(?:and|or|er|um|uh),? )*{_EDIT},? (?P<rest>.*)$")
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


def corrected(meeting: Meeting) -> list[Question]:
    """A question to the editor for each figure that was taken back."""
    out: list[Question] = []
    for s in meeting.outline.said:
        found = taken_back(s)
        if found is None or found[0] == found[1] or len(s.words) < 4:
            continue
        old, new = (figures(x) if x else None for x in found)
        text = (
            f"{s.who or 'A speaker'} first said {old} and then corrected it to {new}. Is {new} right?"
            if new
            else f"{s.who or 'A speaker'} took back the figure {old}. Which figure is right? The sentence was left out."
        )
        out.append(Question(id=f"corrected-{len(out) + 1}", text=text, evidence=(s.evidence,)))
    return out[:5]

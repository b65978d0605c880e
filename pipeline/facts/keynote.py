"""The keynote: who gave it in what role, and what they commended, found, counted off and asked for."""

import re
from collections.abc import Sequence

from pipeline.facts.listed import Listed, bare_frame, listed
from pipeline.facts.paragraphs import short_name, statement
from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, supported
from pipeline.language.said import Said, speaker_of

# "on the Sunday it carried a bus": of what, nothing before it says.
_POINTS_BACK = re.compile(r"^said that (?:(?:on|in|at|by|after) (?:the )?\w+,? )?(?:it|he|she|this|that|these|those)\b")
_PRAISE = re.compile(
    r"\b(?:can't|cannot|can not|couldn't|could not) (?P<verb>praise|commend|thank|applaud) (?P<whom>(?:those|these|the) [a-z -]{3,40}?) (?:highly |warmly )?enough\b"
)
_TOPIC = re.compile(
    r"\b(?:tell you|talk(?: to you)?|speak(?: to you)?) (?:a (?:little|bit) |something )?about (?P<topic>(?:the|a|an) [^,.;?!]{3,50})[.]?$"
)
_REACH = 14  # sentences for which a topic that was announced holds
SENTENCES = 6  # of a paragraph
HALF = 0.3  # of the longest voice's words: what a second voice must have spoken to have given the keynote with it


def speakers(meeting: Meeting) -> list[str]:
    """Who gave the keynote, in order of speaking: the longest voice of that part that is no chair, and its equal."""
    words: dict[str, int] = {}
    for part in meeting.outline.parts:
        if part.kind == "keynote":
            for turn in meeting.conversation.turns[part.first : part.last + 1]:
                who = speaker_of(turn)
                if who and who not in meeting.outline.chairs and turn.name:
                    words[who] = words.get(who, 0) + len(turn.words)
    most = max(words.values(), default=0)
    return [w for w, n in words.items() if n >= max(HALF * most, 1)]


def title(meeting: Meeting) -> str:
    """What the page calls it: a keynote where somebody called it so, else by its place, or as the chair called it."""
    before = meeting.said_in("opening", "keynote")
    if any(re.search(r"\bkey ?note\b", s.plain) for s in before):
        return "keynote"
    if any(p.kind in ("panel", "talk") for p in meeting.outline.parts):
        return "keynote" if any(meeting.outline.does(s, "keynote") for s in before) else "opening talk"
    called = (
        m[1]
        for s in before
        if s.who in meeting.outline.chairs
        and (m := re.search(r"\b(lecture|address|seminar|presentation)s?\b", s.plain))
    )
    return next(called, "talk")


def speaker(meeting: Meeting) -> str | None:
    """Who gave the keynote; of two, the first."""
    return next(iter(speakers(meeting)), None)


def keynote(meeting: Meeting, *, budget: int) -> list[Statement]:
    """What the keynote said, in paragraphs of the page."""
    out: list[Statement] = []
    voices = speakers(meeting)
    for who in voices:
        said = meeting.by(meeting.said_in("keynote"), who)
        out += _told(who, said, meeting, budget // len(voices))
    return out


def _told(who: str, said: Sequence[Said], meeting: Meeting, budget: int) -> list[Statement]:
    items = listed(said, meeting, short=short_name(who))
    praised = _praise(who, said, meeting)
    used = {s.index for s in items.said} if items else set()
    pool = [s for s in said if s.index not in used and not bare_frame(s) and not (praised and _PRAISE.search(s.plain))]
    left = budget - (len(items.text.split()) if items else 0)
    told = selected(pool, meeting, budget=max(left, budget // 2))
    while told and _POINTS_BACK.match(told[0].predicate):
        told.pop(0)
    at = items.said[0].start if items else 0.0
    before = [t for t in told if t.said.start < at] if items else told
    after = [t for t in told if t.said.start >= at] if items else []
    opened = _paragraphs(who, before, meeting, first=True)
    middle = [*praised, *_list(who, items)]
    return [*opened, *middle, *_paragraphs(who, after, meeting, first=not opened and not middle)]


def _praise(who: str, said: Sequence[Said], meeting: Meeting) -> list[Statement]:
    """ "I can't praise those wardens highly enough": whom, by the fuller name they had before, and on what topic."""
    for n, s in enumerate(said):
        found = _PRAISE.search(s.plain)
        if not found:
            continue
        words = found["whom"].split()
        before = said[max(0, n - _REACH) : n]
        fuller = [(m[0], b) for b in before for m in re.finditer(rf"\bthe (?:\w+ )?{re.escape(words[-1])}\b", b.plain)]
        whom, source = max(fuller, key=lambda f: len(f[0]), default=(f"the {' '.join(words[1:])}", s))
        topic = next(((b, t) for b in reversed(before) if (t := _TOPIC.search(b.plain))), None)
        lead = _written(topic[0], topic[1]["topic"]) if topic else ""
        held = f"{short_name(who)} could not {found['verb']} {whom} enough."
        text = f"Talking about {lead}, {held}" if lead else held
        made = Statement(text, (*([topic[0].evidence] if topic else []), source.evidence, s.evidence), (who,))
        return [made] if supported(made, meeting) else []
    return []


def _written(said: Said, text: str) -> str:
    """Small-letter text with the sentence's capitals again."""
    for w in (w.text.strip(".,;:?!") for w in said.words):
        if w[:1].isupper():
            text = re.sub(rf"\b{re.escape(w.lower())}\b", w, text)
    return text


def _paragraphs(who: str, told: Sequence[Told], meeting: Meeting, *, first: bool) -> list[Statement]:
    out: list[Statement] = []
    for n in range(0, len(told), SENTENCES):
        subject = who if first and not n else short_name(who)
        made = statement(subject, short_name(who), told[n : n + SENTENCES], meeting=meeting)
        if made:
            out.append(made)
    return out


def _list(who: str, items: Listed | None) -> list[Statement]:
    return [Statement(items.text, tuple(s.evidence for s in items.said), (who,))] if items else []

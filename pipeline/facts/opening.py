"""How the meeting came to take its form, and who came: planned place, what prevented it, counts, theme."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import sound, tell
from pipeline.language.phrases import joined, phrases
from pipeline.language.reported import report
from pipeline.language.said import Said
from pipeline.records import Evidence, FromEvent

_ONLINE = re.compile(r"\b(?:online|virtual(?:ly)?|remote(?:ly)?|zoom|teams|screen)\b")
_MOVED = re.compile(r"\b(?:mov|switch|went|go|gone|met|meet|here|turn|shift|taken|took|held|host)\w*\b")
_PLANNED = re.compile(
    r"\b(?:going to|supposed to|meant to|due to|planned|planning|intended|hoped|hoping|booked|should have|would have|originally|was to|were to)\b"
)
_CAME = re.compile(
    r"\b(?:regist|signed up|sign up|book|join|attend|with us|on the call|in the room|present|online|here|see|taking part|logged|came|watching|listening|represent)\w*"
)
_COUNTED = frozenset("people person member participant attendee guest group organisation organization school country delegate colleague of you us team body club society charity company region city town".split())


def reason(meeting: Meeting) -> list[Statement]:
    """Why the meeting took this form, from the opening: plan, mishap and move, in the chair's own order."""
    opening = [s for s in meeting.said_in("opening", "keynote")[:40] if s.who in meeting.outline.chairs or not meeting.outline.chairs]
    chosen = [s for s in opening if meeting.outline.does(s, "reason") and (_PLANNED.search(s.plain) or _ONLINE.search(s.plain))]
    out: list[Statement] = []
    for s in chosen[:3]:
        text = _bare(s, meeting)
        if text:
            out.append(Statement(text, (s.evidence,), (s.name,) if s.name else ()))
    return out


def _bare(said: Said, meeting: Meeting) -> str | None:
    """The statement itself, told in the past."""
    told = tell(said, meeting, after=True)
    if told is None or not told.predicate.startswith("said that "):
        return None
    text = told.predicate.removeprefix("said that ")
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Count:
    """A number and what it counts."""

    phrase: str  # "a hundred and forty people"
    kind: str  # "registered", "present", "from"
    said: Said


def counts(meeting: Meeting) -> list[Count]:
    """Who signed up, who came, from how many groups: numbers in the opening beside words of coming."""
    found: list[Count] = []
    for s in meeting.said_in("opening", "keynote", "closing")[:60]:
        if not _CAME.search(s.plain) or meeting.outline.does(s, "aside"):
            continue
        for clause in _clauses(s):
            found.extend(_counts_of(s, clause))
    seen: dict[str, Count] = {}
    for c in found:
        seen.setdefault(c.kind, c)
    return list(seen.values())


def _clauses(said: Said) -> list[str]:
    return re.split(r",? and (?=i |we |there |\w+ of you|a |\d)|[;]| but ", said.plain)


_NUMBER = (
    r"(?:(?:about|around|over|more than|nearly|almost|some|just over|just under|at least)\s+)?"
    r"(?:\d[\d,]*|(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)[ -](?:and )?)*"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand))"
)
_REGISTERED = re.compile(rf"({_NUMBER})(?: of)?(?: (?:people|of you|members|participants|names|colleagues|guests|\w+s))?(?: (?:people|members))? (?:have |had |has )?(?:been )?(?:registered|signed up|booked|register|sign up)")
_REGISTERED_AFTER = re.compile(rf"(?:registrations|sign-ups|bookings|registered)[^.]{{0,25}}?({_NUMBER})(?=[ .,]|$)")
_PRESENT = re.compile(rf"({_NUMBER})(?: of (?:you|us|them))?(?: (?:people|members|participants|colleagues|guests))? (?:with us|here|online|on the call|in the (?:room|call|meeting)|present|joined|joining|have joined|are (?:here|with us|online|on)|attending|logged|watching|now)")
_PRESENT_SEEN = re.compile(rf"\b(?:see|have|count|makes?)\b[^.]{{0,12}}? ({_NUMBER})(?: of (?:you|us)| people| participants)")
_FROM = re.compile(rf"\b(?:from|representing|across) ({_NUMBER}) ((?:different |local |member )?(?:\w+ )?\w+s)\b|\bfrom ({_NUMBER}) (countries|cities)\b")


def _counts_of(said: Said, clause: str) -> list[Count]:
    out = []
    registered = _REGISTERED.search(clause) or _REGISTERED_AFTER.search(clause)
    if registered:
        out.append(Count(registered[1], "registered", said))
    present = _PRESENT.search(clause) or _PRESENT_SEEN.search(clause)
    if present and not (registered and present[1] == registered[1]):
        out.append(Count(present[1], "present", said))
    source = _FROM.search(clause)
    if source:
        out.append(Count(f"{source[1] or source[3]} {source[2] or source[4]}", "from", said))
    return out


def attendance(meeting: Meeting) -> Statement | None:
    """Who signed up and who came, as one sentence."""
    found = {c.kind: c for c in counts(meeting)}
    parts = []
    if "registered" in found:
        parts.append(f"{_people(found['registered'].phrase)} registered")
    if "present" in found:
        source = f" from {found['from'].phrase}" if "from" in found else ""
        number = found["present"].phrase if parts else _people(found["present"].phrase)
        parts.append(f"{number}{source} joined" if not parts else f"{number} joined{', ' + source.strip() if source else ''}")
    elif "from" in found and parts:
        parts[0] += f", from {found['from'].phrase}"
    if not parts:
        return None
    text = " and ".join(parts)
    return Statement(text[:1].upper() + text[1:] + ".", tuple(c.said.evidence for c in found.values()))


def _people(number: str) -> str:
    return f"{number} people"


def theme(meeting: Meeting) -> tuple[str, tuple[Evidence, ...]] | None:
    """The theme of the meeting: the event file's, or what the chair calls it."""
    if meeting.event.theme:
        spoken = next((s.evidence for s in meeting.outline.said if meeting.event.theme.lower() in s.plain), None)
        return meeting.event.theme, (*((spoken,) if spoken else ()), FromEvent(event="theme"))
    for s in meeting.said_in("opening", "keynote", "panel", "talk")[:60]:
        name = _theme_in(s)
        if name:
            return name[0], (s.moment(name[1]),)
    return None


def _theme_in(said: Said) -> tuple[str, Sequence[object]] | None:
    tokens = list(said.span)
    for i, t in enumerate(tokens):
        if t.lower_ not in {"theme", "title", "called", "titled"} or (t.lower_ == "called" and "theme" not in said.plain):
            continue
        rest = tokens[i + 1 :]
        start = next((k for k, r in enumerate(rest[:8]) if r.lower_ in {"is", "'s", "of", "called", "was", ":"}), None)
        if start is None and t.lower_ not in {"called", "titled"}:
            continue
        run = [r for r in rest[(start or -1) + 1 if start is not None else 0 :] if not r.is_space]
        title = _title(run)
        if title:
            return joined(title), title
    return None


def _title(tokens: Sequence[object]) -> list[object]:
    run: list[object] = []
    for t in tokens:
        text = str(t)
        if text[:1].isupper() or text[:1].isdigit():
            run.append(t)
        elif run and text.lower() in {"of", "the", "to", "in", "and", "for", "on", "with", "without", "a", "from", "at", "by", "'s", "’s"}:
            run.append(t)
        else:
            break
    while run and str(run[-1])[:1].islower():
        run.pop()
    return run if len(run) >= 2 else []


def first_phrase(said: Said) -> str | None:
    """The first noun phrase of a sentence."""
    return next((p.text for p in phrases(said.span)), None)


def bare_report(said: Said, meeting: Meeting) -> str | None:
    """A sentence in its own tense, in the third person."""
    body = meeting.body_of(said.who)
    text = report(said.span, speaker=said.who, body=meeting.with_article(body) if body else None, verb="")
    return text if text and sound(text) else None

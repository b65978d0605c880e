"""Areas covered: each theme as the phrase that was used, what belongs to it, and a point that somebody made."""

from collections.abc import Sequence

from pipeline.facts.salience import selected, worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, bare_of, by_speaker, supported, tell
from pipeline.language.reported import join_and
from pipeline.language.said import Said
from pipeline.records import Spoken, Theme

TRIED = 5  # sentences of a theme that are tried before it goes without one
LONG = 6000  # spoken words from which areas are kept to a line each
ROOM = 27  # words of an area in a long discussion


def areas(meeting: Meeting, *, budget: int) -> list[Statement]:
    """The themes as points, the longest first, within a budget of words."""
    themes = meeting.themed.themes
    if not themes:
        return []
    spoken = sum(len(s.words) for s in meeting.outline.said)
    share = max(16, min(ROOM if spoken > LONG else budget, budget // len(themes)))
    out: list[Statement] = []
    left = budget
    for theme in themes:
        if spoken > LONG:
            made = _area(meeting, theme, min(share, left))
        else:
            made = _account(meeting, theme, min(share, left)) or _area(meeting, theme, min(share, left))
        if made and made.words <= left + 6:
            out.append(made)
            left -= made.words
    return out


def _account(meeting: Meeting, theme: Theme, share: int) -> Statement | None:
    """A theme of a short meeting: its label, and what each person said of it."""
    label = theme.label[:1].upper() + theme.label[1:]
    said = [s for s in _within(meeting.outline.said, theme) if s.name]
    told = selected(said, meeting, budget=share - len(label.split()))
    while told:
        names = tuple(dict.fromkeys(t.said.name for t in told if t.said.name))
        made = Statement(f"{label}: {by_speaker(told)}", (theme.evidence[0], *(t.said.evidence for t in told)), names)
        if supported(made, meeting):
            return made
        told.pop()
    return None


def _area(meeting: Meeting, theme: Theme, share: int) -> Statement | None:
    label = theme.label[:1].upper() + theme.label[1:]
    told = _best(meeting, theme, share - len(label.split()) - 1)
    aspects = [e for e in theme.evidence[1:] if _inner(e.words)]
    for point in [told, None] if told else [None]:
        made = _worded(meeting, theme, label, point, aspects, share)
        if len(made.text.split()) > 3 and supported(made, meeting):
            return made
    bare = _worded(meeting, theme, label, None, [], share)
    if len(label.split()) < 3:
        return None  # a word or two by themselves tell a reader nothing
    return bare if supported(bare, meeting) else None


def _worded(
    meeting: Meeting, theme: Theme, label: str, told: Told | None, aspects: Sequence[Spoken], share: int
) -> Statement:
    text = label
    room = share - len(label.split()) - (told.words + len(told.said.who.split()) if told else 0)
    kept: list[Spoken] = []
    for aspect in aspects:
        words = _inner(aspect.words)
        told_already = told is not None and words.lower() in told.predicate.lower()
        if len(words.split()) + 1 <= room and not told_already:
            kept.append(aspect)
            room -= len(words.split()) + 1
    if kept:
        text += ", with " + join_and([_inner(a.words) for a in kept])
    evidence = [theme.evidence[0], *kept]
    names: list[str] = []
    bare = bare_of(told) if told else None
    if told and told.said.name:
        text += f": {told.said.name} {told.predicate}"
        evidence.append(told.said.evidence)
        names = [told.said.name]
    elif told and bare and not {"i", "me", "my"} & set(told.said.plain.split()):
        text += f". {bare}"
        evidence.append(told.said.evidence)
    heard = {
        t.name for t in meeting.conversation.turns for e in evidence if t.name and t.start < e.end and e.start < t.end
    }
    names += [n for n in theme.speakers if n in heard and n not in names]
    return Statement(text + ".", tuple(evidence), tuple(names))


def _inner(words: str) -> str:
    return words.strip(" ,.;:?!…-")


def _best(meeting: Meeting, theme: Theme, room: int) -> Told | None:
    """The most telling sentence of the theme that can be told in the room there is."""
    named = any(t.name for t in meeting.conversation.turns)
    said = [s for s in _within(meeting.outline.said, theme) if (s.name or not named) and 6 <= len(s.words) <= 2 * room]
    ranked = sorted(said, key=lambda s: (-worth(s, meeting), s.start))
    for s in ranked[:TRIED]:
        if worth(s, meeting) <= 0.8:
            break
        told = tell(s, meeting, limit=24)
        if told and 7 <= told.words <= room - len(s.who.split()):
            return told
    return None


def _within(said: Sequence[Said], theme: Theme) -> list[Said]:
    return [s for s in said if any(span.start <= s.start < span.end for span in theme.spans)]

"""Areas covered: each theme as the phrase that was used, what belongs to it, and a point that somebody made."""

from collections.abc import Sequence

from pipeline.facts.salience import worth
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, tell
from pipeline.language.reported import join_and
from pipeline.language.said import Said
from pipeline.records import Spoken, Theme


def areas(meeting: Meeting, *, budget: int) -> list[Statement]:
    """The themes as points, the longest first, within a budget of words."""
    themes = meeting.themed.themes
    if not themes:
        return []
    share = max(16, budget // len(themes))
    out: list[Statement] = []
    left = budget
    for theme in themes:
        made = _area(meeting, theme, min(share, left))
        if made and made.words <= left + 6:
            out.append(made)
            left -= made.words
    return out


def _area(meeting: Meeting, theme: Theme, share: int) -> Statement | None:
    label = theme.label[:1].upper() + theme.label[1:]
    told = _best(meeting, theme, share - len(label.split()) - 3)
    aspects = [e for e in theme.evidence[1:] if isinstance(e, Spoken)]
    text = label
    named = [_inner(e.words) for e in aspects]
    room = share - len(label.split()) - (told.words + 2 if told else 0)
    kept: list[str] = []
    for n in named:
        if len(n.split()) + 1 <= room and n.lower() not in text.lower() and (told is None or n.lower() not in told.predicate.lower()):
            kept.append(n)
            room -= len(n.split()) + 1
    if kept:
        text += ", with " + join_and(kept)
    evidence: list[Spoken] = [*theme.evidence]
    names = list(theme.speakers[:3])
    if told and told.said.name:
        text += f": {told.said.name} {told.predicate}"
        evidence.append(told.said.evidence)
        names = [told.said.name, *[n for n in names if n != told.said.name]]
    return Statement(text + ".", tuple(evidence), tuple(names))


def _inner(words: str) -> str:
    return words.strip(" ,.;:?!")


def _best(meeting: Meeting, theme: Theme, room: int) -> Told | None:
    """The most telling sentence of the theme that can be told in the room there is."""
    said = _within(meeting.outline.said, theme)
    ranked = sorted(said, key=lambda s: (-worth(s, meeting), s.start))
    for s in ranked[:8]:
        if not s.name or worth(s, meeting) <= 0.5:
            continue
        told = tell(s, meeting, limit=max(10, room))
        if told and told.words <= room:
            return told
    return None


def _within(said: Sequence[Said], theme: Theme) -> list[Said]:
    return [s for s in said if any(span.start <= s.start < span.end for span in theme.spans)]

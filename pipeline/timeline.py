"""Who spoke when, and where the themes lie: lanes for the page's drawing, with the same told in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.plain import clean, clock, duration_in_words, listed
from pipeline.records import Conversation, Span, Summary, Themed

FLOOR = "From the floor"
WIDTH = 1000  # of a lane, in drawing units
_SPEAKERS = 12  # lanes at most; the rest share one
_THEMES = 8
_JOIN = 0.004  # of the length: gaps too small to be seen are closed
_THINNEST = 3.0  # drawing units
_BRIEF = 30.0  # seconds; what was spoken of for less is no theme
_TOLD = 8  # spans told in words, at most


@dataclass(frozen=True)
class Bar:
    """A stretch of a lane, in drawing units."""

    x: float
    width: float


@dataclass(frozen=True)
class Lane:
    """A row of the drawing: a speaker or a theme."""

    label: str
    length: str  # "12 minutes"
    told: str  # "0:42 to 3:10, 12:03 to ..."
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Tick:
    """A mark on the time axis."""

    x: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """The whole drawing. Its labels and times are text, so that it says the same to who does not see it."""

    speakers: tuple[Lane, ...]
    themes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def timeline_of(conversation: Conversation, themed: Themed, summary: Summary) -> Timeline:
    """The drawing of a meeting; lanes in the order in which people first spoke, themes that the page tells by time."""
    spans = _by_speaker(conversation, frozenset(p.name for p in summary.people if p.capacities == ("questioner",)))
    length = max([conversation.duration, *(s.end for own in spans.values() for s in own), 1.0])
    speakers = tuple(_lane(label, own, length) for label, own in spans.items())
    told = " ".join(point.text for section in summary.sections for point in section.points).casefold()
    known = {n.casefold() for p in summary.people for n in (p.name, p.organisation) if n}  # nobody is a theme
    on_page = [t for t in themed.themes if t.spans and t.label.casefold() in told and t.label.casefold() not in known]
    on_page = [t for t in on_page if _seconds(t.spans) >= _BRIEF]
    themes = tuple(_lane(clean(t.label), t.spans, length) for t in on_page[:_THEMES])
    return Timeline(speakers, themes, _ticks(length))


def _by_speaker(conversation: Conversation, floor: frozenset[str]) -> dict[str, list[Span]]:
    """Everybody's spans; an unnamed voice has its own; who only asked, and who is beyond the lanes, is drawn together."""
    spans: dict[str, list[Span]] = {}
    for turn in conversation.turns:
        label = (
            FLOOR
            if turn.name in floor
            else clean(turn.name or "") or (f"Voice {clean(turn.voice)}" if turn.voice else "Not named")
        )
        spans.setdefault(label, []).append(Span(start=turn.start, end=turn.end))
    ranked = sorted(spans, key=lambda name: -_seconds(spans[name]))
    kept = set(ranked if len(ranked) <= _SPEAKERS else ranked[: _SPEAKERS - 1])
    others = [span for name, own in spans.items() if name not in kept for span in own]
    found = {name: own for name, own in spans.items() if name in kept}
    if others:
        found[f"{len(spans) - len(kept)} others"] = others
    return found


def _seconds(spans: Iterable[Span]) -> float:
    return sum(s.end - s.start for s in spans)


def _lane(label: str, spans: Iterable[Span], length: float) -> Lane:
    joined = _joined(spans, length * _JOIN)
    seconds = _seconds(spans)
    told = [f"{clock(s.start)} to {clock(s.end)}" for s in joined]
    if len(told) > _TOLD:
        told = [*told[:_TOLD], f"{len(told) - _TOLD} more times"]
    return Lane(label, duration_in_words(seconds), listed(told), tuple(_bar(s, length) for s in joined))


def _joined(spans: Iterable[Span], gap: float) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if found and span.start - found[-1].end <= gap:
            found[-1] = Span(start=found[-1].start, end=max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _bar(span: Span, length: float) -> Bar:
    width = max((min(span.end, length) - span.start) / length * WIDTH, _THINNEST)
    return Bar(round(min(span.start / length * WIDTH, WIDTH - width), 1), round(width, 1))


def _ticks(length: float) -> tuple[Tick, ...]:
    """Four to seven round moments; none so near the end that its label would stick out."""
    step: float = next((s for s in (5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600) if length / s <= 6), length / 6)
    return tuple(
        Tick(round(n * step / length * WIDTH, 1), clock(n * step)) for n in range(int(length * 0.94 / step) + 1)
    )

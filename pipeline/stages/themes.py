"""Find the parts of the meeting and the subjects that were talked about."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from pipeline.language.parsing import Language
from pipeline.language.said import Said, sentences
from pipeline.language.structure import Outline, outline
from pipeline.language.topics import (
    Mention,
    Segment,
    counted,
    distinct,
    headings,
    mentions,
    merged,
    segments,
    subject,
    unnamed,
    weights,
)
from pipeline.records import Conversation, Event, Part, PartKind, Span, Theme, Themed
from pipeline.stages import Work

WORDS_A_THEME = 170  # a subject of a short discussion; long discussions have longer subjects, not many more of them
MOST_THEMES = 18
LIKE = 0.55  # segments as like each other as this are one subject
SIDE_ACTS = ("aside", "housekeeping", "closing", "frame")


@dataclass(frozen=True)
class FindThemes:
    """Takes the named turns; gives the parts of the meeting and its themes by time spent.

    Parts follow the chair's words, themes the vocabulary and the turns; a meeting without a chair is one discussion.
    Cannot fail: a meeting in which nothing is said has no parts and no themes.
    """

    language: Language
    name: ClassVar[str] = "themes"
    version: ClassVar[int] = 14

    def settings(self) -> dict[str, object]:
        """What the result depends on besides its inputs."""
        return {"most": MOST_THEMES, "like": LIKE}

    def __call__(self, conversation: Conversation, event: Event, work: Work) -> Themed:
        """The parts and themes of a conversation."""
        del event, work  # the organiser's words do not decide what was talked about
        shape = outline(conversation, sentences(conversation, self.language))
        return Themed(meeting=conversation.meeting, parts=shape.parts, themes=themes_of(shape))


def themes_of(shape: Outline) -> tuple[Theme, ...]:
    """The subjects of the discussion, those with most time first."""
    pool = discussed(shape)
    words = sum(len(s.words) for s in pool)
    if not pool or words < 12:
        return ()
    count = max(1, min(MOST_THEMES, math.ceil(words / WORDS_A_THEME)))
    parts = segments(pool, shape, count=count)
    weight = weights(parts)
    themes = [_theme(part, weight, shape) for part in merged(parts, weight, limit=LIKE)]
    return tuple(sorted(_joined(t for t in themes if t), key=lambda t: (-t.seconds, t.evidence[0].start))[:MOST_THEMES])


def discussed(shape: Outline) -> list[Said]:
    """The sentences whose subjects are areas of discussion: never asides; talks only where no panel orders them."""
    kinds: set[PartKind] = {"discussion"}
    present = {p.kind for p in shape.parts}
    if not shape.programme:
        kinds |= {"talk", "panel", "keynote", "results", "announcements"}
    chosen = [s for s in shape.said if shape.part(s) in kinds and not shape.does(s, *SIDE_ACTS)]
    if sum(len(s.words) for s in chosen) < 40 and not shape.programme and "announcements" not in present:
        chosen = [s for s in shape.said if shape.part(s) != "aside" and not shape.does(s, *SIDE_ACTS, "greeting")]
    return chosen


def _theme(part: Segment, weight: dict[str, float], shape: Outline) -> Theme | None:
    ranked = headings(part, weight, shape) or unnamed(mentions(part, weight, shape), shape)
    if not ranked:
        return None
    ranked = sorted(ranked, key=lambda m: counted(m.phrase))
    apart = max(15.0, part.seconds / 6)
    chosen = [ranked[0], *distinct([m for m in ranked[1:] if _new(m, ranked[0])], most=3, apart=apart)]
    speakers = [s.name for s in part.said if s.name]
    return Theme(
        label=subject(chosen[0].phrase),
        spans=tuple(_spans(part)),
        speakers=tuple(dict.fromkeys(sorted(speakers, key=lambda n: -speakers.count(n)))),
        seconds=round(part.seconds, 3),
        evidence=tuple(m.said.moment(m.phrase.tokens) for m in chosen),
    )


def _joined(themes: Iterable[Theme]) -> list[Theme]:
    """Themes that got the same label are one theme."""
    found: dict[str, Theme] = {}
    for theme in themes:
        key = theme.label.casefold()
        known = found.get(key)
        found[key] = theme if known is None else known.model_copy(
            update={
                "spans": tuple(sorted((*known.spans, *theme.spans), key=lambda s: s.start)),
                "speakers": tuple(dict.fromkeys((*known.speakers, *theme.speakers))),
                "seconds": round(known.seconds + theme.seconds, 3),
                "evidence": (*known.evidence, *theme.evidence),
            }
        )  # fmt: skip
    return list(found.values())


def _new(mention: Mention, label: Mention) -> bool:
    return not set(mention.phrase.content) & set(label.phrase.content)


def _spans(part: Segment) -> list[Span]:
    spans: list[Span] = []
    for s in sorted(part.said, key=lambda s: s.start):
        if spans and s.start - spans[-1].end < 30:
            spans[-1] = Span(start=spans[-1].start, end=max(spans[-1].end, s.end))
        else:
            spans.append(Span(start=s.start, end=s.end))
    return spans


def parts_of(themed: Themed, kind: PartKind) -> list[Part]:
    """The parts of one kind, in time order."""
    return [p for p in themed.parts if p.kind == kind]

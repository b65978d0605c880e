"""A statement of the page under edit, and another name in its text."""

import re
from dataclasses import dataclass

from pipeline.records import Evidence, Point, SectionKind
from pipeline.review.edits import Based


@dataclass
class Statement:
    """A statement of the page and what the editor made of it."""

    kind: SectionKind
    heading: str
    generated: Point  # as the draft has it, or had it when the editor last worded it
    text: str
    speakers: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    worded: str | None = None  # who worded it, if the editor did
    decided: str | None = None  # who accepted or dropped it
    dropped: bool = False
    accepted_text: str | None = None
    anew: str | None = None  # what the draft says now, where the editor's wording was kept
    kept: bool = False  # the draft has it no more; the editor's stays

    @property
    def based(self) -> Based:
        """The statement as edits refer to it."""
        return Based(kind=self.kind, heading=self.heading, point=self.generated)

    @property
    def accepted(self) -> bool:
        """Whether the editor accepted it as it reads now."""
        return not self.dropped and self.accepted_text == self.text

    def point(self) -> Point:
        """The statement as a record."""
        return Point(id=self.generated.id, text=self.text, speakers=self.speakers, evidence=self.evidence)


def with_name(text: str, old: str, new: str, alone: bool) -> str:
    """A text with another name in it: the full one, and the surname where it can mean nobody else."""
    text = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text)
    last, other = old.rsplit(maxsplit=1)[-1], new.rsplit(maxsplit=1)[-1]
    if alone and last != other:
        kept = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(new)}(?!\w)", text)]

        def put(match: re.Match[str]) -> str:
            return match.group() if any(a <= match.start() < b for a, b in kept) else other

        text = re.sub(rf"(?<!\w){re.escape(last)}(?!\w)", put, text)
    return text

"""The panel or the talks: how many, chosen how, in what groups, and what each contributed."""

import re
from dataclasses import dataclass

from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import short_name, statement, tell
from pipeline.language.said import Said, speaker_of

_CHOSEN = re.compile(r"\b(?:chosen|selected|picked|drawn|invited|volunteered|offered|nominated|elected|answered our|responded)\b")
_GROUPS = re.compile(
    r"\b(?:groups?|pairs?|halves|parts?|rounds?|sections?|blocks?)\b.*|\bfirst (?:pair|group|two|three|half|round|set)\b|\b(?:and )?then\b"
)
_COUNT = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:\w+ ){0,2}?"
    r"(?:speakers|panellists|panelists|presenters|contributors|members|guests|talks|stories|case studies|presentations)\b"
)


@dataclass(frozen=True)
class Contribution:
    """What one person said in their slot."""

    who: str
    said: tuple[Said, ...]

    @property
    def words(self) -> int:
        """How much they said."""
        return sum(len(s.words) for s in self.said)


def contributions(meeting: Meeting) -> list[Contribution]:
    """The named speakers of the panel or the talks, in order of speaking."""
    by: dict[str, list[Said]] = {}
    kinds = {p.kind for p in meeting.outline.parts}
    wanted = [k for k in ("panel", "talk") if k in kinds]
    for s in meeting.outline.said:
        if meeting.outline.part(s) in wanted and s.name and s.who not in meeting.outline.chairs:
            by.setdefault(s.who, []).append(s)
    found = [Contribution(who, tuple(said)) for who, said in by.items()]
    return [c for c in found if c.words >= 40]


def arrangement(meeting: Meeting) -> list[Said]:
    """The chair's sentences that say how the panel was made up."""
    chair = [s for s in meeting.outline.said if s.who in meeting.outline.chairs and meeting.outline.part(s) in ("opening", "keynote", "panel", "talk")]
    found = [s for s in chair if _COUNT.search(s.plain) or (meeting.outline.does(s, "panel") and _CHOSEN.search(s.plain))]
    out: list[Said] = []
    for s in found[:2]:
        out.append(s)
        following = next((n for n in chair if n.index == s.index + 1), None)
        if following and re.search(r"\b(?:first|pair|group)\b", following.plain) and not meeting.outline.does(following, "handover"):
            out.append(following)
    return list(dict.fromkeys(out))


def panel(meeting: Meeting, *, budget: int) -> list[Statement]:
    """A paragraph for each contribution, each with its share of the words."""
    made = contributions(meeting)
    if not made:
        return []
    share = max(18, budget // len(made))
    out = []
    for c in made:
        one = statement(c.who, short_name(c.who), selected(c.said, meeting, budget=share), meeting=meeting)
        if one:
            out.append(one)
    return out


def made_up(meeting: Meeting) -> Statement | None:
    """How the panel was made up, as told by the chair."""
    parts, evidence, names = [], [], []
    for s in arrangement(meeting):
        told = tell(s, meeting, after=True)
        if told and told.predicate.startswith("said that "):
            text = told.predicate.removeprefix("said that ")
            parts.append(text[:1].upper() + text[1:] + ".")
            evidence.append(s.evidence)
            names += [s.name] if s.name else []
    return Statement(" ".join(parts), tuple(evidence), tuple(dict.fromkeys(names))) if parts else None


def panellists(meeting: Meeting) -> list[str]:
    """Who spoke on the panel."""
    return [c.who for c in contributions(meeting)]


def voices(meeting: Meeting) -> set[str]:
    """Everybody who spoke."""
    return {speaker_of(t) for t in meeting.conversation.turns if t.words}

"""The panel or the talks: how many, chosen how, in what groups, and what each contributed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.facts.paragraphs import bare_of, called, short_name, statement
from pipeline.facts.salience import selected
from pipeline.facts.view import Meeting, Statement
from pipeline.facts.wording import Told, quote, tell
from pipeline.language.phrases import is_content, lemma
from pipeline.language.said import Said
from pipeline.measures.normalise import numbers_of
from pipeline.records import Evidence

_CHOSEN = re.compile(
    r"\b(?:chosen|selected|picked|drawn|picked|invited|volunteered|offered|nominated|elected|answered our|responded)\b"
)
_COUNT = re.compile(
    r"\b(\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:\w+ ){0,2}?"
    r"(?:speakers|panellists|panelists|presenters|contributors|members|guests|colleagues|talks|stories|case studies|presentations)\b"
)
# What comes when is the agenda's, not how the panel was made up.
_ORDER = re.compile(
    r"\b(?:the )?(?:order|plan|programme|program|agenda|running order|shape) (?:of|for) (?:the|this|today|our)\b|\bhere(?:'s| is) how\b"
)
BRIEF = 6  # words of a sentence that is more than a greeting
LEAST_SPOKEN = 40  # words of what counts as a contribution
ROUND = 0.2  # share of the words of the most talkative panellist
LEAST = 14  # words of a contribution
SPARE = 18  # words left over for which a contribution is made fuller
_OF_WHOM = re.compile(r"(?:They|It|He|She|This|That|These|Those)\b")  # nobody has been named yet
SENTENCES = 7  # of a paragraph
LONGEST_QUOTED = 22  # words of what the chair said of somebody


@dataclass(frozen=True)
class Contribution:
    """What one person said in their slot."""

    name: str | None
    said: tuple[Said, ...]

    @property
    def words(self) -> int:
        """How much they said."""
        return sum(len(s.words) for s in self.said)


def contributions(meeting: Meeting) -> list[Contribution]:
    """What the speakers of the panel or the talks said, in order of speaking; who is not named, turn by turn."""
    by: dict[tuple[str, int], list[Said]] = {}
    kinds = {p.kind for p in meeting.outline.parts}
    wanted = [k for k in ("panel", "talk") if k in kinds]
    for s in meeting.outline.said:
        if meeting.outline.part(s) in wanted and s.who not in meeting.outline.chairs:
            by.setdefault((s.who, 0 if s.name else s.turn), []).append(s)
    found = [Contribution(own[0].name, tuple(own if own[0].name else one_voice(own, meeting))) for own in by.values()]
    # Round a table, hosts and callers say a word or two between the panellists.
    most = max((c.words for c in found), default=0) if meeting.outline.round_table else 0
    return [c for c in found if c.words >= max(LEAST_SPOKEN, ROUND * most)]


def one_voice(said: Sequence[Said], meeting: Meeting) -> list[Said]:
    """The longest stretch of an unnamed turn in which nobody is thanked, named or called.

    A transcript without labels may hold the end of one person's words and the beginning of the next one's in one turn.
    """
    stretches: list[list[Said]] = [[]]
    for s in said:
        if meeting.outline.does(s, "thanks", "handover", "introduction", "closing", "panel") or meeting.named(s):
            stretches.append([])
        else:
            stretches[-1].append(s)
    return max(stretches, key=lambda own: sum(len(s.words) for s in own))


def speakers(meeting: Meeting) -> list[Contribution]:
    """The contributions of the people who are named."""
    return [c for c in contributions(meeting) if c.name]


def talked(meeting: Meeting) -> set[str]:
    """The names of those who gave a talk or sat on the panel."""
    return {c.name for c in contributions(meeting) if c.name}


def on_panel(meeting: Meeting) -> bool:
    """Whether there was a panel; else the contributions were talks."""
    return any(s.who not in meeting.outline.chairs for s in meeting.said_in("panel") if len(s.words) > BRIEF)


def arrangement(meeting: Meeting) -> list[Said]:
    """The chair's sentences that say how the panel was made up."""
    chair = [
        s
        for s in meeting.outline.said
        if s.who in meeting.outline.chairs and meeting.outline.part(s) in ("opening", "keynote", "panel", "talk")
    ]
    found = [
        s
        for s in chair
        if _COUNT.search(s.plain)
        or (
            _CHOSEN.search(s.plain)
            and re.search(
                r"\b(?:abstracts|proposals|papers|members|applicants|call|entries|submissions|nominations)\b", s.plain
            )
        )
        or (meeting.outline.does(s, "panel") and _CHOSEN.search(s.plain))
    ]
    out: list[Said] = []
    found = [s for s in found if not _ORDER.search(s.plain)]
    for s in found[:2]:
        out.append(s)
        for step in (1, 2):
            following = next((n for n in chair if n.index == s.index + step), None)
            if (
                following
                and re.search(r"\b(?:first|pairs?|groups?|halves)\b", following.plain)
                and not meeting.outline.does(following, "introduction")
            ):
                out.append(following)
    return list(dict.fromkeys(out))


def panel(meeting: Meeting, *, budget: int) -> list[Statement]:
    """A paragraph for each contribution, each with its share of the words."""
    made = contributions(meeting)
    if not made:
        return []
    told = _shared_out(meeting, made, budget)
    out = []
    for c in made:
        for n in range(0, len(told[c]), SENTENCES):
            who = called(c.said[0])
            one = statement(who, short_name(who), told[c][n : n + SENTENCES], meeting=meeting)
            out += [one] if one else []
    return out


def _shared_out(meeting: Meeting, made: Sequence[Contribution], budget: int) -> dict[Contribution, list[Told]]:
    """What each contribution tells: an equal share of the words each; what some leave over goes to the others."""
    told: dict[Contribution, list[Told]] = {}
    left = budget - sum(_lead(c) for c in made)
    todo = sorted(made, key=lambda c: c.words)
    while todo:
        c = todo.pop(0)
        told[c] = selected(c.said, meeting, budget=max(LEAST, left // (len(todo) + 1)))
        left -= _size(told[c])
    for c in sorted(made, key=lambda c: -c.words):
        if left >= SPARE:
            size = _size(told[c])
            told[c] = selected(c.said, meeting, budget=size + left)
            left -= _size(told[c]) - size
    return told


def _lead(made: Contribution) -> int:
    """The words of its speaker's name, which count towards the page."""
    return len(called(made.said[0]).split())


def _size(told: Sequence[Told]) -> int:
    return sum(t.words for t in told)


def made_up(meeting: Meeting, *, known: str = "") -> Statement | None:
    """How the panel was made up, as told by the chair; without what the page says already (`known`)."""
    parts: list[str] = []
    evidence: list[Evidence] = []
    for s in arrangement(meeting):
        told = tell(s, meeting, after=True)
        bare = bare_of(told) if told else None
        if bare and not parts and _CHOSEN.search(bare):
            bare = re.sub(r"^They (?=were|had been)", "The speakers ", bare)
        if bare and bare.rstrip(".") not in known and (parts or not _OF_WHOM.match(bare)):
            parts.append(bare.rstrip(".") + ".")
            evidence.append(s.evidence)
    return Statement(" ".join(parts), tuple(evidence)) if parts else None


_NO_PRAISE = ("aside", "agenda", "question", "question time", "introduction", "handover", "greeting")


def _known(said: Said, name: str, meeting: Meeting) -> bool:
    """Whether a sentence says no more of somebody than the list of people does: their name, post and body."""
    listed = meeting.speakers[name]
    told = {w.strip(".,;'").lower() for t in (name, listed.role, listed.organisation) if t for w in t.split()}
    more = [t for t in said.span if is_content(t) and t.lower_ not in told and lemma(t) not in _POST_WORDS]
    return len(more) < MORE


MORE = 3  # naming words beyond the post
_POST_WORDS = frozenset("be have work professor doctor dr serve run lead head director chair".split())


def _presents_again(text: str, name: str, meeting: Meeting) -> bool:
    """Whether half of what is told of somebody is their post, which stands beside their name."""
    own = {w.lower() for w in name.split()}
    told = [w for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in own]
    known = set(re.findall(r"[a-z]{4,}", meeting.presented(name).lower()))
    return sum(w in known for w in told) * AGAIN >= len(told)


AGAIN = 3  # of so many words one


def introduced(meeting: Meeting, name: str) -> list[Statement]:
    """What the chair told of a speaker before giving them the floor, besides their post."""
    first = next(
        (s for s in meeting.outline.said if s.who == name and len(meeting.conversation.turns[s.turn].words) > 30), None
    )
    if first is None:
        return []
    before = [
        s for s in meeting.outline.said[max(0, first.index - 14) : first.index] if s.who in meeting.outline.chairs
    ]
    parts = {w.lower() for w in name.split() if len(w) > 2}
    out: list[Statement] = []
    about = False
    for s in before:
        words = {t.lower_ for t in s.span}
        about = bool(words & parts) or (about and bool(words & {"he", "she", "they", "his", "her"}))
        if not about or len(s.words) < 9 or meeting.outline.does(s, *_NO_PRAISE) or _known(s, name, meeting):
            continue
        tried = (tell(s, meeting, after=True, limit=limit) for limit in (30, 18, 13))
        bare = next((b for t in tried if t and (b := bare_of(t))), None)
        own = quote(s, meeting, after=True)
        brief = own and own.words <= LONGEST_QUOTED
        if own and brief and (not bare or numbers_of(own.predicate) - numbers_of(bare)):
            bare = f"{s.who} {own.predicate}" if s.name else None
        if (
            bare
            and not bare.startswith("They ")  # who presents, and not who is presented
            and not _presents_again(bare, name, meeting)
            and not re.search(
                r"\bthey (?:believed|thought|knew|were told)\b|^How |, (?:he|she|they) (?:told|said|tells|says)\b", bare
            )
        ):
            out.append(Statement(bare if bare.endswith("”") else bare.rstrip(".") + ".", (s.evidence,)))
    return out[:2]

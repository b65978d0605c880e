"""The shape of a meeting, from the chair's words and the pattern of who speaks.

`outline` takes the sentences of a conversation and gives what each sentence does (its acts), who chairs, and the
parts. A keynote is a part only if somebody is given the floor at length, and called so or heard before all others.
"""

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from pipeline.language import cues
from pipeline.language.chairing import chairs_of
from pipeline.language.layout import layout
from pipeline.language.phrases import ends_asking
from pipeline.language.round_table import round_table
from pipeline.language.rounds import rounds
from pipeline.language.said import Said, speaker_of
from pipeline.language.slots import LONG, SHORT, Talk, talks_of
from pipeline.records import Conversation, Part, PartKind, Turn

ACTS = {
    "aside": cues.ASIDE,
    "greeting": cues.GREETING,
    "welcome": cues.WELCOME,
    "chairing": cues.CHAIRING,
    "handover": cues.HANDOVER,
    "question time": cues.QUESTION_TIME,
    "keynote": cues.KEYNOTE,
    "panel": cues.PANEL,
    "announcements": cues.ANNOUNCEMENTS,
    "results": cues.RESULTS,
    "closing": cues.CLOSING,
    "thanks": cues.THANKS,
    "agenda": cues.AGENDA,
    "recording": cues.RECORDING,
    "mailing": cues.MAILING,
    "housekeeping": cues.HOUSEKEEPING,
    "frame": cues.FRAME_OF_TALK,
    "reason": cues.REASON,
    "item": cues.ITEM,
}
_ASKS = re.compile(
    r"^(?:(?:and|but|so|well|okay|ok|now|um|uh|er|then|also|just)[, ]+)*"
    r"(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|will|would|should|have|has|had|may|might)\b"
)


@dataclass(frozen=True)
class Outline:
    """Sentences with their acts, the chairs in order of how much they steer, and the parts in time order."""

    said: tuple[Said, ...]
    acts: tuple[frozenset[str], ...]
    chairs: tuple[str, ...]
    parts: tuple[Part, ...]
    round_table: bool = False  # whether the panel was a conversation that the chair led, question by question

    @cached_property
    def programme(self) -> bool:
        """Whether the meeting follows a programme (talks, then questions), rather than being all discussion."""
        if self.round_table:
            return True
        words: Counter[str] = Counter()
        turns: dict[str, set[int]] = {}
        size: Counter[int] = Counter()
        for s in self.said:
            kind = self.part(s)
            words[kind] += len(s.words)
            if kind in ("keynote", "panel", "talk") and s.who not in self.chairs:
                turns.setdefault(s.who, set()).add(s.turn)
                size[s.turn] += len(s.words)
        turns = {who: own for who, all_ in turns.items() if (own := {t for t in all_ if size[t] >= SHORT})}
        told = words["keynote"] + words["panel"] + words["talk"]
        if not turns or told < 0.25 * words.total():
            return False
        # In a programme people speak once or twice, at length; in a discussion they come back.
        return sum(len(t) for t in turns.values()) <= 3.5 * len(turns) and (
            words["keynote"] + words["panel"] > 0 or told >= 90 * sum(len(t) for t in turns.values())
        )

    @cached_property
    def part_of_turn(self) -> dict[int, PartKind]:
        """The kind of part in which each turn lies."""
        return {turn: part.kind for part in self.parts for turn in range(part.first, part.last + 1)}

    def part(self, said: Said) -> PartKind:
        """The kind of part in which a sentence lies; one turn may end a part and open the next."""
        return self._turned.get(said.index) or self.part_of_turn.get(said.turn, "discussion")

    @cached_property
    def _turned(self) -> dict[int, PartKind]:
        """Sentences that belong to the announcements though most of their turn does not.

        A chair answers the last question and turns to the news in one breath; or gives the last notices before the thanks.
        """
        found: dict[int, PartKind] = {}
        kinds = [(i, k) for i, k in sorted(self.part_of_turn.items()) if k != "aside"]
        for (i, kind), (_, following) in itertools.pairwise(kinds):
            turn = self.of_turn(i)
            if not turn or turn[0].who not in self.chairs or kind == following:
                continue
            if following == "announcements":
                opened = (s.index for s in turn if self.does(s, "announcements") and not self.does(s, "agenda"))
                first = next(opened, turn[-1].index + 1)
                found |= {s.index: "announcements" for s in turn if s.index >= first}
        for (_, before), (i, kind) in itertools.pairwise(kinds):
            turn = self.of_turn(i)
            if kind == "announcements" and before == "discussion" and turn and turn[0].who in self.chairs:
                first = next((s.index for s in turn if self.does(s, "announcements")), turn[0].index)
                found |= {s.index: "discussion" for s in turn if s.index < first}
        for (_, before), (i, kind) in itertools.pairwise(kinds):
            turn = self.of_turn(i)
            if kind == "closing" and turn and turn[0].who in self.chairs:
                goes_on = before in ("discussion", "announcements", "results")
                opened = (s.index for s in turn if self.does(s, "announcements"))
                first = turn[0].index if goes_on else next(opened, turn[-1].index + 1)
                ends = (
                    s.index
                    for n, s in enumerate(turn)
                    if n >= REPLY and s.index > first and self.does(s, "closing", "thanks", "recording")
                )
                last = next(ends, turn[-1].index + 1)
                found |= {s.index: "announcements" for s in turn if first <= s.index < last}
        return found

    def does(self, said: Said, *acts: str) -> bool:
        """Whether a sentence does any of these acts."""
        return not self.acts[said.index].isdisjoint(acts)

    def of_turn(self, turn: int) -> tuple[Said, ...]:
        """The sentences that begin in a turn."""
        return self._by_turn.get(turn, ())

    @cached_property
    def _by_turn(self) -> dict[int, tuple[Said, ...]]:
        grouped: dict[int, list[Said]] = {}
        for s in self.said:
            grouped.setdefault(s.turn, []).append(s)
        return {turn: tuple(group) for turn, group in grouped.items()}


def asks(said: Said) -> bool:
    """Whether a sentence is a question: by its mark, else by how it begins (recognisers may leave the mark out)."""
    text = said.plain.rstrip()
    if ends_asking(text):
        return True
    return not text.endswith((".", "!")) and bool(_ASKS.match(text)) and len(text.split()) > 3


def outline(conversation: Conversation, said: Sequence[Said]) -> Outline:
    """The shape of the meeting."""
    bodies = {s.name: s.organisation for s in conversation.speakers if s.organisation}
    acts = _with_own_introductions(said, [_acts(s) for s in said], bodies)
    chairs = chairs_of(conversation, said, acts)
    parts = _parts(conversation, said, acts, chairs)
    table = round_table(conversation, said, acts, chairs, parts)
    if table:
        kinds = [p.kind for p in parts for _ in range(p.first, p.last + 1)]
        parts = _joined(["panel" if i in table and k in ("discussion", "opening") else k for i, k in enumerate(kinds)])
    return Outline(said=tuple(said), acts=acts, chairs=chairs, parts=parts, round_table=bool(table))


def _acts(said: Said) -> frozenset[str]:
    found = {name for name, pattern in ACTS.items() if pattern.search(said.plain)}
    if asks(said):
        found.add("question")
    if Doc.has_extension("introductions") and any(
        i.kind != "described" and said.span.start <= i.start < said.span.end for i in said.span.doc._.introductions
    ):
        found.add("introduction")
    return frozenset(found)


def _with_own_introductions(
    said: Sequence[Said], acts: Sequence[frozenset[str]], bodies: Mapping[str, str]
) -> tuple[frozenset[str], ...]:
    """Who says their own name, or as they begin what they are, introduces themselves: the list of people has that."""
    spoken: Counter[str] = Counter()
    out = []
    for s, done in zip(said, acts, strict=True):
        spoken[s.who] += 1
        begins = spoken[s.who] <= BEGINS
        own = bool(s.name) and (
            _names_self(s) or (begins and (_is_somebody(s) or _places_self(s, bodies.get(s.name or "", ""))))
        )
        out.append(done | {"introduction"} if own else done)
    return tuple(out)


def _names_self(said: Said) -> bool:
    parts = [w for w in (said.name or "").lower().split() if len(w) > 1]
    return len(parts) > 1 and " ".join(parts) in re.sub(r"[.,]", "", said.plain)


def _is_somebody(said: Said) -> bool:
    """ "I'm the tutor of the third year", "I'm what they call a reintegration officer"."""
    found = _I_AM.search(said.plain)
    return bool(found) and len(said.words) <= BRIEFLY and not any(t.like_num for t in said.span)


def _places_self(said: Said, body: str) -> bool:
    """ "We're at Lowmoor Rivers Trust": the body that stands beside the name."""
    where = _AT.search(said.plain)
    words = [w.lower() for w in re.findall(r"[\w'’-]+", body) if len(w) > 2]
    return bool(where and words) and len(said.words) <= BRIEFLY and all(w in said.plain[where.end() :] for w in words)  # type: ignore[union-attr]


_AT = re.compile(r"\b(?:i|we)(?:'m|'re| am| are| work)(?: based| also)? (?:at|with|from|for)\b")
BEGINS = 5  # sentences in which a speaker says who they are
BRIEFLY = 20  # words of such a sentence
_I_AM = re.compile(
    r"^(?:(?:so|and|well|yes|hello|hi|um|uh|er)[, ]+)*i(?:'m| am) (?:(?:a|an|the|one of the|what (?:they|you|we) call(?: a| an| the)?|also|now|just)[, ]+)+(?:\w+[, ]+){0,4}\w+"
    r"(?: (?:at|of|for|in|with|from|on|here)\b|[.,]|$)"
)
REPLY = 2  # sentences at the beginning of a turn that may answer or thank the speaker before
ALONE = 0.9  # share of the words of the talks that a meeting's only talk has; the rest are words before and after
AHEAD = 1.6  # how much longer than the longest of the others an opening talk is
PANEL = 3  # people

# ---- parts -----------------------------------------------------------------------------------------------------


def _parts(
    conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: tuple[str, ...]
) -> tuple[Part, ...]:
    """The layout of the meeting, its talks told apart: keynote, panel, single talks."""
    if not conversation.turns:
        return ()
    by_turn: dict[int, list[Said]] = {}
    for s in said:
        by_turn.setdefault(s.turn, []).append(s)
    labels = _unbroken(layout(conversation, said, acts, chairs), conversation.turns)
    asking, voting, opening = (
        {s.turn for s in said if act in acts[s.index]} for act in ("question", "results", "question time")
    )
    paneling = {s.turn for s in said if {"panel", "handover"} <= acts[s.index]}
    labels = rounds(
        labels, conversation.turns, chairs, asking=asking, voting=voting, opening=opening, paneling=paneling
    )
    kinds: list[PartKind] = list(labels)
    talks = talks_of(conversation.turns, labels, chairs)
    speaker = _Talks(talks, by_turn, acts, chairs)
    kind: PartKind = "talk"
    opened = {i: t for t in talks for i in (*[c for c in t.call if labels[c] == "talk"], t.first)}
    for i, label in enumerate(labels):
        if label == "talk":
            kind = speaker.kind(opened[i]) if i in opened else kind
            kinds[i] = kind
    results = False
    for i, turn in enumerate(conversation.turns):
        done = [acts[s.index] for s in by_turn.get(i, ())]
        if done and all("aside" in d for d in done):
            kinds[i] = "aside"
        elif labels[i] in ("discussion", "announcements"):
            if not chairs or speaker_of(turn) in chairs:
                results = any("results" in d and "agenda" not in d for d in done)
            kinds[i] = "results" if results else kinds[i]
        else:
            results = False
    return _joined(kinds)


def _unbroken(labels: Sequence[PartKind], turns: Sequence[Turn]) -> list[PartKind]:
    """The labels, where whoever gave a talk goes on with it after somebody broke in with a word."""
    out = list(labels)
    for i in range(2, len(out)):
        back = next((k for k in (i - 2, i - 3) if k >= 0 and speaker_of(turns[k]) == speaker_of(turns[i])), None)
        if out[i] == "talk" or back is None or out[back] != "talk" or len(turns[i].words) < LONG:
            continue
        between = turns[back + 1 : i]
        if all(len(t.words) < LONG / 2 for t in between) and any(BREAKS_IN.search(t.text.lower()) for t in between):
            out[back + 1 : i + 1] = ["talk"] * (i - back)
    return out


BREAKS_IN = re.compile(
    r"\b(?:sorry|(?:butt|break|jump|cut|chip) in|interrupt\w*|hang on|can't hear|cannot hear|muted?)\b"
)


class _Talks:
    """What the talks of a meeting are: one is a keynote if it is called so, or stands out before the others."""

    def __init__(
        self,
        talks: Sequence[Talk],
        by_turn: Mapping[int, Sequence[Said]],
        acts: Sequence[frozenset[str]],
        chairs: tuple[str, ...],
    ) -> None:
        self.talks = [t for t in talks if t.words >= LONG]
        self.acts = acts
        steered = [s for t in sorted(by_turn) for s in by_turn[t] if not chairs or s.who in chairs]
        named = [t for t in self.talks if t.who[0]]  # of nobody a page can say that they gave the keynote
        denied = any(NO_KEYNOTE.search(s.plain) for s in steered)
        called = [] if denied else [t for t in named if self._called_keynote(t, steered)]
        self.keynotes = called or ([] if denied else self._first(chairs))
        others = [t for t in self.talks if t not in self.keynotes]
        end = max((t.first for t in others), default=0)
        self.panel = len(others) >= PANEL and any(
            "panel" in acts[s.index] and not _OF_TALKS.search(s.plain) for s in steered if s.turn < end
        )

    def kind(self, talk: Talk) -> PartKind:
        """Keynote, panel or plain talk."""
        return "keynote" if talk in self.keynotes else "panel" if self.panel else "talk"

    def _called_keynote(self, talk: Talk, steered: Sequence[Said]) -> bool:
        """Whether the chair says so: of somebody named, else right before it, or in the agenda of the meeting."""
        at = self.talks.index(talk)
        since = self.talks[at - 1].last if at else -1
        for s in steered:
            if "keynote" not in self.acts[s.index] or s.turn >= talk.first:
                continue
            named = [t for t in self.talks if any(_names(s, who) for who in t.who)]
            if talk in named or (not named and s.turn > since):
                return True
        return False

    def _first(self, chairs: tuple[str, ...]) -> list[Talk]:
        """A guest's talk that stands alone, or opens the programme at a length that the others do not have."""
        first = self.talks[0] if self.talks else None
        if first is None or not first.who[0] or first.words < 3 * LONG or set(first.who) & set(chairs):
            return []
        rest = [t.words for t in self.talks[1:]]
        alone = first.words >= ALONE * (first.words + sum(rest))
        ahead = len(rest) >= 2 and first.words >= AHEAD * max(rest)
        return [first] if alone or ahead else []


NO_KEYNOTE = re.compile(
    r"\b(?:no|without an?|instead of an?|don't (?:do|have)(?: an?)?|rather than an?) (?:\w+ )?key ?notes?\b"
)
# "five short talks" are announced as talks, not as a panel.
_OF_TALKS = re.compile(r"\b(?:talks|presentations|case studies)\b")


def _names(said: Said, who: str) -> bool:
    words = {t.lower_ for t in said.span}
    return any(len(part) > 2 and part.strip(".").lower() in words for part in who.split())


def _joined(kinds: Sequence[PartKind]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for index, kind in enumerate(kinds):
        if parts and parts[-1].kind == kind:
            parts[-1] = Part(kind=kind, first=parts[-1].first, last=index)
        else:
            parts.append(Part(kind=kind, first=index, last=index))
    return tuple(parts)

"""The shape of a meeting, from the chair's words and the pattern of who speaks.

`outline` takes the sentences of a conversation and gives what each sentence does (its acts), who chairs, and the
parts. It knows no meeting: a keynote is a part only if the chair announces one and somebody else then speaks at length.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from pipeline.language import cues
from pipeline.language.chairing import chairs_of
from pipeline.language.phrases import ends_asking
from pipeline.language.round_table import round_table
from pipeline.language.said import Said, speaker_of
from pipeline.language.slots import CALL, LONG, SHORT, Slot, joint_talk, named_in, panel_run, slots_of
from pipeline.records import Conversation, Part, PartKind

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
        for s in self.said:
            kind = self.part(s)
            words[kind] += len(s.words)
            if kind in ("keynote", "panel", "talk") and s.who not in self.chairs:
                turns.setdefault(s.who, set()).add(s.turn)
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
        """The kind of part in which a sentence lies."""
        return self.part_of_turn.get(said.turn, "discussion")

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
    acts = _with_own_introductions(said, [_acts(s) for s in said])
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


def _with_own_introductions(said: Sequence[Said], acts: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Who says their own name, or as they begin what they are, introduces themselves: the list of people has that."""
    spoken: Counter[str] = Counter()
    out = []
    for s, done in zip(said, acts, strict=True):
        spoken[s.who] += 1
        own = bool(s.name) and (_names_self(s) or (spoken[s.who] <= BEGINS and _is_somebody(s)))
        out.append(done | {"introduction"} if own else done)
    return tuple(out)


def _names_self(said: Said) -> bool:
    parts = [w for w in (said.name or "").lower().split() if len(w) > 1]
    return len(parts) > 1 and " ".join(parts) in re.sub(r"[.,]", "", said.plain)


def _is_somebody(said: Said) -> bool:
    """ "I'm the tutor of the third year", "I'm what they call a reintegration officer"."""
    found = _I_AM.search(said.plain)
    return bool(found) and len(said.words) <= BRIEFLY and not any(t.like_num for t in said.span)


BEGINS = 5  # sentences in which a speaker says who they are
BRIEFLY = 20  # words of such a sentence
_I_AM = re.compile(
    r"^(?:(?:so|and|well|yes|hello|hi|um|uh|er)[, ]+)*i(?:'m| am) (?:(?:a|an|the|one of the|what (?:they|you|we) call(?: a| an| the)?|also|now|just)[, ]+)+(?:\w+[, ]+){0,4}\w+"
    r"(?: (?:at|of|for|in|with|from|on|here)\b|[.,]|$)"
)
ALONE = 0.9  # share of the words of the talks that a meeting's only talk has; the rest are words before and after
MID_TALK = 6  # turns within which somebody whose talk was cut comes back to it

# ---- parts -----------------------------------------------------------------------------------------------------

OPENS: tuple[tuple[str, PartKind], ...] = (
    ("keynote", "keynote"),
    ("panel", "panel"),
    ("results", "results"),
    ("announcements", "announcements"),
    ("question time", "discussion"),
)


def _parts(
    conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: tuple[str, ...]
) -> tuple[Part, ...]:
    """One pass over the turns: what the chair opens holds until the chair opens something else."""
    if not conversation.turns:
        return ()
    grouped: dict[int, list[frozenset[str]]] = {}
    text: dict[int, list[Said]] = {}
    for s, done in zip(said, acts, strict=True):
        grouped.setdefault(s.turn, []).append(done)
        text.setdefault(s.turn, []).append(s)
    walk = _Walk(conversation, grouped, chairs)
    kinds = [walk.step(i) for i in range(len(conversation.turns))]
    kinds = _with_opening_talk(_with_panel(kinds, walk.slots, grouped), conversation, chairs)
    return _joined(_without_endless_news(_with_opening(kinds, conversation, chairs), conversation))


def _with_opening(kinds: list[PartKind], conversation: Conversation, chairs: tuple[str, ...]) -> list[PartKind]:
    """What hosts say to each other before the first talk belongs to the opening."""
    first = next((i for i, k in enumerate(kinds) if k in ("keynote", "panel", "talk")), 0)
    before = conversation.turns[:first]
    if any(len(t.words) >= LONG and speaker_of(t) not in chairs for t in before):
        return kinds
    return ["opening" if k == "discussion" and i < first else k for i, k in enumerate(kinds)]


def _with_opening_talk(kinds: list[PartKind], conversation: Conversation, chairs: tuple[str, ...]) -> list[PartKind]:
    """One guest's long talk before a panel, or before the questions, has the place of a keynote, however it was called."""
    turns = conversation.turns
    end = kinds.index("panel") if "panel" in kinds else len(kinds)
    talks = [i for i, k in enumerate(kinds[:end]) if k == "talk" and speaker_of(turns[i]) not in chairs]
    words: Counter[str] = Counter()
    for i in talks:
        words[speaker_of(turns[i])] += len(turns[i].words)
    alone = len(words) == 1 if end < len(kinds) else bool(words) and max(words.values()) > ALONE * words.total()
    if "keynote" in kinds or not alone or words.total() < 3 * LONG:
        return kinds
    return ["keynote" if k == "talk" and i < end else k for i, k in enumerate(kinds)]


def _without_endless_news(kinds: list[PartKind], conversation: Conversation) -> list[PartKind]:
    """What takes half of the meeting are no announcements, whatever was said as it began ("I have one announcement")."""
    words = [len(t.words) for t in conversation.turns]
    news = sum(n for n, kind in zip(words, kinds, strict=True) if kind == "announcements")
    return ["discussion" if k == "announcements" else k for k in kinds] if 2 * news > sum(words) else kinds


def _with_panel(kinds: list[PartKind], slots: Sequence[Slot], acts: dict[int, list[frozenset[str]]]) -> list[PartKind]:
    """Talks one after the other, each called by the chair, are a panel, however the chair worded it."""
    found = panel_run([s for s in slots if kinds[s.turn] in ("discussion", "talk", "opening")])
    if not found or "panel" in kinds or any("item" in a for s in found for i in s.call for a in acts.get(i, [])):
        return kinds
    span = range(found[0].call[0], found[-1].turn + 1)
    kind: PartKind = "talk" if all(kinds[s.turn] == "talk" for s in found) else "panel"
    return [kind if i in span and k in ("discussion", "talk", "opening") else k for i, k in enumerate(kinds)]


class _Walk:
    """The state of the pass: which part is open, and who its main voice is."""

    def __init__(
        self, conversation: Conversation, acts: dict[int, list[frozenset[str]]], chairs: tuple[str, ...]
    ) -> None:
        self.turns = conversation.turns
        self.acts = acts
        self.chairs = frozenset(chairs)
        self.state: PartKind = "opening"
        self.main: str | None = None  # the keynote's speaker
        self.last = len(conversation.turns) - 1
        self.heard: set[str] = set()  # who has spoken at length
        self.asked = False  # whether questions were opened
        self.slots = slots_of(self.turns, self.chairs, acts)
        self.joint = joint_talk(self.turns, self.chairs, self.slots)
        self.longs = [i for i, t in enumerate(self.turns) if len(t.words) >= LONG and speaker_of(t) not in self.chairs]

    def step(self, index: int) -> PartKind:
        """The kind of this turn; moves the state on."""
        turn = self.turns[index]
        acts = self.acts.get(index, [])
        who = speaker_of(turn)
        if index in self.joint:
            self.state = "keynote"
            self.heard |= {who} if len(turn.words) >= LONG else set()
            return self.state
        if self.state in ("panel", "talk", "keynote") and self._asks_the_heard(index, acts):
            self.state = "discussion"
            self.main = None
            self.asked = True
        if not turn.words or (acts and all("aside" in a for a in acts)):
            return "aside"
        # Without labels a chair's turn may have no name: it is known by what it opens.
        if who in self.chairs or not self.chairs or (not who and self._opened(index, acts) == "announcements"):
            return self._chair(index, acts)
        return self._other(index, who)

    def _asks_the_heard(self, index: int, acts: list[frozenset[str]]) -> bool:
        """Whether a question is put here to somebody who has had their say: the talks are over."""
        if not any("question" in a and not a & {"aside", "handover"} for a in acts):
            return False
        who = speaker_of(self.turns[index])
        following = next(
            (speaker_of(t) for t in self.turns[index + 1 : index + 3] if speaker_of(t) != who and t.words), None
        )
        if who in self.chairs and self.state == "talk" and following == self._last_voice(index):
            return False  # a chair's word with whoever has just spoken
        return (
            following in self.heard
            and who not in self.heard
            and following not in self.chairs
            and not self._mid_talk(index, who)
        )

    def _last_voice(self, index: int) -> str | None:
        """Who spoke last before a turn besides the chairs."""
        before = (speaker_of(t) for t in reversed(self.turns[:index]) if t.words)
        return next((who for who in before if who not in self.chairs), None)

    def _mid_talk(self, index: int, who: str) -> bool:
        """Whether somebody speaks in a slot of their own: called by the chair, or back after a lost connection."""
        before = self.turns[max(0, index - MID_TALK) : index]
        own = any(speaker_of(t) == who and len(t.words) >= SHORT for t in before)
        called = any(speaker_of(t) in self.chairs and len(t.words) <= CALL and named_in(t, who) for t in before)
        return who not in self.chairs and (own or (called and len(self.turns[index].words) >= LONG))

    def _chair(self, index: int, acts: list[frozenset[str]]) -> PartKind:
        opened = self._opened(index, acts)
        ends = index > 0.8 * self.last and any({"closing", "thanks"} <= a for a in acts)
        if ends and self._near_end(index):
            self.state = "announcements" if opened == "announcements" and self.state == "announcements" else "closing"
            return self.state if self.state == "closing" else "closing"
        if opened:
            self.state = opened
            self.main = None
            self.asked = self.asked or opened == "discussion"
        elif (
            self.state in ("opening", "keynote")
            and any("handover" in a for a in acts)
            and index < self.last
            and index > 0
        ):
            self.state = self._plain_next(index)
        elif (self.state == "opening" and index > 0 and any("item" in a for a in acts)) or (
            not self.chairs and self.state == "opening" and index > 0
        ):
            self.state = "discussion"
        return self.state

    def _opened(self, index: int, acts: list[frozenset[str]]) -> PartKind | None:
        """What the chair opens here: the last part named, if what follows can be that part."""
        if not self.chairs:
            return None
        found: PartKind | None = None
        for done in acts:
            for act, kind in OPENS:
                if act in done and "agenda" not in done and self._possible(index, kind):
                    found = kind
        return found

    def _possible(self, index: int, kind: PartKind) -> bool:
        following = self._following(index)
        begins = self.state == "opening" or not self.heard  # words between hosts are no discussion yet
        if kind == "keynote":
            return following is not None and begins
        if kind == "panel":
            return following is not None and (begins or self.state in ("keynote", "talk"))
        if kind in ("announcements", "results"):
            return self.state != "opening"
        return bool(self.heard) or (index > 2 and self._following(index) is None)

    def _following(self, index: int) -> int | None:
        """The next long turn of somebody who is not a chair, if it comes soon."""
        return next((i for i in self.longs if index < i <= index + 4), None)

    def _plain_next(self, index: int) -> PartKind:
        at = self._following(index)
        if at is None or len(self.turns[at].words) < 2 * LONG:
            return "discussion" if self.state == "opening" or at is not None else self.state
        return "talk"

    def _is_talk(self, index: int, who: str) -> bool:
        """Whether a new voice whom the chair has called speaks at length, before any question was put."""
        called = any(s.turn == index for s in self.slots)
        return called and who not in self.heard and len(self.turns[index].words) >= 2 * LONG

    def _near_end(self, index: int) -> bool:
        rest = [t for t in self.turns[index + 1 :] if speaker_of(t) not in self.chairs]
        return sum(len(t.words) for t in rest) < LONG

    def _other(self, index: int, who: str) -> PartKind:
        words = len(self.turns[index].words)
        soon = words < 2 * LONG and any(
            index < i <= index + 3 and len(self.turns[i].words) >= 2 * LONG for i in self.longs
        )
        if self.state == "discussion" and self.heard and not self.asked and self._is_talk(index, who):
            self.state = "talk"
        if self.state == "opening" and index > 0 and not soon:
            self.state = "talk" if words >= 2 * LONG else "discussion" if words >= 20 else "opening"
        if self.state == "keynote":
            if self.main is None and words >= LONG:
                self.main = who
            elif self.main not in (None, who) and words >= 20:
                self.state = "discussion"
        if words >= LONG:
            self.heard.add(who)
        return self.state


def _joined(kinds: Sequence[PartKind]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for index, kind in enumerate(kinds):
        if parts and parts[-1].kind == kind:
            parts[-1] = Part(kind=kind, first=parts[-1].first, last=index)
        else:
            parts.append(Part(kind=kind, first=index, last=index))
    return tuple(parts)

"""Who is given the floor, by behaviour alone: short turns of a chair that name somebody, and that person's long turn.

Where the chair's wording is informal, the pattern still tells a panel (several people called one after the other) and a
talk given by two (both named before the first of them, then taking turns).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.records import Turn

LONG = 60  # words: a turn as long as this is a contribution, not an interjection
SHORT = 20  # words: an interjection
CALL = 110  # words: the longest introduction
PANEL = 3  # people
_ALIKE = 0.75  # of letters: a name as a recogniser may have heard it


@dataclass(frozen=True)
class Slot:
    """A long turn, and the turns of the chair that lead to it."""

    turn: int
    who: str
    call: tuple[int, ...]


def slots_of(
    turns: Sequence[Turn], chairs: frozenset[str], acts: Mapping[int, Sequence[frozenset[str]]]
) -> tuple[Slot, ...]:
    """The first long turn of each person whom a chair names directly before it, unless the chair puts a question."""
    found: list[Slot] = []
    heard: set[str] = set()
    for index, turn in enumerate(turns):
        who = _who(turn)
        if who in chairs or not who or len(turn.words) < LONG:
            continue
        call = _call(turns, index, chairs)
        asks = any("question" in a and "handover" not in a for i in call for a in acts.get(i, ()))
        if who not in heard and call and not asks and any(named_in(turns[i], who) for i in call):
            found.append(Slot(index, who, call))
        heard.add(who)
    return tuple(found)


def panel_run(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """The longest run of slots that follow each other directly, if it is a panel's; else nothing."""
    best: list[Slot] = []
    run: list[Slot] = []
    for slot in slots:
        # What lies between two talks is a call and perhaps a word or two: no round of questions.
        run = [*run, slot] if run and slot.call[0] - run[-1].turn <= PANEL else [slot]
        best = max(best, run, key=len)
    return tuple(best) if len(best) >= PANEL else ()


def joint_talk(turns: Sequence[Turn], chairs: frozenset[str], slots: Sequence[Slot]) -> range:
    """The turns of a talk that opens the programme and is given by two people whom one call names; else none."""
    first = slots[0] if slots else None
    if first is None or any(len(t.words) >= LONG and _who(t) not in chairs for t in turns[: first.turn]):
        return range(0)
    pair, words, end = {first.who}, {first.who: 0}, first.turn
    for index in range(first.turn, len(turns)):
        who, size = _who(turns[index]), len(turns[index].words)
        if who in chairs or size < SHORT:
            if who in chairs and size >= SHORT:
                break
            continue
        if who not in pair:
            if len(pair) > 1 or not any(named_in(turns[i], who) for i in first.call):
                break
            pair.add(who)
        words[who] = words.get(who, 0) + size
        end = index
    shared = len(pair) > 1 and min(words.get(w, 0) for w in pair) >= LONG
    return range(first.turn, end + 1) if shared else range(0)


def named_in(turn: Turn, name: str) -> bool:
    """Whether a turn says a name or a part of it, perhaps misheard."""
    said = {
        w.text.strip(".,?!:;'’\"").lower().removesuffix("'s").removesuffix("’s")
        for w in turn.words
        if w.text[:1].isupper()
    }
    parts = [p.strip(".,").lower() for p in name.split() if len(p) > 2]
    return any(_alike(part, word) for part in parts for word in said)


def _alike(part: str, word: str) -> bool:
    if part == word:
        return True
    return len(word) > 3 and len(part) > 3 and SequenceMatcher(None, part, word).ratio() >= _ALIKE


def _call(turns: Sequence[Turn], index: int, chairs: frozenset[str]) -> tuple[int, ...]:
    """The chair's turns directly before one, interjections between them left out; nothing if they are long."""
    call: list[int] = []
    at = index - 1
    while at >= 0 and index - at <= 6:
        turn = turns[at]
        if _who(turn) in chairs:
            call.insert(0, at)
        elif len(turn.words) >= SHORT and _who(turn) != _who(turns[index]):
            break
        at -= 1
    # A long opening of the meeting may end in a call as well: only its last words count then.
    return tuple(call) if call and len(turns[call[-1]].words) <= CALL * 3 else ()


def _who(turn: Turn) -> str:
    return turn.name or turn.voice or ""

"""Who has the floor for a talk, by behaviour alone: turns of a chair that name somebody, and that person's long turns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from pipeline.language.said import speaker_of
from pipeline.records import Turn

LONG = 60  # words: a turn as long as this is a contribution, not an interjection
SHORT = 20  # words: an interjection
CALL = 110  # words: the longest introduction
_ALIKE = 0.75  # of letters: a name as a recogniser may have heard it


@dataclass
class Talk:
    """A contribution of one person, or of several who take turns, with the chair's turns that lead to it."""

    who: list[str]
    first: int  # turn with which it begins, its call left out
    last: int
    call: list[int] = field(default_factory=list)
    words: int = 0


def talks_of(turns: Sequence[Turn], labels: Sequence[str], chairs: Collection[str]) -> list[Talk]:
    """The talks among turns that are labelled so, in time order.

    A talk goes on through interjections and sound trouble; two whom one call names give it together.
    """
    found: list[Talk] = []
    waiting: list[int] = []  # the chairs' turns since the last talk
    for index, (turn, label) in enumerate(zip(turns, labels, strict=True)):
        who, size = speaker_of(turn), len(turn.words)
        if label not in ("talk", "opening"):
            waiting = []
            continue
        if who in chairs or not turn.words:
            waiting.append(index)
            continue
        if label == "opening":
            continue
        current = found[-1] if found else None
        on = current is not None and not any(x in ("discussion", "announcements") for x in labels[current.last : index])
        same = (
            current is not None and who in current.who and (bool(who) or not waiting)
        )  # nobody knows who goes on after a chair
        if current is not None and on and (same or _joins(current, index, turns, waiting, chairs)):
            current.last, current.words, waiting = index, current.words + size, []
            current.who += [] if who in current.who else [who]
        elif size >= LONG or (size >= SHORT and any(named_in(turns[i], who) for i in waiting)):
            found.append(Talk([who], index, index, waiting, size))
            waiting = []
    return found


def floors(turns: Sequence[Turn], chairs: Collection[str]) -> list[Talk]:
    """Who has the floor, whatever is thrown in: each contribution's turns, those between them and its words, in time order."""
    found: list[Talk] = []
    taken = -1
    for first, turn in enumerate(turns):
        who = speaker_of(turn)
        if first <= taken or not who or who in chairs:
            continue
        own, at = [first], first + 1
        while at < len(turns) and at - own[-1] <= BROKEN:
            if speaker_of(turns[at]) == who:
                own.append(at)
            elif len(turns[at].words) > THROWN_IN:
                break
            at += 1
        words = sum(len(turns[i].words) for i in own)
        if words >= LONG:
            call = [i for i in range(max(0, first - 2), first) if speaker_of(turns[i]) in chairs]
            found.append(Talk([who], first, own[-1], [i for i in call if named_in(turns[i], who)], words))
            taken = own[-1]
    return found


BROKEN = 3  # turns after which a contribution goes on
THROWN_IN = 45  # words of what is thrown into it


def _joins(talk: Talk, index: int, turns: Sequence[Turn], since: Sequence[int], chairs: Collection[str]) -> bool:
    """Whether somebody takes turns with the one who has the floor: one call named both, and the first comes back."""
    who = speaker_of(turns[index])
    if sum(len(turns[i].words) for i in since) >= SHORT:
        return False
    if not any(named_in(turns[i], who) and named_in(turns[i], talk.who[0]) for i in talk.call[-1:]):
        return False
    steered = (
        i for i in range(index + 1, len(turns)) if speaker_of(turns[i]) in chairs and len(turns[i].words) >= SHORT
    )
    return any(speaker_of(t) in talk.who for t in turns[index + 1 : next(steered, len(turns))])


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

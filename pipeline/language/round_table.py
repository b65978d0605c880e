"""A panel that is a conversation: a chair puts questions to a few people who come back and back, before the floor asks."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.language.said import Said, speaker_of
from pipeline.records import Conversation, Part

PANELLISTS = (2, 8)
MAIN = 0.08  # share of the words of the discussion that a panellist has
TOGETHER = 0.75  # share that they have together
LED = 0.3  # share of their turns that follow one of the chair's; they talk to each other too
_CALLED = re.compile(r"\b(?:round ?table|panel(?:l?ists?)?)\b")
_FLOOR = re.compile(
    r"\b(?:over to|open (?:it )?(?:up )?to|questions? (?:from|in)|hear from|turn to|go to|take some) (?:\w+ ){0,2}(?:audience|floor|room|chat|q&a|q and a|you all|questions)\b|"
    r"\b(?:your|audience|the floor's) questions\b"
)


def round_table(
    conversation: Conversation,
    said: Sequence[Said],
    acts: Sequence[frozenset[str]],
    chairs: Sequence[str],
    parts: Sequence[Part],
) -> range | None:
    """The turns of such a panel; None where the meeting has talks, or where the chair does not lead."""
    if not chairs or any(p.kind in ("keynote", "panel", "talk") for p in parts):
        return None
    talk = [i for p in parts if p.kind == "discussion" for i in range(p.first, p.last + 1)]
    if not talk:
        return None
    turns = conversation.turns
    early = [s for s in said if s.turn <= talk[0] + 2]
    if not any(_CALLED.search(s.plain) for s in early):
        return None
    words: Counter[str] = Counter()
    for i in talk:
        words[speaker_of(turns[i])] += len(turns[i].words)
    for chair in chairs:
        words.pop(chair, None)
    main = {who for who, n in words.items() if who and n >= MAIN * words.total()}
    if not PANELLISTS[0] <= len(main) <= PANELLISTS[1] or sum(words[m] for m in main) < TOGETHER * words.total():
        return None
    last = _floor(said, acts, talk, main, turns=[speaker_of(t) for t in turns], chairs=chairs)
    own = [i for i in talk if i < last and speaker_of(turns[i]) in main]
    led = [i for i in own if i and speaker_of(turns[i - 1]) in chairs]
    return range(talk[0], last) if own and len(led) >= LED * len(own) else None


def _floor(
    said: Sequence[Said],
    acts: Sequence[frozenset[str]],
    talk: Sequence[int],
    main: set[str],
    *,
    turns: Sequence[str],
    chairs: Sequence[str],
) -> int:
    """The turn in which the floor is given to others, once every panellist has spoken; else the end of the discussion."""
    begins = max(next((i for i in talk if turns[i] == who), talk[-1]) for who in main)
    for s in said:
        found = (
            _FLOOR.search(s.plain) if s.turn > begins and s.who in chairs and "agenda" not in acts[s.index] else None
        )
        if found and "then" not in s.plain[: found.start()].split():
            return s.turn
    return talk[-1] + 1

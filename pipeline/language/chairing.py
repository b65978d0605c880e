"""Who chairs: by what they say to steer, whom they call, how little else they say, their role, and the meeting's edges."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.language.cues import CHAIR_HANDED, SHARED_CHAIR
from pipeline.language.said import Said, speaker_of
from pipeline.language.slots import LONG, SHORT, named_in
from pipeline.records import Conversation

STEERING = frozenset({"welcome", "chairing", "handover", "question time", "panel", "keynote", "closing", "agenda"})
_CHAIR_ROLE = re.compile(
    r"\b(?:chair|chairman|chairwoman|chairperson|co-chair|host|moderator|facilitator)\b", re.IGNORECASE
)
CALLING = 3  # acts of steering that the call of a new speaker counts for
STEERS = 4  # acts of steering from which a role in the chair counts
PROGRAMME = 4  # people called from whom on the chair is known by calling
SHARES = 3  # people called from whom on somebody chairs beside another
OPENING = 10  # words of the first sentence that is more than a greeting


def chairs_of(conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Who steers: by acts, by a role that says so, by opening and by closing the meeting."""
    score: Counter[str] = Counter()
    turns: Counter[str] = Counter()
    for s, done in zip(said, acts, strict=True):
        if s.who:
            score[s.who] += len(done & STEERING)
            score[s.who] += 6 * ("chairing" in done and "?" not in s.text)
    for turn in conversation.turns:
        turns[speaker_of(turn)] += 1
    for speaker in conversation.speakers:
        # Many a guest chairs something elsewhere: a role counts for somebody who steers here as well.
        if speaker.name in turns and _CHAIR_ROLE.search(speaker.role or "") and score[speaker.name] >= STEERS:
            score[speaker.name] += 8
    _credit_edges(said, acts, score)
    called = _called(conversation)
    for who, others in called.items():
        score[who] += CALLING * len(others)
    words: Counter[str] = Counter()
    for s in said:
        words[s.who] += len(s.words)
    # A witness who speaks at length steers now and then; a chair does little else.
    dense = {who: n / math.sqrt(words[who] + 5 * LONG) for who, n in score.items()}
    ranked = sorted((who for who, n in score.items() if who and n >= 3), key=lambda who: -dense[who])
    if not ranked:
        return ()
    best = score[ranked[0]]
    roles = {s.name for s in conversation.speakers if _CHAIR_ROLE.search(s.role or "")}
    shared = any(SHARED_CHAIR.search(s.plain) for s in said)
    # A second chair is listed as one, calls up speakers too, or the meeting speaks of two: guests steer now and then as well.
    # Where the first calls everybody, somebody who calls nobody chairs elsewhere.
    calls = {who: len(others) for who, others in called.items()}
    alone = calls.get(ranked[0], 0) >= PROGRAMME
    handed = _handed(said, ranked[0], turns)
    also = [w for w in handed if w not in ranked[:3]]
    return tuple(
        w
        for w in (*ranked[:3], *also)
        if w == ranked[0]
        or w in handed
        or (
            (called.get(w) or not alone)
            and (
                (w in roles and score[w] >= STEERS)
                or (shared and score[w] >= 0.6 * best >= 6)
                or calls.get(w, 0) >= max(SHARES, calls.get(ranked[0], 0) / 2)
            )
        )
    )


def _handed(said: Sequence[Said], chair: str, turns: Counter[str]) -> list[str]:
    """To whom the chair gives the chair, or a part of the meeting to run: named there or in the next sentence."""
    found: list[str] = []
    for n, s in enumerate(said):
        if s.who != chair or not CHAIR_HANDED.search(s.plain):
            continue
        near = [x for x in said[n : n + 1 + NEAR] if x.turn == s.turn]
        names = (w for x in near for w in turns if w not in ("", chair) and _named_whole(x, w))
        who = next(names, None)
        found += [who] if who and turns[who] >= RUNS and who not in found else []
    return found


NEAR = 2  # sentences behind, in which whoever is given the chair is named
RUNS = 4  # turns of somebody who runs a part of a meeting


def _named_whole(said: Said, who: str) -> bool:
    words = {t.text for t in said.span}
    return any(part in words for part in who.split() if len(part) > 2)


def _called(conversation: Conversation) -> dict[str, set[str]]:
    """Whom each speaker names right before their first long turn."""
    turns = conversation.turns
    found: dict[str, set[str]] = {}
    heard: set[str] = set()
    for index, turn in enumerate(turns):
        who = speaker_of(turn)
        if not who or who in heard or len(turn.words) < LONG:
            continue
        heard.add(who)
        for before in reversed(turns[max(0, index - 3) : index]):
            if speaker_of(before) not in ("", who) and named_in(before, who):
                found.setdefault(speaker_of(before), set()).add(who)
                break
            if speaker_of(before) != who and len(before.words) >= SHORT:
                break
    return found


def _credit_edges(said: Sequence[Said], acts: Sequence[frozenset[str]], score: Counter[str]) -> None:
    """Opening and closing a meeting counts for more than a hand-over in its midst."""
    opener = next((s for s in said if len(s.words) >= OPENING and s.who), None)
    if opener:
        score[opener.who] += 2
    edge = max(3, len(said) // 12)
    for s, done in list(zip(said, acts, strict=True))[:edge]:
        if s.who and done & {"welcome", "agenda"}:
            score[s.who] += 3
    for s, done in list(zip(said, acts, strict=True))[-edge:]:
        if s.who and "closing" in done and "thanks" in done:
            score[s.who] += 2

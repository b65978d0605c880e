"""Rounds of contributions: who is called on at length gives a talk, whatever is thrown in between and behind."""

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet

from pipeline.language.phrases import ends_asking
from pipeline.language.said import speaker_of
from pipeline.language.slots import LONG, SHORT, Talk, floors, named_in
from pipeline.records import PartKind, Turn

GIVEN = 120  # words of a turn for which somebody was given the floor
CHECKS = 6  # turns of a sound check
PUT_IN = 22  # words of a chair who puts in a question and gives no floor
SELDOM = 4  # one in so many turns of a talk may end with a question to those who share it
IN_TURN = 3  # people called one after the other, from which on that is a round


def rounds(
    labels: Sequence[PartKind],
    turns: Sequence[Turn],
    chairs: tuple[str, ...],
    *,
    asking: AbstractSet[int],
    voting: AbstractSet[int],
    opening: AbstractSet[int] = frozenset(),
    paneling: AbstractSet[int] = frozenset(),
) -> list[PartKind]:
    """The labels, with "talk" for what the layout took for discussion inside a round.

    `asking` and `voting` are the turns in which somebody asks and the meeting votes: where somebody asks who gives no talk,
    and where it votes, that is discussion. `opening` and `paneling` are those in which somebody opens the questions, or a
    panel.
    """
    out = list(labels)
    given = floors(turns, chairs)
    for first, last in (
        *_before_questions(turns, out, chairs, asking, opening),
        *_second_panel(turns, out, chairs, opening, paneling),
    ):
        out[first : last + 1] = ["talk"] * (last + 1 - first)
    for first, last in _first_words(turns, out, chairs):
        out[first : last + 1] = ["talk"] * (last + 1 - first)
    for first, last in (*_going_on(given, turns, out, chairs, asking), *_in_turn(given, turns, out, asking)):
        out[first : last + 1] = ["talk" if kind == "discussion" else kind for kind in out[first : last + 1]]
    for between in _between_talks(out):
        givers = {*chairs, *(t.who[0] for t in given if out[t.first] == "talk" or t.first in between)}
        asked = {speaker_of(turns[i]) for i in between if i in asking}
        steered = [
            i for i in between if i in asking and speaker_of(turns[i]) in chairs and len(turns[i].words) > PUT_IN
        ]
        alone = chairs and not any(speaker_of(turns[i]) in chairs for i in between)  # those who share a slot
        if voting.isdisjoint(between) and asked <= givers and (alone or _of_the_round(between, given, steered=steered)):
            out[between[0] : between[-1] + 1] = ["talk"] * len(between)
    return out


def _before_questions(
    turns: Sequence[Turn],
    labels: Sequence[PartKind],
    chairs: tuple[str, ...],
    asking: AbstractSet[int],
    opening: AbstractSet[int],
) -> Iterator[tuple[int, int]]:
    """Where a chair opens the questions in the midst of what the layout took for discussion: what came before were the talks."""
    opened = next((i for i in sorted(opening) if labels[i] == "discussion" and speaker_of(turns[i]) in chairs), None)
    first = next((i for i, kind in enumerate(labels) if kind == "talk"), None)
    if opened is None or first is None:
        return
    before = [i for i in range(first, opened) if labels[i] == "discussion"]
    words: Counter[str] = Counter()
    for turn in turns[first:opened]:
        words[speaker_of(turn)] += len(turn.words)
    givers = {who for who, n in words.items() if n >= LONG}
    outside = [i for i in before if i in asking and speaker_of(turns[i]) not in givers]
    put = [i for i in before if i in asking and speaker_of(turns[i]) in chairs and len(turns[i].words) > PUT_IN]
    asked = sum(ends_asking(turns[i].text) for i in before if speaker_of(turns[i]) not in chairs)
    if before and not outside and not put and asked * SELDOM <= len(before):
        for i in before:
            yield i, i


def _second_panel(
    turns: Sequence[Turn],
    labels: Sequence[PartKind],
    chairs: tuple[str, ...],
    opening: AbstractSet[int],
    paneling: AbstractSet[int],
) -> Iterator[tuple[int, int]]:
    """Behind a chair who turns to another panel in the midst of a discussion: the first long turns of new voices, up to the next questions."""
    for at in sorted(paneling):
        if labels[at] != "discussion" or speaker_of(turns[at]) not in chairs:
            continue
        heard = {speaker_of(t) for t in turns[:at] if len(t.words) >= LONG}
        end = next((i for i in sorted(opening) if i > at), len(turns))
        fresh = [
            i
            for i in range(at + 1, end)
            if speaker_of(turns[i]) not in (*heard, *chairs, "") and len(turns[i].words) >= LONG
        ]
        if len({speaker_of(turns[i]) for i in fresh}) > 1 and all(
            k == "discussion" for k in labels[at : fresh[-1] + 1]
        ):
            yield at + 1, fresh[-1]


def _first_words(
    turns: Sequence[Turn], labels: Sequence[PartKind], chairs: tuple[str, ...]
) -> Iterator[tuple[int, int]]:
    """The first long turn of somebody whom a chair called without a question, and the sound checks before it."""
    heard: set[str] = set()
    for i, turn in enumerate(turns):
        who = speaker_of(turn)
        least = LONG if labels[i] == "opening" else GIVEN
        fresh = who and who not in heard and who not in chairs and len(turn.words) >= least
        heard |= {who} if len(turn.words) >= LONG else set()
        if not fresh or labels[i] not in ("opening", "discussion"):
            continue
        call = next(
            (
                j
                for j in range(i - 1, max(-1, i - 1 - CHECKS), -1)
                if speaker_of(turns[j]) in chairs and len(turns[j].words) >= PUT_IN and named_in(turns[j], who)
            ),
            None,
        )
        if call is not None and not _asks(turns[call], turn, opening=labels[i] == "opening"):
            between = [turns[j] for j in range(call + 1, i)]
            if all(len(t.words) < (LONG if speaker_of(t) in (who, *chairs) else SHORT) for t in between):
                yield call + 1, i


_PUT = re.compile(r"\b(?:ask|asking|asks|wonder|wondering)\b|\bquestions?\b", re.IGNORECASE)
LAST = 30  # words at the end of a call, and of those that answer it, that tell a question


def _asks(call: Turn, answer: Turn, *, opening: bool) -> bool:
    """Whether a chair's call puts a question: by its mark, by "if I can ask you whether", or by the thanks for it.

    As a meeting opens, a word in passing is none ("your town's what, 1,900 people?").
    """
    end = " ".join(w.text for w in call.words[-LAST:])
    begin = " ".join(w.text for w in answer.words[: LAST // 2])
    return bool(_PUT.search(end) or _PUT.search(begin)) or (ends_asking(call.text) and not opening)


def _going_on(
    given: Sequence[Talk],
    turns: Sequence[Turn],
    labels: Sequence[PartKind],
    chairs: tuple[str, ...],
    asking: Collection[int],
) -> Iterator[tuple[int, int]]:
    """A talk goes on after what is thrown in."""
    for floor in given:
        if labels[floor.first] == "talk":
            ahead = any(
                kind == "talk" and speaker_of(turns[i]) not in ("", floor.who[0], *chairs)
                for i, kind in enumerate(labels[floor.last + 1 :], floor.last + 1)
            )  # the talks are not over: a chair who puts in a short question opens no discussion
            put_in = {i for i in asking if ahead and speaker_of(turns[i]) in chairs and len(turns[i].words) <= PUT_IN}
            others = {i for i in asking if speaker_of(turns[i]) != floor.who[0]} - put_in
            yield floor.first, _end(floor, labels, others)


def _end(floor: Talk, labels: Sequence[PartKind], asking: Collection[int]) -> int:
    """The last turn of a contribution before somebody asks."""
    ends = (i for i in range(floor.first + 1, floor.last + 1) if i in asking or labels[i] not in _SPOKEN)
    return next(ends, floor.last + 1) - 1


_SPOKEN = ("talk", "discussion")


def _in_turn(
    given: Sequence[Talk], turns: Sequence[Turn], labels: Sequence[PartKind], asking: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Three and more who are called one right after the other, each for the first time, and do not only ask."""
    heard: set[str] = set()
    run: list[tuple[int, int]] = []
    for floor in given:
        asks = floor.first in asking and len(turns[floor.first].words) < LONG
        new = bool(floor.call) and floor.who[0] not in heard and not asks and labels[floor.first] in _SPOKEN
        heard.add(floor.who[0])
        if (new and run and min(floor.call) > run[-1][1] + 1) or not new:
            yield from _long_enough(run)
            run = []
        run = [*run, (floor.first, _end(floor, labels, asking))] if new else run
    yield from _long_enough(run)


def _long_enough(run: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    if len(run) >= IN_TURN:
        yield run[0][0], run[-1][1]


def _between_talks(labels: Sequence[PartKind]) -> Iterator[list[int]]:
    """The stretches of discussion between two talks, as their turns."""
    for kind, group in itertools.groupby(range(len(labels)), key=lambda i: labels[i]):
        between = list(group)
        first, last = between[0], between[-1]
        inside = kind == "discussion" and first and last + 1 < len(labels)
        if inside and {labels[first - 1], labels[last + 1]} == {"talk"}:
            yield between


def _of_the_round(between: Sequence[int], given: Sequence[Talk], *, steered: Sequence[int]) -> bool:
    """Whether somebody is called on at length there, or a talk goes on; `steered`: the turns in which a chair asks there."""
    first, last = between[0], between[-1]
    called = any(t.call and first <= t.first <= last for t in given)
    return called or any(
        t.first < first and (t.last > last or (t.last >= first and not any(i < t.last for i in steered))) for t in given
    )

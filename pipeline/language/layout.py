"""The layout of a meeting: which turns are opening, talks, discussion, announcements and closing.

A linear chain over the turns (Viterbi), with binary features of who speaks, how long, when, and with what acts. The weights
were learned with the averaged structured perceptron (Collins, 2002) by `models/training/layout/train.py`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.language.said import Said, speaker_of
from pipeline.language.slots import CALL, LONG, SHORT, named_in
from pipeline.records import Conversation, PartKind, Turn

LABELS: tuple[PartKind, ...] = ("opening", "talk", "discussion", "announcements", "closing")
_SIZES = (8, 20, 45, 75, 120, 200, 320)  # words of a turn
_PLACES = (0.02, 0.06, 0.12, 0.3, 0.5, 0.65, 0.75, 0.85, 0.93, 0.97)  # share of the meeting's words before a turn
_ACTS = (
    "aside", "greeting", "welcome", "chairing", "handover", "question time", "keynote", "panel", "announcements", "results",
    "closing", "thanks", "agenda", "recording", "mailing", "housekeeping", "frame", "reason", "question", "introduction",
)  # fmt: skip
_NEWS = re.compile(
    r"\b(?:launch\w*|announc\w*|appl(?:y|ications?)|deadlines?|regist\w+|enrol\w*|sign up|bookings?|book (?:a|your|through)|free to|free for|download\w*|"
    r"nominat\w+|grants?|bursar\w+|fellowships?|prizes?|awards?|conferences?|handbook|toolkit|guide|survey|working group|retir\w+|"
    r"opens?|closes?|by the (?:\w+ )?of|will be led|led by|leads? it|e-?mail|website|(?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)


def layout(conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: Sequence[str]) -> list[PartKind]:
    """A label for each turn."""
    return best_path(features(conversation, said, acts, chairs), weights())


def features(
    conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: Sequence[str]
) -> list[list[str]]:
    """What is seen of each turn, as names of binary features."""
    turns = conversation.turns
    who = [speaker_of(t) for t in turns]
    size = [len(t.words) for t in turns]
    done: list[set[str]] = [set() for _ in turns]
    plain: list[list[str]] = [[] for _ in turns]
    for s, a in zip(said, acts, strict=True):
        done[s.turn] |= a
        plain[s.turn].append(s.plain)
    asks = ["question" in d for d in done]
    total = sum(size) or 1
    spoken: dict[str, int] = {}  # words of each speaker so far
    talked: set[str] = set()  # who has had a talk's length of words in one turn
    questions = news = 0
    before = 0
    # A new voice that speaks at length later on: the talks are not over.
    fresh: list[bool] = []
    heard: set[str] = set()
    for i, w in enumerate(who):
        fresh.append(size[i] >= LONG and w not in heard and w not in chairs)
        heard |= {w} if size[i] >= LONG else set()
    ahead = [sum(fresh[i + 1 :]) for i in range(len(turns))]
    out: list[list[str]] = []
    for i, turn in enumerate(turns):
        chair = who[i] in chairs
        role = "chair" if chair else "other" if who[i] else "nobody"
        length = _bucket(size[i], _SIZES)
        f = ["bias", role, f"{role} size {length}", f"place {_bucket(before / total, _PLACES)}"]
        f += [f"act {a}" for a in _ACTS if a in done[i]]
        f += [f"{role} act {a}" for a in ("question", "question time", "announcements", "closing", "handover", "thanks", "keynote", "panel", "agenda") if a in done[i]]
        text = " ".join(plain[i])
        found = len(_NEWS.findall(text))
        f += [f"{role} news {min(4, found)}"]
        f.append(f"news density {min(5, int(100 * found / max(20, size[i])))}")
        own = spoken.get(who[i], 0)
        if not chair:
            f.append("new voice" if not own else "known voice" if who[i] in talked else "heard voice")
            if size[i] >= LONG:
                f.append("long " + ("new" if not own else "after talk" if who[i] in talked else "heard"))
            f.append(f"called {_called(turns, who, i, chairs)}")
            f.append("answers" if i and asks[i - 1] else "follows chair" if i and who[i - 1] in chairs else "follows other")
            if i and asks[i - 1] and who[i - 1] in chairs:
                f.append("answers chair")
        else:
            following = next((j for j in range(i + 1, min(i + 3, len(turns))) if who[j] not in chairs and size[j] >= SHORT), None)
            if following is not None:
                f.append("before " + ("fresh" if fresh[following] else "talked" if who[following] in talked else "short"))
                f.append(f"before size {_bucket(size[following], _SIZES)}")
                if named_in(turn, who[following]):
                    f.append("calls " + ("fresh" if fresh[following] else "talked" if who[following] in talked else "other"))
        for step in (-1, 1):
            j = i + step
            if 0 <= j < len(turns):
                f.append(f"{step:+d} {'chair' if who[j] in chairs else 'same' if who[j] == who[i] else 'other'} size {_bucket(size[j], _SIZES)}")
                f += [f"{step:+d} act {a}" for a in ("question", "question time", "announcements", "closing") if a in done[j]]
        f.append(f"ahead {min(3, ahead[i])}")
        f.append(f"questions {min(4, questions)}")
        f.append(f"opened news {min(2, news)}")
        if asks[i] and size[i] < LONG and ((i + 1 < len(turns) and who[i + 1] in talked) or not chair):
            questions += 1
        news += chair and "announcements" in done[i] and "agenda" not in done[i] and before > 0.3 * total
        out.append(f)
        before += size[i]
        spoken[who[i]] = own + size[i]
        if size[i] >= CALL and not chair:
            talked.add(who[i])
    return out


def _called(turns: Sequence[Turn], who: Sequence[str], index: int, chairs: Sequence[str]) -> bool:
    return any(who[j] in chairs and named_in(turns[j], who[index]) for j in range(max(0, index - 2), index)) if who[index] else False


def _bucket(value: float, edges: Sequence[float]) -> int:
    return sum(value >= e for e in edges)


@cache
def weights() -> Mapping[str, Mapping[str, float]]:
    """Learned weights: of each feature for each label; a transition is the feature "after LABEL"."""
    text = files("pipeline.language").joinpath("layout.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, float]] = json.loads(text)
    return found


def best_path(seen: Sequence[Sequence[str]], model: Mapping[str, Mapping[str, float]]) -> list[PartKind]:
    """The likeliest labels of a sequence of turns."""
    none: Mapping[str, float] = {}
    score: dict[PartKind, float] = {}
    back: list[dict[PartKind, PartKind]] = []
    for f in seen:
        own = {y: sum(model.get(name, none).get(y, 0.0) for name in f) for y in LABELS}
        if not back and not score:
            score = {y: own[y] + model.get("after start", none).get(y, 0.0) for y in LABELS}
            continue
        best = {y: max(LABELS, key=lambda p: score[p] + model.get(f"after {p}", none).get(y, 0.0)) for y in LABELS}
        score = {y: own[y] + score[best[y]] + model.get(f"after {best[y]}", none).get(y, 0.0) for y in LABELS}
        back.append(best)
    if not score:
        return []
    path = [max(LABELS, key=lambda y: score[y])]
    for best in reversed(back):
        path.append(best[path[-1]])
    return path[::-1]

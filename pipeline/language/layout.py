"""The layout of a meeting: which turns are opening, talks, discussion, announcements and closing.

A linear chain over the turns (Viterbi), with binary features of who speaks, how long, when, and with what acts. The weights
were learned with the averaged structured perceptron (Collins, 2002) by `models/training/layout/train.py`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
_STEERING = (
    "question",
    "question time",
    "announcements",
    "closing",
    "handover",
    "thanks",
    "keynote",
    "panel",
    "agenda",
)
_NEAR = ("question", "question time", "announcements", "closing")
NEWS_AFTER = 0.3  # share of the meeting before which no chair turns to the news, but tells the agenda
_NEWS = re.compile(
    r"\b(?:launch\w*|announc\w*|appl(?:y|ications?)|deadlines?|regist\w+|enrol\w*|sign up|bookings?|book (?:a|your|through)|free to|free for|download\w*|"
    r"nominat\w+|grants?|bursar\w+|fellowships?|prizes?|awards?|conferences?|handbook|toolkit|guide|survey|working group|retir\w+|"
    r"opens?|closes?|by the (?:\w+ )?of|will be led|led by|leads? it|e-?mail|website|(?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
)


def layout(
    conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: Sequence[str]
) -> list[PartKind]:
    """A label for each turn."""
    return best_path(features(conversation, said, acts, chairs), weights())


def features(
    conversation: Conversation, said: Sequence[Said], acts: Sequence[frozenset[str]], chairs: Sequence[str]
) -> list[list[str]]:
    """What is seen of each turn, as names of binary features."""
    turns = [_Turn(t, t_who := speaker_of(t), len(t.words), t_who in chairs) for t in conversation.turns]
    for s, done in zip(said, acts, strict=True):
        turns[s.turn].acts |= (
            done - {"question"} if "handover" in done else done
        )  # "Tom, can we come to you?" asks nothing
        turns[s.turn].plain.append(s.plain)
    _with_history(turns)
    return [[*_own(t), *_voice(turns, i), *_neighbours(turns, i), *_past(t)] for i, t in enumerate(turns)]


@dataclass
class _Turn:
    """A turn as the features read it."""

    turn: Turn
    who: str
    size: int  # words
    chair: bool
    acts: set[str] = field(default_factory=set)
    plain: list[str] = field(default_factory=list)
    place: float = 0.0  # share of the meeting's words before it
    before: int = 0  # words of its speaker before it
    talked: bool = False  # its speaker has had a talk's length of words in one turn before it
    fresh: bool = False  # the first long turn of somebody who is no chair
    ahead: int = 0  # such turns after it: the talks are not over
    questions: int = 0  # questions put before it
    news: int = 0  # turns before it in which a chair turned to the news

    @property
    def asks(self) -> bool:
        return "question" in self.acts

    @property
    def role(self) -> str:
        return "chair" if self.chair else "other" if self.who else "nobody"


def _with_history(turns: Sequence[_Turn]) -> None:
    """Fills in what each turn knows of those before and after it."""
    total = sum(t.size for t in turns) or 1
    heard: set[str] = set()
    for t in turns:
        t.fresh = t.size >= LONG and t.who not in heard and not t.chair
        heard |= {t.who} if t.size >= LONG else set()
    words: Counter[str] = Counter()
    talked: set[str] = set()
    questions = news = before = 0
    for i, t in enumerate(turns):
        t.place, t.before, t.talked, t.questions, t.news = (
            before / total,
            words[t.who],
            t.who in talked,
            questions,
            news,
        )
        t.ahead = sum(x.fresh for x in turns[i + 1 :])
        answered = i + 1 < len(turns) and turns[i + 1].who in talked
        questions += t.asks and t.size < LONG and (answered or not t.chair)
        news += t.chair and "announcements" in t.acts and "agenda" not in t.acts and t.place > NEWS_AFTER
        before += t.size
        words[t.who] += t.size
        talked |= {t.who} if t.size >= CALL and not t.chair else set()


def _own(t: _Turn) -> Iterator[str]:
    """Who speaks, how long, when, what it does, and how much it sounds like news."""
    yield from ("bias", t.role, f"{t.role} size {_bucket(t.size, _SIZES)}", f"place {_bucket(t.place, _PLACES)}")
    yield from (f"act {a}" for a in _ACTS if a in t.acts)
    yield from (f"{t.role} act {a}" for a in _STEERING if a in t.acts)
    found = len(_NEWS.findall(" ".join(t.plain)))
    yield f"{t.role} news {min(4, found)}"
    yield f"news density {min(5, int(100 * found / max(20, t.size)))}"


def _voice(turns: Sequence[_Turn], i: int) -> Iterator[str]:
    """Whether a voice is new and who called it; of a chair, whom the turn calls."""
    t = turns[i]
    if t.chair:
        yield from _calls(turns, i)
        return
    yield "new voice" if not t.before else "known voice" if t.talked else "heard voice"
    if t.size >= LONG:
        yield "long " + ("new" if not t.before else "after talk" if t.talked else "heard")
    yield f"called {bool(t.who) and any(x.chair and named_in(x.turn, t.who) for x in turns[max(0, i - 2) : i])}"
    last = turns[i - 1] if i else None
    yield "answers" if last and last.asks else "follows chair" if last and last.chair else "follows other"
    if last and last.asks and last.chair:
        yield "answers chair"


def _calls(turns: Sequence[_Turn], i: int) -> Iterator[str]:
    following = next((x for x in turns[i + 1 : i + 3] if not x.chair and x.size >= SHORT), None)
    if following is None:
        return
    talked = any(x.who == following.who and x.size >= CALL for x in turns[:i])
    yield "before " + ("fresh" if following.fresh else "talked" if talked else "short")
    yield f"before size {_bucket(following.size, _SIZES)}"
    if named_in(turns[i].turn, following.who):
        yield "calls " + ("fresh" if following.fresh else "talked" if talked else "other")


def _neighbours(turns: Sequence[_Turn], i: int) -> Iterator[str]:
    for step in (-1, 1):
        if 0 <= i + step < len(turns):
            near = turns[i + step]
            role = "chair" if near.chair else "same" if near.who == turns[i].who else "other"
            yield f"{step:+d} {role} size {_bucket(near.size, _SIZES)}"
            yield from (f"{step:+d} act {a}" for a in _NEAR if a in near.acts)


def _past(t: _Turn) -> Iterator[str]:
    yield from (f"ahead {min(3, t.ahead)}", f"questions {min(4, t.questions)}", f"opened news {min(2, t.news)}")


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

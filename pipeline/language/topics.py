"""What was talked about: a discussion cut into segments, each with the phrases that were really used for it.

Cuts are put where the vocabulary changes (as TextTiling does) and where people say that they turn to something else:
hand-overs, questions, new askers. Segments that share their vocabulary are merged when the talk returns to them.
Time is linear in the words: long discussions are cut on units that grow with them.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.language.lists import ROLES
from pipeline.language.phrase_lists import GENERIC, NO_HEADING, SHIFT, SUBJECT_FRAMES
from pipeline.language.phrases import Phrase, is_content, lemma, phrases
from pipeline.language.said import Said
from pipeline.language.structure import Outline
from pipeline.language.wording.words import TIME_NOUNS

UNITS = 500  # the most units that a discussion is cut on
WINDOW = 70  # words of each side that are compared at a gap
_SHIFT = re.compile(SHIFT)
_FRAMES = tuple(
    re.compile(r"\b" + f + r"\s+(?:the |a |an |some |our |your |this |that )?(?=\w)") for f in SUBJECT_FRAMES
)

Bag = Counter[str]


@dataclass(frozen=True)
class Segment:
    """Sentences about one subject, in time order (not always adjacent)."""

    said: tuple[Said, ...]

    @cached_property
    def bag(self) -> Bag:
        """Its content words."""
        return bag_of(self.said)

    @cached_property
    def words(self) -> int:
        """How many words were spoken."""
        return sum(len(s.words) for s in self.said)

    @property
    def seconds(self) -> float:
        """How long it was talked about."""
        return sum(s.end - s.start for s in self.said)


@dataclass(frozen=True)
class Mention:
    """A phrase where it was said."""

    phrase: Phrase
    said: Said
    score: float


def bag_of(said: Sequence[Said]) -> Bag:
    """The content lemmas of sentences, counted."""
    return Counter(lemma(t) for s in said for t in s.span if is_content(t))


def likeness(one: Bag, other: Bag, weight: dict[str, float] | None = None) -> float:
    """Cosine of two bags, words weighted."""
    w = weight or {}
    shared = sum(one[k] * other[k] * w.get(k, 1.0) ** 2 for k in one.keys() & other.keys())
    if not shared:
        return 0.0
    size = math.sqrt(sum((n * w.get(k, 1.0)) ** 2 for k, n in one.items()))
    size *= math.sqrt(sum((n * w.get(k, 1.0)) ** 2 for k, n in other.items()))
    return float(shared / size)


def segments(said: Sequence[Said], outline: Outline, *, count: int) -> list[Segment]:
    """The discussion cut into about `count` segments of comparable length."""
    units = _units(said)
    if not units:
        return []
    if count <= 1 or len(units) == 1:
        return [Segment(tuple(said))]
    gaps = _gaps(units, outline)
    cuts = _cuts([sum(len(s.words) for s in u) for u in units], gaps, count)
    edges = [0, *cuts, len(units)]
    return [Segment(tuple(s for u in units[a:b] for s in u)) for a, b in pairwise(edges) if a < b]


def _units(said: Sequence[Said]) -> list[list[Said]]:
    """Sentences, or runs of them in a very long discussion."""
    least = sum(len(s.words) for s in said) / UNITS
    units: list[list[Said]] = []
    size = 0
    for s in said:
        if units and size < least:
            units[-1].append(s)
        else:
            units.append([s])
            size = 0
        size += len(s.words)
    return units


def _gaps(units: Sequence[Sequence[Said]], outline: Outline) -> list[float]:
    """How good a cut before each unit would be (the first has none)."""
    bags = [bag_of(u) for u in units]
    sizes = [sum(len(s.words) for s in u) for u in units]
    gaps = [0.0]
    for i in range(1, len(units)):
        left, right = _window(bags, sizes, i, -1), _window(bags, sizes, i, 1)
        gaps.append(1.0 - likeness(left, right) + _spoken_cut(units[i - 1][-1], units[i][0], outline))
    return gaps


def _window(bags: Sequence[Bag], sizes: Sequence[int], at: int, step: int) -> Bag:
    total: Bag = Counter()
    words = 0
    i = at if step > 0 else at - 1
    while 0 <= i < len(bags) and words < WINDOW:
        total.update(bags[i])
        words += sizes[i]
        i += step
    return total


def _spoken_cut(before: Said, after: Said, outline: Outline) -> float:
    """What people's words and turns say for a cut between two sentences."""
    score = 0.0
    if before.turn != after.turn and before.who != after.who:
        score += 0.4
        turn = outline.of_turn(after.turn)
        if after.who in outline.chairs and any(outline.does(s, "handover", "question time") for s in turn):
            score += 0.7
        elif any(outline.does(s, "question") for s in turn) and not outline.does(before, "question"):
            score += 0.5
    if _SHIFT.match(after.plain):
        score += 0.8
    return score


def _cuts(sizes: Sequence[int], gaps: Sequence[float], count: int) -> list[int]:
    """The best cuts: high gaps, and pieces near the mean length (dynamic programming over the units)."""
    target = sum(sizes) / count
    usual = sum(gaps) / len(gaps)  # a cut must be better than most places, or pieces would be cut for the cuts' sake
    ends = [0]
    for size in sizes:
        ends.append(ends[-1] + size)
    best = [0.0] + [-math.inf] * len(sizes)
    back = [0] * (len(sizes) + 1)
    low = 0
    for at in range(1, len(sizes) + 1):
        while ends[at] - ends[low] > 2.2 * target and low < at - 1:
            low += 1
        for start in range(low, at):
            length = (ends[at] - ends[start]) / target
            value = best[start] + (gaps[start] - usual if start else 0.0) - 1.5 * (length - 1) ** 2
            if value > best[at]:
                best[at], back[at] = value, start
    cuts = []
    at = len(sizes)
    while at > 0:
        at = back[at]
        if at:
            cuts.append(at)
    return cuts[::-1]


def merged(parts: Sequence[Segment], weight: dict[str, float], *, limit: float) -> list[Segment]:
    """Segments put together where the talk returns to the same subject; first appearance gives the order."""
    out: list[Segment] = []
    for part in parts:
        close = max(out, key=lambda o: likeness(o.bag, part.bag, weight), default=None)
        if close is not None and likeness(close.bag, part.bag, weight) >= limit:
            out[out.index(close)] = Segment(close.said + part.said)
        else:
            out.append(part)
    return out


def weights(parts: Sequence[Segment]) -> dict[str, float]:
    """How telling each word is: rarer across the segments, more so."""
    spread: Counter[str] = Counter()
    for part in parts:
        spread.update(part.bag.keys())
    return {word: math.log((1 + len(parts)) / (0.5 + n)) for word, n in spread.items()}


def mentions(segment: Segment, weight: dict[str, float], outline: Outline) -> list[Mention]:
    """The phrases of a segment, the most telling first."""
    found: dict[str, Mention] = {}
    repeats: Counter[str] = Counter()
    for s in segment.said:
        framed = _framed(s)
        steering = s.who in outline.chairs and outline.does(s, "handover", "question time", "agenda")
        for phrase in phrases(s.span):
            key = " ".join(phrase.content)
            if not phrase.content:
                continue
            repeats[key] += 1
            score = _worth(phrase, segment.bag, weight)
            score *= 1.0 + 0.8 * (phrase.tokens[0].idx in framed) + 0.5 * outline.does(s, "question")
            score *= 0.6 if steering and phrase.tokens[0].idx not in framed else 1.0
            if key not in found or found[key].score < score:
                found[key] = Mention(phrase, s, score)
    ranked = [
        Mention(m.phrase, m.said, m.score * (1 + 0.4 * min(3, repeats[k] - 1)))
        for k, m in found.items()
        if len(m.phrase.content) > 1 or repeats[k] > 1 or len(m.phrase.tokens) > 2
    ] or list(found.values())
    return sorted(ranked, key=lambda m: (-m.score, m.said.start))


_COURTESY = frozenset("doctor dr mr mrs ms miss sir madam captain councillor professor lord lady".split())
# What somebody thinks of a thing is no part of its name.
_JUDGING = frozenset(
    "decent tiny strong amazing fantastic lovely brilliant terrible awful excellent wonderful huge massive safe happy cold sorry "
    "weird crazy silly funny super nice fair proper".split()
)
_USED = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "root", "ROOT", "compound", "appos"})
_LIGHT = frozenset("in at on have take get give keep make lose".split())


def headings(segment: Segment, weight: dict[str, float], outline: Outline) -> list[Mention]:
    """The phrases of a segment that can stand as a heading, the best first: nouns that the talk comes back to."""
    nouns: Counter[str] = Counter()
    verbs: Counter[str] = Counter()
    for s in segment.said:
        for t in s.span:
            (nouns if t.pos_ in {"NOUN", "PROPN"} else verbs if t.pos_ == "VERB" else Counter[str]())[lemma(t)] += 1
    people = {w.lower() for s in outline.said for w in s.who.split()}
    found = [m for m in mentions(segment, weight, outline) if _heads(m.phrase, nouns, verbs, people)]
    return sorted(found, key=lambda m: (-m.score * _standing(m.phrase, nouns), m.said.start))


def unnamed(ranked: Sequence[Mention], outline: Outline) -> list[Mention]:
    """Those that name nobody who speaks, no day and no time."""
    people = {w.lower() for s in outline.said for w in s.who.split()}
    return [m for m in ranked if fit_heading(m.phrase) and not any(t.lower_ in people for t in m.phrase.tokens)]


def fit_heading(phrase: Phrase) -> bool:
    """Whether a phrase by itself can stand as a heading: a noun that means something, no title, no mere judgement."""
    head, words = phrase.head, [t.lower_ for t in phrase.tokens]
    core = lemma(head)
    if not head.is_alpha or len(core) < 3 or core in GENERIC | NO_HEADING | TIME_NOUNS or head.like_num:
        return False
    if any(w in ROLES or w in _COURTESY for w in (words[0], words[-1])) or any(
        t.ent_type_ in {"DATE", "TIME", "PERSON"} for t in phrase.tokens
    ):
        return False
    if sum(t.like_num and t.is_alpha for t in phrase.tokens) > 1:
        return False  # "order of nine thousand pounds"
    return not (words[0] in _JUDGING and len(words) == 2) and not any(w in NO_HEADING for w in words)


def counted(phrase: Phrase) -> int:
    """How much of a figure a phrase is: 0 none, 1 begins with one ("ninety households"), 2 has one inside."""
    figures = [n for n, t in enumerate(phrase.tokens) if t.like_num or t.pos_ == "NUM"]
    return 0 if not figures else 1 if figures == list(range(len(figures))) else 2


def subject(phrase: Phrase) -> str:
    """The phrase as a label: "ninety households" is the subject "households"."""
    if counted(phrase) != 1:
        return phrase.text
    named = [t for t in phrase.tokens if not (t.like_num or t.pos_ == "NUM")]
    return "".join(t.text_with_ws for t in named).strip() or phrase.text


def _heads(phrase: Phrase, nouns: Counter[str], verbs: Counter[str], people: set[str]) -> bool:
    head, words = phrase.head, [t.lower_ for t in phrase.tokens]
    core = lemma(head)
    if not fit_heading(phrase):
        return False
    if any(w in people for w in words) or any(t.ent_type_ in {"DATE", "TIME", "PERSON"} for t in phrase.tokens):
        return False
    if nouns[core] < 2 or verbs[core] > nouns[core] or head.dep_ not in _USED or len(words) > 6:
        return False
    if any(w in NO_HEADING for w in words) or phrase.tokens[0].like_num or phrase.tokens[0].pos_ == "VERB":
        return False
    before = head.doc[phrase.tokens[0].i - 1] if phrase.tokens[0].i else None
    return len(words) > 1 or before is None or lemma(before) not in _LIGHT


def _standing(phrase: Phrase, nouns: Counter[str]) -> float:
    """How well a phrase stands as a heading: several words, a head that recurs, names."""
    several = 1.4 if 2 <= len(phrase.content) <= 4 else 0.45 if len(phrase.content) == 1 else 1.0
    return several * (1 + math.log(nouns[lemma(phrase.head)]))


def _framed(said: Said) -> set[int]:
    """Where in the document a phrase would begin that the speaker names as the subject ("a question about ...")."""
    text = said.span.text.lower().replace("’", "'")
    return {said.span.start_char + m.end() for f in _FRAMES for m in f.finditer(text)}


def _worth(phrase: Phrase, bag: Bag, weight: dict[str, float]) -> float:
    words = phrase.content
    value = sum(weight.get(w, 0.5) * (1 + math.log(max(1, bag[w]))) for w in set(words))
    names = sum(t.pos_ == "PROPN" for t in phrase.tokens)
    length = len(phrase.tokens)
    fit = 1.0 if 2 <= length <= 7 else 0.75 if length <= 10 else 0.55
    return float(value / (1.6 + len(set(words))) ** 0.7 * fit * (1 + 0.1 * min(2, names)))


def distinct(ranked: Sequence[Mention], *, most: int, apart: float) -> list[Mention]:
    """The best mentions that share no head word and lie apart in time, best first."""
    chosen: list[Mention] = []
    for m in ranked:
        if len(chosen) == most:
            break
        words = set(m.phrase.content)
        if any(words & set(c.phrase.content) for c in chosen):
            continue
        if any(abs(m.said.start - c.said.start) < apart for c in chosen):
            continue
        chosen.append(m)
    return chosen

"""Patterns around names, written as one line each and run by spaCy's Matcher.

A frame is read on a reduced copy of the doc, in which each name is one token and what the speaker did not mean is
gone: "over to, um, you, Professor Mensah" reads "over to you , NAME". So one pattern serves names of any length.

A pattern's words: `a|b` one of these; `x?` may be missing; `x*` any number; `@list` a word of a named list; `NAME` a
person's name; `ANY` a name that may be no person; `,` any comma or dash, `.` a full stop or question mark; `_` any
word; a leading `^` begins a sentence; a final `$` ends one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.language.roster import Mention

_COMMAS = [",", "-", "–", "—", ":", ";"]
_STOPS = [".", "?", "!", "…"]
_REACH = 14  # tokens; no pattern is longer


@dataclass(frozen=True)
class Reduced:
    """The reduced doc, and for each of its tokens where it begins and ends in the full one."""

    doc: Doc
    source: Doc
    spans: tuple[tuple[int, int], ...]
    names: Mapping[int, Mention]  # by token of the reduced doc


def reduce(doc: Doc, mentions: list[Mention]) -> Reduced:
    """Fold each name into one token and drop fillers, repetitions and spaces."""
    by_start = {m.start: m for m in mentions}
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    names: dict[int, Mention] = {}
    starts: list[bool | int | None] = []
    at, fresh = 0, True
    while at < len(doc):
        token, mention = doc[at], by_start.get(at)
        end = mention.end if mention else at + 1
        fresh = fresh or bool(token.is_sent_start)
        if mention or not (token.is_space or _dropped(token)):
            if mention:
                names[len(words)] = mention
            words.append(token.text)
            spans.append((at, end))
            starts.append(fresh)
            fresh = False
        at = end
    kinds = ["NAME" if i in names and names[i].person else "LOOSE" if i in names else "" for i in range(len(words))]
    small = Doc(doc.vocab, words=words or ["."], sent_starts=starts or [True])
    for token in small:
        if words and kinds[token.i]:
            token.ent_type_ = kinds[token.i]
    return Reduced(small, doc, tuple(spans) or ((0, 0),), names)


def _dropped(token: Any) -> bool:
    return token.has_extension("disfluency") and token._.disfluency in ("filler", "repetition")


def _windows(places: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Stretches of `_REACH` tokens around the places, joined where they touch."""
    start, end = max(0, places[0] - _REACH), places[0] + _REACH + 1
    for place in places[1:]:
        if place - _REACH > end:
            yield start, min(end, length)
            start = place - _REACH
        end = place + _REACH + 1
    yield start, min(end, length)


@dataclass(frozen=True)
class Found:
    """A frame that fitted: its key, its tokens in the reduced doc, and the names inside."""

    key: str
    start: int
    end: int
    names: tuple[int, ...]


class Frames:
    """A table of patterns, compiled once per vocabulary."""

    def __init__(self, table: Mapping[str, tuple[str, ...]], lists: Mapping[str, frozenset[str]]) -> None:
        self._table = table
        self._lists = lists
        self._matchers: dict[int, tuple[Vocab, Matcher]] = {}

    def find(self, reduced: Reduced) -> Iterator[Found]:
        """Every frame that fits, in the order of the words."""
        if not reduced.names:
            return
        doc = reduced.doc
        for key, start, end in sorted(self._matches(reduced), key=lambda m: (m[1], m[2])):
            name, _, flag = doc.vocab.strings[key].partition("$")
            if flag and end < len(doc) and doc[end].text not in _STOPS and not doc[end].is_sent_start:
                continue
            inside = tuple(i for i in range(start, end) if i in reduced.names)
            yield Found(name, start, end, inside)

    def _matches(self, reduced: Reduced) -> Iterator[tuple[int, int, int]]:
        """Matches around names only: long speeches hold few of them."""
        matcher = self._matcher(reduced.doc.vocab)
        for start, end in _windows(sorted(reduced.names), len(reduced.doc)):
            for key, first, last in matcher(reduced.doc[start:end]):
                yield key, start + first, start + last

    def _matcher(self, vocab: Vocab) -> Matcher:
        held = self._matchers.get(id(vocab))
        if held is None or held[0] is not vocab:
            matcher = Matcher(vocab)
            for key, patterns in self._table.items():
                for ends in (True, False):
                    rows = [self._compile(p.removesuffix(" $")) for p in patterns if p.endswith(" $") == ends]
                    if rows:
                        matcher.add(f"{key}${'end' if ends else ''}", rows, greedy="LONGEST")
            held = self._matchers[id(vocab)] = (vocab, matcher)
        return held[1]

    def _compile(self, pattern: str) -> list[dict[str, Any]]:
        return [self._token(word) for word in pattern.split()]

    def _token(self, word: str) -> dict[str, Any]:
        spec: dict[str, Any] = {}
        if word.startswith("^"):
            spec["IS_SENT_START"] = True
            word = word[1:]
        if word[-1] in "?*" and len(word) > 1:
            spec["OP"] = word[-1]
            word = word[:-1]
        return spec | self._test(word)

    def _test(self, word: str) -> dict[str, Any]:
        if word == "NAME":
            return {"ENT_TYPE": "NAME"}
        if word == "ANY":
            return {"ENT_TYPE": {"IN": ["NAME", "LOOSE"]}}
        if word == ",":
            return {"ORTH": {"IN": _COMMAS}}
        if word == ".":
            return {"ORTH": {"IN": _STOPS}}
        if word == "_":
            return {"IS_PUNCT": False, "ENT_TYPE": ""}
        words = [w for part in word.split("|") for w in (self._lists[part[1:]] if part[0] == "@" else (part,))]
        return {"LOWER": {"IN": sorted(words)}, "ENT_TYPE": ""}

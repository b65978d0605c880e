"""Reads GUM's CoNLL-U files into plain sentences, keeping only what the model learns from.

A :class:`Sentence` is a list of :class:`Token` (one per Universal Dependencies word, so `do` + `n't`)
and the named entities found in it.  Nothing here knows about spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SPOKEN = ("conversation", "court", "interview", "podcast", "speech", "vlog")
"""Genres that are transcribed speech."""

NON_COMMERCIAL = ("essay", "fiction", "letter", "podcast", "reddit", "whow")
"""Genres whose text may not be used commercially: never trained on, only measured on."""

LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "DATE"}
"""GUM's entity types that are kept, and the label that each gets."""

_MENTION = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-([a-z]+)[^()]*(\))?|(\d+(?:\[\d+/\d+\])?)\)")
_PLACING = frozenset({"in", "on", "from", "near", "with", "at", "by", "to"})
_LINKS = {"PERSON": _PLACING | {"of", "for"}, "DATE": frozenset[str]()}
TITLES = frozenset(
    """mr mrs ms dr sir dame lord lady madam professor prof president vice prime minister secretary home foreign
    mayor emperor empress king queen prince princess duke earl count senator congressman congresswoman governor
    justice judge chief honor honour honorable honourable your his her majesty highness excellency speaker chairman
    chairwoman chair commissioner general colonel captain major sergeant officer commander in of the state deputy
    assistant director executive attorney counsel defendant plaintiff respondent petitioner individual pope bishop
    archbishop cardinal father mother mom mum dad daddy mommy grandma grandpa granny auntie aunt uncle god jesus
    christ lord v.p vp ceo leader member representative mp administrator ambassador chancellor saint st""".split()
)
"""Words that make a title or an office; a "person" of nothing else is not a name."""

_ASIDES = ("acl", "appos", "parataxis", "advcl", "conj", "list", "dislocated")
"""Relations that hang a further remark on a name; the remark is no part of the name."""


@dataclass(slots=True)
class Token:
    """One word. `head` is its governor's index in the sentence, its own index for the root."""

    text: str
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str
    space: bool = True


@dataclass(slots=True)
class Sentence:
    """The words of one sentence and its entities as (first, past the last, label)."""

    tokens: list[Token]
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    speaker: str = ""


def genre_of(path: Path) -> str:
    """The genre in a file name such as GUM_vlog_london.conllu."""
    return path.stem.split("_")[1]


def read_splits(page: Path) -> dict[str, list[str]]:
    """The documents of each split as published in GUM's splits.md."""
    splits: dict[str, list[str]] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            current = splits.setdefault(line[3:].strip(), [])
        elif line.lstrip().startswith("* "):
            current.append(line.strip()[2:])
    return splits


def split_files(gum: Path, split: str) -> list[Path]:
    """The CoNLL-U files of a split that are present under `gum`/dep, by name."""
    names = read_splits(gum / "splits.md")[split]
    files = [gum / "dep" / f"{name}.conllu" for name in names]
    return sorted(file for file in files if file.exists())


def read_document(path: Path) -> list[Sentence]:
    """All sentences of one CoNLL-U file, in order."""
    return list(_sentences(path.read_text(encoding="utf-8")))


def _sentences(text: str) -> Iterator[Sentence]:
    opened: list[tuple[str, str, int]] = []
    for block in text.split("\n\n"):
        lines = block.splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if rows:
            speaker = next((ln.split("= ", 1)[1] for ln in lines if ln.startswith("# speaker =")), "")
            yield _sentence(rows, speaker, opened)


def _sentence(rows: list[list[str]], speaker: str, opened: list[tuple[str, str, int]]) -> Sentence:
    tokens: list[Token] = []
    glued_until, glued_space = 0, True
    opened.clear()
    spans: list[tuple[int, int, str]] = []
    for row in rows:
        number, form, lemma, pos, tag, feats, head, dep, _, misc = row
        if "." in number:
            continue
        space = "SpaceAfter=No" not in misc
        if "-" in number:
            glued_until, glued_space = int(number.split("-")[1]), space
            continue
        place = int(number)
        if place < glued_until:
            space = False
        elif place == glued_until:
            space = glued_space
        index = place - 1
        governor = int(head) - 1 if head != "0" else index
        features = "" if feats == "_" else feats
        tokens.append(Token(form, lemma, pos, tag, features, governor, dep if head != "0" else "ROOT", space))
        _follow_mentions(misc, index, opened, spans)
    return Sentence(tokens, _named(tokens, spans), speaker)


def _follow_mentions(
    misc: str, index: int, opened: list[tuple[str, str, int]], spans: list[tuple[int, int, str]]
) -> None:
    field_ = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
    for match in _MENTION.finditer(field_):
        identity, kind, closed, closing = match.groups()
        if closing is not None:
            for at in range(len(opened) - 1, -1, -1):
                if opened[at][0] == closing:
                    _, kind, start = opened.pop(at)
                    spans.append((start, index + 1, kind))
                    break
        elif closed:
            spans.append((index, index + 1, kind))
        else:
            opened.append((identity, kind, index))


def _named(tokens: list[Token], spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The outermost spans of a kept kind whose head is a proper noun, cut down to the name.

    A span of another kind hides nothing: in "the Browning decision" the decision has no label, Browning is a person.
    """
    named: list[tuple[int, int, str]] = []
    for first, last, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        head = span_head(tokens, first, last)
        label = LABELS.get(kind)
        if label is None or not is_proper(tokens[head]) or (named and first < named[-1][1]):
            continue
        start, end = trim(tokens, first, last, head, label)
        if label == "PERSON" and not _names_somebody(tokens, start, end, head):
            continue
        named.append((start, end, label))
    return named


def _names_somebody(tokens: list[Token], start: int, end: int, head: int) -> bool:
    """False for peoples ("Greeks") and for offices without a name ("the Home Secretary")."""
    return tokens[head].tag != "NNPS" and any(t.text.lower().rstrip(".") not in TITLES for t in tokens[start:end])


def is_proper(token: Token) -> bool:
    """A proper noun by either tag set ("United States" is ADJ + NOUN in one, NNP in the other)."""
    return token.pos == "PROPN" or token.tag in ("NNP", "NNPS")


def span_head(tokens: list[Token], start: int, end: int) -> int:
    """The index of the first word in the span that is governed from outside it."""
    for index in range(start, end):
        head = tokens[index].head
        if head == index or not start <= head < end:
            return index
    return start


def trim(tokens: list[Token], start: int, end: int, head: int, label: str = "") -> tuple[int, int]:
    """The name within a span.

    Off come what leads up to it (articles, small words; for a person every word that is no proper noun), the
    possessive marker, and from the first remark hung on it onwards: a relative clause, an
    apposition, a place or time ("Columbia University in New York"; for a person also "of").
    """
    for index in range(head + 1, end):
        token = tokens[index]
        aside = token.head == head and token.dep.split(":")[0] in _ASIDES
        link = token.dep == "case" and token.text.lower() in _LINKS.get(label, _PLACING) and token.head > index
        if aside or link:
            first = index if link else min(_subtree(tokens, index, end))
            if first > head:
                end = first
                break
    while end - 1 > head and (tokens[end - 1].pos in ("PUNCT", "CCONJ") or tokens[end - 1].tag == "POS"):
        end -= 1
    while start < head and _leads_up(tokens[start], label):
        start += 1
    return start, end


def _leads_up(token: Token, label: str) -> bool:
    if label == "PERSON":
        return not is_proper(token)
    if token.pos in ("DET", "PUNCT"):
        return True
    return label != "DATE" and not is_proper(token) and (token.pos == "PRON" or token.text.islower())


def _subtree(tokens: list[Token], root: int, limit: int) -> list[int]:
    found = {root}
    grew = True
    while grew:
        grew = False
        for index in range(limit):
            if index not in found and tokens[index].head in found and tokens[index].head != index:
                found.add(index)
                grew = True
    return sorted(found)

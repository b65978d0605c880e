"""Turns sentences into spaCy Docs, and a treebank split into the pieces that the model is trained on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import speech
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab
from treebank import NON_COMMERCIAL, SPOKEN, Sentence, genre_of, read_document, split_files

Change = Callable[[Sentence, random.Random], Sentence]
Swap = Callable[[Sequence[Sentence], random.Random], list[Sentence]]


def to_doc(vocab: Vocab, sentences: Sequence[Sentence]) -> Doc:
    """One Doc with every annotation of the sentences, in order."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    heads: list[int] = []
    starts: list[bool] = []
    spans: list[tuple[int, int, str]] = []
    spaces: list[bool] = []
    offset = 0
    for sentence in sentences:
        heads.extend(token.head + offset for token in sentence.tokens)
        starts.extend(index == 0 for index in range(len(sentence.tokens)))
        spans.extend((start + offset, end + offset, label) for start, end, label in sentence.entities)
        spaces.extend([*(token.space for token in sentence.tokens[:-1]), True])
        offset += len(sentence.tokens)
    doc = Doc(
        vocab,
        words=[token.text for token in tokens],
        spaces=spaces,
        tags=[token.tag for token in tokens],
        pos=[token.pos for token in tokens],
        morphs=[token.feats for token in tokens],
        lemmas=[token.lemma for token in tokens],
        heads=heads,
        deps=[token.dep for token in tokens],
    )
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in spans], default="outside")
    return doc


def to_names_only(
    vocab: Vocab, words: Sequence[str], spaces: Sequence[bool], spans: Iterable[tuple[int, int, str]]
) -> Doc:
    """A Doc that says where the names are and leaves everything else open."""
    doc = Doc(vocab, words=list(words), spaces=list(spaces))
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in spans], default="outside")
    return doc


def trainable_files(gum: Path, split: str) -> list[Path]:
    """The files of a split whose text may be used for a model that is given away."""
    return [file for file in split_files(gum, split) if genre_of(file) not in NON_COMMERCIAL]


def cut(sentences: Sequence[Sentence], rng: random.Random, longest: int = 12) -> Iterator[list[Sentence]]:
    """Runs of one to `longest` sentences, so that the splitter sees borders of every kind."""
    at = 0
    while at < len(sentences):
        size = rng.randint(1, longest)
        yield list(sentences[at : at + size])
        at += size


def plain(sentence: Sentence, _: random.Random) -> Sentence:
    """The sentence as the treebank has it."""
    return sentence


def recognised(sentence: Sentence, rng: random.Random) -> Sentence:
    """Capitals and commas, but hesitant: what a large recogniser writes."""
    return speech.with_repeats(speech.with_fillers(speech.spoken_punctuation(sentence), rng), rng)


def bare(sentence: Sentence, rng: random.Random) -> Sentence:
    """Small letters, no punctuation: what a small recogniser writes."""
    return speech.lower_case(speech.without_punctuation(recognised(sentence, rng)))


def lowered(sentence: Sentence, _: random.Random) -> Sentence:
    """Small letters with punctuation."""
    return speech.lower_case(sentence)


def stripped(sentence: Sentence, _: random.Random) -> Sentence:
    """The treebank's words and nothing else: no capitals, no punctuation, no hesitation put in; for measuring."""
    return speech.lower_case(speech.without_punctuation(sentence))


def unpunctuated(sentence: Sentence, rng: random.Random) -> Sentence:
    """Capitals without punctuation."""
    return speech.without_punctuation(recognised(sentence, rng))


VARIANTS: tuple[tuple[Change, float], ...] = (
    (plain, 1.0),
    (recognised, 1.0),
    (bare, 0.75),
    (unpunctuated, 0.35),
    (lowered, 0.35),
)
"""Each change with the share of the training text that gets a copy of it; spoken genres get half as much again."""


def training_docs(vocab: Vocab, gum: Path, rng: random.Random, swap: Swap | None, augment: bool = True) -> list[Doc]:
    """The training split as Docs: the text itself and changed copies, the copies with other names in them."""
    docs: list[Doc] = []
    for file in trainable_files(gum, "train"):
        sentences = read_document(file)
        boost = 1.5 if genre_of(file) in SPOKEN else 1.0
        for change, share in VARIANTS if augment else VARIANTS[:1]:
            for piece in cut(sentences, rng):
                for copy in range(2):
                    chance = share * boost - copy
                    if rng.random() >= chance:
                        continue
                    named = swap(piece, rng) if swap and (change is not plain or copy) else piece
                    changed = [made for s in named if (made := change(s, rng)).tokens]
                    if changed:
                        docs.append(to_doc(vocab, changed))
    rng.shuffle(docs)
    return docs


def whole_docs(vocab: Vocab, gum: Path, split: str, change: Change = plain, seed: int = 0) -> dict[str, list[Doc]]:
    """Every document of a split as one Doc, by genre, for measuring."""
    rng = random.Random(seed)
    found: dict[str, list[Doc]] = {}
    for file in split_files(gum, split):
        sentences = [made for s in read_document(file) if (made := change(s, rng)).tokens]
        found.setdefault(genre_of(file), []).append(to_doc(vocab, sentences))
    return found


def save(docs: Iterable[Doc], path: Path) -> None:
    """Writes a .spacy file, beside first and then into place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    DocBin(docs=docs, store_user_data=False).to_disk(beside)
    beside.replace(path)

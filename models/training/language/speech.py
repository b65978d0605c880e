"""Makes treebank sentences look like what a speech recogniser writes.

Each function takes a sentence and gives a changed copy whose tree, tags and entities still fit.
"""

from __future__ import annotations

import random
from dataclasses import replace

from treebank import Sentence, Token

FILLERS = ("uh", "um", "uh", "um", "er", "erm", "hmm")
_NEVER_SPOKEN = frozenset("\"“”'‘’()[]{}—–-:;*/_…")
_CLAUSAL = frozenset({"VERB", "AUX"})


def keep(sentence: Sentence, wanted: list[bool]) -> Sentence:
    """The sentence without the words whose place in `wanted` is false; their dependants move up."""
    if all(wanted):
        return sentence
    if not any(wanted):
        return Sentence([], [], sentence.speaker)
    heads = [_kept_head(sentence.tokens, wanted, index) for index in range(len(wanted))]
    roots = [i for i, kept in enumerate(wanted) if kept and heads[i] in (i, -1)]
    places: dict[int, int] = {}
    for index, kept in enumerate(wanted):
        if kept:
            places[index] = len(places)
    tokens: list[Token] = []
    for index, token in enumerate(sentence.tokens):
        if not wanted[index]:
            if tokens and token.space:
                tokens[-1] = replace(tokens[-1], space=True)
            continue
        head = heads[index] if index not in roots else roots[0]
        dep = "ROOT" if index == roots[0] else ("parataxis" if index in roots else token.dep)
        tokens.append(replace(token, head=places[head], dep=dep))
    starts = [sum(wanted[:place]) for place in range(len(wanted) + 1)]
    entities = [(starts[a], starts[b], label) for a, b, label in sentence.entities if starts[a] < starts[b]]
    return Sentence(tokens, entities, sentence.speaker)


def _kept_head(tokens: list[Token], wanted: list[bool], index: int) -> int:
    head = tokens[index].head
    while not wanted[head]:
        if tokens[head].head == head:
            return -1
        head = tokens[head].head
    return head


def without_punctuation(sentence: Sentence) -> Sentence:
    """No punctuation at all, as from a recogniser that writes none; "Mr." loses its stop."""
    tokens = [replace(token, text=_without_stop(token.text)) for token in sentence.tokens]
    whole = Sentence(tokens, sentence.entities, sentence.speaker)
    return keep(whole, [not _is_punctuation(token) for token in tokens])


def spoken_punctuation(sentence: Sentence) -> Sentence:
    """Only the marks that recognisers write: quotation marks, brackets and dashes go."""
    return keep(
        sentence, [not (token.pos in ("PUNCT", "SYM") and token.text in _NEVER_SPOKEN) for token in sentence.tokens]
    )


def _without_stop(text: str) -> str:
    return text[:-1] if text.endswith(".") and text[:-1].isalpha() and len(text) > 2 else text


def _is_punctuation(token: Token) -> bool:
    return token.pos == "PUNCT" or not any(letter.isalnum() for letter in token.text)


def lower_case(sentence: Sentence) -> Sentence:
    """Everything in small letters, lemmas of names included."""
    tokens = [
        replace(token, text=token.text.lower(), lemma=token.lemma if token.pos == "PRON" else token.lemma.lower())
        for token in sentence.tokens
    ]
    return Sentence(tokens, list(sentence.entities), sentence.speaker)


def insert(sentence: Sentence, place: int, word: Token) -> Sentence:
    """`word` put in before `place`, within whichever entity covers both sides; heads are renumbered."""
    tokens = [replace(token, head=token.head + (token.head >= place)) for token in sentence.tokens]
    tokens.insert(place, word)
    entities = [(a + (a >= place), b + (b > place), label) for a, b, label in sentence.entities]
    return Sentence(tokens, entities, sentence.speaker)


def with_fillers(sentence: Sentence, rng: random.Random, rate: float = 0.03) -> Sentence:
    """Hesitations ("uh") between words, each hung on the nearest clause head that keeps the tree projective."""
    for place in range(len(sentence.tokens) - 1, -1, -1):
        if rng.random() < rate and not _inside_entity(sentence, place) and not _glued(sentence, place):
            text = rng.choice(FILLERS)
            head = _clause_above(sentence.tokens, place)
            sentence = insert(sentence, place, Token(text, text, "INTJ", "UH", "", head + (head >= place), "discourse"))
    return sentence


def with_repeats(sentence: Sentence, rng: random.Random, rate: float = 0.02) -> Sentence:
    """Short function words said twice ("the the"), the first marked as the false start that it is."""
    for place in range(len(sentence.tokens) - 1, -1, -1):
        token = sentence.tokens[place]
        short = token.pos in ("DET", "PRON", "ADP", "CCONJ", "SCONJ", "AUX") and token.space and token.text.isalpha()
        if short and rng.random() < rate and not _glued(sentence, place) and not _inside_entity(sentence, place):
            sentence = insert(sentence, place, replace(token, head=place + 1, dep="reparandum"))
    return sentence


def _inside_entity(sentence: Sentence, place: int) -> bool:
    return any(start < place < end for start, end, _ in sentence.entities)


def _glued(sentence: Sentence, place: int) -> bool:
    return place > 0 and not sentence.tokens[place - 1].space


def _clause_above(tokens: list[Token], place: int) -> int:
    best = at = place
    while tokens[at].pos not in _CLAUSAL and tokens[at].head != at:
        at = tokens[at].head
        if _fits(tokens, place, at):
            best = at
    return best


def _fits(tokens: list[Token], place: int, head: int) -> bool:
    """Whether an arc from `head` to a word put in before `place` crosses no other."""
    low, high = (head, place) if head < place else (place - 1, head)
    for index, token in enumerate(tokens):
        left, right = sorted((index, token.head))
        inside = low < left < high or low < right < high
        outside = left < low or right > high or (head >= place and left <= low) or (head < place and right >= high)
        if inside and outside and head not in (left, right):
            return False
    return True

"""What was said, sentence by sentence, with its moment: the view of a conversation that the text rules read.

A `Said` is a spaCy span with the turn it comes from and the times of its words. Turns that only a murmur ("yes",
"mm-hmm") cut in two are read as one; very long turns are parsed in pieces, so that work stays linear.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from pipeline.language.lexicon import is_ordinary
from pipeline.language.parsing import Language
from pipeline.records import Conversation, Spoken, Turn, Word

SURE = 0.7  # mean probability of a sentence's words below which it is not told
SURE_OF_RARE = 0.9  # probability below which a small-letter word that no dictionary has is taken for a mishearing
PIECE = 4_000  # words read as one; longer turns are cut at the longest pause near this length
__all__ = [
    "Doc",
    "Said",
    "Span",
    "Token",
    "misheard",
    "sentences",
    "speaker_of",
    "takes_back",
    "unresolved",
]

MURMUR = re.compile(
    r"^(?:yes|yeah|yep|yup|okay|ok|right|mm|mhm|hmm|mm-hmm|uh-huh|sure|no|oh|i see|exactly|great|cool|thanks?)"
    r"(?:[ ,.!]+(?:yes|yeah|okay|ok|right|sure|exactly|great|cool))*[.,!… ]*$",
    re.IGNORECASE,
)
CUT = 1_000_000  # a part of a sentence has this, or a multiple, added to its index: its wordings are kept apart
_ENDS = (".", "?", "!", "…")


@dataclass(frozen=True)
class Said:
    """A sentence of somebody's: its parse, its turn, its speaker, its moment."""

    index: int
    turn: int  # index into the conversation's turns of the turn in which it begins
    who: str  # name, else voice, else ""
    name: str | None
    span: Span
    words: tuple[Word, ...]
    offsets: tuple[int, ...]  # where each word begins in the span's document

    @property
    def start(self) -> float:
        """When its first word begins."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """When its last word ends."""
        return self.words[-1].end

    @cached_property
    def text(self) -> str:
        """As it was spoken."""
        return " ".join(w.text for w in self.words)

    @cached_property
    def plain(self) -> str:
        """In small letters with straight apostrophes and single spaces: what cue patterns are matched on."""
        return re.sub(r"\s+", " ", self.text.replace("’", "'").replace("…", " ").lower()).strip()

    @property
    def evidence(self) -> Spoken:
        """The whole sentence as evidence."""
        return Spoken(start=self.start, end=self.end, words=self.text)

    def moment(self, tokens: Iterable[Token]) -> Spoken:
        """The words that hold these tokens, as evidence."""
        places = [t.idx for t in tokens] or [self.span.start_char]
        low, high = min(places), max(places)
        at = [i for i, o in enumerate(self.offsets) if o + len(self.words[i].text) > low and o <= high]
        chosen = self.words[at[0] : at[-1] + 1] if at else self.words
        return Spoken(start=chosen[0].start, end=chosen[-1].end, words=" ".join(w.text for w in chosen))


_NUMERAL = (
    r"(?:\d[\d,.]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundred|thousand|million|first|second|third|\w+th|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|"
    r"august|september|october|november|december))"
)
_EDITING = r"(?:sorry|i beg your pardon|beg pardon|pardon me|i mean(?=,)|no, (?:not|it's|that's|wait)|correction|or rather|make that|i misspoke|(?:i )?take that back|scratch that|strike that|i stand corrected)"
_VALUE_TAKEN_BACK = re.compile(rf"\b{_NUMERAL}\b[^.?!]{{0,24}}?,? (?:and |no,? |er,? |um,? )*\b{_EDITING}\b")
_TAKES_ALL_BACK = re.compile(
    r"^(?:(?:oh|no|er|um|uh|well|actually)[, ]+)*(?:i )?(?:take that back|scratch that|strike that)\b"
)
_APOLOGISES = re.compile(rf"^(?:(?:oh|no|er|um|uh|well)[, ]+)*{_EDITING}\b")
_BARE = re.compile(rf"(?:the )?{_NUMERAL}(?:[ -]{_NUMERAL})*[.!]?")
_TAKES_BACK = re.compile(rf"^(?:(?:oh|no|er|um|well)[, ]+)*{_EDITING}\b.{{0,40}}\b{_NUMERAL}\b")


def unresolved(said: Said) -> bool:
    """Whether a value in it is taken back in a way that nobody resolved ("there were 800 and, sorry, ..."): not to be told."""
    found = _VALUE_TAKEN_BACK.search(said.plain)
    if not found:
        return False
    if not Doc.has_extension("fluent"):
        return True
    at = found.end()
    marked = [t for t in said.span if t.idx - said.span.start_char <= at and t._.disfluency == "repair"]
    return not marked


def misheard(said: Said) -> bool:
    """Whether the recogniser was too unsure of it to be told: on the whole, or of a word that is no English word."""
    sure = [w.probability for w in said.words]
    if sum(sure) / len(sure) < SURE:
        return True
    return any(w.probability < SURE_OF_RARE and _rare(w.text) for w in said.words)


def _rare(text: str) -> bool:
    bare = text.strip(".,?!;:…\"'“”‘’()")
    return bare.islower() and bare.isalpha() and not is_ordinary(bare)


def takes_back(said: Said) -> bool:
    """Whether a sentence takes back a value of the one before it ("Sorry, forty-one.")."""
    return len(said.words) <= 14 and bool(_TAKES_BACK.match(said.plain) or _TAKES_ALL_BACK.match(said.plain))


def bare_value(said: Said) -> bool:
    """Whether a sentence is a figure and nothing else ("Eleventh.")."""
    return len(said.words) <= 3 and bool(_BARE.fullmatch(said.plain))


def apologises(said: Said) -> bool:
    """Whether a sentence begins by taking something back ("Sorry, it's three days")."""
    return bool(_APOLOGISES.match(said.plain))


def speaker_of(turn: Turn) -> str:
    """Who speaks, as far as is known: the name, else the voice, else nothing."""
    return turn.name or turn.voice or ""


def sentences(conversation: Conversation, language: Language) -> tuple[Said, ...]:
    """Every sentence of the conversation in time order."""
    pieces = [piece for run in _runs(conversation.turns) for piece in _pieces(run)]
    docs = language.docs([" ".join(w.text for _, w in piece) for piece in pieces])
    said: list[Said] = []
    for piece, doc in zip(pieces, docs, strict=True):
        said.extend(_sentences_of(doc, piece, conversation.turns, len(said)))
    return tuple(said)


Placed = tuple[int, Word]


def _runs(turns: Sequence[Turn]) -> list[list[Placed]]:
    """The words of consecutive turns of one speaker, murmurs of others set apart."""
    runs: list[list[Placed]] = []
    speaker: str | None = None
    for index, turn in enumerate(turns):
        if not turn.words:
            continue
        placed = [(index, word) for word in turn.words]
        who = speaker_of(turn)
        if who and who == speaker and not runs[-1][-1][1].text.endswith(_ENDS):
            runs[-1].extend(placed)
            continue
        if runs and MURMUR.match(turn.text) and _goes_on(turns, index, speaker):
            runs.insert(len(runs) - 1, placed)
            continue
        runs.append(placed)
        speaker = who
    return runs


def _goes_on(turns: Sequence[Turn], index: int, speaker: str | None) -> bool:
    """Whether the speaker before a murmur is also the one after it, in mid-sentence."""
    before, after = turns[index - 1] if index else None, turns[index + 1] if index + 1 < len(turns) else None
    if before is None or after is None or not before.words or not after.words:
        return False
    same = speaker_of(before) == speaker_of(after) == speaker and bool(speaker)
    return same and not before.words[-1].text.endswith(_ENDS)


def _pieces(run: list[Placed]) -> list[list[Placed]]:
    """A run cut into pieces of about `PIECE` words: after a full stop if there is one near, else at a pause."""
    pieces = []
    start = 0
    while len(run) - start > PIECE * 3 // 2:
        window = range(start + PIECE // 2, start + PIECE * 3 // 2)
        cut = max(window, key=lambda i: (run[i][1].text.endswith(_ENDS), run[i + 1][1].start - run[i][1].end)) + 1
        pieces.append(run[start:cut])
        start = cut
    pieces.append(run[start:])
    return pieces


def _sentences_of(doc: Doc, piece: list[Placed], turns: Sequence[Turn], first: int) -> list[Said]:
    offsets: list[int] = []
    place = 0
    for _, word in piece:
        offsets.append(place)
        place += len(word.text) + 1
    said: list[Said] = []
    at = 0
    for span in _spans(doc):
        begin = at
        while at < len(piece) and offsets[at] < span.end_char:
            at += 1
        if begin == at:
            continue
        turn = turns[piece[begin][0]]
        said.append(
            Said(
                index=first + len(said),
                turn=piece[begin][0],
                who=speaker_of(turn),
                name=turn.name,
                span=span,
                words=tuple(w for _, w in piece[begin:at]),
                offsets=tuple(offsets[begin:at]),
            )
        )
    return said


def _spans(doc: Doc) -> list[Span]:
    if not doc.has_annotation("SENT_START"):
        return [doc[:]] if len(doc) else []
    return [s for s in doc.sents if s.text.strip()]

"""What each sentence does (asks, thanks, announces, proposes ...) and how sure its speaker is.

A sentence may do several things. Questions are found by their mark where there is one and by their form where the
recogniser wrote none. Modality stays with the act: "may", "will look at whether" and "nothing has been decided" must
not become facts on the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span

from pipeline.language import notes
from pipeline.language.lists import ACT_PHRASES, ASKING, AUXILIARIES, FILLERS, MODALITY, QUESTION_WORDS, SUBJECTS
from pipeline.language.phrases import ends_asking

FACTORY = "afterword_acts"
_OPENERS = frozenset("so and but well okay ok right now yeah yes then also , sorry oh".split())
_TAGS = frozenset("isn't aren't don't doesn't right yeah okay".split())


@dataclass(frozen=True)
class Act:
    """What one sentence, tokens [start, end), does."""

    start: int
    end: int
    kinds: tuple[str, ...]  # "question", "thanks", "greeting", "announcement", ...; ("statement",) when nothing else
    modality: tuple[str, ...]  # "negated", "possible", "hedged", "wished", "planned", "considered", ...


def is_question(sentence: Span) -> bool:
    """By its mark; without any closing mark, by its form."""
    text = sentence.text.rstrip()
    if ends_asking(text):
        return True
    low = " ".join(t.lower_ for t in sentence)
    if any(phrase in low for phrase in ASKING):
        return True
    return not text.endswith((".", "!", "…", ",")) and _asks_by_form(sentence)


def _asks_by_form(sentence: Span) -> bool:
    words = [t for t in sentence if not t.is_punct and t.lower_ not in FILLERS]
    while words and words[0].lower_ in _OPENERS:
        words.pop(0)
    if len(words) < 3:
        return False
    first, second, third = (w.lower_ for w in words[:3])
    if first in AUXILIARIES and (second in SUBJECTS or words[1].pos_ in ("PRON", "PROPN")):
        return True
    if first in QUESTION_WORDS:
        # "how many people did", "what is": an auxiliary soon after; "what helps is" and "when we met" are none.
        return second in AUXILIARIES or (
            first in ("how", "which", "what") and third in AUXILIARIES and words[1].pos_ != "PRON"
        )
    return False


def _rows(phrases: tuple[str, ...]) -> list[list[dict[str, Any]]]:
    return [[_token(word) for word in phrase.split()] for phrase in phrases]


def _token(word: str) -> dict[str, Any]:
    spec: dict[str, Any] = {"IS_SENT_START": True} if word.startswith("^") else {}
    word = word.lstrip("^")
    if word.endswith("?") and len(word) > 1:
        spec["OP"] = "?"
        word = word[:-1]
    return spec | ({"IS_PUNCT": False} if word == "_" else {"LOWER": {"IN": word.split("|")}})


def _matcher(nlp: Language, tables: tuple[Mapping[str, tuple[str, ...]], ...]) -> Matcher:
    matcher = Matcher(nlp.vocab)
    for table in tables:
        for key, phrases in table.items():
            matcher.add(key, _rows(phrases))
    return matcher


@Language.factory(FACTORY, assigns=["doc._.acts", "span._.acts", "span._.modality"], requires=["token.sent_start"])
def make(nlp: Language, name: str) -> "Acts":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe`; wants sentences."""
    return Acts(nlp)


class Acts:
    """Sets `doc._.acts` (a tuple of `Act`, one per sentence), `sentence._.acts` and `sentence._.modality`."""

    def __init__(self, nlp: Language) -> None:
        self._matcher = _matcher(nlp, (ACT_PHRASES, MODALITY))
        self._strings = nlp.vocab.strings
        if not Doc.has_extension("acts"):
            Doc.set_extension("acts", getter=lambda doc: notes.show(doc, "acts", _act))
            Span.set_extension("acts", getter=lambda span: _of(span, "kinds"))
            Span.set_extension("modality", getter=lambda span: _of(span, "modality"))

    def __call__(self, doc: Doc) -> Doc:
        """Judge the doc's sentences."""
        hits: dict[int, set[str]] = {}
        sentence_of = [at for at, s in enumerate(doc.sents) for _ in s]
        for key, start, _ in self._matcher(doc):
            hits.setdefault(sentence_of[start], set()).add(self._strings[key])
        rows = [self._row(s, hits.get(at, set())) for at, s in enumerate(doc.sents)]
        notes.keep(doc, "acts", rows)
        return doc

    def _row(self, sentence: Span, keys: set[str]) -> tuple[int, int, list[str], list[str]]:
        kinds = sorted(keys & ACT_PHRASES.keys())
        if "undecided" in kinds and "decision" in kinds:
            kinds.remove("decision")
        if is_question(sentence):
            kinds.insert(0, "question")
        return sentence.start, sentence.end, kinds or ["statement"], sorted(keys & MODALITY.keys())


def _act(start: int, end: int, kinds: list[str], modality: list[str]) -> Act:
    return Act(start, end, tuple(kinds), tuple(modality))


def _of(span: Span, field: str) -> tuple[str, ...]:
    """The values of the sentences that the span touches, in order."""
    acts = [a for a in span.doc._.acts if a.start < span.end and span.start < a.end]
    return tuple(dict.fromkeys(value for act in acts for value in getattr(act, field)))

"""The one door to spaCy: the bundled pipeline for spoken English, with our own components behind it.

`Language.docs` parses each text once: names, themes and the summary all read the same turns. Our components
(`pipeline.language`) work in any spaCy pipeline: `import pipeline.engines.nlp`, then `nlp.add_pipe("afterword_acts")`.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc, Span, Token

from pipeline.errors import EngineError, MissingError
from pipeline.language.acts import FACTORY as ACTS
from pipeline.language.borders import FACTORY as BORDERS
from pipeline.language.disfluency import FACTORY as DISFLUENCY
from pipeline.language.extra_ner import FACTORY as EXTRA_NER
from pipeline.language.handovers import FACTORY as HANDOVERS
from pipeline.language.introductions import FACTORY as INTRODUCTIONS
from pipeline.language.roster import FACTORY as ROSTER

__all__ = ["COMPONENTS", "Doc", "Language", "Pipeline", "Span", "Token", "language_folder"]

#: Our registered factories, in the order in which they run.
COMPONENTS = (DISFLUENCY, ROSTER, INTRODUCTIONS, HANDOVERS, ACTS)
_OF_TREES = frozenset({"tok2vec", "tagger", "morphologizer", "trainable_lemmatizer", BORDERS, "parser"})
BATCH = 20_000  # letters parsed together: the layers take some 30 kB for each word of a batch
KEPT_TREES = 2_000  # sentences; a page tries some hundred
KEPT_TOKENS = 600_000  # parsed words kept for the next stage; about ten hours of talk


def language_folder() -> Path:
    """Where the bundled pipeline lies: inside an installed package, else in the checkout. Raises `MissingError`."""
    package = Path(__file__).parents[1]
    for folder in (package / "bundled" / "language", package.parent / "models" / "bundled" / "language"):
        if (folder / "meta.json").is_file():
            return folder
    raise MissingError(
        "The bundled language model is not there.",
        do="Reinstall Afterword, or run `python models/training/language/train.py` in a checkout.",
    )


def _load(folder: Path) -> Pipeline:
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(
            f"The language model in {folder} could not be loaded: {error}",
            do="Reinstall Afterword; `afterword doctor` shows the versions it needs.",
        ) from error
    _split_contractions(nlp)
    return nlp


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    """The texts in groups of at most `BATCH` letters, a longer one by itself."""
    batch: list[str] = []
    letters = 0
    for text in texts:
        if batch and letters + len(text) > BATCH:
            yield batch
            batch, letters = [], 0
        batch.append(text)
        letters += len(text)
    if batch:
        yield batch


def _pieces(text: str) -> list[str]:
    """A long text in pieces of at most about `BATCH` letters, cut behind a full stop where there is one."""
    found: list[str] = []
    while len(text) > BATCH:
        cut = max(text.rfind(mark, BATCH // 2, BATCH) for mark in (". ", "? ", "! "))
        cut = cut + 1 if cut > 0 else text.rfind(" ", BATCH // 2, BATCH)
        if cut <= 0:
            break
        found.append(text[:cut])
        text = text[cut + 1 :]
    return [*found, text]


def _split_contractions(nlp: Pipeline) -> None:
    """Has "the committee'll" split as "we'll" is: spaCy knows contractions on pronouns only."""
    suffixes = [*(nlp.Defaults.suffixes or ()), r"(?<=[a-z])['’](?:ll|ve|re|d)"]
    nlp.tokenizer.suffix_search = spacy.util.compile_suffix_regex(suffixes).search  # type: ignore[union-attr]


class Language:
    """Parses spoken English: tags, trees, lemmas, sentences, entities, and our own components' findings."""

    def __init__(
        self, folder: Path | None = None, *, extra_ner: str | None = None, nlp: Pipeline | None = None
    ) -> None:
        """Load the bundled pipeline, or the one in `folder`, or take a ready one (`nlp`, as tests do).

        `extra_ner` names an installed spaCy package whose entities are added to ours.
        """
        self._nlp = nlp or _load(folder or language_folder())
        if extra_ner:
            self._nlp.add_pipe(EXTRA_NER, config={"package": extra_ner})
        if not any(self._nlp.has_pipe(pipe) for pipe in ("parser", "senter", "sentencizer")):
            self._nlp.add_pipe("sentencizer")
        if self._nlp.has_pipe("parser") and not self._nlp.has_pipe(BORDERS):
            self._nlp.add_pipe(BORDERS, before="parser")
        for factory in COMPONENTS:
            if not self._nlp.has_pipe(factory):
                self._nlp.add_pipe(factory)
        meta = self._nlp.meta
        self.revision = f"{meta['lang']}_{meta['name']} {meta['version']}" + (f" + {extra_ner}" if extra_ner else "")
        self._kept: OrderedDict[str, Doc] = OrderedDict()
        self._tokens = 0
        self._trees: OrderedDict[str, Doc] = OrderedDict()

    @classmethod
    def blank(cls) -> "Language":
        """A tokeniser with our components but no model: for tests that need none."""
        return cls(nlp=spacy.blank("en"))

    def docs(self, texts: Sequence[str]) -> list[Doc]:
        """The texts parsed, in order. Each distinct text is parsed once and kept for the next caller.

        Treat the docs as read-only: everybody who asks for a text gets the same one.
        """
        found: dict[str, Doc] = {}
        for text in texts:
            if text in self._kept:
                self._kept.move_to_end(text)
                found[text] = self._kept[text]
        new = [text for text in dict.fromkeys(texts) if text not in found]
        try:
            for batch in _batches(new):
                for text, doc in zip(batch, self._parsed(batch), strict=True):
                    found[text] = doc
                    self._keep(text, doc)
        except (ValueError, MemoryError) as error:
            raise EngineError(
                f"A turn could not be parsed: {error}",
                do="Run again with --debug and report the text that it names.",
            ) from error
        return [found[text] for text in texts]

    def tree(self, text: str) -> Doc:
        """One short sentence parsed for its tags, lemmas and tree alone, as wordings are read again."""
        if text not in self._trees:
            self._trees[text] = self._nlp(text, disable=[n for n in self._nlp.pipe_names if n not in _OF_TREES])
            if len(self._trees) > KEPT_TREES:
                self._trees.popitem(last=False)
        return self._trees[text]

    def _parsed(self, batch: list[str]) -> Iterable[Doc]:
        if len(batch) == 1 and len(pieces := _pieces(batch[0])) > 1:
            with self._nlp.select_pipes(disable=[name for name in COMPONENTS if self._nlp.has_pipe(name)]):
                docs = [self._nlp(piece) for piece in pieces]
            whole = Doc.from_docs(docs, ensure_whitespace=True)
            if whole is not None and whole.text == batch[0]:
                for name, component in self._nlp.pipeline:
                    whole = component(whole) if name in COMPONENTS else whole
                return [whole]
        return self._nlp.pipe(batch, batch_size=len(batch))

    def _keep(self, text: str, doc: Doc) -> None:
        self._kept[text] = doc
        self._tokens += len(doc)
        while self._tokens > KEPT_TOKENS and len(self._kept) > 1:
            self._tokens -= len(self._kept.popitem(last=False)[1])

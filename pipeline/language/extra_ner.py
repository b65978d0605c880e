"""Adds the names that another installed spaCy pipeline finds (`en_core_web_sm`, say) to those found already.

The other pipeline reads the same words with its own vocabulary, vectors and tok2vec or transformer, so that any
package with a `ner` will do. What was found before stays; only names that touch nothing are added.
"""

import importlib
import importlib.util

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.errors import MissingError

FACTORY = "afterword_extra_ner"
#: Labels of OntoNotes, on which spaCy's packages are trained, and ours. Numbers, dates and works are left out.
LABELS = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "EVENT": "EVENT"}
_NEEDED = ("tok2vec", "transformer", "curated_transformer", "ner")


@Language.factory(FACTORY, default_config={"package": "en_core_web_sm"}, assigns=["doc.ents", "token.ent_type"])
def make(nlp: Language, name: str, package: str) -> "ExtraNer":  # noqa: ARG001 - spaCy calls factories so
    """The component, for `nlp.add_pipe(..., config={"package": ...})`. Raises `MissingError`."""
    return ExtraNer(package)


class ExtraNer:
    """Adds the entities of the installed pipeline `package` where the doc has none."""

    def __init__(self, package: str) -> None:
        if not package.isidentifier() or importlib.util.find_spec(package) is None:
            raise MissingError(
                f"The spaCy model {package} is not installed.", do=f"Run `python -m spacy download {package}`."
            )
        other: Language = importlib.import_module(package).load()
        if not other.has_pipe("ner"):
            raise MissingError(f"The spaCy model {package} finds no names: it has no `ner`.", do="Name one that has.")
        for pipe in set(other.pipe_names) - set(_NEEDED):
            other.disable_pipe(pipe)
        self._other = other

    def __call__(self, doc: Doc) -> Doc:
        """Add what the other pipeline finds."""
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        read = self._other(Doc(self._other.vocab, words=words, spaces=spaces))
        new = [
            Span(doc, found.start, found.end, label=LABELS[found.label_])
            for found in read.ents
            if found.label_ in LABELS and not any(t.ent_type for t in doc[found.start : found.end])
        ]
        if new:
            doc.ents = [*doc.ents, *new]
        return doc

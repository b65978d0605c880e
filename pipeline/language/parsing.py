"""What the stages ask of a parser, so that they need not know which engine it is."""

from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Doc

__all__ = ["Doc", "Language"]


class Language(Protocol):
    """The parser that is passed in; `pipeline.engines.nlp.Language` is one."""

    revision: str

    def docs(self, texts: Sequence[str]) -> list[Doc]:
        """Parsed texts, in order."""
        ...

    def tree(self, text: str) -> Doc:
        """A finished sentence's tags, lemmas and tree."""
        ...

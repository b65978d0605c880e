"""Where the components keep what they find on a `Doc`, so that it survives pickling and worker processes.

spaCy serialises `user_data` only while it holds plain values, and forgets extension attributes that are set from
objects; so findings are stored as plain rows and shown as frozen records by getters.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from spacy.tokens import Doc

T = TypeVar("T")


def keep(doc: Doc, key: str, rows: Sequence[Sequence[Any]]) -> None:
    """Store plain rows under `key`."""
    doc.user_data[f"afterword_{key}"] = [list(row) for row in rows]


def show(doc: Doc, key: str, make: Callable[..., T]) -> tuple[T, ...]:
    """The rows under `key` as records; none when the component has not run."""
    return tuple(make(*row) for row in doc.user_data.get(f"afterword_{key}", ()))

"""Figures that were taken back: only the right one may be told."""

from types import SimpleNamespace

import pytest

from pipeline.facts.corrections import taken_back, tells_retracted


@pytest.mark.parametrize(
    ("spoken", "found"),
    [
        ("we had thirty, sorry, forty days", ("thirty", "forty")),
        ("there were ninety and, sorry, the page is smudged", ("ninety", None)),
        ("we had forty days", None),
    ],
)
def test_a_figure_that_was_taken_back_is_found(spoken: str, found: tuple[str, str | None] | None) -> None:
    """Both values, or only the wrong one where the right one does not follow at once."""
    assert taken_back(SimpleNamespace(plain=spoken)) == found  # type: ignore[arg-type]


def test_the_retracted_figure_is_never_told() -> None:
    """The old figure bars a wording; the corrected one does not."""
    said = SimpleNamespace(plain="we had thirty, sorry, forty days")
    assert tells_retracted("said that there had been 30 days", said)  # type: ignore[arg-type]
    assert not tells_retracted("said that there had been 40 days", said)  # type: ignore[arg-type]

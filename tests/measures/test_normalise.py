"""Words brought to one spelling: what must be the same, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.measures.normalise import numbers_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two hundred and ten", "210"), ("a hundred and forty people", "140 people"), ("twenty twenty-five", "2025"),
        ("the tenth of March", "the 10th of March"), ("£1.2 million", "1200000 pounds"), ("1,250", "one thousand two hundred and fifty"),
        ("two point five per cent", "2.5%"), ("a dozen", "12"), ("I don't, um, know", "I do not know"), ("Café – “yes”", "cafe yes"),
        ("nineteen eighty four", "1984"), ("gonna", "going to"), ("well-known", "well known"),
    ],
)  # fmt: skip
def test_spelling_makes_no_difference(one: str, other: str) -> None:
    """A convention is not an error."""
    assert words_of(one) == words_of(other)


def test_numbers_of_a_text() -> None:
    """Digits whatever the wording; "one" and "second" alone are no figures."""
    assert numbers_of("Ninety-six of 140, the tenth, not the second one") == {"96", "140", "10"}
    assert numbers_of("between five hundred and four thousand pounds") == {"500", "4000"}
    assert numbers_of("three hundred, sorry, four hundred pounds") == {"300", "400"}


@given(st.integers(min_value=0, max_value=999_999))
def test_digits_stay(number: int) -> None:
    """A figure in digits is left alone."""
    assert words_of(str(number)) == [str(number)]


@given(st.text(max_size=60))
def test_any_text_is_taken(text: str) -> None:
    """Nothing that somebody typed makes it fall over, and a second pass over plain words changes nothing but numbers."""
    assert all(word == word.casefold() for word in words_of(text))

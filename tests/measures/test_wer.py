"""Word errors and names: known cases."""

from pipeline.measures.naming import naming
from pipeline.measures.stems import stem
from pipeline.measures.wer import wer


def test_each_kind_of_error_is_counted() -> None:
    """One changed, one missing, one added word of six."""
    found = wer("the cat sat on the mat", "the dog sat on mat today")
    assert (found.substituted + found.deleted + found.inserted, found.total) == (3, 6)
    assert found.rate == 0.5


def test_spelling_is_no_error() -> None:
    """Both sides are normalised."""
    assert wer("Um, ninety-six people.", "96 people").rate == 0


def test_an_empty_reference() -> None:
    """Inventing words where none were said is an error."""
    assert wer("", "").rate == 0
    assert wer("", "hello").rate == 1


def test_sums() -> None:
    """Several meetings are pooled by words."""
    assert (wer("a b", "a b") + wer("c d", "x y")).rate == 0.5


def test_names_right_wrong_and_blank() -> None:
    """Words stand under the right name, a wrong one or none; the spelling of the name is folded."""
    said = [("José Ruiz", "one fine day"), ("Ann", "good evening all"), (None, "noise here")]
    found = naming(said, [("jose ruiz", "one fine day"), (None, "good evening"), ("José Ruiz", "all noise here")])
    assert (found.right, found.wrong, found.blank) == (3, 1, 2)
    assert found.precision == 0.75
    assert found.share(found.right) == 0.5


def test_stems_come_together() -> None:
    """Forms of one word, British and American, meet; different words do not."""
    for group in (
        "take takes took taken taking",
        "organise organised organizing",
        "study studies studied",
        "colour colors",
    ):
        assert len({stem(w) for w in group.split()}) == 1
    assert stem("rent") != stem("rest")

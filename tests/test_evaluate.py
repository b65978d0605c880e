"""Measuring a folder against a reference: each kind of reference, and each that cannot be used."""

import json
from pathlib import Path

import pytest

from pipeline.errors import InputError, UsageError
from pipeline.evaluate import evaluate

TURNS = [
    {"start": 0.0, "end": 2.0, "name": "Ann Lee", "text": "Ninety-six people came to the hall."},
    {"start": 2.0, "end": 4.0, "name": "Bo Ek", "text": "It was a fine evening."},
]


@pytest.fixture
def meeting(tmp_path: Path) -> Path:
    folder = tmp_path / "gathering"
    folder.mkdir()
    heard = [
        {**TURNS[0], "voice": "V01", "text": "96 people came to the hall."},
        {**TURNS[1], "voice": "V02", "name": None, "text": "It was a wine evening."},
    ]
    (folder / "conversation.json").write_text(json.dumps({"turns": heard}), encoding="utf-8")
    (folder / "summary.html").write_text("<p>96 people came.</p><p>Tea was served.</p>", encoding="utf-8")
    return folder


def test_against_what_was_said(meeting: Path, tmp_path: Path) -> None:
    """Words, voices and names in one go; a figure in digits is no error."""
    reference = tmp_path / "r.json"
    reference.write_text(json.dumps({"turns": TURNS}), encoding="utf-8")
    found = evaluate(meeting, reference)
    assert found.words
    assert found.voices
    assert found.names
    assert (found.words.substituted, found.words.total) == (1, 11)
    assert found.voices.rate == 0
    assert (found.names.right, found.names.wrong, found.names.blank) == (6, 0, 5)
    assert [label for label, _ in found.rows()][:2] == ["word error rate", "diarization error rate"]


def test_against_who_spoke_when(meeting: Path, tmp_path: Path) -> None:
    """One voice for both would confuse half; two are right."""
    reference = tmp_path / "r.rttm"
    reference.write_text(
        "SPEAKER x 1 0.0 2.0 <NA> <NA> Ann <NA> <NA>\nSPEAKER x 1 2.0 2.0 <NA> <NA> Bo <NA> <NA>\n", encoding="utf-8"
    )
    found = evaluate(meeting, reference).voices
    assert found
    assert found.rate == 0


def test_against_the_facts(meeting: Path, tmp_path: Path) -> None:
    """The page is scored, not the data."""
    reference = tmp_path / "r.toml"
    reference.write_text(
        '[[fact]]\nid = "a"\ngroups = [["96"], ["came"]]\n[[fact]]\nid = "b"\ngroups = [["96"], ["tea"]]\n'
        '[[forbidden]]\nid = "c"\ntogether = ["tea", "served"]\n',
        encoding="utf-8",
    )
    facts = evaluate(meeting, reference).facts
    assert facts
    assert (facts.present, facts.missing, facts.claimed) == (("a",), ("b",), ("c",))


@pytest.mark.parametrize(
    ("name", "text"),
    [("r.csv", ""), ("r.json", "{}"), ("r.json", "["), ("r.rttm", ""), ("r.rttm", "SPEAKER x"), ("r.toml", "=")],
)
def test_a_reference_that_cannot_be_used(meeting: Path, tmp_path: Path, name: str, text: str) -> None:
    """A usage error, with what to do."""
    reference = tmp_path / name
    reference.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        evaluate(meeting, reference)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """An input error, with what to do."""
    with pytest.raises(InputError):
        evaluate(tmp_path / "nothing", tmp_path / "r.toml")

"""The ledger: acknowledged is on disk, stale is refused with the difference, several writers lose nothing."""

import threading
from pathlib import Path

import pytest

from pipeline.errors import OutputError
from pipeline.review.edits import Generated, MeetingEdit
from pipeline.review.ledger import Ledger, StaleError


def title(text: str) -> MeetingEdit:
    """Some edit."""
    return MeetingEdit(title=text)


def test_edits_come_back_signed_and_in_order(tmp_path: Path):
    """Who, when, what."""
    ledger = Ledger(tmp_path)
    first = ledger.append([title("a"), title("b")], who="Edna", group="g", revision=0)
    assert [s.seq for s in first] == [1, 2]
    kept = ledger.edits()
    assert [(s.who, s.group, s.edit) for s in kept] == [("Edna", "g", title("a")), ("Edna", "g", title("b"))]
    assert kept[0].at.endswith("Z")


def test_a_stale_edit_is_refused_with_what_came_between(tmp_path: Path):
    """And nothing of it is kept."""
    ledger = Ledger(tmp_path)
    ledger.append([title("a")], who="Edna", group="g", revision=0)
    with pytest.raises(StaleError) as refused:
        ledger.append([title("b")], who="Otto", group="h", revision=0)
    assert (refused.value.revision, [s.edit for s in refused.value.since]) == (1, [title("a")])
    assert ledger.revision() == 1


def test_a_stale_approval_is_refused(tmp_path: Path):
    """Nobody approves what they have not seen."""
    ledger = Ledger(tmp_path)
    ledger.append([title("a")], who="Edna", group="g", revision=0)
    with pytest.raises(StaleError):
        ledger.approve("hash", who="Otto", revision=0)
    assert ledger.approvals() == []


def test_eight_writers_lose_nothing_and_overwrite_nothing(tmp_path: Path):
    """Each saves until it got through; every edit is there once."""
    refused = []

    def write(who: int) -> None:
        ledger = Ledger(tmp_path)
        for n in range(10):
            while True:
                try:
                    ledger.append([title(f"{who}-{n}")], who=str(who), group=f"{who}-{n}", revision=ledger.revision())
                    break
                except StaleError as error:
                    refused.append(len(error.since))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [s.edit.title for s in Ledger(tmp_path).edits() if isinstance(s.edit, MeetingEdit)]
    assert sorted(kept) == sorted(f"{w}-{n}" for w in range(8) for n in range(10))
    assert all(count >= 1 for count in refused)


def test_a_draft_made_anew_is_noted_once(tmp_path: Path):
    """It is a revision of its own: what was open in a browser is stale then."""
    ledger = Ledger(tmp_path)
    for digest in ("a", "a", "b"):
        ledger.note_generation(digest)
    assert [s.edit for s in ledger.edits()] == [Generated(digest="a"), Generated(digest="b")]


def test_a_damaged_ledger_is_an_error_with_advice(tmp_path: Path):
    """Not a traceback, and nothing is overwritten."""
    (tmp_path / "review.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError):
        Ledger(tmp_path).edits()
    assert (tmp_path / "review.db").read_bytes().startswith(b"no database")

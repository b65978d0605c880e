"""What an editor corrected is known to the next run."""

from pathlib import Path

import pytest

from pipeline.cli import _guarded
from pipeline.review.edits import Generated, SpeakerEdit, TextEdit, WordsEdit
from pipeline.review.meeting import Meeting
from pipeline.review.voices import stretches_of
from pipeline.review.working import working_on

TALK = """WEBVTT

00:00:01.000 --> 00:00:09.000
Ada Quill: Good morning and welcome. My name is Ada Quill and I chair the Tidal Club.

00:00:10.000 --> 00:00:24.000
Speaker 2: Thank you, Ada. Our new tide tables will be published by the harbour office in May.

00:00:25.000 --> 00:00:32.000
Ada Quill: Thank you all for coming, and goodbye.
"""


def run(*flags: str) -> None:
    """`afterword run`, quietly."""
    assert _guarded(["run", "talk.vtt", "-o", "out", "--quiet", *flags], debug=True) == 0


def test_corrections_reach_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Name and words are in the transcript and in a summary that was made from them; overwriting changes nothing of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text(TALK)
    run()
    folder = tmp_path / "out" / "talk"
    meeting = Meeting(folder)
    working = working_on(meeting.draft())
    voice = next(v.voice or "" for v in working.base.turns if v.name is None)
    edits = [
        SpeakerEdit(spans=stretches_of(voice, working), name="Bo Reed", voice=voice),
        WordsEdit(before="tide tables", after="tide charts", everywhere=True),
    ]
    made = meeting.ledger.append(edits, who="Edna", group="g", revision=0)
    assert made[-1].seq == 2
    for flags in ((), ("--overwrite",)):
        run(*flags)
        text = (folder / "transcript.txt").read_text()
        assert "Bo Reed: Thank you, Ada. Our new tide charts" in text
        page = (folder / "summary.md").read_text()
        assert "Bo Reed" in page
        assert "tide tables" not in page
        generated = Meeting(folder).draft()
        assert "Bo Reed" in {t.name for t in generated.conversation.turns}
        assert "Bo Reed" not in {t.name for t in generated.untouched.turns}


def test_a_run_keeps_the_editors_words_and_says_that_it_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The page is written with the edits, whoever writes it; a page open in a browser is stale after it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text(TALK)
    run()
    meeting = Meeting(tmp_path / "out" / "talk")
    statement = working_on(meeting.draft()).statements[0]
    meeting.ledger.append(
        [TextEdit(base=statement.based, text="Mine and nobody else’s.")], who="Edna", group="g", revision=0
    )
    before = meeting.revision()
    (tmp_path / "talk.vtt").write_text(TALK.replace("goodbye", "see you soon"))
    run("--overwrite")
    assert "Mine and nobody else’s." in (meeting.folder / "summary.md").read_text()
    assert isinstance(meeting.ledger.edits()[-1].edit, Generated)
    assert meeting.revision() > before

"""Forgetting a person and purging a meeting: nothing of them is left, everything else is."""

import json
import zipfile
from pathlib import Path

import pytest

from pipeline.cli import _guarded
from pipeline.errors import InputError
from pipeline.review.edits import PersonEdit, SpeakerEdit, TextEdit
from pipeline.review.forget import forget
from pipeline.review.meeting import Meeting
from pipeline.review.publish import publish
from pipeline.review.purge import purge
from pipeline.review.voices import stretches_of
from pipeline.review.working import working_on
from pipeline.stages.verify import check_folder
from tests.review.helpers import DRAFT, add_sound, meeting_folder
from tests.review.test_publish import approve
from tests.review.test_remember import TALK as NAMELESS

TALK = """WEBVTT

00:00:01.000 --> 00:00:12.000
Ada Quill: Good morning and welcome. My name is Ada Quill and I chair the Tidal Club. Our speaker is Bo Reed of Harbour Pilots.

00:00:13.000 --> 00:00:30.000
Bo Reed: Thank you, Ada. I am Bo Reed of Harbour Pilots. Our new tide tables will be published in May. They cost four pounds.

00:00:31.000 --> 00:00:44.000
Cy Marsh: I am Cy Marsh. We at the Ferry Trust will print two hundred copies, and Mr Reed will sign them.

00:00:45.000 --> 00:00:52.000
Ada Quill: Thank you, Bo. Thank you, Cy. Thank you all for coming, and goodbye.
"""


def traces(folder: Path, *names: str) -> list[str]:
    """Files of a folder in which one of the names stands, Word files unpacked."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    data += b"".join(archive.read(n) for n in archive.namelist())
            if any(name.lower().encode() in data.lower() for name in names):
                found.append(str(path.relative_to(folder)))
    return found


@pytest.fixture
def talk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A meeting made by a real run, with an event file; gives its folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text(TALK)
    event = '[[registered]]\nname = "Ada Quill"\n[[registered]]\nname = "Bo Reed"\norganisation = "Harbour Pilots"\n[[registered]]\nname = "Cy Marsh"\n'
    (tmp_path / "talk.event.toml").write_text(event)
    assert _guarded(["run", "talk.vtt", "-o", "out", "--quiet"], debug=True) == 0
    capsys.readouterr()
    return tmp_path / "out" / "talk"


def test_nothing_of_a_forgotten_person_is_left(talk: Path):
    """Not in the page, the transcript, the Word file, the stored results, the database; and not after the next run."""
    assert traces(talk, "Reed")
    report = forget("Bo Reed", talk)
    assert report.turns == 1
    assert report.left is not None
    assert report.left.endswith("talk.vtt")
    assert traces(talk, "Reed") == []
    assert "tide tables" not in (talk / "transcript.txt").read_text()  # what they said
    assert "Ferry Trust" in (talk / "transcript.txt").read_text()  # what others said
    assert check_folder(talk) == []
    for flags in ((), ("--overwrite",)):
        assert _guarded(["run", "talk.vtt", "-o", "out", "--quiet", *flags], debug=True) == 0
        assert traces(talk, "Reed", "Harbour Pilots will", "tide tables") == []
    assert "Cy Marsh" in (talk / "transcript.txt").read_text()


def test_numbers_of_the_roster_still_lead_to_the_right_people(talk: Path):
    """Evidence names entries of the roster by number; those behind the forgotten one move up."""
    forget("Bo Reed", talk)
    draft = Meeting(talk).draft()
    for person in draft.summary.people:
        for e in person.evidence:
            if not hasattr(e, "words"):
                number = int(e.event.split(".")[1])
                assert draft.event.registered[number].name == person.name


def test_edits_and_publications_that_name_them_go(tmp_path: Path):
    """The history keeps the others' edits; what was published is withdrawn."""
    folder = meeting_folder(tmp_path / "lib")
    base = {s.generated.id: s.based for s in working_on(DRAFT).statements}
    ledger = Meeting(folder).ledger
    ledger.append(
        [
            PersonEdit(name="Catalina Ruiz", role="Engineer"),
            TextEdit(base=base["keynote-2"], text="A cheap gauge read on time is worth more."),
            TextEdit(base=base["areas-2"], text="Ruiz suggested leaving one."),
        ],
        who="Edna",
        group="g",
        revision=0,
    )
    approve(folder, "Catalina Ruiz")
    publish(folder, site=tmp_path / "site")
    report = forget("catalina ruiz", folder)
    assert len(report.withdrawn) == 2
    assert traces(tmp_path, "Ruiz") == []
    kept = [s.edit for s in Meeting(folder).ledger.edits()]
    assert [type(e).__name__ for e in kept] == ["TextEdit"]
    assert "A cheap gauge read on time is worth more." in (folder / "summary.md").read_text()


def test_the_sound_of_what_they_said_is_blanked(tmp_path: Path):
    """In the working copy; the rest of it stays."""
    folder = meeting_folder(tmp_path)
    add_sound(folder, 200)
    before = (folder / ".afterword/audio.s16").read_bytes()
    forget("Marguerite Oyelaran", folder)
    after = (folder / ".afterword/audio.s16").read_bytes()
    assert len(after) == len(before)
    assert not any(after[2 * 16000 * 2 : 2 * 16000 * 140])
    assert after[2 * 16000 * 151 :] == before[2 * 16000 * 151 :]


def test_somebody_unknown_is_not_forgotten(tmp_path: Path):
    """Exit 3, with the names that are known; nothing is changed."""
    folder = meeting_folder(tmp_path)
    before = (folder / "summary.json").read_bytes()
    with pytest.raises(InputError) as refused:
        forget("Nobody Here", folder)
    assert "Idris Sal" in refused.value.do
    assert (folder / "summary.json").read_bytes() == before
    assert not (folder / ".afterword/review.db").exists()


def test_a_first_name_that_two_share_stays(tmp_path: Path):
    """Only what is theirs alone is taken for theirs."""
    people = tuple(
        p.model_copy(update={"name": "Idris Demir"}) if p.name == "Yusuf Demir" else p for p in DRAFT.summary.people
    )
    turns = tuple(
        t.model_copy(update={"name": "Idris Demir"}) if t.name == "Yusuf Demir" else t for t in DRAFT.conversation.turns
    )
    draft = DRAFT.model_copy(
        update={
            "summary": DRAFT.summary.model_copy(update={"people": people}),
            "conversation": DRAFT.conversation.model_copy(update={"turns": turns}),
        }
    )
    folder = meeting_folder(tmp_path, draft)
    forget("Idris Sal", folder)
    text = (folder / "transcript.txt").read_text()
    assert "Idris Demir" in text
    assert "Idris Sal" not in text


def test_purge_leaves_no_trace_but_the_recording(talk: Path, tmp_path: Path):
    """Folder, table of the batch and site; the input stays."""
    (talk.parent / "batch.json").write_text(
        json.dumps({"schema": 1, "inputs": [{"meeting": "talk"}, {"meeting": "b"}]})
    )
    approve(talk)
    publish(talk, site=tmp_path / "site")
    purged = purge(talk)
    assert not talk.exists()
    assert json.loads((talk.parent / "batch.json").read_text())["inputs"] == [{"meeting": "b"}]
    assert traces(tmp_path / "site", "talk/", "Quill") == []
    assert purged.left is not None
    assert Path(purged.left).is_file()


def test_purge_removes_nothing_else(tmp_path: Path):
    """A folder that is no meeting is refused."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="nothing was removed"):
        purge(tmp_path / "photos")
    (tmp_path / "link").symlink_to(meeting_folder(tmp_path))
    with pytest.raises(InputError):
        purge(tmp_path / "link")
    assert (tmp_path / "photos" / "a.jpg").exists()


def test_a_voice_that_an_editor_named_stays_away_after_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its label says nothing; its words are known by their time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text(NAMELESS)
    run = ["run", "talk.vtt", "-o", "out", "--quiet"]
    assert _guarded(run, debug=True) == 0
    folder = tmp_path / "out" / "talk"
    meeting = Meeting(folder)
    with meeting.open() as working:
        voice = next(t.voice or "" for t in working.base.turns if t.name is None)
        edit = SpeakerEdit(spans=stretches_of(voice, working), name="Bo Reed", voice=voice)
    meeting.ledger.append([edit], who="Edna", group="g", revision=0)
    forget("Bo Reed", folder)
    for flags in ((), ("--overwrite",)):
        assert _guarded([*run, *flags], debug=True) == 0
        assert traces(folder, "Bo Reed", "tide tables") == []


def test_a_handle_is_forgotten_with_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What the platform called them does not come back either."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "talk.vtt").write_text(TALK.replace("Bo Reed:", "Bo Reed | pilots42:"))
    run = ["run", "talk.vtt", "-o", "out", "--quiet"]
    assert _guarded(run, debug=True) == 0
    folder = tmp_path / "out" / "talk"
    forget("Bo Reed", folder)
    assert _guarded([*run, "--overwrite"], debug=True) == 0
    assert traces(folder, "Reed", "pilots42", "tide tables") == []

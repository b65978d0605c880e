from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.inputs import assign_ids, claim, find_inputs
from pipeline.store import WORK


def _file(path: Path, text: str = "x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_folder_is_searched_recursively(tmp_path: Path):
    """Recordings and transcripts count; event files, hidden files, results and notes do not."""
    wanted = [
        _file(tmp_path / "a.m4a"),
        _file(tmp_path / "deep/er/b.VTT"),
        _file(tmp_path / "c.json", '{"segments": []}'),
    ]
    wanted.append(_file(tmp_path / "d.txt", "Ada Quill: Hello.\nBo Reed: Hello you.\n"))
    for name in ("event.toml", ".hidden.wav", "notes.txt", "other.json", "picture.png"):
        _file(tmp_path / name, "{}")
    _file(tmp_path / "made" / "transcript.vtt")
    (tmp_path / "made" / WORK).mkdir()
    _file(tmp_path / "out" / "old.wav")
    assert sorted(find_inputs([tmp_path], output=tmp_path / "out")) == sorted(wanted)


@pytest.mark.parametrize("name", ["empty", "not-there.wav"])
def test_nothing_to_work_on_is_an_input_error(tmp_path: Path, name):
    """An empty folder and a missing file are said so."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError) as caught:
        find_inputs([tmp_path / name], output=tmp_path / "out")
    assert caught.value.exit_code == 3


def test_same_stem_twice_gives_two_folders_and_keeps_them(tmp_path: Path):
    """Two talks called talk.wav never overwrite each other, in this run or the next."""
    first, second = tmp_path / "x/talk.wav", tmp_path / "y/talk.wav"
    out = tmp_path / "out"
    ids = assign_ids([first, second], out)
    assert [i for i, _ in ids] == ["talk", "talk-2"]
    for meeting, path in ids:
        (out / meeting / WORK).mkdir(parents=True)
        claim(out / meeting, path, "0")
    assert assign_ids([second], out) == [("talk-2", second)]
    assert assign_ids([tmp_path / "z/talk.wav"], out)[0][0] == "talk-3"


def test_a_folder_of_somebody_elses_is_never_taken(tmp_path: Path):
    """A folder that Afterword did not make is left alone."""
    _file(tmp_path / "out/talk/thesis.doc")
    assert assign_ids([tmp_path / "talk.wav"], tmp_path / "out")[0][0] == "talk-2"


def test_ids_are_safe_as_folder_names(tmp_path: Path):
    """No path tricks, no empty names."""
    ids = [i for i, _ in assign_ids([Path("/in/a\nb:c.wav"), Path("/in/...wav"), Path("/in/été 1.wav")], tmp_path)]
    assert ids == ["a-b-c", "meeting", "été 1"]


def test_a_folder_of_participants_tracks_is_one_meeting(tmp_path: Path):
    """Zoom's mixture and film beside it are the same meeting; the folder's parent has the meeting's name."""
    meeting = tmp_path / "2026-03-02 10.00.00 Tide Club"
    for name in ("audioAnaRuiz11629384756.m4a", "audioBoReed21629384756.m4a"):
        _file(meeting / "Audio Record" / name)
    _file(meeting / "audio_only.m4a")
    _file(meeting / "zoom_0.mp4")
    talk = _file(tmp_path / "talk.m4a")
    found = find_inputs([tmp_path], output=tmp_path / "out")
    assert sorted(found) == sorted([meeting / "Audio Record", talk])
    ids = dict(map(reversed, assign_ids(found, tmp_path / "out")))
    assert ids[meeting / "Audio Record"] == "2026-03-02 10.00.00 Tide Club"
    assert find_inputs([meeting / "Audio Record"], output=tmp_path / "out") == [meeting / "Audio Record"]


def test_other_names_that_begin_with_audio_are_no_tracks(tmp_path: Path):
    """One file a participant is a pattern of names, not of one name."""
    files = [_file(tmp_path / "audio1.m4a"), _file(tmp_path / "audiobook.m4a")]
    assert sorted(find_inputs([tmp_path], output=tmp_path / "out")) == files

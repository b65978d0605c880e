from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.event import find_event_file, load_event, load_roster

EVENT = """
title = "Harbour night"
date = 2025-03-11
organisers = ["Tidal Club"]
[links]
recording = "https://example.org/r"
[[registered]]
name = "Ada  Quill"
role = "Pilot"
[[registered]]
name = "Ada Quill"
"""


def test_toml_and_yaml_say_the_same(tmp_path: Path):
    """YAML is accepted wherever TOML is."""
    (tmp_path / "a.toml").write_text(EVENT)
    (tmp_path / "a.yaml").write_text(
        "title: Harbour night\ndate: 2025-03-11\norganisers: [Tidal Club]\nlinks: {recording: 'https://example.org/r'}\n"
        "registered:\n- {name: Ada Quill, role: Pilot}\n"
    )
    event = load_event(tmp_path / "a.toml")
    assert event == load_event(tmp_path / "a.yaml")
    assert event.date == "2025-03-11"
    assert [p.name for p in event.registered] == ["Ada Quill"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("e.toml", 'title = "x"\ndate = \n', "line 2"),
        ("e.yaml", "title: x\n  date: [\n", "line"),
        ("e.toml", 'title = "x"\ncolour = "red"\n', "line 2.*colour"),
        ("e.toml", 'title = "x"\n\ndate = "11 March"\n', "line 3"),
        ("e.toml", "title = 5\n", "title"),
        ("e.toml", "links = 5\n", "links"),
        ("e.toml", "[[registered]]\nrole = 'x'\n", "registered"),
        ("e.yaml", "- a\n- b\n", "keys and values"),
    ],
)
def test_a_malformed_event_file_names_the_place(tmp_path: Path, name, text, said):
    """An organiser mends the file from the message alone."""
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageError, match=said):
        load_event(tmp_path / name)


def test_no_such_event_file(tmp_path: Path):
    """A typing mistake in --event is reported, not ignored."""
    with pytest.raises(UsageError, match="no file"):
        load_event(tmp_path / "none.toml")


def test_the_event_file_beside_the_input_wins_over_the_folders(tmp_path: Path):
    """`<stem>.event.toml` before `event.toml`."""
    (tmp_path / "event.toml").write_text("")
    assert find_event_file(tmp_path / "talk.m4a") == tmp_path / "event.toml"
    (tmp_path / "talk.event.toml").write_text("")
    assert find_event_file(tmp_path / "talk.m4a") == tmp_path / "talk.event.toml"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_roster_from_a_spreadsheet(tmp_path: Path, delimiter):
    """Spreadsheets export with commas, semicolons or tabs, and a byte order mark."""
    rows = [
        ["Name", "Organisation", "Role"],
        ["Zoë Ng", "Tidal Club", ""],
        ["", "x", "y"],
        ["Zoë Ng", "Tidal Club", "Pilot"],
    ]
    (tmp_path / "r.csv").write_text("\ufeff" + "\n".join(delimiter.join(r) for r in rows), encoding="utf-8")
    (person,) = load_roster(tmp_path / "r.csv")
    assert (person.name, person.organisation, person.role) == ("Zoë Ng", "Tidal Club", None)


def test_a_roster_without_names_is_refused(tmp_path: Path):
    """A wrong file given as roster is found at once."""
    (tmp_path / "r.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="column called name"):
        load_roster(tmp_path / "r.csv")

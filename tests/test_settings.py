from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.settings import ALL_FORMATS, Settings, load_settings


def test_each_place_overrides_the_one_before(tmp_path: Path):
    """The documented order: default < file < environment < command line."""
    (tmp_path / "afterword.toml").write_text('asr = "tiny.en"\nvoices = "none"\njobs = 2\nmin-speakers = 3\n')
    environment = {"AFTERWORD_VOICES": "builtin", "AFTERWORD_JOBS": "3", "HOME": "/nowhere"}
    settings = load_settings({"jobs": 4, "language": None}, environment=environment, folder=tmp_path)
    assert (settings.asr, settings.voices, settings.jobs) == ("tiny.en", "builtin", 4)
    assert settings.min_speakers == 3
    assert settings.format == ALL_FORMATS


@pytest.mark.parametrize(
    ("given", "environment", "file", "named"),
    [
        ({}, {}, "colour = 1\n", "afterword.toml"),
        ({}, {"AFTERWORD_COLOUR": "red"}, "", "environment"),
        ({"jobs": "many"}, {}, "", "jobs"),
        ({"format": "pdf"}, {}, "", "format"),
        ({}, {}, "jobs = \n", "afterword.toml"),
        ({"min_speakers": 5, "max_speakers": 2}, {}, "", "min-speakers"),
    ],
)
def test_what_cannot_be_used_is_refused_where_it_was_said(tmp_path: Path, given, environment, file, named):
    """A wrong or unknown setting is a usage error that names its place."""
    (tmp_path / "afterword.toml").write_text(file)
    with pytest.raises(UsageError, match=named) as caught:
        load_settings(given, environment=environment, folder=tmp_path)
    assert caught.value.exit_code == 2
    assert caught.value.do


def test_formats_are_split_at_commas(tmp_path: Path):
    """`--format html,md` means two formats."""
    assert load_settings({"format": "html, md"}, environment={}, folder=tmp_path).format == ("html", "md")


def test_switches_in_the_environment(tmp_path: Path):
    """AFTERWORD_OFFLINE=1 is a switch, not the text "1"."""
    assert load_settings({}, environment={"AFTERWORD_OFFLINE": "1"}, folder=tmp_path).offline is True


def test_every_setting_is_described():
    """`--help` is made from the descriptions."""
    assert all(field.description for field in Settings.model_fields.values())

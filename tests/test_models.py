"""The catalogue: complete, honest about what is not known, and able to tell an intact model from a damaged one."""

from pathlib import Path

import pytest

from pipeline import models
from pipeline.errors import MissingError, UsageError


def test_every_model_says_what_a_user_asks() -> None:
    found = models.catalogue()
    assert {"bundled", "language", "small.en", "large-v3-turbo"} <= {m.name for m in found}
    for model in found:
        assert model.licence
        assert model.revision
        assert model.bundled != (model.source is not None), f"{model.name}: either with us or from somewhere"
        assert model.bundled or model.size > 1_000_000


def test_names_are_unique() -> None:
    names = [m.name for m in models.catalogue()]
    assert len(names) == len(set(names))


def test_pulling_a_model_asks_for_it_by_name(tmp_path: Path) -> None:
    asked = []

    def fetch(name: str) -> Path:
        asked.append(name)
        return tmp_path

    assert models.pull("small.en", fetch=fetch, fetch_voices=Path) == tmp_path
    assert asked == ["small.en"]
    assert models.pull("sherpa", fetch=fetch, fetch_voices=lambda: tmp_path / "voices") == tmp_path / "voices"


def test_an_unknown_model_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no model called 'huge'"):
        models.pull("huge", fetch=Path, fetch_voices=Path)


def test_a_bundled_model_that_is_not_there_is_missing() -> None:
    with pytest.raises(MissingError):
        models.bundled_folder("no-such-model")


def test_the_checksum_sees_contents_and_names_but_not_times(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(b"one")
    first = models.checksum(tmp_path)
    (tmp_path / "a.bin").touch()
    assert models.checksum(tmp_path) == first
    (tmp_path / "a.bin").rename(tmp_path / "b.bin")
    assert models.checksum(tmp_path) != first
    (tmp_path / "b.bin").write_bytes(b"two")
    assert models.checksum(tmp_path) != first


def test_what_is_shipped_is_what_the_catalogue_says() -> None:
    for result in models.verify():
        if result.state == "absent":
            pytest.skip(f"the bundled model '{result.model.name}' is not built in this checkout")
        assert result.state == "intact", f"{result.model.name}: run `python -m pipeline.models refresh`"


def test_refresh_changes_only_what_it_measured(tmp_path: Path) -> None:
    text = models.catalogue_file().read_text(encoding="utf-8")
    path = tmp_path / "models.toml"
    path.write_text(text, encoding="utf-8")
    models.refresh(path)
    before = [line for line in text.splitlines() if not line.startswith(("size", "checksum"))]
    after = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(("size", "checksum"))
    ]
    assert before == after

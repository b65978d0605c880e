"""Names of participants in the names of their files."""

from pathlib import Path

import pytest

from pipeline.store import digest_of
from pipeline.tracks import track_files


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("audioAnaRuiz11629384756.m4a", "Ana Ruiz"),
        ("audioIphone 21629384756.m4a", "Iphone"),
        ("audioElodieOnnéla31629384756.m4a", "Elodie Onnéla"),
        ("audioJean-LucVan_Dijk41629384756.m4a", "Jean-Luc Van Dijk"),
        ("audio王芳51629384756.m4a", "王芳"),
    ],
)
def test_the_name_is_read_as_it_is_spelled(tmp_path: Path, file: str, name: str) -> None:
    for each in (file, "audioOther91629384756.m4a"):
        (tmp_path / each).write_bytes(b"x")
    assert track_files(tmp_path)[tmp_path / file] == name


def test_the_digest_covers_every_track(tmp_path: Path) -> None:
    for name in ("audioAna11629384756.m4a", "audioBo21629384756.m4a"):
        (tmp_path / name).write_bytes(b"x")
    before = digest_of(tmp_path)
    (tmp_path / "audioBo21629384756.m4a").write_bytes(b"y")
    assert digest_of(tmp_path) != before

"""The cluster: the same bytes as a local run, and a killed worker costs only its group of windows."""

import builtins
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from pipeline.batch import run_batch
from pipeline.engines import cluster
from pipeline.engines.cluster import ClusterRecogniser
from pipeline.engines.whisper import Recogniser, resolve
from pipeline.errors import MissingError
from pipeline.hearing import Manner, Piece
from pipeline.progress import Bars
from pipeline.settings import Settings
from tests.test_batch import clip

MANNER = Manner(language="en")


@pytest.fixture(scope="module")
def two() -> Iterator[ClusterRecogniser]:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'afterword[cluster]'")
    found = ClusterRecogniser(resolve("bundled"), "bundled", cluster.LOCAL, workers=2, threads=1)
    yield found
    found.close()


@pytest.fixture(scope="module")
def group() -> list[Piece]:
    from benchmarks.sounds import sample

    sound = sample().astype(np.float32) / np.float32(32768)
    return [Piece(sound[start * 16_000 : end * 16_000], float(start)) for start, end in ((1, 9), (9, 14))]


@pytest.mark.filterwarnings("ignore")
def test_a_worker_hears_what_this_process_hears(two: ClusterRecogniser, group: list[Piece]):
    """Samples and words arrive unchanged; the language too."""
    here = Recogniser(resolve("bundled"), threads=1)
    assert two.transcribe(group, manner=MANNER) == here.transcribe(group, manner=MANNER)
    assert two.language_of(group[0].samples) == here.language_of(group[0].samples)
    assert (two.identity(), two.window) == (here.identity(), here.window)


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_only_its_group(two: ClusterRecogniser, group: list[Piece]):
    """Two workers are busy, one of them is killed: every group is answered, and both workers are there again."""
    wanted = two.transcribe(group, manner=MANNER)
    before = two.pids()
    found: list[object] = []

    def ask() -> None:
        found.extend(two.transcribe(group, manner=MANNER) for _ in range(4))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    os.kill(before[0], signal.SIGKILL)
    for thread in threads:
        thread.join(120)
    assert found == [wanted] * 8
    after = two.pids()
    assert after[1] == before[1]
    assert after[0] != before[0]


@pytest.mark.filterwarnings("ignore")
def test_a_batch_on_a_cluster_gives_the_same_bytes(tmp_path: Path, two: ClusterRecogniser):
    """Two recordings, here and there."""
    jobs = [(name, clip(tmp_path / f"{name}.wav", seconds)) for name, seconds in (("a", 12), ("b", 20))]
    two.close()  # one process joins one cluster at a time
    for place in (None, cluster.LOCAL):
        settings = Settings(
            output=tmp_path / str(place), asr="bundled", offline=True, voices="none", cluster=place, workers=2
        )
        outcomes = run_batch(jobs, settings, Bars(Console(quiet=True), enabled=False))
        assert [o.state for o in outcomes] == ["done", "done"], outcomes
    for path in sorted((tmp_path / "None").glob("*/*.*")):
        if path.is_file() and path.name != "run.json":
            other = tmp_path / cluster.LOCAL / path.parent.name / path.name
            assert path.read_bytes() == other.read_bytes(), path


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_not_there_says_how_to_start_one():
    """Exit 4 and a command."""
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'afterword[cluster]'")
    with pytest.raises(MissingError) as caught:
        ClusterRecogniser(resolve("bundled"), "bundled", "127.0.0.1:1", workers=1, threads=1)
    assert "ray start --head" in caught.value.do


def test_without_ray_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch):
    """Exit 4, before any work."""
    real = builtins.__import__

    def without_ray(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == "ray":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_ray)
    with pytest.raises(MissingError) as caught:
        run_batch([], Settings(cluster="local"), Bars(Console(quiet=True), enabled=False))
    assert caught.value.exit_code == 4
    assert "pip install 'afterword[cluster]'" in caught.value.do

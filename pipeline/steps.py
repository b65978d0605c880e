"""Runs the stages of one meeting through its store, and keeps their times for `run.json`."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.progress import Bars
from pipeline.records import Record, Recording
from pipeline.stages import Stage, Work
from pipeline.store import Folder

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass
class Steps:
    """The steps of one meeting; `timings` says of each how long it took and whether a stored result was used."""

    recording: Recording
    folder: Folder
    bars: Bars
    timings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, kind: type[R], stage: Stage, *inputs: Record) -> R:
        """The stage's result for these inputs, stored or made now."""
        return self.timed(stage.name, lambda work: self._once(kind, stage, inputs, work))

    def _once(self, kind: type[R], stage: Any, inputs: tuple[Record, ...], work: Work) -> tuple[R, bool]:
        return self.folder.once(kind, stage, inputs, lambda: stage(*inputs, work))

    def timed(self, name: str, do: Callable[[Work], tuple[T, bool]]) -> T:
        """What `do` gives (with whether it was stored), its time noted, a progress bar for as long as it lasts."""
        began = time.perf_counter()
        with self.bars.stage(self.recording.meeting, name) as progress:
            result, reused = do(Work(self.folder.work, progress))
        self.timings[name] = {"seconds": round(time.perf_counter() - began, 3), "reused": reused}
        return result

    def note(self, stage: Stage, *, reused: bool) -> None:
        """Note a stage that took no time."""
        self.timings[stage.name] = {"seconds": 0.0, "reused": reused}

"""Progress and logging: every line names its meeting; bars on a terminal, plain or JSON lines elsewhere.

Both say how long is left, for each recording and for the batch. A run is also stopped here: once `Bars.stop` was
called, the next sign of life of any stage raises `KeyboardInterrupt` in its own thread.
"""

import json
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

LOG = logging.getLogger("afterword")
SAY_EVERY = 15.0  # s between two lines about one stage, where there is no terminal
LONGEST = "transcribe"  # the stage that nearly all the time goes into: it moves the batch's bar


class Progress(Protocol):
    """Where a stage reports how far it is."""

    def advance(self, done: float, total: float) -> None:
        """`done` of `total` (any unit, usually seconds of the recording) is finished."""
        ...


class Quiet:
    """Reports nothing: for tests, and for `--quiet`."""

    def advance(self, done: float, total: float) -> None:
        """Ignore it."""


class Bars:
    """Bars on a terminal, lines elsewhere: one for each stage under way, one for the batch."""

    def __init__(self, console: Console, *, enabled: bool) -> None:
        self._lines = not console.is_terminal or not enabled
        self._stopped = threading.Event()
        self._batch: _Batch | None = None
        self._rich = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=self._lines,
            transient=True,
        )

    @contextmanager
    def running(self) -> Iterator["Bars"]:
        """Draw the bars for as long as the block runs."""
        with self._rich:
            yield self

    @contextmanager
    def batch(self, weights: Mapping[str, float]) -> Iterator[None]:
        """A bar for the whole batch; `weights` says how much work each meeting is, in any unit."""
        task = self._rich.add_task("batch", total=sum(weights.values()) or 1.0)
        self._batch = _Batch(weights, self._rich, task)
        try:
            yield
        finally:
            self._rich.remove_task(task)
            self._batch = None

    @contextmanager
    def stage(self, meeting: str, stage: str) -> Iterator[Progress]:
        """A bar for one stage of one meeting."""
        self.check()
        LOG.info("%s", stage, extra={"meeting": meeting, "stage": stage})
        task = self._rich.add_task(f"{meeting}  {stage}", total=None)
        try:
            yield _Bar(self, meeting, stage, task)
        finally:
            self._rich.remove_task(task)

    def finished(self, meeting: str) -> None:
        """A meeting of the batch has ended, well or badly."""
        if self._batch is not None:
            self._batch.advance(meeting, 1.0)
            said = self._batch.finished()
            if self._lines:
                LOG.info("%s", said, extra={"stage": "batch", **self._batch.figures()})

    def stop(self) -> None:
        """End the run: every stage stops at its next sign of life."""
        self._stopped.set()

    def check(self) -> None:
        """Raise `KeyboardInterrupt` where the run was stopped."""
        if self._stopped.is_set():
            raise KeyboardInterrupt

    def moved(self, task: int, meeting: str, stage: str, done: float, total: float) -> None:
        """Draw how far a stage is."""
        self.check()
        self._rich.update(task, completed=done, total=total)  # type: ignore[arg-type]
        if self._batch is not None and stage == LONGEST and total:
            self._batch.advance(meeting, min(0.99, done / total))

    @property
    def says_lines(self) -> bool:
        """Whether stages say how far they are in lines, for want of a terminal."""
        return self._lines


class _Batch:
    """How far a batch is, by weight."""

    def __init__(self, weights: Mapping[str, float], rich: RichProgress, task: int) -> None:
        self._weights, self._rich, self._task = weights, rich, task
        self._parts: dict[str, float] = {}
        self._began = time.monotonic()
        self._count = 0
        self._lock = threading.Lock()

    def advance(self, meeting: str, part: float) -> None:
        with self._lock:
            self._parts[meeting] = max(part, self._parts.get(meeting, 0.0))
            done = self._done()
        self._rich.update(self._task, completed=done)  # type: ignore[arg-type]

    def finished(self) -> str:
        with self._lock:
            self._count += 1
        left = self.figures()["left"]
        return f"{self._count} of {len(self._weights)} inputs ended{f', {_about(left)} left' if left else ''}"

    def figures(self) -> dict[str, float | None]:
        with self._lock:
            done = self._done()
        total = sum(self._weights.values()) or 1.0
        return {"done": self._count, "total": len(self._weights), "left": _left(self._began, done, total)}

    def _done(self) -> float:
        return sum(part * self._weights.get(meeting, 0.0) for meeting, part in self._parts.items())


class _Bar:
    """One stage's bar; where there is no terminal, a line now and then."""

    def __init__(self, bars: Bars, meeting: str, stage: str, task: int) -> None:
        self._bars, self._meeting, self._stage, self._task = bars, meeting, stage, task
        self._began = self._said = time.monotonic()

    def advance(self, done: float, total: float) -> None:
        self._bars.moved(self._task, self._meeting, self._stage, done, total)
        now = time.monotonic()
        if self._bars.says_lines and total and now - self._said >= SAY_EVERY:
            self._said = now
            left = _left(self._began, done, total)
            extra = {"meeting": self._meeting, "stage": self._stage, "done": done, "total": total, "left": left}
            tail = f", {_about(left)} left" if left else ""
            LOG.info("%s %.0f %%%s", self._stage, 100 * min(1.0, done / total), tail, extra=extra)


def _left(began: float, done: float, total: float) -> float | None:
    """Seconds left at the pace so far; None while nothing can be said."""
    if done <= 0:
        return None
    return round(max(0.0, (time.monotonic() - began) * (total - done) / done), 1)


def _about(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    return f"about {round(seconds / 60)} min" if seconds < 5400 else f"about {seconds / 3600:.1f} h"


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "meeting": getattr(record, "meeting", None),
            "stage": getattr(record, "stage", None),
            "message": record.getMessage(),
        }
        line |= {key: getattr(record, key) for key in ("done", "total", "left") if hasattr(record, key)}
        return json.dumps(line, ensure_ascii=False)


class _NamesMeeting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        meeting = getattr(record, "meeting", None)
        return f"{meeting}: {record.getMessage()}" if meeting else record.getMessage()


def set_up_logging(console: Console, *, form: str, quiet: bool) -> None:
    """Send the package's log to `console` (stderr) as text or JSON lines; `quiet` keeps warnings and errors only."""
    LOG.handlers.clear()
    LOG.propagate = False
    LOG.setLevel(logging.WARNING if quiet else logging.INFO)
    if form == "json":
        handler: logging.Handler = logging.StreamHandler(console.file)
        handler.setFormatter(_JsonLines())
    else:
        handler = RichHandler(
            console=console,
            show_time=False,
            show_path=False,
            show_level=False,
            markup=False,
            highlighter=None,
        )
        handler.setFormatter(_NamesMeeting())
    LOG.addHandler(handler)

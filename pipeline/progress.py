"""Progress and logging: every line names its meeting; a bar on a terminal, plain or JSON lines elsewhere."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress

LOG = logging.getLogger("afterword")


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
    """Bars on a terminal, one line per stage and meeting elsewhere."""

    def __init__(self, console: Console, *, enabled: bool) -> None:
        self._rich = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not enabled or not console.is_terminal,
            transient=True,
        )

    @contextmanager
    def running(self) -> Iterator["Bars"]:
        """Draw the bars for as long as the block runs."""
        with self._rich:
            yield self

    @contextmanager
    def stage(self, meeting: str, stage: str) -> Iterator[Progress]:
        """A bar for one stage of one meeting."""
        LOG.info("%s", stage, extra={"meeting": meeting, "stage": stage})
        task = self._rich.add_task(f"{meeting}  {stage}", total=None)
        try:
            yield _Bar(self._rich, task)
        finally:
            self._rich.remove_task(task)


class _Bar:
    def __init__(self, rich: RichProgress, task: int) -> None:
        self._rich = rich
        self._task = task

    def advance(self, done: float, total: float) -> None:
        self._rich.update(self._task, completed=done, total=total)  # type: ignore[arg-type]


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "meeting": getattr(record, "meeting", None),
            "stage": getattr(record, "stage", None),
            "message": record.getMessage(),
        }
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

"""What a run would do with each input, and why, without doing it (`--dry-run`)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch import TABLE, Job
from pipeline.errors import AfterwordError, MissingError
from pipeline.inputs import kind_of, owner_of, refuse, shown
from pipeline.made import changes
from pipeline.records import Recording
from pipeline.run import Engines, event_for, parts_of
from pipeline.settings import Settings
from pipeline.store import WORK, Folder, digest_of


@dataclass(frozen=True)
class Plan:
    """What a run would do with one input, and why."""

    meeting: str
    input: str
    kind: str
    what: str  # make, finish, mend, nothing, fail
    why: str


def plan(jobs: list[Job], settings: Settings) -> list[Plan]:
    """A line for each input; nothing is written, nothing is fetched."""
    engines = Engines(settings.model_copy(update={"offline": True}))
    failed = _failed_before(settings.output / TABLE)
    return [_planned(job, settings, engines, failed) for job in jobs]


def _planned(job: Job, settings: Settings, engines: Engines, failed: dict[str, str]) -> Plan:
    meeting, path = job
    try:
        what, why = _what(meeting, path, settings, engines)
    except MissingError as error:
        what, why = ("fail", f"{error.what} {error.do}") if settings.offline else ("make", "a model is fetched first")
    except AfterwordError as error:
        what, why = "fail", error.what
    before = failed.get(shown(path))
    if before and what != "fail":
        what, why = "make", f"failed before: {before}"
    return Plan(meeting, shown(path), kind_of(path), what, why)


def _what(meeting: str, path: Path, settings: Settings, engines: Engines) -> tuple[str, str]:
    refuse(path)
    folder = settings.output / meeting
    recording = Recording(meeting=meeting, path=str(path), kind=kind_of(path), digest=digest_of(path))
    event = event_for(path, settings)
    if owner_of(folder) is None:
        return "make", "new"
    if settings.overwrite:
        return "make", "overwrite: everything again"
    existing = Folder.existing(folder)
    changed = changes(existing, parts_of(recording, event, existing, settings, engines))
    if changed is None:
        return "finish", f"an earlier run stopped; finished steps: {_steps_done(existing)}"
    return ("make", "; ".join(changed)) if changed else ("nothing", "nothing changed")


def _steps_done(folder: Folder) -> str:
    order = ("decode", "chunk", "transcribe", "voices", "turns", "names", "themes", "summarise", "verify")
    return ", ".join(name for name in order if (folder.path / WORK / f"{name}.json").is_file()) or "none"


def _failed_before(table: Path) -> dict[str, str]:
    """The inputs that failed in the batch that ended here last, with what was said."""
    try:
        rows: list[dict[str, Any]] = json.loads(table.read_text(encoding="utf-8"))["inputs"]
        return {str(row["input"]): str(row["what"]) for row in rows if row["state"] == "failed"}
    except (OSError, ValueError, KeyError, TypeError):
        return {}

"""The event file and the roster: what the organiser says about a meeting, read and checked.

TOML by default, YAML accepted; a roster may also come as CSV. Errors name the line.
"""

import csv
import io
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.records import Event, Registered

SUFFIXES = (".toml", ".yaml", ".yml")
MEND = "Mend the file, or leave it out: the page can be made without it."


def find_event_file(recording: Path) -> Path | None:
    """The event file that belongs to an input: `<stem>.event.toml` beside it, else `event.toml` in its folder.

    To a folder of tracks belongs what lies in it as well.
    """
    if recording.is_dir() and (inside := find_event_file(recording / "event")):
        return inside
    for stem in (f"{recording.stem}.event", "event"):
        for suffix in SUFFIXES:
            path = recording.with_name(stem + suffix)
            if path.is_file():
                return path
    return None


def load_event(path: Path) -> Event:
    """Read an event file. Raises `UsageError` naming the line (syntax) or the key (content)."""
    text = _text(path)
    data = _yaml(text, path) if path.suffix.lower() in (".yaml", ".yml") else _toml(text, path)
    if not isinstance(data, dict):
        raise UsageError(f"{path} does not hold keys and values.", do=MEND)
    data = {**data, "links": {k: str(v) for k, v in _table(data, "links", path).items()}}
    if isinstance(data.get("date"), date | datetime):
        data["date"] = data["date"].isoformat()[:10]
    try:
        event = Event.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        line = _line_of(text, str(first["loc"][-1] if first["type"] == "extra_forbidden" else first["loc"][0]))
        said = "is not a known key" if first["type"] == "extra_forbidden" else f"cannot be used: {first['msg']}"
        raise UsageError(f"{path}{line}: {key!r} {said}.", do=MEND) from error
    _check_date(event, path, text)
    return event.model_copy(update={"registered": _unique(event.registered)})


def load_roster(path: Path) -> tuple[Registered, ...]:
    """Read a CSV roster with the columns name, organisation, role (the last two optional)."""
    text = _text(path)
    sample = text[:4096]
    dialect: type[csv.Dialect] | csv.Dialect
    try:
        dialect = csv.Sniffer().sniff(sample.splitlines()[0] if sample else "", delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    rows = list(csv.DictReader(io.StringIO(text), dialect=dialect))
    people = [_registered(row) for row in rows]
    if not any(people):
        raise UsageError(
            f"{path} has no column called name with names in it.",
            do="The first line must name the columns: name, organisation, role.",
        )
    return _unique(tuple(person for person in people if person))


def _registered(row: dict[str | None, Any]) -> Registered | None:
    cells = {str(key or "").strip().lower(): str(value or "").strip() for key, value in row.items()}
    if not cells.get("name"):
        return None
    organisation = cells.get("organisation") or cells.get("organization")
    return Registered(name=cells["name"], organisation=organisation or None, role=cells.get("role") or None)


def _unique(people: tuple[Registered, ...]) -> tuple[Registered, ...]:
    """Drop rows that say the same again, and rows without a name."""
    seen: dict[tuple[str, str | None], Registered] = {}
    for person in people:
        name = " ".join(person.name.split())
        if name:
            seen.setdefault((name.casefold(), person.organisation), person.model_copy(update={"name": name}))
    return tuple(seen.values())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {path}.", do="Check the path.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", do="Save it as readable UTF-8 text.") from error


def _toml(text: str, path: Path) -> Any:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Before Python 3.14 the place is only in the message: "... (at line 3, column 5)".
        raise UsageError(f"{path} is not valid TOML: {error}.", do=MEND) from error


def _yaml(text: str, path: Path) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = f" (at line {error.problem_mark.line + 1})" if error.problem_mark else ""
        raise UsageError(f"{path} is not valid YAML: {error.problem}{line}.", do=MEND) from error
    except yaml.YAMLError as error:
        raise UsageError(f"{path} is not valid YAML: {error}.", do=MEND) from error


def _table(data: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise UsageError(f"{path}: {key!r} must be a table of names and addresses.", do=MEND)
    return value


def _line_of(text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().lstrip("[- ").startswith(key):
            return f", line {number}"
    return ""


def _check_date(event: Event, path: Path, text: str) -> None:
    if event.date is None:
        return
    try:
        date.fromisoformat(event.date)
    except ValueError as error:
        line = _line_of(text, "date")
        raise UsageError(f"{path}{line}: the date {event.date!r} is not of the form 2025-03-31.", do=MEND) from error

"""A static archive of published pages: an index by date, a folder a page, an Atom feed. Touches only what it made.

`afterword-archive.json` says what is ours; everything else in the folder is left alone. All links are relative, so the
archive can be put under any address.
"""

import json
import re
import uuid
from collections.abc import Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from pydantic import ValidationError

from pipeline.errors import UsageError
from pipeline.plain import clean, date_in_words, duration_in_words, listed
from pipeline.records import Record
from pipeline.review.pages import filled
from pipeline.store import cannot_write, write_whole

MANIFEST, INDEX, FEED = "afterword-archive.json", "index.html", "feed.xml"
PAGE = "summary.html"
_ATOM = "http://www.w3.org/2005/Atom"


class Entry(Record):
    """A page of the archive. `key` is the meeting, `folder` its place; `updated` is when it was approved (ISO 8601)."""

    key: str
    folder: str
    title: str
    date: str | None
    organisers: tuple[str, ...]
    duration: float
    lead: str
    revision: str
    updated: str
    files: tuple[str, ...]

    @property
    def href(self) -> str:
        """The page's address, relative to the archive's."""
        return f"{quote(self.folder)}/{PAGE}"

    def file(self, name: str) -> str | None:
        """The address of another of its files, None when there is no such one."""
        return f"{quote(self.folder)}/{quote(name)}" if name in self.files else None

    @property
    def when(self) -> str:
        """The date in words."""
        return date_in_words(self.date) or "Undated"

    @property
    def about(self) -> str:
        """Who held it, and how long it took."""
        return " · ".join(t for t in (listed(clean(o) for o in self.organisers), duration_in_words(self.duration)) if t)


class _Manifest(Record):
    archive: str  # UUID of the feed
    pages: tuple[Entry, ...] = ()


class Site:
    """An archive in a folder, made there when the first page is added."""

    def __init__(self, path: Path) -> None:
        """Raises `UsageError` when the folder holds something else under our names."""
        self.path = path.absolute()
        self._manifest = self._read()

    @staticmethod
    def is_one(path: Path) -> bool:
        """Whether there is an archive in a folder."""
        return (path / MANIFEST).is_file()

    def _read(self) -> _Manifest:
        file = self.path / MANIFEST
        if not file.exists():
            taken = [name for name in (INDEX, FEED) if (self.path / name).exists()]
            if taken or (self.path.exists() and not self.path.is_dir()):
                raise UsageError(
                    f"{self.path} is not an archive of Afterword's: it has {listed(taken) or 'no room'} of its own.",
                    do="Name another folder with --site, for example one inside it.",
                )
            return _Manifest(archive=str(uuid.uuid4()))
        try:
            return _Manifest.model_validate_json(file.read_bytes())
        except (OSError, ValidationError) as error:
            raise UsageError(
                f"{file} cannot be read.", do="Restore it from a copy, or publish into an empty folder."
            ) from error

    # ---- pages -----------------------------------------------------------------------------------------------------

    def add(self, entry: Entry, files: Mapping[str, bytes]) -> None:
        """Add a page, or put it in the place of an earlier revision; raises `OutputError`."""
        before = next((p for p in self._manifest.pages if p.key == entry.key), None)
        folder = before.folder if before else self._free(entry.folder)
        entry = entry.model_copy(update={"folder": folder})
        place = self.path / folder
        try:
            place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(place, error) from error
        for name, data in files.items():
            write_whole(place / name, data)
        for name in set(before.files if before else ()) - set(files):
            (place / name).unlink(missing_ok=True)
        self._write([*(p for p in self._manifest.pages if p.key != entry.key), entry])

    def remove(self, key: str) -> bool:
        """Take a page out; gives whether it was there."""
        entry = next((p for p in self._manifest.pages if p.key == key), None)
        if entry is None:
            return False
        place = self.path / entry.folder
        for name in entry.files:
            (place / name).unlink(missing_ok=True)
        with suppress(OSError):  # something of somebody else's is in it
            place.rmdir()
        self._write([p for p in self._manifest.pages if p.key != key])
        return True

    def _free(self, wanted: str) -> str:
        """A folder name that nothing has yet, safe in an address and on any disk."""
        stem = re.sub(r"[^\w.-]+", "-", wanted).strip("-.") or "meeting"
        number, name = 1, stem
        while (self.path / name).exists():
            number += 1
            name = f"{stem}-{number}"
        return name

    def _write(self, pages: list[Entry]) -> None:
        pages.sort(key=lambda p: (p.date or "", p.updated, p.folder), reverse=True)
        self._manifest = self._manifest.model_copy(update={"pages": tuple(pages)})
        write_whole(self.path / INDEX, self._index().encode())
        write_whole(self.path / FEED, self._feed())
        data = self._manifest.model_dump(mode="json")
        write_whole(self.path / MANIFEST, json.dumps(data, indent=1, ensure_ascii=False).encode() + b"\n")

    # ---- index and feed ------------------------------------------------------------------------------------------------

    def _index(self) -> str:
        years = groupby(self._manifest.pages, key=lambda p: p.date[:4] if p.date else "Undated")
        return filled("archive.html.j2", years=[(year, list(pages)) for year, pages in years], feed=FEED)

    def _feed(self) -> bytes:
        ET.register_namespace("", _ATOM)
        feed = ET.Element(f"{{{_ATOM}}}feed")
        pages = self._manifest.pages
        _put(feed, "id", f"urn:uuid:{self._manifest.archive}")
        _put(feed, "title", "Meetings")
        _put(feed, "updated", max((p.updated for p in pages), default="1970-01-01T00:00:00Z"))
        _put(feed, "link", rel="self", type="application/atom+xml", href=FEED)
        _put(feed, "link", rel="alternate", type="text/html", href=INDEX)
        for page in sorted(pages, key=lambda p: p.updated, reverse=True):
            entry = _put(feed, "entry")
            _put(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.UUID(self._manifest.archive), page.key)}")
            _put(entry, "title", clean(page.title))
            _put(entry, "updated", page.updated)
            _put(_put(entry, "author"), "name", listed(clean(o) for o in page.organisers) or "Afterword")
            _put(entry, "link", rel="alternate", type="text/html", href=page.href)
            if clean(page.lead):
                _put(entry, "summary", clean(page.lead))
        ET.indent(feed)
        text: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
        return text + b"\n"


def _put(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    element.text = text
    return element

"""The door to SQLite: a meeting's ledger of signed edits, approvals and publications, in its work folder.

Write-ahead log, every commit synced: what was acknowledged survives a killed process. Nothing is ever changed or
deleted here but by `forget`; an edit that is stale (somebody else's came first) is refused with what came between.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pipeline.errors import OutputError
from pipeline.records import Record
from pipeline.review.edits import EDIT, Content, Generated, Redo, Signed, Undo

FILE = "review.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS edits (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, grouped TEXT NOT NULL,
  target TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS approvals (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, revision TEXT NOT NULL,
  seq INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS publications (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, revision TEXT NOT NULL, place TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS forgotten (number INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL);
"""


class Approval(Record):
    """Who approved which revision of the page (its hash), when (UTC, ISO 8601), and after which edit."""

    at: str
    who: str
    revision: str
    seq: int


class Publication(Record):
    """Where and when a revision was published."""

    at: str
    revision: str
    place: str
    kind: Literal["folder", "site"] = "folder"


class StaleError(Exception):
    """The edit was made on a page that has changed since; `since` is what came between."""

    def __init__(self, revision: int, since: list[Signed]) -> None:
        super().__init__(f"The page is at revision {revision} now.")
        self.revision = revision
        self.since = since


def now() -> str:
    """The time as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Ledger:
    """One meeting's ledger. Each call opens and closes its own connection, so that any thread may call."""

    def __init__(self, work: Path) -> None:
        """The ledger in a meeting's work folder; made when first written to."""
        self.path = work / FILE

    def exists(self) -> bool:
        """Whether anybody has reviewed this meeting."""
        return self.path.is_file()

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                connection.executescript(_SCHEMA)
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise OutputError(
                f"The edits in {self.path} cannot be read or written: {error}.",
                do="Check the disk, and that you may write there; nothing that was saved before is changed.",
            ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that no other writer can come into; undone by any exception."""
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    # ---- edits -----------------------------------------------------------------------------------------------------

    def edits(self, after: int = 0) -> list[Signed]:
        """The ledger in order, from behind a number on."""
        if not self.exists():
            return []
        with self._open() as connection:
            return _edits(connection, after)

    def revision(self) -> int:
        """The number of the last edit; 0 when there is none."""
        if not self.exists():
            return 0
        with self._open() as connection:
            return _last(connection)

    def append(
        self, edits: Sequence[Content | Undo | Redo], *, who: str, group: str, revision: int | None
    ) -> list[Signed]:
        """Sign and keep edits that were made at `revision` (None: whatever it is); gives them with their numbers.

        Raises `StaleError` when somebody else's came first: then nothing is kept. When this returns, they are on disk.
        """
        with self._writing() as connection:
            last = _last(connection)
            if revision is not None and revision != last:
                raise StaleError(last, _edits(connection, min(revision, last)))
            return [_insert(connection, edit, who, group) for edit in edits]

    def note_generation(self, digest: str) -> None:
        """Write down that the draft was made again; nothing when it is the draft that was there."""
        with self._writing() as connection:
            noted = [s.edit for s in _edits(connection, 0) if isinstance(s.edit, Generated)]
            if not noted or noted[-1].digest != digest:
                _insert(connection, Generated(digest=digest), "afterword run", "")

    # ---- approval and publication ------------------------------------------------------------------------------------

    def approve(self, revision_hash: str, *, who: str, revision: int) -> Approval:
        """Approve the page as it is at `revision`; raises `StaleError` when it has changed since."""
        with self._writing() as connection:
            last = _last(connection)
            if revision != last:
                raise StaleError(last, _edits(connection, min(revision, last)))
            made = Approval(at=now(), who=who, revision=revision_hash, seq=last)
            connection.execute(
                "INSERT INTO approvals (at, who, revision, seq) VALUES (?, ?, ?, ?)",
                (made.at, made.who, made.revision, made.seq),
            )
            return made

    def approvals(self) -> list[Approval]:
        """Every approval, the last one last."""
        if not self.exists():
            return []
        with self._open() as connection:
            rows = connection.execute("SELECT at, who, revision, seq FROM approvals ORDER BY number").fetchall()
        return [Approval(at=at, who=who, revision=revision, seq=seq) for at, who, revision, seq in rows]

    def note_publication(self, revision_hash: str, place: str) -> None:
        """Write down where a revision was published."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO publications (at, revision, place) VALUES (?, ?, ?)", (now(), revision_hash, place)
            )

    def publications(self) -> list[Publication]:
        """Every publication, the last one last."""
        if not self.exists():
            return []
        with self._open() as connection:
            rows = connection.execute("SELECT at, revision, place FROM publications ORDER BY number").fetchall()
        return [Publication(at=at, revision=revision, place=place) for at, revision, place in rows]

    # ---- people who were forgotten -----------------------------------------------------------------------------------

    def forgotten(self) -> list[str]:
        """What `forget` left behind, so that the next run forgets as well (JSON, see `pipeline.review.forget`)."""
        if not self.exists():
            return []
        with self._open() as connection:
            return [row[0] for row in connection.execute("SELECT body FROM forgotten ORDER BY number")]

    def rewrite(self, edits: list[Signed], forgotten: str, signature: Callable[[str], str]) -> None:
        """Put scrubbed edits in the place of those there, and remember that somebody was forgotten.

        The only thing that changes what is kept; `signature` scrubs who approved. Old pages of the database are wiped.
        """
        with self._open() as connection:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("BEGIN IMMEDIATE")
            approvals = connection.execute("SELECT number, who FROM approvals").fetchall()
            connection.executemany(
                "UPDATE approvals SET who = ? WHERE number = ?", [(signature(who), number) for number, who in approvals]
            )
            connection.execute("DELETE FROM edits")
            connection.executemany(
                "INSERT INTO edits (seq, at, who, grouped, target, body) VALUES (?, ?, ?, ?, ?, ?)",
                [(s.seq, s.at, s.who, s.group, s.edit.target, s.edit.model_dump_json()) for s in edits],
            )
            connection.execute("INSERT INTO forgotten (body) VALUES (?)", (forgotten,))
            connection.execute("COMMIT")
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _last(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(seq), 0) FROM edits").fetchone()[0])


def _edits(connection: sqlite3.Connection, after: int) -> list[Signed]:
    rows = connection.execute(
        "SELECT seq, at, who, grouped, body FROM edits WHERE seq > ? ORDER BY seq", (after,)
    ).fetchall()
    return [
        Signed(seq=seq, at=at, who=who, group=group, edit=EDIT.validate_json(body))
        for seq, at, who, group, body in rows
    ]


def _insert(connection: sqlite3.Connection, edit: Content | Undo | Redo | Generated, who: str, group: str) -> Signed:
    at = now()
    cursor = connection.execute(
        "INSERT INTO edits (at, who, grouped, target, body) VALUES (?, ?, ?, ?, ?)",
        (at, who, group, edit.target, edit.model_dump_json()),
    )
    return Signed(seq=int(cursor.lastrowid or 0), at=at, who=who, group=group, edit=edit)

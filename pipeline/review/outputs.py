"""The meeting folder's files follow the edits, a moment behind, on a thread of their own."""

import threading
import time

from pipeline.errors import AfterwordError
from pipeline.progress import LOG
from pipeline.review.meeting import Meeting

DELAY = 1.0  # s without another change, after which a meeting's files are written
LONGEST = 5.0  # s after which they are written though changes go on


class Outputs:
    """Writes the files of meetings that changed. What a crash cut off is made good by the next review or run."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Meeting, float, float]] = {}  # folder -> meeting, last and first change
        self._lock = threading.Condition()
        self._ended = False
        self._thread = threading.Thread(target=self._work, name="outputs", daemon=True)
        self._thread.start()

    def changed(self, meeting: Meeting) -> None:
        """A meeting's files are behind its edits."""
        now = time.monotonic()
        with self._lock:
            first = self._waiting.get(str(meeting.folder), (meeting, now, now))[2]
            self._waiting[str(meeting.folder)] = meeting, now, first
            self._lock.notify()

    def finish(self) -> None:
        """Write what is waiting, and end."""
        with self._lock:
            self._ended = True
            self._lock.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                due = self._due()
                while due is None and not self._ended:
                    self._lock.wait(0.2 if self._waiting else None)
                    due = self._due()
                if due is None and not self._waiting:
                    return
                due = due or next(iter(self._waiting))
                meeting, _, _ = self._waiting.pop(due)
            try:
                meeting.write_outputs()
            except (AfterwordError, OSError) as error:  # the edits are safe; the files come with the next change
                LOG.warning("%s", error, extra={"meeting": meeting.folder.name})

    def _due(self) -> str | None:
        now = time.monotonic()
        return next(
            (name for name, (_, last, first) in self._waiting.items() if now - last > DELAY or now - first > LONGEST),
            None,
        )

"""What can go wrong, as a tree; each class knows its exit code.

AfterwordError                  (never raised itself)
├── UsageError            2     a setting, option or event file that cannot be used
├── InputError            3     a recording or transcript that cannot be used
├── MissingError          4     a model, library or program that is not there
├── EngineError           5     an outside engine failed on good input
├── OutputError           6     a result that could not be written
└── BelowGateError        8     a page whose statements are not all supported

Every error carries one sentence for the user and one thing to do next. Exceptions of outside libraries are
translated at the library's door in `pipeline.engines`, with the cause kept (`raise ... from`).
"""

from typing import ClassVar

DONE = 0
SOME_FAILED = 7
INTERRUPTED = 130


class AfterwordError(Exception):
    """One sentence on what went wrong, and one on what to do next."""

    exit_code: ClassVar[int]

    def __init__(self, what: str, *, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do

    def __reduce__(self) -> tuple[object, ...]:
        # `do` is keyword-only, which the default pickling (used between processes) cannot rebuild.
        return (_rebuild, (type(self), self.what, self.do))


def _rebuild(kind: type[AfterwordError], what: str, do: str) -> AfterwordError:
    return kind(what, do=do)


class UsageError(AfterwordError):
    """A setting, option or event file that cannot be used."""

    exit_code = 2


class InputError(AfterwordError):
    """A recording or transcript that cannot be used."""

    exit_code = 3


class MissingError(AfterwordError):
    """A model, library or program that is not there; `do` names the command that mends it."""

    exit_code = 4


class EngineError(AfterwordError):
    """An outside engine failed on input that looked good."""

    exit_code = 5


class OutputError(AfterwordError):
    """A result that could not be written; what was there before is untouched."""

    exit_code = 6


class BelowGateError(AfterwordError):
    """A page whose statements are not all supported by their evidence."""

    exit_code = 8


def first_line(error: BaseException) -> str:
    """What an outside library's exception says, for our own sentence: its first line, or its class, without the stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")

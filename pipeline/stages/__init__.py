"""The steps of the work, one module each, all of one shape.

A stage is a frozen dataclass: its fields are the engines and options it works with, `name` and `version` say
which rules made a result, `settings()` gives what else a result depends on, and calling it does the work:

    @dataclass(frozen=True)
    class Transcribe:
        recogniser: Recogniser                  # a Protocol, declared in this module; engines are passed in
        name: ClassVar[str] = "transcribe"
        version: ClassVar[int] = 1              # raised whenever the rules change

        def settings(self) -> dict[str, object]: ...
        def __call__(self, chunks: Chunks, work: Work) -> Transcript: ...

Stages import neither each other nor an engine.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from pipeline.progress import Progress


@dataclass(frozen=True)
class Work:
    """What a running stage may use besides its input: a folder of the meeting's own, and a progress bar."""

    folder: Path  # <meeting folder>/.afterword, exists
    progress: Progress


class Stage(Protocol):
    """What the store needs to know of a stage in order to skip it."""

    name: ClassVar[str]
    version: ClassVar[int]

    def settings(self) -> dict[str, object]:
        """What, besides its input and version, the result depends on (JSON values)."""
        ...

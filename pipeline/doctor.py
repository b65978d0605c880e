"""What this machine has and lacks for Afterword, and the command that mends it."""

import importlib.metadata
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.engines.whisper import device
from pipeline.errors import AfterwordError
from pipeline.models import bundled_folder

_LIBRARIES = (
    "av",
    "pydub",
    "faster-whisper",
    "spacy",
    "jinja2",
    "python-docx",
    "rapidfuzz",
    "lemminflect",
    "starlette",
)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for."""

    what: str
    ok: bool
    needed: bool
    found: str
    mend: str = ""


def examine() -> list[Finding]:
    """Look at everything; never raises."""
    return [
        _python(),
        *(_library(name) for name in _LIBRARIES),
        *(_bundled(name) for name in ("recogniser", "language")),
        _cache(),
        _gpu(),
        _extra("sherpa-onnx", "sherpa_onnx", "pip install 'afterword[sherpa]'", "better voices for real rooms"),
        _space(),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    ok = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("Python 3.11-3.13", ok, True, version, "" if ok else "install Python 3.11, 3.12 or 3.13")


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, False, True, "not installed", f"pip install {name}")


def _bundled(name: str) -> Finding:
    try:
        folder = bundled_folder(name)
    except AfterwordError as error:
        return Finding(f"bundled model: {name}", False, True, "not there", error.do)
    return Finding(f"bundled model: {name}", True, True, str(folder))


def _cache() -> Finding:
    home = Path(os.environ.get("HF_HOME") or Path.home() / ".cache" / "huggingface")
    cached = sorted(p.name.split("--")[-1] for p in (home / "hub").glob("models--*whisper*"))
    mend = "" if cached else "afterword models pull small.en"
    return Finding("recogniser for real voices", bool(cached), False, ", ".join(cached) or "none cached", mend)


def _gpu() -> Finding:
    there = device() == "cuda"
    return Finding("CUDA GPU", there, False, "found" if there else "none; recognition runs on the CPU")


def _extra(package: str, module: str, mend: str, what_for: str) -> Finding:
    there = importlib.util.find_spec(module) is not None
    return Finding(
        f"{package} ({what_for})",
        there,
        False,
        "installed" if there else "not installed",
        "" if there else mend,
    )


def _space() -> Finding:
    free = shutil.disk_usage(Path.cwd()).free / 1e9
    return Finding("disk space here", free > 2, False, f"{free:.0f} GB free", "" if free > 2 else "free at least 2 GB")

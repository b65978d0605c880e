"""The catalogue of models: what travels with the package, what can be fetched, and whether it is intact.

`afterword models list|pull|verify` prints what these functions return. `python -m pipeline.models refresh` writes
the sizes and checksums of the bundled models into `models/models.toml`.
"""

import hashlib
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from pipeline.errors import MissingError, UsageError
from pipeline.records import Record

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "bundled"
_CHECKOUT = _PACKAGE.parent / "models"
_REINSTALL = "Install Afterword again: pip install --force-reinstall afterword"

Kind = Literal["asr", "language", "voices"]
State = Literal["intact", "damaged", "absent", "unchecked"]


class Model(Record):
    """A line of the catalogue; `source` is a repository to fetch from, `folder` a model that travels with us."""

    name: str
    kind: Kind
    about: str
    licence: str
    revision: str
    size: int  # bytes
    source: str | None = None
    folder: str | None = None
    checksum: str | None = None  # SHA-256 of a bundled folder, hex

    @property
    def bundled(self) -> bool:
        """Whether it travels with the package."""
        return self.folder is not None


class Verified(Record):
    """What a look at a bundled model gave."""

    model: Model
    state: State
    path: str | None


def catalogue_file() -> Path:
    """`models.toml`: inside an installed package, else in the checkout."""
    for path in (_INSTALLED / "models.toml", _CHECKOUT / "models.toml"):
        if path.is_file():
            return path
    raise MissingError("The list of models is not there.", do=_REINSTALL)


def catalogue() -> tuple[Model, ...]:
    """Every model that Afterword knows by name, bundled ones first."""
    try:
        lines = tomllib.loads(catalogue_file().read_text(encoding="utf-8"))["model"]
        return tuple(Model.model_validate(line) for line in lines)
    except (KeyError, ValueError, ValidationError) as error:
        raise MissingError("The list of models is damaged.", do=_REINSTALL) from error


def find(name: str) -> Model | None:
    """The catalogue's model of that name."""
    return next((model for model in catalogue() if model.name == name), None)


def bundled_folder(name: str) -> Path:
    """The folder of a bundled model ("recogniser", "language"); `MissingError` where it is not there."""
    for path in (_INSTALLED / name, _CHECKOUT / "bundled" / name):
        if path.is_dir() and any(path.iterdir()):
            return path
    raise MissingError(
        f"The bundled model '{name}' is not there.",
        do=_REINSTALL,
    )


def checksum(folder: Path) -> str:
    """SHA-256 over a folder's files in the order of their names: each file's path, length and bytes."""
    whole = hashlib.sha256()
    for path in _files(folder):
        whole.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                whole.update(block)
    return whole.hexdigest()


def _files(folder: Path) -> list[Path]:
    found = (
        p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith(".")
    )
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def verify() -> tuple[Verified, ...]:
    """Look at every bundled model: there, and as it was shipped?"""
    return tuple(_verify(model) for model in catalogue() if model.bundled)


def _verify(model: Model) -> Verified:
    try:
        path = bundled_folder(model.folder or model.name)
    except MissingError:
        return Verified(model=model, state="absent", path=None)
    if not model.checksum:
        return Verified(model=model, state="unchecked", path=str(path))
    state: State = "intact" if checksum(path) == model.checksum else "damaged"
    return Verified(model=model, state=state, path=str(path))


def pull(name: str, *, fetch: Callable[[str], Path], fetch_voices: Callable[[], Path]) -> Path:
    """Fetch a model through its own door (recognisers by name) and say where it is; bundled ones are there already."""
    model = find(name)
    if model is None:
        known = ", ".join(m.name for m in catalogue())
        raise UsageError(f"There is no model called '{name}'.", do=f"Choose one of: {known}.")
    if model.folder:
        return bundled_folder(model.folder)
    return fetch_voices() if model.kind == "voices" else fetch(name)


def refresh(path: Path) -> tuple[str, ...]:
    """Write the size and checksum of every bundled model that is there into the catalogue; returns their names."""
    text, done = path.read_text(encoding="utf-8"), []
    for model in (m for m in catalogue() if m.folder):
        try:
            folder = bundled_folder(model.folder or "")
        except MissingError:
            continue
        size = sum(file.stat().st_size for file in _files(folder))
        text = _rewrite(text, model.folder or "", size, checksum(folder))
        done.append(model.name)
    path.write_text(text, encoding="utf-8")
    return tuple(done)


def _rewrite(text: str, folder: str, size: int, digest: str) -> str:
    blocks = re.split(r"(?=^\[\[model\]\])", text, flags=re.MULTILINE)
    for index, block in enumerate(blocks):
        if f'folder = "{folder}"' in block:
            changed = re.sub(r"^size = .*$", f"size = {size:_}", block, flags=re.MULTILINE)
            blocks[index] = re.sub(r"^checksum = .*$", f'checksum = "{digest}"', changed, flags=re.MULTILINE)
    return "".join(blocks)


if __name__ == "__main__":
    if sys.argv[1:] != ["refresh"]:
        sys.exit("usage: python -m pipeline.models refresh")
    refresh(_CHECKOUT / "models.toml")

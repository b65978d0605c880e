"""How a run is set up: default < `afterword.toml` < `AFTERWORD_*` < command line; frozen; an unknown key is an error."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import UsageError

Format = Literal["html", "md", "docx", "json", "vtt", "srt", "txt"]
ALL_FORMATS: tuple[Format, ...] = ("html", "md", "docx", "json", "vtt", "srt", "txt")
FILE = "afterword.toml"
PREFIX = "AFTERWORD_"


def _split(value: object) -> object:
    # "html,md" on the command line and in the environment; a list in the file.
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


class Settings(BaseModel):
    """Everything that `afterword run` can be told, one field per option."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    output: Path = Field(default=Path("afterword-out"), description="folder that receives one folder per meeting")
    event: Path | None = Field(default=None, description="event file (TOML or YAML) for all inputs")
    roster: Path | None = Field(default=None, description="CSV of registered people: name, organisation, role")
    asr: str | None = Field(
        default=None,
        description="recogniser: bundled, a faster-whisper name, or a CTranslate2 folder "
        "(default: small.en on a CPU, large-v3-turbo on a GPU)",
    )
    voices: Literal["builtin", "sherpa", "none"] = Field(default="builtin", description="how voices are told apart")
    language: str | None = Field(default=None, description="language of the recording, e.g. en (default: detected)")
    min_speakers: int | None = Field(default=None, ge=1, le=100, description="at least so many voices")
    max_speakers: int | None = Field(default=None, ge=1, le=100, description="at most so many voices")
    jobs: int | None = Field(
        default=None, ge=1, le=64, description="inputs worked on at once (default: what fits the machine)"
    )
    workers: int | None = Field(
        default=None, ge=1, le=256, description="pairs of windows recognised at once (default: what fits the machine)"
    )
    threads: int | None = Field(
        default=None, ge=1, le=64, description="cores for each of those pairs (default: 1 or 2)"
    )
    cluster: str | None = Field(default=None, description="address of a Ray cluster that recognises, or local")
    format: Annotated[tuple[Format, ...], BeforeValidator(_split)] = Field(
        default=ALL_FORMATS,
        min_length=1,
        description="outputs, separated by commas: html,md,docx,json,vtt,srt,txt",
    )
    template: Path | None = Field(default=None, description="folder whose templates replace ours")
    extra_ner: str | None = Field(
        default=None, description="an installed spaCy package whose names are used beside ours"
    )
    overwrite: bool = Field(default=False, description="do every step again, even if nothing changed")
    dry_run: bool = Field(default=False, description="list what would be done, and why, and do nothing")
    quiet: bool = Field(default=False, description="show warnings and errors only")
    log_format: Literal["text", "json"] = Field(default="text", description="log as text or as JSON lines")
    offline: bool = Field(default=False, description="never use the network")

    @model_validator(mode="after")
    def _speakers_in_order(self) -> "Settings":
        if self.min_speakers and self.max_speakers and self.min_speakers > self.max_speakers:
            raise ValueError("min-speakers is larger than max-speakers")
        return self


def option_name(field: str) -> str:
    """The spelling on the command line and in the file: `min_speakers` -> `min-speakers`."""
    return field.replace("_", "-")


def load_settings(
    given: Mapping[str, object], *, environment: Mapping[str, str] | None = None, folder: Path | None = None
) -> Settings:
    """Settings from all four places.

    `given` is what the command line says (absent or None: not said), `environment` stands for `os.environ`, and
    `folder` is where `afterword.toml` is looked for (the current one). Raises `UsageError` that names the place.
    """
    values: dict[str, object] = {}
    values |= _checked(_from_file((folder or Path.cwd()) / FILE), FILE)
    values |= _checked(_from_environment(os.environ if environment is None else environment), "the environment")
    values |= {key: value for key, value in given.items() if value is not None}
    return _settings(values, "the settings")


def _checked(values: dict[str, Any], place: str) -> dict[str, Any]:
    # Each place is validated by itself so that a mistake is reported where it was made.
    _settings(values, place)
    return values


def _settings(values: Mapping[str, object], place: str) -> Settings:
    try:
        return Settings.model_validate(dict(values))
    except ValidationError as error:
        first = error.errors()[0]
        key = option_name(str(first["loc"][0])) if first["loc"] else ""
        known = ", ".join(option_name(name) for name in Settings.model_fields)
        if first["type"] == "extra_forbidden":
            raise UsageError(f"Unknown setting {key!r} in {place}.", do=f"Known settings: {known}.") from error
        said = first["msg"].removeprefix("Value error, ")
        raise UsageError(
            f"The setting {key!r} in {place} cannot be used: {said}." if key else f"In {place}: {said}.",
            do="See `afterword run --help`.",
        ) from error


def _from_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}.", do="Make it readable UTF-8 text, or remove it.") from error
    try:
        return {key.replace("-", "_"): value for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is not valid TOML: {error}.", do="Mend that line.") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    switches = {name for name, field in Settings.model_fields.items() if field.annotation is bool}
    found: dict[str, Any] = {}
    for variable, text in environment.items():
        if variable.startswith(PREFIX) and text != "":
            name = variable.removeprefix(PREFIX).lower()
            found[name] = _switch(text) if name in switches else text
    return found


def _switch(text: str) -> object:
    return {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }.get(text.lower(), text)

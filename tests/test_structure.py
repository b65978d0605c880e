"""Tests of the frame: which module may import what, and that documents and code agree."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import errors
from pipeline.settings import Settings, option_name

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pipeline"
MODULES = sorted(PACKAGE.rglob("*.py"))

# One door per outside library: a folder ends in a slash.
DOORS = {
    "av": ["pipeline/engines/"],
    "pydub": ["pipeline/engines/"],
    "faster_whisper": ["pipeline/engines/whisper.py", "pipeline/engines/listener.py"],
    "ctranslate2": ["pipeline/engines/whisper.py"],
    "huggingface_hub": ["pipeline/engines/whisper.py", "pipeline/engines/voices_sherpa.py"],
    "sherpa_onnx": ["pipeline/engines/voices_sherpa.py"],
    "spacy": ["pipeline/engines/nlp.py", "pipeline/language/"],
    "sklearn": ["pipeline/engines/voices_builtin.py", "pipeline/voices/"],
    "rapidfuzz": ["pipeline/language/", "pipeline/measures/"],
    "jellyfish": ["pipeline/language/"],
    "lemminflect": ["pipeline/language/"],
    "jinja2": ["pipeline/stages/render.py", "pipeline/review/pages.py"],
    "starlette": ["pipeline/review/app.py", "pipeline/review/security.py"],
    "uvicorn": ["pipeline/review/server.py"],
    "sqlite3": ["pipeline/review/ledger.py"],
    "docx": ["pipeline/docx.py", "pipeline/transcripts/"],
    "yaml": ["pipeline/event.py"],
    "click": ["pipeline/cli.py"],
    "ray": ["pipeline/engines/cluster.py"],
}


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_outside_libraries_come_in_by_their_door(path: Path):
    """A library can be replaced by changing one file."""
    here = path.relative_to(ROOT).as_posix()
    for name in _imports(path):
        doors = DOORS.get(name.split(".")[0])
        assert doors is None or any(here == d or (d.endswith("/") and here.startswith(d)) for d in doors), name


@pytest.mark.parametrize("path", sorted((PACKAGE / "stages").glob("*.py")), ids=lambda p: p.name)
def test_stages_import_neither_each_other_nor_an_engine(path: Path):
    """Engines are passed in; data flows one way."""
    bad = {n for n in _imports(path) if n.startswith(("pipeline.stages.", "pipeline.engines"))}
    # spaCy's types have their door in the language engine's module.
    assert not bad - {"pipeline.engines.nlp"}


def test_only_the_command_line_prints():
    """Everything else returns values or logs."""
    for path in MODULES:
        if path.name in ("cli.py", "media_child.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"), (
                path
            )


def test_the_error_tree_in_the_docstring_is_the_code():
    """The tree that a reader sees is the one that is raised."""
    drawn = dict(re.findall(r"[├└]── (\w+) +(\d+)", errors.__doc__ or ""))
    real = {c.__name__: str(c.exit_code) for c in errors.AfterwordError.__subclasses__()}
    assert drawn == real


def test_every_option_is_documented():
    """The settings page names every key of the settings, and no other."""
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` ", page, re.MULTILINE)) == {option_name(n) for n in Settings.model_fields}


def test_help_is_quick_and_loads_no_engine():
    """`afterword --help` must not wait for spaCy or the recogniser."""
    code = "import sys, pipeline.cli; print(sorted({'spacy', 'faster_whisper', 'av', 'starlette', 'uvicorn'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_records_of_the_errors_survive_a_process_border():
    """Errors of worker processes arrive with their advice."""
    import pickle

    error = pickle.loads(pickle.dumps(errors.InputError("It is empty.", do="Record again.")))
    assert (error.what, error.do, error.exit_code) == ("It is empty.", "Record again.", 3)

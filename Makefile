# The two commands of the README, `make demo` and `make test`, need Python 3.11-3.13, make and the package registries.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO := out/demo
RECORDING := samples/webinar/common-light-winter.m4a
CAPTIONS := samples/transcripts/common-light-winter.labelled.vtt

.PHONY: demo test check format bench clean

demo: $(VENV)/.product
	$(BIN)/afterword run $(CAPTIONS) $(RECORDING) --asr bundled --offline -o $(DEMO)
	@echo
	@echo "Open these pages in a browser. The first was made from the platform's captions of the meeting, the second from"
	@echo "its recording, heard by the small recogniser that is bundled (a real one, --asr small.en, mishears far less)."

test: $(VENV)/.tools
	@sh tests/system_packages.sh
	$(BIN)/python -m pytest

check: $(VENV)/.tools
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(VENV)/.tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The figures of docs/figures.md that take minutes; benchmarks/batch.py has the others (many, workers, memory, first ...).
bench: $(VENV)/.tools
	PYTHONPATH=. $(BIN)/python benchmarks/batch.py windows silence
	PYTHONPATH=. $(BIN)/python benchmarks/batch.py one resume --model base --seconds 240
	PYTHONPATH=. $(BIN)/python benchmarks/batch.py first --seconds 3600
	PYTHONPATH=. $(BIN)/python benchmarks/kills.py --kills 50

clean:
	rm -rf $(VENV) out build dist

$(VENV)/.product: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.tools: $(VENV)/.product
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

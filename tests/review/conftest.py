"""A review in a real browser: the server as a user starts it, and Debian's Chromium."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run --disable-component-update --disable-sync".split()


class Server:
    """`afterword review` over a folder, in a process of its own."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self.port: int | None = None
        self.start()

    def start(self) -> None:
        """Start it, on the same port as before."""
        command = [sys.executable, "-m", "pipeline", "review", str(self.library), "--no-browser"]
        self.process = subprocess.Popen(
            [*command, *(["--port", str(self.port)] if self.port else [])],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.link = line.removeprefix("Review: ").strip()
        self.home = self.link.partition("/launch/")[0]
        self.port = int(self.home.rpartition(":")[2])

    def stop(self, sign: int = signal.SIGINT) -> int:
        """End it; gives its exit code."""
        self.process.send_signal(sign)
        code = self.process.wait(timeout=30)
        if self.process.stdout:
            self.process.stdout.close()
        return code


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests; they skip where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Any]:
    """Starts servers, and ends them."""
    started: list[Server] = []

    def start(library: Path) -> Server:
        started.append(Server(library))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop(signal.SIGKILL)


@pytest.fixture
def browse(chromium: Any) -> Iterator[Any]:
    """Opens browsers of different people; whatever a page complains about fails the test."""
    contexts, complaints = [], []

    def open_browser(link: str, **options: Any) -> Any:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda m: complaints.append(m.text) if m.type == "error" and "Failed to load" not in m.text else None,
        )
        page.goto(link)
        page.wait_for_selector(".meetings h2")
        return page

    yield open_browser
    for context in contexts:
        context.close()
    assert complaints == []

"""The door to uvicorn: serves the review on this machine's loopback until it is interrupted."""

import getpass
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from pipeline.errors import UsageError
from pipeline.review.app import create_app
from pipeline.review.library import Library
from pipeline.review.outputs import Outputs
from pipeline.review.security import Gate

HOST = "127.0.0.1"
USUAL_PORT = 8765  # the same each time: what a browser kept for a page that lost its server is found again


def serve(path: Path, *, port: int | None, ready: Callable[[str], None]) -> None:
    """Serve the meetings of a folder; `ready` gets the one-time address. Returns when interrupted.

    Raises `InputError` when there is no meeting, `UsageError` when the port is taken.
    """
    library = Library.at(path)
    with _listening(port) as listener:
        gate = Gate(listener.getsockname()[1])
        app = create_app(library, gate, Outputs(), editor=_user())
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, proxy_headers=False, ws="none", timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=65536,
        )  # fmt: skip
        ready(f"http://{HOST}:{gate.port}{gate.new_link()}")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listening(port: int | None) -> socket.socket:
    """A socket on the loopback: on the port asked for, else on the usual one, else on any."""
    for number in (port,) if port else (USUAL_PORT, 0):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, number or 0))
        except OSError as error:
            listener.close()
            if port:
                raise UsageError(
                    f"Port {port} cannot be used: {error.strerror}.", do="Choose another with --port, or leave it out."
                ) from error
            continue
        listener.listen(128)
        return listener
    raise UsageError("There is no free port on this machine.", do="Close something and try again.")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "editor"

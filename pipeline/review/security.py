"""Who may talk to the review: this machine's browser, once launched by the person at the terminal, and nobody else.

Loopback; an exact list of Hosts (against DNS rebinding); a launch link that works once and becomes an HttpOnly,
SameSite=Strict cookie; writes from the same origin and in JSON only; a strict content security policy. Whatever does
not hold to it is refused before any route is looked at.
"""

import hmac
import secrets
import threading
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000  # bytes of a request's body
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# A rendered page has its style in itself, and may come from an organiser's template: no script runs in it.
PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


@dataclass
class Gate:
    """The tokens of one launch: links that have not been used, and the sessions that came of those that were."""

    port: int
    _links: set[str] = field(default_factory=set)
    _sessions: dict[str, str] = field(default_factory=dict)  # token -> the editor's name
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def hosts(self) -> frozenset[str]:
        """The Hosts that are answered."""
        return frozenset(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies do not know ports, so the port is part of it."""
        return f"afterword-{self.port}"

    def new_link(self) -> str:
        """A path that lets one browser in, once."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._links.add(token)
        return f"/launch/{token}"

    def enter(self, token: str, name: str) -> str | None:
        """Use a link up; gives the session's token, or None for a link that is unknown or used."""
        with self._lock:
            known = next((link for link in self._links if hmac.compare_digest(link, token)), None)
            if known is None:
                return None
            self._links.discard(known)
            session = secrets.token_urlsafe(32)
            self._sessions[session] = name
            return session

    def editor(self, connection: HTTPConnection) -> str | None:
        """The name of the editor that a request comes from, None when it comes from nobody we know."""
        given = connection.cookies.get(self.cookie, "")
        with self._lock:
            return next((name for token, name in self._sessions.items() if hmac.compare_digest(token, given)), None)

    def rename(self, connection: HTTPConnection, name: str) -> None:
        """The editor of a session signs with another name from now on."""
        given = connection.cookies.get(self.cookie, "")
        with self._lock:
            if given in self._sessions:
                self._sessions[given] = name


class Guard:
    """The middleware that keeps to the rules above."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app = app
        self.gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or let pass with the headers that every answer has."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refusal(scope)
        if refused:
            status, why = refused
            await PlainTextResponse(why, status)(scope, receive, with_headers)
        else:
            await self.app(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self.gate.hosts]:
            return 421, "This address is not served here."
        launching = scope["path"].startswith("/launch/") and scope["method"] == "GET"
        if not launching:
            if self.gate.editor(HTTPConnection(scope)) is None:
                return 403, "Open the address that `afterword review` printed, or start it again for a new one."
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                return 403, "Only the review's own pages may ask for this."
        if scope["method"] not in ("GET", "HEAD"):
            return self._refused_write(headers)
        return None

    def _refused_write(self, headers: Headers) -> tuple[int, str] | None:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if (site is None and origin is None) or site not in (None, "same-origin"):
            return 403, "Only the review's own pages may change anything."
        if origin is not None and origin != f"http://{headers['host']}":
            return 403, "Only the review's own pages may change anything."
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return 415, "Changes are sent as JSON."
        length = headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return 413, "That is too much at once."
        return None

"""The door to Starlette: the review's routes, as one visible list.

Every answer that changes something comes after the edit is on disk. Meetings are named by ids of the library's listing.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from pipeline.errors import AfterwordError
from pipeline.plain import clean
from pipeline.review import saving, views
from pipeline.review.ledger import StaleError
from pipeline.review.library import Library
from pipeline.review.media import Sound, byte_range
from pipeline.review.meeting import Meeting
from pipeline.review.outputs import Outputs
from pipeline.review.pages import filled
from pipeline.review.publish import FINAL, publish
from pipeline.review.security import PAGE_POLICY, Gate, Guard

STATIC = Path(__file__).parent / "static"
VIEWS = {"people": "People", "claims": "Claims", "page": "Page", "transcript": "Transcript", "publish": "Publish"}
_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_DOWNLOADS = {".html": "text/html", ".json": "application/json", ".vtt": "text/vtt"}


def create_app(library: Library, gate: Gate, outputs: Outputs, *, editor: str) -> Starlette:
    """The application over a library; `editor` signs until they say another name."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        await run_in_threadpool(outputs.finish)

    routes = [
        Route("/launch/{token}", launch),
        Route("/", library_page),
        Route("/m/{id}", meeting_page),
        Route("/m/{id}/preview/{name}", preview),
        Route("/m/{id}/files/{name}", download),
        Route("/m/{id}/sound", sound),
        Route("/m/{id}/{view}", meeting_page),
        Route("/static/{name}", static),
        Route("/api/me", who_am_i),
        Route("/api/me", rename_me, methods=["POST"]),
        Route("/api/links", another_link, methods=["POST"]),
        Route("/api/library", api_library),
        Route("/api/search", api_search),
        Route("/api/m/{id}", api_meeting),
        Route("/api/m/{id}/transcript", api_transcript),
        Route("/api/m/{id}/history", api_history),
        Route("/api/m/{id}/places", api_places),
        Route("/api/m/{id}/check", api_check, methods=["POST"]),
        Route("/api/m/{id}/edits", api_edits, methods=["POST"]),
        Route("/api/m/{id}/undo", api_undo, methods=["POST"]),
        Route("/api/m/{id}/redo", api_redo, methods=["POST"]),
        Route("/api/m/{id}/approve", api_approve, methods=["POST"]),
        Route("/api/m/{id}/publish", api_publish, methods=["POST"]),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, gate=gate)],
        exception_handlers={AfterwordError: _refused, StaleError: _stale, 500: _broken},
        lifespan=lifespan,
    )
    app.state.library, app.state.gate, app.state.outputs, app.state.editor = library, gate, outputs, editor
    app.state.static = {p.name: p.read_bytes() for p in STATIC.iterdir() if p.suffix in _KINDS}
    return app


# ---- errors ------------------------------------------------------------------------------------------------------------


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, AfterwordError)  # noqa: S101 - registered for it
    return JSONResponse({"error": error.what, "do": error.do}, 422)


async def _stale(_: Request, __: Exception) -> Response:
    # Only approvals come here: an edit's conflict is told with its difference (`saving.conflict`).
    return JSONResponse({"error": "The page was changed meanwhile.", "do": "Look at it again.", "stale": True}, 409)


async def _broken(_: Request, error: Exception) -> Response:
    what = f"Something unexpected went wrong ({type(error).__name__})."
    return JSONResponse({"error": what, "do": "What you saved before is safe. Reload the page."}, 500)


# ---- helpers ----------------------------------------------------------------------------------------------------------


def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    return gate


def _who(request: Request) -> str:
    return _gate(request).editor(request) or str(request.app.state.editor)


def _meeting(request: Request) -> Meeting:
    found = _library(request).get(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "There is no such meeting in this folder.")
    return found


async def _body(request: Request) -> dict[str, Any]:
    try:
        data = json.loads(await request.body())
    except ValueError as error:
        raise HTTPException(400, "That is no JSON.") from error
    if not isinstance(data, dict):
        raise HTTPException(400, "That is no JSON object.")
    return data


async def _json(make: Callable[[], Any]) -> JSONResponse:
    return JSONResponse(await run_in_threadpool(make))


def _revision(data: dict[str, Any]) -> int:
    revision = data.get("revision")
    if not isinstance(revision, int) or isinstance(revision, bool) or revision < 0:
        raise HTTPException(400, "The revision that the change was made on is missing.")
    return revision


# ---- pages ------------------------------------------------------------------------------------------------------------


async def launch(request: Request) -> Response:
    """Use a launch link up: it becomes a cookie."""
    gate = _gate(request)
    session = gate.enter(request.path_params["token"], str(request.app.state.editor))
    if session is None:
        return HTMLResponse(filled("used.html.j2"), 403)
    # A page of our own that goes on, not a redirect: a strict cookie is not sent along a redirect from elsewhere.
    response = HTMLResponse(filled("launch.html.j2"))
    response.set_cookie(gate.cookie, session, httponly=True, samesite="strict", path="/")
    return response


async def library_page(request: Request) -> Response:
    """All meetings."""
    return HTMLResponse(filled("library.html.j2", editor=_who(request)))


async def meeting_page(request: Request) -> Response:
    """One view of a meeting."""
    view = request.path_params.get("view", "claims")
    meeting = _meeting(request)
    if view not in VIEWS:
        raise HTTPException(404, "There is no such page.")

    def page() -> str:
        title = clean(meeting.document().summary.meeting.title)
        return filled(
            f"{view}.html.j2",
            editor=_who(request),
            meeting=request.path_params["id"],
            title=title,
            view=view,
            views=VIEWS,
            sound=Sound.of(meeting.folder) is not None,
        )

    return HTMLResponse(await run_in_threadpool(page))


async def preview(request: Request) -> Response:
    """The page as it will be published."""
    meeting, name = _meeting(request), request.path_params["name"]
    if name not in ("summary.html", "transcript.html"):
        raise HTTPException(404, "There is no such page.")
    files = await run_in_threadpool(lambda: meeting.render(approved=True, only=name))
    if name not in files:
        raise HTTPException(404, "There is no such page.")
    return HTMLResponse(files[name], headers={"content-security-policy": PAGE_POLICY})


async def download(request: Request) -> Response:
    """A file of the meeting as it is now, or of what was published."""
    meeting, name = _meeting(request), request.path_params["name"]
    published = request.query_params.get("published") == "1"

    def find() -> bytes | None:
        if not published:
            return meeting.render(approved=meeting.is_approved(), every_format=True).get(name)
        final = {p.name: p for p in (meeting.folder / FINAL).glob("*") if p.is_file() and not p.is_symlink()}
        return final[name].read_bytes() if name in final else None

    data = await run_in_threadpool(find)
    if data is None:
        raise HTTPException(404, "There is no such file.")
    kind = _DOWNLOADS.get(Path(name).suffix, "application/octet-stream")
    headers = {"content-disposition": f'attachment; filename="{name}"', "content-security-policy": "sandbox"}
    return Response(data, media_type=kind, headers=headers)


async def sound(request: Request) -> Response:
    """The meeting's sound, by ranges."""
    found = Sound.of(_meeting(request).folder)
    if found is None:
        raise HTTPException(404, "This meeting was made from a transcript; there is no sound.")
    asked = request.headers.get("range")
    part = byte_range(asked, found.size)
    if part is None:
        return Response(status_code=416, headers={"content-range": f"bytes */{found.size}"})
    first, last = part
    headers = {"accept-ranges": "bytes", "content-length": str(last - first + 1)}
    if asked:
        headers["content-range"] = f"bytes {first}-{last}/{found.size}"
    blocks: Iterator[bytes] = found.read(first, last)
    return StreamingResponse(blocks, 206 if asked else 200, headers, media_type="audio/wav")


async def static(request: Request) -> Response:
    """Our own scripts and styles, by name."""
    name = request.path_params["name"]
    data = request.app.state.static.get(name)
    if data is None:
        raise HTTPException(404, "There is no such file.")
    return Response(data, media_type=_KINDS[Path(name).suffix])


# ---- who -----------------------------------------------------------------------------------------------------------------


async def who_am_i(request: Request) -> Response:
    """The name that edits are signed with."""
    return JSONResponse({"name": _who(request)})


async def rename_me(request: Request) -> Response:
    """Sign with another name."""
    name = clean(str((await _body(request)).get("name", "")))[:80]
    if not name:
        return JSONResponse({"error": "A name is needed to sign changes.", "do": "Type yours."}, 422)
    _gate(request).rename(request, name)
    return JSONResponse({"name": name})


async def another_link(request: Request) -> Response:
    """A launch link for another browser of this machine."""
    return JSONResponse({"address": f"http://{request.headers['host']}{_gate(request).new_link()}"})


# ---- reading ----------------------------------------------------------------------------------------------------------


async def api_library(request: Request) -> Response:
    """The meetings and how far they are."""
    library = _library(request)
    return await _json(lambda: {"meetings": library.rows()})


async def api_search(request: Request) -> Response:
    """Where something was said."""
    library, wanted = _library(request), request.query_params.get("q", "")
    return await _json(lambda: {"hits": library.search(wanted)})


async def api_meeting(request: Request) -> Response:
    """Everything of a meeting but its words."""
    meeting, who, name = _meeting(request), _who(request), request.path_params["id"]
    library = _library(request)
    return await _json(lambda: views.meeting(meeting, who, library.claims(name, meeting)))


async def api_transcript(request: Request) -> Response:
    """A meeting's words."""
    meeting = _meeting(request)
    return Response(await run_in_threadpool(lambda: views.transcript(meeting)), media_type="application/json")


async def api_history(request: Request) -> Response:
    """Every change that was made, the latest first."""
    meeting = _meeting(request)
    return await _json(lambda: views.history(meeting))


async def api_places(request: Request) -> Response:
    """Where words stand that are about to be corrected everywhere."""
    meeting = _meeting(request)
    before, after = request.query_params.get("before", ""), request.query_params.get("after", "")
    return await _json(lambda: views.places(meeting, before, after))


async def api_check(request: Request) -> Response:
    """What the evidence does not support in a wording that is not saved yet."""
    meeting, data = _meeting(request), await _body(request)
    return await _json(lambda: views.check(meeting, str(data.get("point", "")), str(data.get("text", ""))[:20_000]))


# ---- changing ---------------------------------------------------------------------------------------------------------


async def _save(request: Request, do: Callable[[Meeting, str, dict[str, Any]], saving.Saved]) -> Response:
    meeting, who, data = _meeting(request), _who(request), await _body(request)
    _revision(data)
    saved = await run_in_threadpool(lambda: do(meeting, who, data))
    if saved.conflict is None:
        request.app.state.outputs.changed(meeting)
        return JSONResponse(saved.body)
    return JSONResponse(saved.conflict, 409)


async def api_edits(request: Request) -> Response:
    """Save edits that were made on a revision; 409 with the difference when it is not the last one."""
    return await _save(request, saving.save)


async def api_undo(request: Request) -> Response:
    """Take back the editor's last change."""
    return await _save(request, saving.undo)


async def api_redo(request: Request) -> Response:
    """Bring back what was taken back last."""
    return await _save(request, saving.redo)


async def api_approve(request: Request) -> Response:
    """Approve a revision: it gets its hash."""
    meeting, who, data = _meeting(request), _who(request), await _body(request)
    revision = _revision(data)
    made = await run_in_threadpool(lambda: meeting.approve(who, revision))
    request.app.state.outputs.changed(meeting)
    return JSONResponse(made.model_dump())


async def api_publish(request: Request) -> Response:
    """Write the final files of the approved revision."""
    meeting = _meeting(request)
    await _body(request)

    def write() -> dict[str, Any]:
        folder = publish(meeting.folder)
        return {"folder": str(folder), "files": sorted(p.name for p in folder.iterdir())}

    return await _json(write)

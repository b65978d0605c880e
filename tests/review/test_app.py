"""The application: only the browser that was let in is answered, and saving is safe."""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from pipeline.review.app import create_app
from pipeline.review.library import Library
from pipeline.review.media import Sound, byte_range
from pipeline.review.meeting import take_in
from pipeline.review.outputs import Outputs
from pipeline.review.security import Gate
from tests.naughty import NAUGHTY
from tests.review.helpers import add_sound, meeting_folder
from tests.review.test_working import with_texts

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
SAME = {"origin": HOME, "sec-fetch-site": "same-origin"}
FOREIGN_HOSTS = (
    "evil.example",
    f"evil.example:{PORT}",
    "127.0.0.1",
    "127.0.0.1:1",
    f"127.0.0.1.evil.example:{PORT}",
    "",
    f"localhost.:{PORT}",
)
FOREIGN_ORIGINS = (
    "http://evil.example",
    "null",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    f"https://127.0.0.1:{PORT}",
    f"http://localhost:{PORT}",
)


class _Review:
    """A running application and its parts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gate = Gate(PORT)
        self.library = Library.at(folder.parent)
        self.outputs = Outputs()
        self.app = create_app(self.library, self.gate, self.outputs, editor="Edna")
        self.id = next(iter(self.library.meetings()))

    def client(self, *, entered: bool = True) -> TestClient:
        client = TestClient(self.app, base_url=HOME, headers=SAME)
        if entered:
            assert client.get(self.gate.new_link()).status_code == 200
        return client

    def routes(self) -> list[tuple[str, str]]:
        found = []
        for route in self.app.routes:
            assert isinstance(route, Route)
            path = route.path.replace("{id}", self.id).replace("{view}", "claims").replace("{token}", "x")
            name = "core.js" if path.startswith("/static") else "summary.html"
            found += [(method, path.replace("{name}", name)) for method in route.methods or ()]
        return found


@pytest.fixture
def review(tmp_path: Path) -> Iterator[_Review]:
    """A review of the fictional meeting."""
    made = _Review(meeting_folder(tmp_path / "lib"))
    yield made
    made.outputs.finish()


def save(client: TestClient, meeting: str, revision: int, *commands: dict[str, object], group: str = "g"):
    """Save commands."""
    return client.post(
        f"/api/m/{meeting}/edits", json={"revision": revision, "group": group, "commands": list(commands)}
    )


WORDED = {"do": "text", "point": "keynote-2", "text": "A cheap gauge read on time is worth more."}


# ---- who is answered -------------------------------------------------------------------------------------------------------


def test_every_route_is_closed_to_strangers(review: _Review):
    """Without the cookie nothing is answered, static files neither; a guessed link lets nobody in."""
    stranger = review.client(entered=False)
    for method, path in review.routes():
        assert stranger.request(method, path, json={}).status_code == 403, path


def test_every_route_is_closed_under_foreign_hosts(review: _Review):
    """DNS rebinding: the name in the address counts, even with the cookie."""
    client = review.client()
    for host in FOREIGN_HOSTS:
        for method, path in review.routes():
            assert client.request(method, path, json={}, headers={"host": host}).status_code == 421, (host, path)


def test_no_write_is_taken_from_elsewhere(review: _Review):
    """Another origin, another site, no sign of where from, or no JSON."""
    client = review.client()
    writes = [path for method, path in review.routes() if method == "POST"]
    assert len(writes) >= 8
    for path in writes:
        for origin in FOREIGN_ORIGINS:
            assert client.post(path, json={}, headers={"origin": origin}).status_code == 403, (origin, path)
        for site in ("cross-site", "same-site", "none"):
            assert client.post(path, json={}, headers={"sec-fetch-site": site}).status_code == 403, (site, path)
        form = client.post(path, content=b"revision=0", headers={"content-type": "application/x-www-form-urlencoded"})
        assert form.status_code == 415
    bare = TestClient(review.app, base_url=HOME, cookies=client.cookies)
    assert bare.post(f"/api/m/{review.id}/undo", json={}).status_code == 403


def test_a_launch_link_works_once(review: _Review):
    """The cookie is strict and out of reach of scripts."""
    link = review.gate.new_link()
    first = review.client(entered=False).get(link)
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert review.client(entered=False).get(link).status_code == 403


def test_every_answer_has_a_strict_policy(review: _Review):
    """No script but ours, no frame but our own."""
    client = review.client()
    for path in ("/", f"/m/{review.id}/claims", "/static/core.js", "/api/library", "/nowhere"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    page = client.get(f"/m/{review.id}/preview/summary.html").headers["content-security-policy"]
    assert "script-src" not in page
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    "path", ["/m/../../etc/passwd", "/static/../app.py", "/m/%2e%2e/claims", "/static/%2e%2e%2fapp.py"]
)
def test_ids_are_no_paths(review: _Review, path: str):
    """Nothing outside of the listing is reached."""
    assert review.client().get(path).status_code == 404


def test_files_are_served_by_known_names_only(review: _Review):
    """The work folder and its database are not."""
    client = review.client()
    assert client.get(f"/m/{review.id}/files/summary.md").status_code == 200
    for name in ("run.json", "review.db", "..%2F..%2Fetc%2Fpasswd", ".afterword"):
        assert client.get(f"/m/{review.id}/files/{name}").status_code == 404


# ---- saving -----------------------------------------------------------------------------------------------------------------


def test_a_change_shows_at_once_everywhere(review: _Review):
    """In the claims, the page, the files; signed with the editor's name."""
    client = review.client()
    assert client.post("/api/me", json={"name": "Otto"}).json() == {"name": "Otto"}
    assert save(client, review.id, 0, WORDED).json()["revision"] == 1
    claims = client.get(f"/api/m/{review.id}").json()["claims"]
    found = next(c for c in claims if c["ref"] == "keynote-2")
    assert (found["text"], found["worded"]) == (WORDED["text"], "Otto")
    assert WORDED["text"] in client.get(f"/m/{review.id}/preview/summary.html").text
    assert WORDED["text"] in client.get(f"/m/{review.id}/files/summary.md").text
    review.outputs.finish()
    assert WORDED["text"] in (review.folder / "summary.md").read_text()


def test_two_editors_never_overwrite_each_other(review: _Review):
    """The second gets the difference, and chooses."""
    edna, otto = review.client(), review.client()
    otto.post("/api/me", json={"name": "Otto"})
    assert save(edna, review.id, 0, WORDED).status_code == 200
    refused = save(otto, review.id, 0, {**WORDED, "text": "Mine."})
    assert refused.status_code == 409
    body = refused.json()
    assert body["touched"]
    assert body["difference"][0]["theirs"] == WORDED["text"]
    assert body["difference"][0]["mine"] == "Mine."
    assert body["since"][0]["who"] == "Edna"
    other = save(otto, review.id, 0, {"do": "decide", "point": "areas-1", "decision": "accepted"})
    assert (other.status_code, other.json()["touched"]) == (409, False)
    assert save(otto, review.id, body["revision"], {**WORDED, "text": "Mine."}).status_code == 200


def test_undo_is_ones_own_and_survives_a_restart(review: _Review, tmp_path: Path):
    """Edna takes back what Edna did, whatever Otto did since, and after the server was started again."""
    edna, otto = review.client(), review.client()
    otto.post("/api/me", json={"name": "Otto"})
    save(edna, review.id, 0, WORDED, group="a")
    save(otto, review.id, 1, {"do": "decide", "point": "areas-1", "decision": "accepted"}, group="b")
    again = _Review(review.folder)
    client = again.client()
    assert client.post(f"/api/m/{review.id}/undo", json={"revision": 2}).json()["targets"] == ["point:keynote-2"]
    claims = {c["ref"]: c for c in client.get(f"/api/m/{review.id}").json()["claims"]}
    assert claims["keynote-2"]["worded"] is None
    assert claims["areas-1"]["state"] == "accepted"
    assert client.post(f"/api/m/{review.id}/redo", json={"revision": 3}).status_code == 200
    claims = {c["ref"]: c for c in client.get(f"/api/m/{review.id}").json()["claims"]}
    assert claims["keynote-2"]["text"] == WORDED["text"]
    assert client.post(f"/api/m/{review.id}/redo", json={"revision": 4}).status_code == 422
    again.outputs.finish()


@pytest.mark.parametrize(
    "command",
    [
        {"do": "text", "point": "nowhere", "text": "x"},
        {"do": "text", "point": "keynote-2", "text": " "},
        {"do": "fly"},
        {"do": "voice", "voice": "V99", "name": "x"},
        {"do": "meeting", "date": "tomorrow"},
        {"do": "lines", "lines": [[-1, 2]], "name": "x"},
        {"do": "words", "before": "x", "after": "y", "path": "/etc"},
    ],
)
def test_what_makes_no_sense_is_not_saved(review: _Review, command: dict[str, object]):
    """A sentence and what to do; the ledger stays as it is."""
    answer = review.client()
    refused = save(answer, review.id, 0, command)
    assert refused.status_code == 422
    assert refused.json()["do"]
    assert answer.get(f"/api/m/{review.id}").json()["revision"] == 0


def test_a_request_without_revision_or_json_is_refused(review: _Review):
    """Nothing is saved blindly."""
    client = review.client()
    for body in (b"{", b"[]", b'{"commands": []}', b'{"revision": -1}', b'{"revision": true}'):
        answer = client.post(f"/api/m/{review.id}/edits", content=body, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422), body


def test_hostile_text_is_text(review: _Review):
    """Whatever is typed comes back as typed, and is escaped on the page."""
    client = review.client()
    for revision, text in enumerate(s for s in NAUGHTY if s.strip()):
        answer = save(client, review.id, revision, {"do": "text", "point": "keynote-2", "text": text})
        assert answer.status_code == 200, text
        page = client.get(f"/m/{review.id}/preview/summary.html")
        assert page.status_code == 200
        assert "<script>" not in page.text.replace('<script type="application/ld+json">', "")


def test_after_a_new_run_an_edit_finds_the_statement_that_was_seen(review: _Review):
    """Its id may mean another one by then; one that is gone is not put in another's place."""
    client = review.client()
    claims = {c["ref"]: c for c in client.get(f"/api/m/{review.id}").json()["claims"]}
    seen = claims["areas-1"]["generated"]
    take_in(with_texts({}, shift=True), review.folder)  # areas-1 is a new statement now, what it was is areas-2
    edit = {"do": "text", "point": "areas-1", "seen": seen, "text": "Who mends the gates."}
    assert save(client, review.id, 0, edit).status_code == 200
    now = {c["ref"]: c for c in client.get(f"/api/m/{review.id}").json()["claims"]}
    assert now["areas-2"]["text"] == "Who mends the gates."
    assert now["areas-1"]["worded"] is None
    gone = save(client, review.id, 1, {**edit, "seen": "Something that was never on any page, at all, anywhere."})
    assert gone.status_code == 422


def test_approve_and_publish(review: _Review):
    """By the button: what was approved, by whom; a stale approval is refused."""
    client = review.client()
    assert client.post(f"/api/m/{review.id}/publish", json={}).status_code == 422
    save(client, review.id, 0, WORDED)
    assert client.post(f"/api/m/{review.id}/approve", json={"revision": 0}).status_code == 409
    made = client.post(f"/api/m/{review.id}/approve", json={"revision": 1}).json()
    assert made["who"] == "Edna"
    assert client.get("/api/library").json()["meetings"][0]["state"] == "approved"
    assert client.post(f"/api/m/{review.id}/publish", json={}).status_code == 200
    assert json.loads((review.folder / "final/publication.json").read_text())["revision"] == made["revision"]
    assert client.get("/api/library").json()["meetings"][0]["state"] == "published"
    history = client.get(f"/api/m/{review.id}/history").json()
    assert (len(history["edits"]), len(history["approvals"]), len(history["publications"])) == (1, 1, 1)


def test_search_finds_words_and_their_moment(review: _Review):
    """Over all meetings, in any case."""
    hits = review.client().get("/api/search", params={"q": "pocket GAUGE"}).json()["hits"]
    assert hits[0]["found"] == "Pocket Gauge"
    assert 2700 < hits[0]["start"] < 2705
    assert hits[0]["speaker"] == "Bronwen Pugh"
    assert review.client().get("/api/search", params={"q": "zzz"}).json() == {"hits": []}


def test_places_count_what_a_correction_would_change(review: _Review):
    """Count and preview before the change are the change."""
    client = review.client()
    before = client.get(f"/api/m/{review.id}/places", params={"before": "gate", "after": "stile"}).json()
    assert before["count"] == 44
    save(client, review.id, 0, {"do": "words", "before": "gate", "after": "stile", "everywhere": True})
    assert client.get(f"/api/m/{review.id}/places", params={"before": "gate"}).json()["count"] == 0


# ---- sound ------------------------------------------------------------------------------------------------------------------


def test_sound_comes_by_ranges(review: _Review):
    """A WAV file of the work folder's samples; each part is that part of the whole."""
    add_sound(review.folder, 3)
    client = review.client()
    whole = client.get(f"/m/{review.id}/sound", headers={"range": "bytes=0-"})
    assert whole.status_code == 206
    assert whole.content[:4] == b"RIFF"
    assert struct.unpack("<I", whole.content[40:44])[0] == len(whole.content) - 44 == 96000
    for first, last in ((0, 9), (40, 50), (44, 44), (90000, 96043)):
        part = client.get(f"/m/{review.id}/sound", headers={"range": f"bytes={first}-{last}"})
        assert part.content == whole.content[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/96044"
    assert client.get(f"/m/{review.id}/sound", headers={"range": "bytes=99999999-"}).status_code == 416


def test_no_sound_from_outside_of_the_library(review: _Review, tmp_path: Path):
    """A link in place of the samples is not followed."""
    (tmp_path / "secret").write_bytes(b"secret!!")
    (review.folder / ".afterword/audio.s16").symlink_to(tmp_path / "secret")
    assert Sound.of(review.folder) is None
    assert review.client().get(f"/m/{review.id}/sound").status_code == 404


@pytest.mark.parametrize(
    ("header", "part"),
    [(None, (0, 99)), ("bytes=-10", (90, 99)), ("bytes=5-", (5, 99)), ("bytes=5-500", (5, 99)), ("bytes=100-", None), ("bytes=9-5", None), ("lines=1-2", None), ("bytes=-0", None), ("bytes=-", None)],
)  # fmt: skip
def test_ranges(header: str | None, part: tuple[int, int] | None):
    """As RFC 9110 has them."""
    assert byte_range(header, 100) == part

"""The review's figures: safety of saved work, who is refused, fluency, and how seeded errors are found and mended.

python benchmarks/review.py saves          # 8 clients x 1,000 saves against one server
python benchmarks/review.py kills          # 200 kill -9 during saves
python benchmarks/review.py regenerations  # 100 drafts made anew after edits
python benchmarks/review.py strangers      # every route: no token, 30 foreign hosts, 12 foreign origins
python benchmarks/review.py browser        # 40,000 words: open, key to paint, seek error after 200 edits
python benchmarks/review.py seeded         # errors put into drafts: where the queue has them, keys to mend each
"""

import argparse
import http.client
import json
import random
import re
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
from playwright.sync_api import sync_playwright
from starlette.routing import Route

from pipeline.cli import _guarded
from pipeline.records import Point, Section
from pipeline.review.app import create_app
from pipeline.review.claims import claims_of
from pipeline.review.draft import DraftDocument
from pipeline.review.edits import Content, DecisionEdit, MeetingEdit, PersonEdit, TextEdit
from pipeline.review.ledger import Ledger
from pipeline.review.library import Library
from pipeline.review.meeting import Meeting, take_in
from pipeline.review.outputs import Outputs
from pipeline.review.security import Gate
from pipeline.review.working import working_on
from tests.review.conftest import FLAGS, Server
from tests.review.helpers import add_sound, meeting_folder
from tests.review.test_browser import long_draft

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    ROOT / "samples/transcripts/common-light-winter.labelled.vtt",
    *(ROOT / "tests/data/meetings" / name for name in ("bee-training/transcript.txt", "bridge-society/transcript.vtt", "dell-allotments/transcript.vtt", "ferry-committee/transcript.vtt")),
]  # fmt: skip


def say(what: str, value: object) -> None:
    """One figure."""
    print(f"{what}: {value}", flush=True)


def enter(server: Server) -> tuple[httpx.Client, str]:
    """A client that was let in, and the id of the only meeting."""
    client = httpx.Client(
        base_url=server.home, headers={"origin": server.home, "sec-fetch-site": "same-origin"}, timeout=60
    )
    assert client.get(server.link.removeprefix(server.home)).status_code == 200
    return client, client.get("/api/library").json()["meetings"][0]["id"]


def text_command(n: int, text: str) -> dict[str, object]:
    """Another wording of one of five statements."""
    points = ("keynote-1", "keynote-2", "areas-1", "areas-2", "announcements-2")
    return {"do": "text", "point": points[n % len(points)], "text": text}


# ---- safety of work ----------------------------------------------------------------------------------------------------


def saves(args: argparse.Namespace) -> None:
    """Clients that save as fast as they can, each from what it saw last."""
    with tempfile.TemporaryDirectory() as place:
        folder = meeting_folder(Path(place) / "lib")
        server = Server(folder.parent)
        first, meeting = enter(server)
        links = [first.post("/api/links", json={}).json()["address"] for _ in range(args.clients)]
        counted: Counter[str] = Counter()
        times: list[float] = []
        lock = threading.Lock()

        def client(number: int) -> None:
            own = httpx.Client(base_url=server.home, headers=dict(first.headers), timeout=60)
            own.get(links[number].removeprefix(server.home))
            revision, mine, spent = 0, Counter(), []
            for n in range(args.saves):
                while True:
                    began = time.perf_counter()
                    body = {
                        "revision": revision,
                        "group": f"{number}-{n}",
                        "commands": [text_command(n, f"Client {number} save {n}.")],
                    }
                    answer = own.post(f"/api/m/{meeting}/edits", json=body)
                    spent.append(time.perf_counter() - began)
                    said = answer.json()
                    revision = said["revision"]
                    if answer.status_code == 200:
                        mine["saved"] += 1
                        break
                    assert answer.status_code == 409, answer.text
                    mine["stale"] += 1
                    mine["stale with difference"] += bool(said["since"] and said["difference"])
                    time.sleep(random.uniform(0, 0.02))
            with lock:
                counted.update(mine)
                times.extend(spent)

        began = time.perf_counter()
        threads = [threading.Thread(target=client, args=(n,)) for n in range(args.clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        server.stop()
        kept = [s.edit.text for s in Ledger(folder / ".afterword").edits() if isinstance(s.edit, TextEdit)]
        wanted = {f"Client {c} save {n}." for c in range(args.clients) for n in range(args.saves)}
        say("saves acknowledged", f"{counted['saved']} of {len(wanted)} in {seconds:.0f} s")
        say("saves lost", len(wanted - set(kept)))
        say("saves kept twice", len(kept) - len(set(kept)))
        say("stale saves refused", f"{counted['stale']}, with a difference {counted['stale with difference']}")
        say(
            "answer, median / p95",
            f"{statistics.median(times) * 1000:.0f} / {statistics.quantiles(times, n=20)[-1] * 1000:.0f} ms",
        )


def kills(args: argparse.Namespace) -> None:
    """A server that is killed while somebody saves, again and again over one meeting."""
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as place:
        folder = meeting_folder(Path(place) / "lib")
        acknowledged: list[str] = []
        server = Server(folder.parent)
        for round_ in range(args.kills):
            if round_:
                server.port = None  # any: another program may have taken the port meanwhile
                server.start()
            client, meeting = enter(server)
            revision = client.get(f"/api/m/{meeting}").json()["revision"]
            killer = threading.Timer(rng.uniform(0.02, 0.25), server.process.send_signal, (signal.SIGKILL,))
            killer.start()
            n = 0
            try:
                while True:
                    text = f"Round {round_} save {n}."
                    body = {"revision": revision, "group": text, "commands": [text_command(n, text)]}
                    revision = client.post(f"/api/m/{meeting}/edits", json=body).json()["revision"]
                    acknowledged.append(text)
                    n += 1
            except (httpx.HTTPError, ValueError):
                pass
            server.process.wait()
            client.close()
        kept = {s.edit.text for s in Ledger(folder / ".afterword").edits() if isinstance(s.edit, TextEdit)}
        say("kill -9 during saves", args.kills)
        say("edits acknowledged", len(acknowledged))
        say("acknowledged edits lost", len(set(acknowledged) - kept))
        say("the meeting can be read and written after it", bool(Meeting(folder).write_outputs() is not None))


def made(place: Path) -> dict[str, Path]:
    """The sample meeting and the written ones, run; their folders."""
    found = {}
    for source in SOURCES:
        name = source.parent.name if source.stem == "transcript" else "webinar"
        event = source.parent / "event.toml"
        flags = ["--event", str(event)] if event.is_file() else []
        assert _guarded(["run", str(source), "-o", str(place / name), "--quiet", *flags], debug=True) == 0
        found[name] = next(p for p in (place / name).iterdir() if p.is_dir())
    return found


def anew(draft: DraftDocument, rng: random.Random) -> DraftDocument:
    """The draft made again, differently: statements go, come, move, are told otherwise and are numbered anew."""
    sections = []
    for section in draft.summary.sections:
        points: list[Point] = []
        for point in section.points:
            chance = rng.random()
            if chance < 0.15:
                continue
            text = point.text
            if chance < 0.5:
                words = text.split()
                at = rng.randrange(len(words))
                words[at:at] = ["in", "short,"]
                text = " ".join(words)
            points.append(point.model_copy(update={"text": text}))
        if rng.random() < 0.3 and points:
            points.insert(0, points[0].model_copy(update={"text": "Something that was not told before."}))
        points = [p.model_copy(update={"id": f"{section.kind}-{n}"}) for n, p in enumerate(points, start=1)]
        if points:
            sections.append(section.model_copy(update={"points": tuple(points)}))
    return draft.model_copy(update={"summary": draft.summary.model_copy(update={"sections": tuple(sections)})})


def regenerations(args: argparse.Namespace) -> None:
    """Edits of every kind, then drafts made anew: what the editor did must stand each time."""
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as place:
        overwritten, doubled, checked = 0, 0, 0
        for name, folder in made(Path(place)).items():
            meeting = Meeting(folder)
            draft = meeting.draft()
            statements = working_on(draft).statements
            worded = {s.generated.id: f"The editor says this of {s.generated.id} in {name}." for s in statements[::3]}
            dropped = [s for s in statements[1::6] if s.generated.id not in worded]
            edits: list[Content] = [
                TextEdit(base=s.based, text=worded[s.generated.id]) for s in statements if s.generated.id in worded
            ]
            edits += [DecisionEdit(base=s.based, decision="dropped", text=s.text) for s in dropped]
            edits.append(MeetingEdit(title="The editor's title"))
            edits.append(PersonEdit(name=draft.summary.people[0].name, role="The editor's role"))
            meeting.ledger.append(edits, who="Edna", group="g", revision=meeting.revision())
            for _ in range(args.regenerations // len(SOURCES)):
                document, _ = take_in(anew(draft, rng), folder)
                texts = [p.text for s in document.summary.sections for p in s.points]
                missing = [t for t in worded.values() if t not in texts]
                back = [s for s in dropped if s.text in texts]
                lost = (
                    document.summary.meeting.title != "The editor's title"
                    or document.summary.people[0].role != "The editor's role"
                )
                overwritten += len(missing) + len(back) + lost
                doubled += sum(texts.count(t) > 1 for t in worded.values())
                checked += len(worded) + len(dropped) + 2
        say("drafts made anew", args.regenerations // len(SOURCES) * len(SOURCES))
        say("human edits looked for", checked)
        say("human edits overwritten", overwritten)
        say("human edits doubled", doubled)


# ---- who is refused ------------------------------------------------------------------------------------------------------


def strangers(_: argparse.Namespace) -> None:
    """Every route as a stranger, under foreign hosts, and every write from foreign origins."""
    with tempfile.TemporaryDirectory() as place:
        folder = meeting_folder(Path(place) / "lib")
        add_sound(folder, 5)
        server = Server(folder.parent)
        client, meeting = enter(server)
        outputs = Outputs()
        app = create_app(Library.at(folder.parent), Gate(1), outputs, editor="x")
        outputs.finish()
        names = {"/static": "core.js", "/m": "summary.html"}
        routes = []
        for route in app.routes:
            assert isinstance(route, Route)
            path = route.path.replace("{id}", meeting).replace("{view}", "claims").replace("{token}", "x")
            path = path.replace("{name}", next((n for start, n in names.items() if path.startswith(start)), ""))
            routes += [(method, path) for method in sorted(route.methods or ())]
        port = server.port
        hosts = ["evil.example", f"evil.example:{port}", "127.0.0.1", "localhost", f"localhost.:{port}", f"127.0.0.1.:{port}", f"127.0.0.1:{port}.evil.example",
                 f"evil.example@127.0.0.1:{port}", f"127.0.0.1@evil.example:{port}", "0.0.0.0", f"0.0.0.0:{port}", f"127.1:{port}", f"2130706433:{port}", f"0x7f.1:{port}",
                 f"127.0.0.2:{port}", f"[::]:{port}", f"[::ffff:127.0.0.1]:{port}", f"LOCALHOST:{port}", f"localhost:{port + 1}", f"localhost:0{port}", f"localhost.evil.example:{port}",
                 f"127.0.0.1.nip.io:{port}", "null", "*", "a" * 300, f"localhost:{port},evil.example", f"evil.example, localhost:{port}", f"xn--loclhost-d4a:{port}", f"http://localhost:{port}", f"localhost:{port}/x"]  # fmt: skip
        origins = ["http://evil.example", "https://evil.example", "null", "http://127.0.0.1", f"https://127.0.0.1:{port}", f"http://localhost:{port}", f"http://127.0.0.1:{port + 1}",
                   f"http://127.0.0.1:{port}.evil.example", f"http://evil.example:{port}", f"http://[::1]:{port}", f"http://127.0.0.1.nip.io:{port}", "file://"]  # fmt: skip
        assert (len(hosts), len(origins)) == (30, 12)
        cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())

        def ask(method: str, path: str, **headers: str) -> int:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.putrequest(method, path, skip_host=True)
            body = b"{}" if method == "POST" else b""
            for name, value in {
                "host": f"127.0.0.1:{port}",
                "content-type": "application/json",
                "content-length": str(len(body)),
                **headers,
            }.items():
                connection.putheader(name.replace("_", "-"), value)
            connection.endheaders(body)
            status = connection.getresponse().status
            connection.close()
            return status

        def share(found: list[int]) -> str:
            refused = sum(400 <= s < 500 and s not in (404, 422) for s in found)
            return f"{refused} of {len(found)} refused"

        say("routes (with their methods)", len(routes))
        say("without a token", share([ask(m, p, origin=server.home, sec_fetch_site="same-origin") for m, p in routes]))
        say(
            "with a foreign host",
            share([ask(m, p, host=h, cookie=cookie, origin=server.home) for h in hosts for m, p in routes]),
        )
        writes = [(m, p) for m, p in routes if m == "POST"]
        say("writes", len(writes))
        say("with a foreign origin", share([ask(m, p, cookie=cookie, origin=o) for o in origins for m, p in writes]))
        say(
            "with a foreign site",
            share(
                [
                    ask(m, p, cookie=cookie, sec_fetch_site=s)
                    for s in ("cross-site", "same-site", "none")
                    for m, p in writes
                ]
            ),
        )
        own = [ask(m, p, cookie=cookie, origin=server.home) for m, p in routes if not p.startswith("/launch")]
        say(
            "the editor's own browser, for comparison",
            f"{sum(s < 400 or s in (400, 422) for s in own)} of {len(own)} answered",
        )
        server.stop()


# ---- fluency -----------------------------------------------------------------------------------------------------------------

PAINT = """
window.times = [];
addEventListener("keydown", (e) => {
  const began = e.timeStamp;
  requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => times.push(performance.now() - began); c.port2.postMessage(0); });
}, true);
"""
SEEK = """([n, word]) => {
  const line = document.querySelectorAll(".line")[n]; line.scrollIntoView({block: "center"});
  const text = line.querySelector("p").firstChild; const words = text.data.split(" ");
  const start = words.slice(0, word).join(" ").length + (word ? 1 : 0);
  const r = document.createRange(); r.setStart(text, start); r.setEnd(text, start + words[word].length);
  const box = r.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2, words[word]];
}"""


def with_browser() -> Iterator[Any]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def browser(args: argparse.Namespace) -> None:
    """Four hours and 40,000 words in a real browser."""
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as place:
        draft = long_draft(40_000, 4.0)
        folder = meeting_folder(Path(place) / "lib", draft)
        add_sound(folder, 4 * 3600)
        server = Server(folder.parent)
        for chromium in with_browser():
            page = chromium.new_page(viewport={"width": 1280, "height": 860})
            page.goto(server.link)
            page.wait_for_selector(".meetings h2")
            home = server.home + page.locator(".meetings a").first.get_attribute("href").rpartition("/")[0]
            for view, ready in {
                "people": ".voice",
                "claims": ".claim-text",
                "page": "#page",
                "transcript": ".line",
                "publish": ".step",
            }.items():
                opened = []
                for _ in range(3):
                    page.goto("about:blank")
                    began = time.perf_counter()
                    page.goto(f"{home}/{view}", wait_until="commit")
                    page.wait_for_selector(ready)
                    page.evaluate("new Promise(r => requestAnimationFrame(() => setTimeout(r)))")
                    opened.append(time.perf_counter() - began)
                say(f"open {view}, median of 3", f"{statistics.median(opened):.2f} s")
            page.goto(f"{home}/transcript")
            page.wait_for_selector(".line")
            page.wait_for_timeout(1000)
            page.evaluate(PAINT)
            _type(page)
            times = page.evaluate("times")
            say(
                "key to paint, transcript: keys, median / p95 / most",
                f"{len(times)}, {statistics.median(times):.0f} / {statistics.quantiles(times, n=20)[-1]:.0f} / {max(times):.0f} ms",
            )
            page.goto(f"{home}/claims")
            page.wait_for_selector(".claim-text")
            page.evaluate(PAINT)
            page.keyboard.press("e")
            page.keyboard.type("The river rose again in March, and the wardens measured it. " * 2, delay=25)
            times = page.evaluate("times")
            say(
                "key to paint, typing in a claim: keys, median / p95 / most",
                f"{len(times)}, {statistics.median(times):.0f} / {statistics.quantiles(times, n=20)[-1]:.0f} / {max(times):.0f} ms",
            )
            page.keyboard.press("Escape")
            page.wait_for_selector("#saved.ok")
            say("seek error after 200 edits: words, median / most", _seek(page, home, rng))
        server.stop(signal.SIGKILL)


def _type(page: Any) -> None:
    """Moving, finding and correcting, by keys."""
    for key in ["ArrowRight"] * 60 + ["ArrowDown"] * 40 + ["Shift+ArrowRight"] * 10 + ["ArrowUp"] * 20:
        page.keyboard.press(key)
        page.wait_for_timeout(20)
    page.keyboard.press("/")
    page.keyboard.type("the river", delay=25)
    for _ in range(20):
        page.keyboard.press("Enter")
        page.wait_for_timeout(20)
    page.keyboard.press("Escape")
    for _ in range(5):
        page.keyboard.press("e")
        page.keyboard.press("Control+A")
        page.keyboard.type("another wording", delay=25)
        page.keyboard.press("Enter")
        page.wait_for_timeout(60)
        page.keyboard.press("ArrowDown")
    page.wait_for_selector("#saved.ok")


def _seek(page: Any, home: str, rng: random.Random) -> str:
    """Click words of an edited transcript: where the sound is then, against the stretch in which they were said.

    What was said when is kept here, beside the review: of each word its text and the stretch of time (s) in which it,
    or the words that it was put in place of, were said.
    """
    meeting = home.rpartition("/")[2]
    lines = page.evaluate(f"fetch('/api/m/{meeting}/transcript').then(r => r.json())")["lines"]
    true = [[(w, at / 1000, at / 1000) for w, at in zip(line["words"], line["at"], strict=True)] for line in lines]
    revision = page.evaluate(f"fetch('/api/m/{meeting}').then(r => r.json())")["revision"]
    edited = set()
    while len(edited) < 200:
        n = rng.randrange(len(lines))
        at = rng.randrange(len(lines[n]["words"]) - 1)
        if n in edited:
            continue
        edited.add(n)
        start, end = lines[n]["at"][at] / 1000, lines[n]["to"][at + 1] / 1000
        after = rng.choice(["one", "a longer wording of it", "two words"])
        command = {
            "do": "words",
            "before": " ".join(lines[n]["words"][at : at + 2]),
            "after": after,
            "start": start,
            "end": end,
        }
        body = {"revision": revision, "group": f"seek{n}", "commands": [command]}
        revision = page.evaluate(
            "([m, body]) => fetch(`/api/m/${m}/edits`, {method: 'POST', headers: {'content-type': 'application/json'}, body}).then(r => r.json())",
            [meeting, json.dumps(body)],
        )["revision"]
        true[n][at : at + 2] = [(w, start, end) for w in after.split()]
    page.goto(f"{home}/transcript")
    page.wait_for_selector(".line")
    page.wait_for_function("() => document.querySelector('#sound').readyState > 0")
    page.evaluate(
        "document.querySelector('#sound').addEventListener('seeking', (e) => { window.sought = e.target.currentTime })"
    )
    errors = []
    for _ in range(80):
        n = rng.choice(sorted(edited))  # the lines that were edited are where it could go wrong
        word = rng.randrange(len(true[n]))
        text, start, end = true[n][word]
        x, y, shown = page.evaluate(SEEK, [n, word])
        assert shown == text, (shown, text)
        page.evaluate("window.sought = null")
        page.mouse.click(x, y)
        page.wait_for_function("() => window.sought !== null")
        sought = page.evaluate("window.sought")
        errors.append(max(0.0, start - sought, sought - end))
    return f"{len(errors)}, {statistics.median(errors):.3f} / {max(errors):.3f} s"


# ---- seeded errors --------------------------------------------------------------------------------------------------------------


INVENTED = (
    "The meeting agreed to raise the annual fee next spring.",
    "Members asked the council for a new building and were refused.",
    "The chair promised to publish all accounts within a month.",
)
ROLES = ("Treasurer", "Professor of Botany", "Harbour Master", "Press Officer")
BODIES = ("Northgate Museum", "Institute of Weather", "Lowland Railways")


def _other_name(text: str, names: list[str], rng: random.Random) -> str | None:
    there = [n for n in names if n in text]
    others = [n for n in names if n not in text and n.split()[-1] not in text]
    return text.replace(there[0], rng.choice(others), 1) if there and others else None


def _other_number(text: str, rng: random.Random) -> str | None:
    found = re.search(r"\b\d+\b", text)
    return f"{text[: found.start()]}{int(found.group()) + rng.randint(1, 9)}{text[found.end() :]}" if found else None


def _spoil(points: list[Point], names: list[str], rng: random.Random) -> tuple[dict[str, Point], dict[str, str]]:
    """Statements with three numbers, three names and a sentence that are wrong, by id; and what was done to each."""
    spoiled: dict[str, Point] = {}
    wrong: dict[str, str] = {}
    makers = {
        "number": (3, lambda text: _other_number(text, rng)),
        "name": (3, lambda text: _other_name(text, names, rng)),
        "sentence": (1, lambda text: f"{text} {rng.choice(INVENTED)}"),
    }
    for kind, (count, make) in makers.items():
        able = [(p, text) for p in points if p.id not in spoiled and (text := make(p.text))]
        for point, text in able[:count]:
            spoiled[point.id] = point.model_copy(update={"text": text})
            wrong[f"point:{point.id}"] = kind
    return spoiled, wrong


def seed(draft: DraftDocument, rng: random.Random) -> tuple[DraftDocument, dict[str, str]]:
    """Ten errors in a draft: three names, three numbers, two roles, an organisation, a sentence that nobody said.

    Gives the draft and the claims that are wrong, with what was done to each. The transcript stays right.
    """
    people = list(draft.summary.people)
    points = [p for s in draft.summary.sections for p in s.points]
    rng.shuffle(points)
    spoiled, wrong = _spoil(points, [p.name for p in people], rng)
    spoke = [n for n, p in enumerate(people) if p.spoke]
    rng.shuffle(spoke)
    for n, kind in zip(spoke, ("role", "role", "organisation"), strict=False):
        other = rng.choice(ROLES if kind == "role" else BODIES)
        wrong[f"person:{people[n].name}"] = kind
        people[n] = people[n].model_copy(update={kind: other})
    sections = tuple(
        Section(kind=s.kind, heading=s.heading, points=tuple(spoiled.get(p.id, p) for p in s.points))
        for s in draft.summary.sections
    )
    summary = draft.summary.model_copy(update={"people": tuple(people), "sections": sections})
    return draft.model_copy(update={"summary": summary}), wrong


def seeded(args: argparse.Namespace) -> None:
    """Where the queue has the seeded errors, and how many keys mend one."""
    with tempfile.TemporaryDirectory() as place:
        total: Counter[str] = Counter()
        top: Counter[str] = Counter()
        said: Counter[str] = Counter()
        drafts = {name: Meeting(folder).draft() for name, folder in made(Path(place)).items()}
        for trial in range(args.trials):
            for name, draft in drafts.items():
                spoiled, wrong = seed(draft, random.Random(f"{args.seed}-{trial}-{name}"))
                claims = claims_of(working_on(spoiled))
                third = {c.id for c in claims[: max(1, round(len(claims) / 3))]}
                for claim in claims:
                    if claim.id in wrong:
                        total[wrong[claim.id]] += 1
                        top[wrong[claim.id]] += claim.id in third
                        said[wrong[claim.id]] += bool(claim.warnings)
        say("drafts", f"{len(drafts)} x {args.trials} seedings, {total.total()} errors")
        for kind in sorted(total):
            say(f"{kind}: in the top third / with the reason said", f"{top[kind]} / {said[kind]} of {total[kind]}")
        say("all: in the top third", f"{top.total()} of {total.total()}, {10 * top.total() / total.total():.1f} of 10")
        _mend(Path(place) / "mend", drafts["webinar"], args)


def _mend(place: Path, draft: DraftDocument, args: argparse.Namespace) -> None:
    """Mend each error in the browser by keys, and count what was pressed; text typed in one go is one action."""
    spoiled, wrong = seed(draft, random.Random(args.seed))
    right = {f"point:{p.id}": p.text for s in draft.summary.sections for p in s.points}
    people = {f"person:{p.name}": p for p in draft.summary.people}
    folder = meeting_folder(place, spoiled)
    server = Server(place)
    actions: list[int] = []
    for chromium in with_browser():
        page = chromium.new_page()
        page.goto(server.link)
        page.wait_for_selector(".meetings h2")
        page.goto(server.home + page.locator(".meetings a").first.get_attribute("href").rpartition("/")[0] + "/claims")
        page.wait_for_selector(".claim-text")
        for claim in [c.id for c in claims_of(working_on(spoiled)) if c.id in wrong]:
            shown = {**{f"point:{p.id}": p.text for s in spoiled.summary.sections for p in s.points}}
            while (shown[claim] if claim in shown else claim.partition(":")[2]) not in page.locator(
                ".claim-text"
            ).inner_text():
                page.keyboard.press("j")  # claims between them, which have to be judged anyway
            count = 1
            page.keyboard.press("e")
            if claim in right:
                page.keyboard.press("Control+A")
                page.keyboard.insert_text(right[claim])
                count += 1
            else:
                field = wrong[claim]
                while page.evaluate("document.activeElement.name") != field:
                    page.keyboard.press("Tab")
                    count += 1
                page.keyboard.press("Delete")
                page.keyboard.insert_text(getattr(people[claim], field) or "")
                count += 1
            while page.locator("#card textarea, #card input[name]").count():
                page.keyboard.press("Enter")
                count += 1
                page.wait_for_timeout(400)
            actions.append(count)
        page.wait_for_selector("#saved.ok")
    server.stop()
    after = Meeting(folder).document().summary
    texts = {f"point:{p.id}": p.text for s in after.sections for p in s.points}
    now = {f"person:{p.name}": p for p in after.people}
    mended = sum(
        texts[c] == right[c]
        if c in right
        else (now[c].role, now[c].organisation) == (people[c].role, people[c].organisation)
        for c in wrong
    )
    say("mended by keys alone", f"{mended} of {len(wrong)}")
    say("actions each: median / most", f"{statistics.median(actions):g} / {max(actions)}")


def main() -> None:
    """One of the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["saves", "kills", "regenerations", "strangers", "browser", "seeded"])
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--saves", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--regenerations", type=int, default=100)
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    globals()[args.what](args)


if __name__ == "__main__":
    main()

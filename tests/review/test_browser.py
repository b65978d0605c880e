"""The review in a real browser: with the keyboard alone, by two at once, through a crash, over four hours."""

import json
import signal
from pathlib import Path
from typing import Any

from pipeline.records import Turn, Word
from pipeline.review.ledger import Ledger
from tests.review.helpers import DRAFT, add_sound, meeting_folder


def type_over(page: Any, text: str) -> None:
    """Replace the text of the field that has the focus, by keys."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def settled(page: Any) -> None:
    """Everything is saved."""
    page.wait_for_selector("#saved.ok")


def decide_all(page: Any) -> None:
    """Accept claim after claim until none is left."""
    for _ in range(80):
        if page.locator(".note.good").count():
            return
        page.keyboard.press("a")
        page.keyboard.press("n")
        page.wait_for_timeout(60)
    raise AssertionError("There is always another claim.")


def open_claim(page: Any, text: str) -> None:
    """Go to a claim by keys, from the first one on."""
    page.wait_for_selector(".claim-text")
    while " 1 of" not in page.locator("#card .kicker").inner_text().replace("\n", " "):
        page.keyboard.press("k")
    for _ in range(60):
        if text in page.locator("#card").inner_text():
            return
        page.keyboard.press("j")
    raise AssertionError(text)


def name_the_nameless_voice(page: Any) -> None:
    """The eighth voice is somebody from the roster."""
    page.wait_for_selector(".voice.current")
    for _ in range(7):
        page.keyboard.press("j")
    page.keyboard.press("e")
    type_over(page, "Silvia Marchetti")
    page.keyboard.press("Enter")
    settled(page)
    page.wait_for_selector(".voice h2:has-text('Silvia Marchetti')")
    page.keyboard.press("Escape")
    page.keyboard.press("]")
    page.wait_for_url("**/claims")


def work_through_the_claims(page: Any) -> None:
    """One dropped; one worded wrongly, warned of and mended; the rest accepted."""
    open_claim(page, "cheap gauge")
    page.keyboard.press("e")
    type_over(page, "Idris Sal praised 400 dams in Paris.")
    page.wait_for_selector(".note.warn:has-text('Idris Sal')")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Press Enter again")
    type_over(page, "A two-pound gauge that somebody reads beats the best probe that nobody visits.")
    page.keyboard.press("Enter")
    page.wait_for_selector(".note:has-text('Press Enter again'), .claim-text")
    if page.locator("textarea").count():
        page.keyboard.press("Enter")
    page.wait_for_selector("textarea", state="detached")
    open_claim(page, "whether the wardens of two counties")
    page.keyboard.press("d")
    page.keyboard.press("n")
    decide_all(page)
    settled(page)


def test_from_draft_to_published_page_with_the_keyboard_alone(tmp_path: Path, serve: Any, browse: Any):
    """No mouse: name a voice, word a claim, drop one, accept the rest, read on, approve, publish."""
    folder = meeting_folder(tmp_path / "lib")
    server = serve(folder.parent)
    page = browse(server.link)
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.closest('.meetings') === null"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    name_the_nameless_voice(page)
    work_through_the_claims(page)
    for view in ("page", "transcript", "publish"):
        page.keyboard.press("]")
        page.wait_for_url(f"**/{view}")
    page.wait_for_selector("text=Every claim is decided")
    page.keyboard.press("a")
    page.wait_for_selector("text=Approved by")
    page.keyboard.press("p")
    page.wait_for_selector("h2:has-text('Published')")
    text = (folder / "final" / "summary.md").read_text()
    assert "A two-pound gauge that somebody reads" in text
    assert "Idris Sal praised" not in text
    assert "two counties could share" not in text
    assert "Silvia Marchetti" in (folder / "final" / "transcript.txt").read_text()
    assert json.loads((folder / "final" / "publication.json").read_text())["approved_by"]
    assert server.stop() == 0
    assert "Silvia Marchetti" in (folder / "transcript.txt").read_text()


def test_two_browsers_editing_at_once(tmp_path: Path, serve: Any, browse: Any):
    """Different claims go through; on the same claim the second sees the difference and chooses."""
    folder = meeting_folder(tmp_path / "lib")
    server = serve(folder.parent)
    edna = browse(server.link)
    edna.click("#another")
    link = edna.locator(".toast").inner_text().partition(": ")[2]
    otto = browse(link)
    otto.once("dialog", lambda d: d.accept("Otto"))
    otto.click("#me")
    otto.wait_for_selector("#me:has-text('Otto')")
    for page in (edna, otto):
        page.click(".meetings a")
        page.wait_for_selector(".voice")
        page.goto(page.url.replace("/people", "/claims"))
        open_claim(page, "gauge read on time")
    edna.keyboard.press("e")
    type_over(edna, "Edna words it so.")
    edna.keyboard.press("Escape")
    settled(edna)
    otto.keyboard.press("e")
    type_over(otto, "Otto words it so.")
    otto.wait_for_selector("#conflict[open]")
    assert "Edna words it so." in otto.locator("#conflict").inner_text()
    otto.keyboard.type("m")  # still typing: chooses nothing
    otto.wait_for_timeout(1200)
    assert otto.locator("#conflict[open]").count()
    otto.keyboard.press("m")
    settled(otto)
    otto.keyboard.press("Escape")
    edna.keyboard.press("j")
    edna.keyboard.press("a")  # another claim, on a page that is behind: nothing to choose
    settled(edna)
    assert not edna.locator("#conflict[open]").count()
    texts = [s.edit.text for s in Ledger(folder / ".afterword").edits() if s.edit.kind == "text"]
    assert texts[-1] == "Otto words it so."
    assert "Edna words it so." in texts


def test_a_server_killed_in_mid_edit_loses_nothing(tmp_path: Path, serve: Any, browse: Any):
    """What was typed is kept in the browser, said to be unsaved, and saved when the review is there again."""
    folder = meeting_folder(tmp_path / "lib")
    server = serve(folder.parent)
    page = browse(server.link)
    page.goto(f"{server.home}{page.locator('.meetings a').first.get_attribute('href')}".replace("/people", "/claims"))
    open_claim(page, "gauge read on time")
    page.keyboard.press("e")
    type_over(page, "Saved before the crash.")
    settled(page)
    server.stop(signal.SIGKILL)
    type_over(page, "Typed while the server was gone.")
    page.wait_for_selector("#saved.bad")
    server.start()
    claims = page.url
    page.on("dialog", lambda d: d.accept())  # "leave the page?"
    page.goto(server.link)
    page.wait_for_selector(".meetings h2")
    page.goto(claims)
    settled(page)
    texts = [s.edit.text for s in Ledger(folder / ".afterword").edits() if s.edit.kind == "text"]
    assert texts == ["Saved before the crash.", "Typed while the server was gone."]
    page.reload()
    page.wait_for_selector(".claim-text")
    page.keyboard.press("u")  # undo, across reload and crash
    page.wait_for_selector(".toast:has-text('Taken back')")


def long_draft(words: int, hours: float) -> Any:
    """The fictional meeting, as long as wanted."""
    each = hours * 3600 / words
    vocabulary = (
        "the river rose again in march and the wardens measured every pool by the old stone bridge twice".split()
    )
    turns, at = [], 0
    while at < words:
        texts = [vocabulary[(n * 7 + n // 5) % len(vocabulary)] for n in range(at, min(words, at + 60))]
        texts[-1] += "."
        spoken = tuple(
            Word(text=t, start=(at + n) * each, end=(at + n + 0.9) * each, probability=0.9) for n, t in enumerate(texts)
        )
        name = ("Marguerite Oyelaran", "Henrik Solberg", None)[at // 60 % 3]
        turns.append(
            Turn(
                start=spoken[0].start, end=spoken[-1].end, voice=f"V0{at // 60 % 3 + 1}", name=name, confidence=0.9,
                named_by="introduction" if name else None, words=spoken,
            )
        )  # fmt: skip
        at += 60
    conversation = DRAFT.conversation.model_copy(update={"turns": tuple(turns), "duration": hours * 3600})
    themed = DRAFT.themed.model_copy(update={"parts": ()})
    return DRAFT.model_copy(update={"conversation": conversation, "themed": themed})


def test_a_four_hour_meeting(tmp_path: Path, serve: Any, browse: Any):
    """40,000 words: all of them there for the browser's find, found, heard at the right moment, corrected everywhere."""
    draft = long_draft(40_000, 4.0)
    folder = meeting_folder(tmp_path / "lib", draft)
    add_sound(folder, 4 * 3600)
    server = serve(folder.parent)
    page = browse(server.link, viewport={"width": 1200, "height": 800})
    page.goto(
        f"{server.home}{page.locator('.meetings a').first.get_attribute('href')}".replace("/people", "/transcript")
    )
    page.wait_for_selector(".line")
    assert page.evaluate("document.querySelectorAll('.line').length") > 600
    assert page.evaluate("document.querySelector('#transcript').textContent.split(/[ ]+/).length") > 39_000
    page.keyboard.press("/")
    page.keyboard.type(" ".join(w.text for w in draft.conversation.turns[400].words[10:13]))
    page.keyboard.press("Enter")
    page.wait_for_selector("#found:has-text(' of ')")
    page.keyboard.press("Escape")
    page.wait_for_function("() => document.querySelector('#sound').readyState > 0")
    line = page.locator(".line .moment").nth(600)
    line.scroll_into_view_if_needed()
    line.click()
    page.wait_for_function("() => document.querySelector('#sound').currentTime > 1000")
    heard = page.evaluate("document.querySelector('#sound').currentTime")
    hours, minutes, seconds = ([0, 0, 0, *map(int, line.inner_text().split(":"))])[-3:]
    assert abs(heard - (hours * 3600 + minutes * 60 + seconds)) < 3
    page.keyboard.press("Space")
    page.keyboard.press("e")
    before = page.locator("#before").inner_text()
    type_over(page, "Quern")
    page.wait_for_selector("#places li")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".toast:has-text('Quern')")
    settled(page)
    server.stop()
    assert "Quern" in (folder / "transcript.txt").read_text()
    assert f" {before.strip('.')} " not in (folder / "transcript.txt").read_text()


def test_the_page_view_words_restores_and_shows_differences(tmp_path: Path, serve: Any, browse: Any):
    """The page in the frame is the page that is published; a statement is worded beside it and put back."""
    folder = meeting_folder(tmp_path / "lib")
    server = serve(folder.parent)
    page = browse(server.link)
    page.goto(f"{server.home}{page.locator('.meetings a').first.get_attribute('href')}".replace("/people", "/page"))
    frame = page.frame_locator("#page")
    frame.locator("[data-point=keynote-2]").click()
    page.wait_for_selector("#side .claim-text")
    page.keyboard.press("e")
    type_over(page, "In his view, a dear gauge is worth nothing.")
    page.keyboard.press("Enter")
    settled(page)
    frame.locator("text=a dear gauge").wait_for()
    page.keyboard.press("f")
    page.wait_for_selector("#side ins")
    page.keyboard.press("r")
    frame.locator("text=a cheap gauge").wait_for()


def test_no_view_is_wider_than_a_phone(tmp_path: Path, serve: Any, browse: Any):
    """Nothing has to be scrolled sideways, and every control has a name."""
    folder = meeting_folder(tmp_path / "lib")
    add_sound(folder, 30)
    server = serve(folder.parent)
    page = browse(server.link, viewport={"width": 390, "height": 800})
    home = page.locator(".meetings a").first.get_attribute("href").rpartition("/")[0]
    for view in ("", "people", "claims", "page", "transcript", "publish"):
        page.goto(f"{server.home}{home}/{view}" if view else server.home)
        page.wait_for_function("() => !document.querySelector('main [aria-busy=true]')")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, view
        nameless = page.evaluate(
            "[...document.querySelectorAll('button,input,textarea,select')].filter(e => e.checkVisibility() && "
            "!(e.ariaLabel || e.title || e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML)"
        )
        assert nameless == [], view

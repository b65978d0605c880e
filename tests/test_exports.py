"""Data, subtitles and RTTM: what other programs read is what the contract says, whatever the words hold."""

import json
import re
from pathlib import Path

import pytest
import webvtt

from pipeline.exports import (
    CUE_SECONDS,
    LINE_CHARACTERS,
    conversation_json,
    cues,
    speakers_rttm,
    summary_json,
    transcript_srt,
    transcript_txt,
    transcript_vtt,
)
from pipeline.plain import at_moment, clean, clock, date_in_words, duration_in_words, safe_url, stamp
from pipeline.records import Conversation, Turn, Word
from tests.fixtures import CONVERSATION, SUMMARY, turn
from tests.naughty import NAUGHTY


def talk(*turns: Turn) -> Conversation:
    return CONVERSATION.model_copy(update={"turns": turns})


def spoken(conversation: Conversation) -> list[str]:
    return " ".join(clean(t.text) for t in conversation.turns).split()


# ---- data ------------------------------------------------------------------------------------------------------------


def test_floats_have_three_decimals():
    """Rounding keeps the files small and the same on every machine."""
    third = talk(turn(1 / 3, 2 / 3, "A", "one two"))
    data = json.loads(conversation_json(third))
    assert data["turns"][0]["start"] == 0.333
    assert all(len(str(w["start"]).partition(".")[2]) <= 3 for w in data["turns"][0]["words"])
    assert not re.search(r"\d\.\d{4}", summary_json(SUMMARY))


def test_the_conversation_has_a_turn_to_a_line():
    """Two versions can be compared by eye; the text is there without joining words."""
    lines = conversation_json(CONVERSATION).splitlines()
    assert len(lines) == len(CONVERSATION.turns) + 2
    assert json.loads("\n".join(lines))["turns"][3]["text"].startswith("Four of you offered")


def test_plain_text():
    """Time, name, text; who has no name goes by the voice, who has none by nothing."""
    lines = transcript_txt(CONVERSATION).splitlines()
    assert lines[3].startswith("[00:20:38] Marguerite Oyelaran: Four of you")
    assert lines[10] == "[00:39:04] V08: We did insure ours, for a season."
    assert lines[12] == "[00:44:10] [laughter]"


def test_rttm():
    """Ten fields, no blanks inside; a turn without length is left out."""
    odd = talk(turn(0, 1.5, "Ada  Quill", "x"), turn(2, 2, "B", "y"), turn(3, 4, None, "z", voice=None))
    assert speakers_rttm(odd) == (
        "SPEAKER river-wardens-spring 1 0.000 1.500 <NA> <NA> Ada_Quill <NA> <NA>\n"
        "SPEAKER river-wardens-spring 1 3.000 1.000 <NA> <NA> unknown <NA> <NA>\n"
    )
    assert all(len(line.split(" ")) == 10 for line in speakers_rttm(CONVERSATION).splitlines())


# ---- subtitles -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [False, True])
def test_cues_are_short_and_hold_every_word(named: bool):
    """Two lines of 42 characters, seven seconds, in order, nothing lost."""
    found = cues(CONVERSATION, named_in_line=named)
    assert " ".join(" ".join(c.lines) for c in found).split() == spoken(CONVERSATION)
    for cue in found:
        assert 1 <= len(cue.lines) <= 2
        assert cue.start < cue.end <= cue.start + CUE_SECONDS + 0.001 or len(" ".join(cue.lines).split()) == 1
        head = len(f"{cue.speaker}: ") if named and cue.speaker else 0
        assert head + len(cue.lines[0]) <= LINE_CHARACTERS or " " not in cue.lines[0]


def test_cues_end_where_people_pause_or_end_a_sentence():
    """A reader takes a cue in as one thought."""
    words = [
        Word(text=t, start=s, end=s + 0.3, probability=1)
        for t, s in (("Yes.", 0), ("We", 3), ("can.", 3.4), ("But", 3.8), ("not", 4.2), ("now", 4.6))
    ]
    one = Turn(start=0, end=5, voice="V01", name=None, confidence=1, named_by=None, words=tuple(words))
    assert [c.lines for c in cues(talk(one))] == [("Yes.",), ("We can. But not now",)]
    long = turn(0, 30, "A", "This is the first sentence of it, it is not short. And here is another one, longer still.")
    assert [" ".join(c.lines)[-1] for c in cues(talk(long))][-1] == "."


def test_vtt_can_be_read_again(tmp_path: Path):
    """By webvtt-py, with the voice of each cue."""
    (tmp_path / "x.vtt").write_text(transcript_vtt(CONVERSATION), encoding="utf-8")
    captions = webvtt.read(str(tmp_path / "x.vtt")).captions
    assert captions[0].voice == "Marguerite Oyelaran"
    assert captions[0].start == "00:00:02.000"
    assert " ".join(c.text for c in captions).split() == spoken(CONVERSATION)


def test_srt_can_be_read_again(tmp_path: Path):
    """Numbers in order, the name before the text."""
    (tmp_path / "x.srt").write_text(transcript_srt(CONVERSATION), encoding="utf-8")
    captions = webvtt.from_srt(str(tmp_path / "x.srt")).captions
    assert captions[0].text.startswith("Marguerite Oyelaran: Good afternoon")
    text = transcript_srt(CONVERSATION)
    assert [int(n) for n in re.findall(r"^(\d+)\n\d\d:", text, re.MULTILINE)] == list(range(1, len(captions) + 1))


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_no_word_breaks_a_subtitle(text: str, tmp_path: Path):
    """Arrows, blank lines and tags inside words or names stay text."""
    word = Word(text=text, start=1, end=2, probability=1)
    odd = talk(
        Turn(start=1, end=2, voice="V01", name=text, confidence=1, named_by="roster", words=(word,)),
        turn(3, 4, "B", "end"),
    )
    shown = 2 if clean(text) else 1
    vtt, srt = transcript_vtt(odd), transcript_srt(odd)
    assert vtt.count("-->") == srt.count("-->") == shown
    (tmp_path / "x.vtt").write_text(vtt, encoding="utf-8")
    (tmp_path / "x.srt").write_text(srt, encoding="utf-8")
    assert len(webvtt.read(str(tmp_path / "x.vtt"))) == shown
    assert len(webvtt.from_srt(str(tmp_path / "x.srt"))) == shown
    assert len(transcript_txt(odd).splitlines()) == 2
    assert all(len(line.split(" ")) == 10 for line in speakers_rttm(odd).splitlines())
    assert json.loads(conversation_json(odd))["turns"][0]["name"] == text


def test_an_empty_conversation():
    """No turns: files that say so, not files that fail."""
    empty = talk()
    assert transcript_vtt(empty) == "WEBVTT\n"
    assert transcript_srt(empty) == transcript_txt(empty) == speakers_rttm(empty) == ""
    assert json.loads(conversation_json(empty))["turns"] == []


# ---- small helpers ---------------------------------------------------------------------------------------------------


def test_times_and_dates_in_words():
    """As an organiser writes them, in any locale."""
    assert [clock(s) for s in (0, 42.9, 723, 3723)] == ["0:00", "0:42", "12:03", "1:02:03"]
    assert stamp(3599.9996) == "01:00:00.000"
    assert stamp(1.25, comma=True) == "00:00:01,250"
    assert date_in_words("2025-03-11") == "Tuesday 11 March 2025"
    assert date_in_words("next week") == "next week"
    assert date_in_words(None) is None
    assert [duration_in_words(s) for s in (1, 40, 60, 3240, 3600, 3900)] == [
        "1 second", "40 seconds", "1 minute", "54 minutes", "1 hour", "1 hour 5 minutes",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("address", "at"),
    [
        ("https://a.example/x.mp4", "https://a.example/x.mp4#t=12"),
        ("https://a.example/x?y=1#old", "https://a.example/x?y=1#t=12"),
        ("https://www.youtube.com/watch?v=abc", "https://www.youtube.com/watch?v=abc&t=12"),
        ("https://youtu.be/abc?t=3", "https://youtu.be/abc?t=12"),
    ],
)
def test_moments_of_a_recording(address: str, at: str):
    """A media fragment, or the parameter of a known player."""
    assert at_moment(address, 12.9) == at


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "x", "", None,
     "http://", "https://[bad", "mailto:nobody", "\x00javascript:x", " vbscript:x"],
)  # fmt: skip
def test_unsafe_addresses_are_no_links(address: str | None):
    """Only http, https and mailto can be followed from a page."""
    assert safe_url(address) is None

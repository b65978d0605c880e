"""Transcripts of every origin become the same record; nothing damaged brings the reader down."""

import itertools
import json
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.records import Transcript
from pipeline.transcripts import is_voice_label, read_transcript
from pipeline.transcripts.text import decoded

DATA = Path(__file__).parents[2] / "shared" / "data"


def read(folder: Path, name: str, content: str | bytes) -> Transcript:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_transcript(path, meeting="m")


def said(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(u.label, u.text) for u in transcript.utterances]


ZOOM = """WEBVTT

1
00:00:01.440 --> 00:00:03.300
Grace Holloway: Good morning everyone, and welcome.

2
00:00:03.780 --> 00:00:06.000
potuz: Note: this is recorded.

3
00:00:06.100 --> 00:00:09.000
milen | Erigon: So the question is: who starts?

4
01:00:06.100 --> 01:00:09.000
Marcos A. Maceo: I do.
"""


def test_zoom_captions_keep_the_display_names(tmp_path: Path) -> None:
    found = read(tmp_path, "a.vtt", ZOOM)
    assert said(found) == [
        ("Grace Holloway", "Good morning everyone, and welcome."),
        ("potuz", "Note: this is recorded."),
        ("milen | Erigon", "So the question is: who starts?"),
        ("Marcos A. Maceo", "I do."),
    ]
    assert (found.made_by, found.coverage, found.duration, found.language) == ("WebVTT", 1.0, 3609.0, "en")


def test_teams_voice_tags_are_labels(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\n\nid-0\n00:00:01.000 --> 00:00:05.000 align:start\n<v Marek Novák>Hello &amp; welcome</v>\n\n"
        "00:00:05.000 --> 00:00:09.000\n<v.loud Leila Hassan>Thank you.</v> <v Marek Novák>Pleasure.</v>\n"
    )
    found = read(tmp_path, "a.vtt", vtt)
    assert said(found) == [
        ("Marek Novák", "Hello & welcome"),
        ("Leila Hassan", "Thank you."),
        ("Marek Novák", "Pleasure."),
    ]
    assert found.utterances[1].end == found.utterances[2].start


@pytest.mark.parametrize(
    "text",
    [
        "Note: the lights are off.",
        "So the question is: who pays?",
        "Important: bring a coat.",
        "One thing: we are late.",
        "My point: it works.",
    ],
)
def test_words_before_a_colon_in_plain_captions_are_no_labels(tmp_path: Path, text: str) -> None:
    cues = ["We begin.", text, "It went well.", "And then we stopped.", text]
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"00:00:{i:02d}.000 --> 00:00:{i + 1:02d}.000\n{cue}" for i, cue in enumerate(cues)
    )
    found = read(tmp_path, "a.vtt", vtt)
    assert {u.label for u in found.utterances} == {None}
    assert text in [u.text for u in found.utterances]


def test_labels_only_where_the_speaker_changes_hold_until_the_next(tmp_path: Path) -> None:
    lines = ["ANNA BERG: Hello.", "We begin now.", "There is much to do.", "TOM LEE: Yes.", "It is.", "ANNA BERG: So."]
    srt = "\n\n".join(f"{i}\n00:00:{i:02d},000 --> 00:00:{i:02d},900\n{line}" for i, line in enumerate(lines, 1))
    labels = [u.label for u in read(tmp_path, "a.srt", srt).utterances]
    assert labels == ["ANNA BERG", "ANNA BERG", "ANNA BERG", "TOM LEE", "TOM LEE", "ANNA BERG"]


def test_dashes_and_brackets_before_labels(tmp_path: Path) -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:04,000\n- Anna: Hello.\n- Tom: Good morning.\n\n"
        "2\n00:00:04,000 --> 00:00:05,000\n[Anna]: Shall we?\n"
    )
    assert said(read(tmp_path, "a.srt", srt)) == [("Anna", "Hello."), ("Tom", "Good morning."), ("Anna", "Shall we?")]


def test_rolling_captions_say_everything_once(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.000 --> 00:00:02.000\nwelcome to the\n\n"
        "00:00:02.000 --> 00:00:02.010\nwelcome to the\n\n"
        "00:00:02.010 --> 00:00:04.000\nwelcome to the\nannual<00:00:02.500><c> meeting</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\nannual meeting\n\n"
        "00:00:04.010 --> 00:00:06.000\nannual meeting\nof the network\n"
    )
    found = read(tmp_path, "a.vtt", vtt)
    assert " ".join(u.text for u in found.utterances) == "welcome to the annual meeting of the network"


def test_two_people_who_say_the_same_thing_both_said_it(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"00:00:{i:02d}.000 --> 00:00:{i + 1:02d}.000\n{who}: Good morning."
        for i, who in enumerate(["Ann", "Bo", "Ann"])
    )
    assert len(read(tmp_path, "a.vtt", vtt).utterances) == 3


def test_sloppy_captions_are_read_all_the_same(tmp_path: Path) -> None:
    """No header, commas and points mixed, wrong order, no blank lines, notes, an empty cue, a cue that ends before it
    begins, sounds in brackets."""
    text = (
        "NOTE made by hand\nover two lines\n\nSTYLE\n::cue { color: red }\n\n"
        "2\n00:00:10,5 --> 00:00:12.500 position:50%\nsecond\n3\n00:00:12.500 --> 00:00:13,000\nthird\n\n"
        "00:00:01.000 --> 00:00:02.000\nfirst &lt;b&gt;\n\n00:00:14.000 --> 00:00:15.000\n\n"
        "00:00:16.000 --> 00:00:15.000\n<i>last</i>\n\n00:00:17.000 --> 00:00:18.000\n[Music]\n"
    )
    found = read(tmp_path, "a.vtt", text)
    assert [u.text for u in found.utterances] == ["first <b>", "second", "third", "last"]
    assert all(u.start < u.end for u in found.utterances)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_common_encoding_and_line_end(tmp_path: Path, encoding: str, newline: str) -> None:
    vtt = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nZoë Müller: Good morning.\n\n00:00:03.000 --> 00:00:04.000\nZoë Müller: Café?\n"
    found = read(tmp_path, "a.vtt", vtt.replace("\n", newline).encode(encoding))
    assert said(found) == [("Zoë Müller", "Good morning."), ("Zoë Müller", "Café?")]


def test_words_share_their_cue_by_length(tmp_path: Path) -> None:
    found = read(tmp_path, "a.srt", "1\n00:00:10,000 --> 00:00:14,000\nI understand completely\n")
    words = found.utterances[0].words
    assert [w.text for w in words] == ["I", "understand", "completely"]
    assert (words[0].start, words[-1].end) == (10.0, 14.0)
    assert words[0].end - words[0].start < words[1].end - words[1].start
    assert all(a.end == b.start for a, b in itertools.pairwise(words))


def test_whisper_and_whisperx_json(tmp_path: Path) -> None:
    data = {
        "language": "english",
        "segments": [
            {
                "start": 0.5, "end": 3.0, "text": " In 2024 we met.", "speaker": "SPEAKER_00",
                "words": [
                    {"word": "In", "start": 0.5, "end": 0.7, "score": 0.8},
                    {"word": "2024"},
                    {"word": "we", "start": 1.6, "end": 1.8, "score": 0.9, "speaker": "SPEAKER_00"},
                    {"word": "met.", "start": 1.8, "end": 2.4, "score": 1.2, "speaker": "SPEAKER_01"},
                ],
            },
            {"start": 4.0, "end": 5.0, "text": "Indeed.", "speaker": "SPEAKER_01", "words": []},
        ],
    }  # fmt: skip
    found = read(tmp_path, "a.json", json.dumps(data))
    assert said(found) == [("SPEAKER_00", "In 2024 we"), ("SPEAKER_01", "met."), ("SPEAKER_01", "Indeed.")]
    year = found.utterances[0].words[1]
    assert (year.start, year.end) == (0.7, 1.6), "a word without a time fills the gap"
    assert found.utterances[1].words[0].probability == 1.0
    assert found.language == "en"


@pytest.mark.parametrize(
    "data",
    [
        [{"start": 0, "end": 1, "text": "Hello there."}],
        {"transcription": [{"offsets": {"from": 0, "to": 1000}, "text": " Hello there."}]},
        {"chunks": [{"timestamp": [0.0, 1.0], "text": "Hello there."}]},
        {"segments": [{"start": "0", "end": None, "text": "Hello there."}]},
        {"segments": [{"start": 0, "end": 1, "text": "Hello there.", "words": [{"word": "Hello"}, 7, None]}]},
        {"segments": [None, 3, {"start": float("inf"), "end": -4, "text": "Hello there."}]},
    ],
)
def test_other_shapes_of_recogniser_output(tmp_path: Path, data: object) -> None:
    assert [u.text for u in read(tmp_path, "a.json", json.dumps(data)).utterances] == ["Hello there."]


@pytest.mark.parametrize("text", ['{"a": 1}', "[]", "3", "null", '{"segments": 5}', "{", "[" * 100_000])
def test_json_of_another_kind_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        read(tmp_path, "a.json", text)


def write_docx(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_a_teams_document_with_names_and_times(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx",
        "Winter webinar-20250311_100000-Meeting Recording",
        "March 11, 2025, 10:00AM",
        "1h 2m 3s",
        "Grace Holloway started transcription",
        "Grace Holloway   0:03\nGood morning everyone.\nCan you hear me?",
        "Marek Novak\t0:12\nYes, we can.",
        "Grace Holloway stopped transcription",
    )
    found = read_transcript(path, meeting="m")
    assert said(found) == [
        ("Grace Holloway", "Good morning everyone. Can you hear me?"),
        ("Marek Novak", "Yes, we can."),
    ]
    assert [u.start for u in found.utterances] == [3.0, 12.0]
    assert found.utterances[0].end <= 12.0


def test_the_older_teams_document_with_ranges(tmp_path: Path) -> None:
    path = write_docx(
        tmp_path / "a.docx",
        "0:0:0.0 --> 0:0:3.510\nGrace Holloway\nGood morning.",
        "0:0:4.0 --> 0:0:6.0\nTom Fletcher\nMorning!",
    )
    found = read_transcript(path, meeting="m")
    assert [(u.label, u.text, u.start, u.end) for u in found.utterances] == [
        ("Grace Holloway", "Good morning.", 0.0, 3.51),
        ("Tom Fletcher", "Morning!", 4.0, 6.0),
    ]


def test_a_damaged_document_is_refused(tmp_path: Path) -> None:
    whole = write_docx(tmp_path / "whole.docx", "Anna: Hello.").read_bytes()
    for content in (b"PK\x03\x04 not really", b"plain text", whole[: len(whole) // 2]):
        (tmp_path / "a.docx").write_bytes(content)
        with pytest.raises(InputError):
            read_transcript(tmp_path / "a.docx", meeting="m")


def test_plain_text_with_names_has_estimated_times(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "Anna Berg: Good morning to you all.\nWe begin.\n\nTom Lee: Thank you, Anna.\n")
    assert said(found) == [("Anna Berg", "Good morning to you all. We begin."), ("Tom Lee", "Thank you, Anna.")]
    assert found.duration == pytest.approx(10 * 60 / 150)


def test_titles_and_seats_in_labels(tmp_path: Path) -> None:
    """In a parliament's transcript half of the speakers have a title with a full stop, and long words in brackets."""
    text = "\n".join(
        [
            "The Chair (Hon. Anna Berg (Northern Shore and Islands, Lib.)): Welcome to you all.",
            "Hon. Tom Lee: Thank you, madam chair.",
            "Mrs. Ida Moss (Kelby Lakes and the Western Valleys of Saint Elmo, CPC): What did it cost?",
            "Right Hon. Tom Lee (Prime Minister): As I said in the end: nothing.",
        ]
    )
    found = read(tmp_path, "a.txt", text)
    assert [label for label, _ in said(found)] == [line.split(": ")[0] for line in text.splitlines()]


def test_plain_text_with_stamps(tmp_path: Path) -> None:
    text = "[00:00:05] Anna: Hello.\n[00:01:00] Tom: Hello, Anna.\nAll well?\n00:02:00 - Anna: Yes.\n"
    found = read(tmp_path, "a.txt", text)
    assert [(u.start, u.label) for u in found.utterances] == [(5.0, "Anna"), (60.0, "Tom"), (120.0, "Anna")]


def test_plain_text_without_anything_is_one_voice(tmp_path: Path) -> None:
    found = read(tmp_path, "a.txt", "We met in March.\n\nNote: it rained.\n")
    assert {u.label for u in found.utterances} == {None}
    assert found.utterances[-1].words[-1].text == "rained."


@pytest.mark.parametrize("name", ["a.vtt", "a.srt", "a.txt", "a.json", "a.docx"])
@pytest.mark.parametrize("content", [b"", b"  \n\n ", b"\x00\x01\x02\xff" * 400])
def test_empty_and_binary_files_are_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(InputError):
        read(tmp_path, name, content)


def test_a_transcript_without_words_has_no_speech(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no speech"):
        read(tmp_path, "a.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n[Applause]\n")


@pytest.mark.parametrize(
    "label",
    [
        "Speaker 1",
        "SPEAKER_00",
        "V01",
        "Unknown",
        "unknown speaker",
        "Speaker A",
        "S2",
        "Participant 3",
        "spk_1",
        "Speaker",
    ],
)
def test_voice_labels_are_not_names(label: str) -> None:
    assert is_voice_label(label)


@pytest.mark.parametrize(
    "label", ["Grace Holloway", "potuz", "Vera", "Sam", "Stefan", "S. Speaker-Jones", "Guestrin", "V. Rao"]
)
def test_names_are_not_voice_labels(label: str) -> None:
    assert not is_voice_label(label)


@given(st.binary(max_size=400))
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(decoded(data), str)


@settings(deadline=None, max_examples=40)  # writes a file each time
@given(st.text(max_size=300))
def test_any_cue_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        found = read(folder, "a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n\n".encode("utf-8", "replace"))
    except InputError:
        return
    for word in (w for u in found.utterances for w in u.words):
        assert word.text == word.text.strip()
        assert word.text


def test_hostile_strings_survive_as_words(tmp_path: Path) -> None:
    path = DATA / "naughty-strings.json"
    if not path.exists():
        pytest.skip("the hostile strings are not on this machine")
    strings = json.loads(path.read_text(encoding="utf-8"))
    segments = [{"start": i, "end": i + 1, "text": s, "speaker": s} for i, s in enumerate(strings)]
    for name, content in (
        ("a.json", json.dumps({"segments": segments})),
        ("a.txt", "\n".join(f"Ann: {s}" for s in strings)),
        (
            "a.vtt",
            "WEBVTT\n\n"
            + "\n\n".join(
                f"{i // 60:02d}:{i % 60:02d}.000 --> {i // 60:02d}:{i % 60:02d}.900\n{s}" for i, s in enumerate(strings)
            ),
        ),
    ):
        found = read(tmp_path, name, content.encode("utf-8", "surrogatepass"))
        found.model_dump_json()


def test_the_real_captions_are_all_labelled() -> None:
    files = sorted((DATA / "zoom-meetings").glob("*/transcript.vtt"))
    if not files:
        pytest.skip("the real captions are not on this machine")
    for path in files:
        found = read_transcript(path, meeting="m")
        assert all(u.label for u in found.utterances), path.parent.name

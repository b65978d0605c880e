"""Recognition as a stage: resumable, sceptical of nonsense, honest about what is missing."""

import json
from pathlib import Path

import pytest

from pipeline.engines.whisper import CannedRecogniser
from pipeline.errors import EngineError, InputError
from pipeline.records import Chunk, Span, Word
from pipeline.sound import Samples
from pipeline.stages.transcribe import (
    PARTIAL,
    Heard,
    Manner,
    Transcribe,
    coverage,
    merit,
    recites,
    repetition,
    suspicious,
)
from tests.stages.helpers_sound import chunks_of, spans, utterance, work_in

SPEECH = [
    utterance("Good morning everyone and welcome.", 1.0),
    utterance("My name is Grace.", 4.0),
    utterance("Thank you all for coming today.", 11.0),
]


def test_every_word_keeps_its_place_in_time(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    transcript = Transcribe(CannedRecogniser(SPEECH))(chunks_of(audio, (0.8, 6.0), (10.8, 13.6)), work)
    assert [w for u in transcript.utterances for w in u.words] == [w for u in SPEECH for w in u.words]
    assert (transcript.language, transcript.made_by, transcript.duration) == ("en", "canned", 20)
    assert transcript.coverage > 0.85


def test_a_killed_run_resumes_at_the_window_in_flight(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    chunks = chunks_of(audio, (0.8, 6.0), (10.8, 13.6))
    with pytest.raises(EngineError):
        Transcribe(CannedRecogniser(SPEECH, fail_at=11.0))(chunks, work)
    again = CannedRecogniser(SPEECH)
    resumed = Transcribe(again)(chunks, work)
    assert again.calls == 1, "the first window was kept"
    Transcribe(again).forget(tmp_path)
    assert not (tmp_path / PARTIAL).exists()
    assert resumed == Transcribe(CannedRecogniser(SPEECH))(chunks, work)


def test_a_half_written_result_is_done_again(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    chunks = chunks_of(audio, (0.8, 6.0), (10.8, 13.6))
    with pytest.raises(EngineError):
        Transcribe(CannedRecogniser(SPEECH, fail_at=11.0))(chunks, work)
    with (tmp_path / PARTIAL).open("a") as file:
        file.write('{"start": 10.8, "end": 13.6, "heard": {"utter')
    with pytest.raises(EngineError):
        Transcribe(CannedRecogniser(SPEECH, fail_at=11.0))(chunks, work)
    lines = (tmp_path / PARTIAL).read_text().splitlines()
    assert [json.loads(line).get("start") for line in lines] == [None, 0.8]
    assert len(Transcribe(CannedRecogniser(SPEECH))(chunks, work).utterances) == 2


def test_results_kept_under_other_settings_are_not_used(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    chunks = chunks_of(audio, (0.8, 6.0), (10.8, 13.6))
    with pytest.raises(EngineError):
        Transcribe(CannedRecogniser(SPEECH, fail_at=11.0))(chunks, work)
    again = CannedRecogniser(SPEECH)
    Transcribe(again, hotwords=("Grace Holloway",))(chunks, work)
    assert again.calls == 2


def test_no_words_at_all_is_no_speech(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 5)
    with pytest.raises(InputError, match="no speech"):
        Transcribe(CannedRecogniser([]))(chunks_of(audio, (1, 2)), work)


def test_doubtful_words_where_nobody_speaks_are_dropped_and_reported(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 29)
    chunks = chunks_of(audio, (0, 29)).model_copy(update={"speech": spans((0.8, 3.2))})
    said = [SPEECH[0], utterance("Thanks for watching!", 20.0, sure=0.3), utterance("Really.", 25.0, sure=0.95)]
    transcript = Transcribe(CannedRecogniser(said))(chunks, work)
    text = " ".join(u.text for u in transcript.utterances)
    assert "watching" not in text
    assert "Really." in text, "a word that was heard clearly counts for more than the speech detector"
    assert "3 words" in transcript.warnings[0]


def test_the_language_is_what_most_windows_are_spoken_in(tmp_path: Path) -> None:
    class Polyglot(CannedRecogniser):
        def language_of(self, samples: Samples) -> tuple[str, float]:
            return ("fr", 0.9) if len(samples) < 40_000 else ("de", 0.6)

    work, audio = work_in(tmp_path, 20)
    chunks = chunks_of(audio, (0.8, 3.0), (4.0, 8.0), (10.8, 14.6))
    assert Transcribe(Polyglot(SPEECH))(chunks, work).language == "de"
    assert Transcribe(Polyglot(SPEECH), language="en")(chunks, work).language == "en"


class Stubborn(CannedRecogniser):
    """Repeats itself until it is asked to forbid repetition, and remembers how it was asked."""

    def __init__(self) -> None:
        super().__init__([])
        self.manners: list[Manner] = []

    def transcribe(self, samples: Samples, *, offset: float, manner: Manner) -> Heard:
        self.manners.append(manner)
        text = "and so on " * 30 if not manner.no_repeat else "and so we close the meeting with thanks to you all"
        return Heard(utterances=(utterance(text, offset, step=0.2),))


def test_a_window_that_repeats_itself_is_decoded_another_way(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    engine = Stubborn()
    transcript = Transcribe(engine, hotwords=("Ada",))(chunks_of(audio, (0, 18)), work)
    assert "thanks" in transcript.utterances[0].text
    assert engine.manners[0].hotwords == ("Ada",)
    assert engine.manners[1].hotwords == (), "the hint may have caused it"


class Sleepy(CannedRecogniser):
    """Hears nothing in windows longer than ten seconds."""

    def transcribe(self, samples: Samples, *, offset: float, manner: Manner) -> Heard:
        if len(samples) > 160_000:
            return Heard(utterances=())
        return Heard(utterances=(utterance("this was said somewhere in the first or second part", offset),))


def test_a_window_that_stays_empty_is_split_in_its_longest_gap(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 18)
    transcript = Transcribe(Sleepy([]))(chunks_of(audio, (0, 16)), work)
    assert len(transcript.utterances) == 2


def test_what_makes_a_result_suspicious() -> None:
    chunk = Chunk(start=0, end=10, speech=(Span(start=0, end=10),))
    names = ("Ada Byron", "Grace Hopper", "Alan Turing")
    fine = Heard(utterances=(utterance("We met the county council and they agreed to the lease.", 0),))
    recited = Heard(utterances=(utterance("Ada Byron, Grace Hopper, Alan Turing, they all spoke.", 0),))
    assert not suspicious(fine, chunk, names)
    assert suspicious(Heard(utterances=()), chunk, names)
    assert recites(recited, names)
    assert suspicious(recited, chunk, names)
    assert suspicious(fine.model_copy(update={"cut_short": True}), chunk, names)
    assert repetition(Heard(utterances=(utterance("yes " * 80, 0),))) > 2.4
    assert merit(fine, chunk, names) > merit(recited, chunk, names) > merit(Heard(utterances=()), chunk, names)


def test_coverage_is_the_share_of_speech_under_words() -> None:
    speech = spans((0, 10), (20, 30))
    assert coverage((utterance("a b c d e f g h i j", 0, step=1.0),), speech) == pytest.approx(0.5, abs=0.02)
    word = Word(text="x", start=0, end=30, probability=1)
    assert coverage((utterance("x", 0).model_copy(update={"words": (word,)}),), speech) == 1.0
    assert coverage((), ()) == 0.0

"""Recognition as a stage: resumable, sceptical of nonsense, honest about what is missing."""

import json
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline import sound
from pipeline.engines.whisper import CannedRecogniser
from pipeline.errors import EngineError, InputError
from pipeline.hearing import GROUP, Heard, Manner, Piece, merit, recites, repetition, suspicious
from pipeline.records import Chunk, Chunks, Span, Word
from pipeline.sound import Samples
from pipeline.stages import Work
from pipeline.stages.transcribe import PARTIAL, Transcribe, coverage
from tests.stages.helpers_sound import chunks_of, spans, utterance, work_in

SPEECH = [
    utterance("Good morning everyone and welcome.", 1.0),
    utterance("My name is Grace.", 4.0),
    utterance("Thank you all for coming today.", 11.0),
]


# Two groups and a half: in each second something is said, and each window is two seconds long.
TALK = [utterance(f"word {n} here", n + 0.1, step=0.2) for n in range(5 * GROUP)]


def talk_in(folder: Path) -> tuple[Work, Chunks]:
    work, audio = work_in(folder, len(TALK))
    return work, chunks_of(audio, *((n, n + 2) for n in range(0, len(TALK), 2)))


def test_every_word_keeps_its_place_in_time(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    transcript = Transcribe(CannedRecogniser(SPEECH))(chunks_of(audio, (0.8, 6.0), (10.8, 13.6)), work)
    assert [w for u in transcript.utterances for w in u.words] == [w for u in SPEECH for w in u.words]
    assert (transcript.language, transcript.made_by, transcript.duration) == ("en", "canned", 20)
    assert transcript.coverage > 0.85


class Noting(CannedRecogniser):
    """Notes the groups that it was asked about, by where their windows begin."""

    def __init__(self, *, fail_at: float | None = None, workers: int = 1) -> None:
        super().__init__(TALK, fail_at=fail_at)
        self.workers = workers
        self.groups: list[list[float]] = []

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        self.groups.append([piece.offset for piece in pieces])
        return super().transcribe(pieces, manner=manner)


@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_windows_are_recognised_together_whoever_works(tmp_path: Path, workers: int) -> None:
    work, chunks = talk_in(tmp_path)
    engine = Noting(workers=workers)
    Transcribe(engine)(chunks, work)
    begins = [chunk.start for chunk in chunks.chunks]
    assert sorted(engine.groups) == [begins[:GROUP], begins[GROUP : 2 * GROUP], begins[2 * GROUP :]]


def test_a_killed_run_resumes_at_the_group_in_flight(tmp_path: Path) -> None:
    work, chunks = talk_in(tmp_path)
    with pytest.raises(EngineError):
        Transcribe(Noting(fail_at=2 * GROUP + 3))(chunks, work)
    again = Noting()
    resumed = Transcribe(again)(chunks, work)
    assert again.groups[0] == list(range(2 * GROUP, 4 * GROUP, 2)), "the first group was kept, the second is done again"
    Transcribe(again).forget(tmp_path)
    assert not (tmp_path / PARTIAL).exists()
    assert resumed == Transcribe(Noting())(chunks, work)


def test_a_half_written_result_is_done_again(tmp_path: Path) -> None:
    work, chunks = talk_in(tmp_path)
    with pytest.raises(EngineError):
        Transcribe(Noting(fail_at=2 * GROUP))(chunks, work)
    kept = (tmp_path / PARTIAL).read_text()
    with (tmp_path / PARTIAL).open("a") as file:
        file.write(kept.splitlines()[1][:200])
    with pytest.raises(EngineError):
        Transcribe(Noting(fail_at=2 * GROUP))(chunks, work)
    assert (tmp_path / PARTIAL).read_text().startswith(kept)
    assert all(json.loads(line) for line in (tmp_path / PARTIAL).read_text().splitlines())
    assert len(Transcribe(Noting())(chunks, work).utterances) == len(chunks.chunks)


def test_a_group_that_is_cut_otherwise_is_done_again(tmp_path: Path) -> None:
    """Other company may change a word: what was kept counts for the same windows together only."""
    work, chunks = talk_in(tmp_path)
    with pytest.raises(EngineError):
        Transcribe(Noting(fail_at=2 * GROUP))(chunks, work)
    again = Noting()
    Transcribe(again)(chunks.model_copy(update={"chunks": chunks.chunks[1:]}), work)
    begins = [chunk.start for chunk in chunks.chunks[1:]]
    assert again.groups == [begins[at : at + GROUP] for at in range(0, len(begins), GROUP)]


def test_results_kept_under_other_settings_are_not_used(tmp_path: Path) -> None:
    work, chunks = talk_in(tmp_path)
    with pytest.raises(EngineError):
        Transcribe(Noting(fail_at=2 * GROUP))(chunks, work)
    again = Noting()
    Transcribe(again, hotwords=("Grace Holloway",))(chunks, work)
    assert again.calls == len(chunks.chunks)


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


def test_a_model_of_one_language_waits_for_no_vote(tmp_path: Path) -> None:
    """The first group is recognised as soon as it is cut, not when ten minutes are."""

    began = threading.Event()

    class English(CannedRecogniser):
        def only_language(self) -> str | None:
            return "en"

        def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
            began.set()
            return super().transcribe(pieces, manner=manner)

    work, chunks = talk_in(tmp_path)

    def windows() -> Iterator[Chunk]:
        yield from chunks.chunks[:GROUP]
        assert began.wait(30)
        yield from chunks.chunks[GROUP:]

    read = sound.reader(work.folder / chunks.audio.pcm)
    heard = Transcribe(English(TALK)).heard(windows(), read, "0", work, total=lambda: 0.0)
    assert (heard.language, len(heard.found)) == ("en", len(chunks.chunks))


class Stubborn(CannedRecogniser):
    """Repeats itself until it is asked to forbid repetition, and remembers how it was asked."""

    def __init__(self) -> None:
        super().__init__([])
        self.manners: list[Manner] = []

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        self.manners.append(manner)
        text = "and so on " * 30 if not manner.no_repeat else "and so we close the meeting with thanks to you all"
        return [Heard(utterances=(utterance(text, piece.offset, step=0.2),)) for piece in pieces]


def test_a_window_that_repeats_itself_is_decoded_another_way(tmp_path: Path) -> None:
    work, audio = work_in(tmp_path, 20)
    engine = Stubborn()
    transcript = Transcribe(engine, hotwords=("Ada",))(chunks_of(audio, (0, 18)), work)
    assert "thanks" in transcript.utterances[0].text
    assert engine.manners[0].hotwords == ("Ada",)
    assert engine.manners[1].hotwords == (), "the hint may have caused it"


class Sleepy(CannedRecogniser):
    """Hears nothing in windows longer than ten seconds."""

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        return [self._found(piece) for piece in pieces]

    def _found(self, piece: Piece) -> Heard:
        if len(piece.samples) > 160_000:
            return Heard(utterances=())
        return Heard(utterances=(utterance("this was said somewhere in the first or second part", piece.offset),))


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

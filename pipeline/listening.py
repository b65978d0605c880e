"""Decoding, cutting and recognising one recording side by side.

The decoder's process writes samples, the listener follows it and cuts windows, and the recogniser takes each window as
soon as it is cut: the first words are there within seconds, however long the recording is. The file of samples and
the short queue of windows are all that stands between them.

What is stored is the same as if the three stages had run one after another, each under its own fingerprint.
"""

import contextlib
import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from pipeline.progress import Progress
from pipeline.records import Audio, Chunk, Chunks, Recording, Transcript
from pipeline.sound import Growing
from pipeline.stages import Work
from pipeline.stages.chunk import CutChunks, Cutting
from pipeline.stages.decode import PCM, Decode
from pipeline.stages.transcribe import HeardAll, Transcribe
from pipeline.steps import Steps

AHEAD = 64  # windows that may wait for the recogniser


def listen(
    recording: Recording, decode: Decode, cut: CutChunks, transcribe: Transcribe, steps: Steps
) -> tuple[Chunks, Transcript]:
    """The recording's windows and words, from the store as far as they are there."""
    audio = steps.folder.stored(Audio, decode, (recording,))
    if audio is None or not decode.holds(audio, steps.folder.work):
        chunks, transcript = _SideBySide(recording, decode, cut, transcribe, steps)()
    else:
        steps.note(decode, reused=True)
        chunks = steps(Chunks, cut, audio)
        transcript = steps(Transcript, transcribe, chunks)
    transcribe.forget(steps.folder.work)
    return chunks, transcript


class _SideBySide:
    """One recording being listened to while it is decoded."""

    def __init__(
        self, recording: Recording, decode: Decode, cut: CutChunks, transcribe: Transcribe, steps: Steps
    ) -> None:
        self._recording, self._decode, self._cut, self._transcribe = recording, decode, cut, transcribe
        self._steps = steps
        self._growing = Growing(steps.folder.work / PCM)
        self._queue: queue.Queue[Chunk | None] = queue.Queue(AHEAD)
        self._given_up = False
        self._total = 0.0

    def __call__(self) -> tuple[Chunks, Transcript]:
        with ThreadPoolExecutor(2, thread_name_prefix="listening") as pool:
            decoding = pool.submit(self._decoded)
            cutting = pool.submit(self._all_cut, decoding)
            try:
                return self._recognised(decoding, cutting)
            except BaseException:
                self._give_up()
                raise

    def _give_up(self) -> None:
        """Let the two threads end: nobody wants their results any more."""
        self._given_up = True
        self._growing.ended(KeyboardInterrupt())
        while True:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                return

    # ---- in threads of their own ---------------------------------------------------------------------------------

    def _decoded(self) -> Audio:
        try:
            audio = self._steps.timed(self._decode.name, self._decode_once)
        except BaseException as error:
            self._growing.ended(error)
            raise
        self._growing.ended()
        return audio

    def _decode_once(self, work: Work) -> tuple[Audio, bool]:
        audio = self._decode(self._recording, Work(work.folder, _Reporting(work.progress, self)))
        self._steps.folder.keep(self._decode, (self._recording,), audio)
        return audio, False

    def _all_cut(self, decoding: Future[Audio]) -> Chunks:
        try:
            return self._steps.timed(self._cut.name, lambda work: self._cut_once(decoding, work))
        finally:
            self._put(None)

    def _cut_once(self, decoding: Future[Audio], work: Work) -> tuple[Chunks, bool]:
        cutting: Cutting = self._cut.cutting(self._growing.read, work.progress)
        windows = []
        for window in cutting.windows():
            windows.append(window)
            self._put(window)
        audio = decoding.result()
        chunks = self._cut.gathered(audio, windows, cutting)
        self._steps.folder.keep(self._cut, (audio,), chunks)
        return chunks, False

    def _put(self, window: Chunk | None) -> None:
        while not self._given_up:
            with contextlib.suppress(queue.Full):
                self._queue.put(window, timeout=0.2)
                return

    def decoded(self, done: float, total: float) -> None:
        """The samples before `done` seconds are there; ends the decoder where nobody waits for them any more."""
        if self._given_up:
            raise KeyboardInterrupt
        self._total = total
        self._growing.reached(done)

    # ---- in the caller's thread ------------------------------------------------------------------------------------

    def _recognised(self, decoding: Future[Audio], cutting: Future[Chunks]) -> tuple[Chunks, Transcript]:
        def once(work: Work) -> tuple[Transcript, bool]:
            heard = self._heard(work)
            # What went wrong first is what the user is to know.
            decoding.result()
            chunks = cutting.result()
            transcript = self._transcribe.written(chunks, heard)
            self._steps.folder.keep(self._transcribe, (chunks,), transcript)
            return transcript, False

        transcript = self._steps.timed(self._transcribe.name, once)
        return cutting.result(), transcript

    def _heard(self, work: Work) -> HeardAll:
        return self._transcribe.heard(
            self._windows(), self._growing.read, self._recording.digest, work, total=lambda: self._total
        )

    def _windows(self) -> Iterator[Chunk]:
        while (window := self._queue.get()) is not None:
            yield window


@dataclass(frozen=True)
class _Reporting:
    """The decoder's progress bar, which also tells those who wait for samples."""

    progress: Progress
    listening: _SideBySide

    def advance(self, done: float, total: float) -> None:
        """See `Progress`."""
        self.listening.decoded(done, total)
        self.progress.advance(done, total)

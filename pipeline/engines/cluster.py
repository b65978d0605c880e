"""The one door to Ray: the recogniser's work shared out to other processes, on this machine or on many.

Each worker is an actor that holds the model; each group of windows is a task that takes its samples (about 1 MB a window)
there and brings words back. A worker that dies is started again and its group sent once more, so it costs that group
only. Decoding, the store and the text stay with the process that was called: the outputs are those of a local run.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Any

import numpy as np

from pipeline.engines.whisper import ModelFolder, Recogniser, resolve
from pipeline.errors import AfterwordError, EngineError, MissingError, first_line
from pipeline.hearing import Heard, Manner, Piece
from pipeline.records import Span
from pipeline.sound import Read, Samples

LOCAL = "local"
KNOCK = 10.0  # s that a cluster has to answer
RETRIES = 3  # times that a group is sent again whose worker died; one that kills every worker fails its recording
INSTALL = "pip install 'afterword[cluster]'"


class Worker:
    """What an actor does: it holds the model and answers for single groups of windows."""

    def __init__(self, asr: str | None, threads: int) -> None:
        """Find the model on this machine; it is loaded at the first window."""
        self._engine = Recogniser(resolve(asr, offline=True), threads=threads)

    def identity(self) -> dict[str, object]:
        """What the words of this worker depend on, and which process it is."""
        return {**self._engine.identity(), "pid": os.getpid()}

    def transcribe(self, pieces: list[tuple[bytes, float]], manner: str) -> list[str]:
        """See `Recogniser.transcribe`; samples travel as on disk, records as JSON."""
        sounds = [Piece(_samples(pcm), offset) for pcm, offset in pieces]
        heard = self._engine.transcribe(sounds, manner=Manner.model_validate_json(manner))
        return [each.model_dump_json() for each in heard]

    def only_language(self) -> str | None:
        """See `Recogniser.only_language`."""
        return self._engine.only_language()

    def language_of(self, pcm: bytes) -> tuple[str, float]:
        """See `Recogniser.language_of`."""
        return self._engine.language_of(_samples(pcm))


def _samples(pcm: bytes) -> Samples:
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)


def _pcm(samples: Samples) -> bytes:
    """The samples as they were on disk; exact, because they came from there."""
    return (samples * np.float32(32768)).astype("<i2").tobytes()


class ClusterRecogniser:
    """The recogniser's work on a Ray cluster, behind the same face as `whisper.Recogniser`."""

    def __init__(
        self, folder: ModelFolder, asr: str | None, address: str, *, workers: int | None, threads: int
    ) -> None:
        """Join the cluster at `address`, or start one here ("local"), and place `workers` actors on it.

        Without `workers` there are as many as the cluster has cores for. Raises `MissingError` where Ray is not
        installed, the cluster cannot be reached, or a machine of it lacks the model.
        """
        self._here = Recogniser(folder)  # listens and knows its name; its model is never loaded
        self.folder, self.window = folder, self._here.window
        self._ray = _ray()
        before = signal.getsignal(signal.SIGTERM)
        self._join(address, workers, threads)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)  # Ray puts its own there, which ends the process without a word
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        self.workers = workers or max(1, cores // threads)
        actor = self._ray.remote(Worker).options(
            num_cpus=threads, max_restarts=-1, max_task_retries=RETRIES, max_concurrency=1
        )
        self._actors = [actor.remote(asr, threads) for _ in range(self.workers)]
        self._idle: SimpleQueue[Any] = SimpleQueue()
        for at, worker in enumerate(self._actors):
            self._check(worker, at)
            self._idle.put(worker)

    def _join(self, address: str, workers: int | None, threads: int) -> None:
        quiet = {"log_to_driver": False, "logging_level": "ERROR", "include_dashboard": False}
        try:
            if address == LOCAL:
                cores = (workers or max(1, len(os.sched_getaffinity(0)) // threads)) * threads
                self._ray.init(num_cpus=cores, **quiet)
            else:
                _knock(address)
                self._ray.init(address=address, log_to_driver=False, logging_level="ERROR")
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise MissingError(
                f"The cluster at {address} cannot be joined ({first_line(error)}).",
                do="Start it with `ray start --head` on its first machine and give the address that it prints, "
                "or use --cluster local.",
            ) from error

    def _check(self, worker: Any, at: int) -> None:
        """Only with the same model and libraries everywhere are the outputs those of a local run."""
        found = dict(self._answer(worker.identity.remote()))
        found.pop("pid")
        if found != self.identity():
            different = [key for key, value in self.identity().items() if found.get(key) != value]
            raise MissingError(
                f"Worker {at + 1} of the cluster has another {', '.join(different)} than this machine.",
                do=f"Install the same version of Afterword there ({INSTALL}) and run `afterword models pull`.",
            )

    def pids(self) -> list[int]:
        """The workers' processes."""
        return [int(self._answer(worker.identity.remote())["pid"]) for worker in self._actors]

    def close(self) -> None:
        """Leave the cluster; one that was started here ends."""
        self._ray.shutdown()

    # ---- the recogniser's face -------------------------------------------------------------------------------------

    def identity(self) -> dict[str, object]:
        """See `Recogniser.identity`: where the work is done does not change the words."""
        return self._here.identity()

    def speech_rules(self) -> dict[str, object]:
        """See `SpeechListener.speech_rules`."""
        return self._here.speech_rules()

    def speech_spans(self, read: Read, *, heard: Callable[[float], None]) -> Iterator[Span]:
        """See `SpeechListener.speech_spans`; listening is cheap and stays here."""
        return self._here.speech_spans(read, heard=heard)

    def only_language(self) -> str | None:
        """See `Recogniser.only_language`; the model is loaded there, not here."""
        only: str | None = self._asked(lambda worker: worker.only_language.remote())
        return only

    def language_of(self, samples: Samples) -> tuple[str, float]:
        """See `Recogniser.language_of`."""
        language, sure = self._asked(lambda worker: worker.language_of.remote(_pcm(samples)))
        return str(language), float(sure)

    def transcribe(self, pieces: Sequence[Piece], *, manner: Manner) -> list[Heard]:
        """See `Recogniser.transcribe`."""
        sent = [(_pcm(piece.samples), piece.offset) for piece in pieces]
        told = manner.model_dump_json()
        heard = self._asked(lambda worker: worker.transcribe.remote(sent, told))
        return [Heard.model_validate_json(each) for each in heard]

    def _asked(self, ask: Callable[[Any], Any]) -> Any:
        worker = self._idle.get()
        try:
            return self._answer(ask(worker))
        finally:
            self._idle.put(worker)

    def _answer(self, task: Any) -> Any:
        try:
            return self._ray.get(task)
        except self._ray.exceptions.RayTaskError as error:
            raise _ours(error) from error
        except self._ray.exceptions.RayError as error:
            raise EngineError(
                f"A worker of the cluster was lost ({type(error).__name__}).",
                do="Run the same command again: it continues where it stopped. `ray status` shows the machines.",
            ) from error


def _knock(address: str) -> None:
    """Raise `OSError` where nobody answers: Ray itself would wait for minutes, and then end the process."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if port.isdigit():  # else a name that Ray itself knows, such as "auto"
        socket.create_connection((host.strip("[]"), int(port)), timeout=KNOCK).close()


def _ours(error: Any) -> AfterwordError:
    """What went wrong in a worker, as it would have been raised here."""
    cause = getattr(error, "cause", None)
    if isinstance(cause, AfterwordError):
        return cause
    return EngineError(
        f"A worker of the cluster failed ({cause or error}).", do="Run the same command again with --debug."
    )


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing leaves the machine
    try:
        import ray  # noqa: PLC0415 - an optional extra, and slow to import
        import ray.exceptions  # noqa: PLC0415
    except ImportError as error:
        raise MissingError("--cluster needs Ray, which is not installed.", do=f"Run `{INSTALL}`.") from error
    return ray


def require() -> None:
    """Raise `MissingError` where Ray is not installed."""
    _ray()

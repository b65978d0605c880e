"""The one door to sherpa-onnx: voices told apart by trained models, better than the built-in rules in real rooms.

An optional extra (`afterword[sherpa]`). Its two models, one that cuts the sound where the voice changes and one that
says how alike two voices are, are fetched by `afterword models pull sherpa`; nothing is fetched during a run. The sound
of the whole recording is held while it works: about 0.25 GB an hour.
"""

import importlib
import importlib.util
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from huggingface_hub import hf_hub_download

from pipeline.errors import AfterwordError, EngineError, MissingError, first_line
from pipeline.progress import Progress
from pipeline.records import Span
from pipeline.stages.voices import Read

SEGMENTS = ("csukuangfj/sherpa-onnx-pyannote-segmentation-3-0", "model.onnx")
VOICES = ("csukuangfj/speaker-embedding-models", "nemo_en_titanet_small.onnx")


@dataclass(frozen=True)
class ModelFiles:
    """Where the two models lie on this machine."""

    segments: Path
    voices: Path


def find_models(cache: Path | None = None) -> ModelFiles:
    """The models in the Hugging Face cache (`cache`: another one). Raises `MissingError` when one is not there."""
    try:
        segments, voices = (
            Path(hf_hub_download(repo, file, local_files_only=True, cache_dir=cache))
            for repo, file in (SEGMENTS, VOICES)
        )
    except (OSError, ValueError) as error:
        raise MissingError(
            "The models of the sherpa voices are not on this machine.",
            do="Run `afterword models pull sherpa`, or use --voices builtin.",
        ) from error
    return ModelFiles(segments, voices)


def fetch_models() -> Path:
    """Fetch both models, with a progress bar; gives the folder of the first. Raises `MissingError`."""
    try:
        found = [Path(hf_hub_download(repo, file)) for repo, file in (SEGMENTS, VOICES)]
    except Exception as error:
        # The hub's client lets its own, its HTTP client's and the file system's exceptions through.
        raise MissingError(
            "The models of the sherpa voices could not be downloaded.",
            do="Check the network, or copy the Hugging Face cache of a machine that has them.",
        ) from error
    return found[0].parent


@dataclass(frozen=True)
class SherpaDiarizer:
    """Finds who speaks when; how many there are is estimated within the bounds given."""

    files: ModelFiles
    alike: float = 0.9  # distance below which two clusters are one voice
    shift: float = 0.5  # of a window; five times as fast as the library's 0.1 and no worse on meetings
    smallest: float = 0.01  # share of all speech below which a cluster is no voice
    threads: int = 2
    made_by: ClassVar[str] = "sherpa"

    @classmethod
    def ready(cls) -> "SherpaDiarizer":
        """With the package and the models of this machine. Raises `MissingError` where one is absent."""
        if importlib.util.find_spec("sherpa_onnx") is None:
            raise MissingError(
                "The sherpa voices need the package sherpa-onnx.",
                do="Run `pip install 'afterword[sherpa]'`, or use --voices builtin.",
            )
        return cls(find_models())

    def identity(self) -> dict[str, object]:
        """What the voices depend on."""
        folders = [self.files.segments.parent.name[:12], self.files.voices.parent.name[:12]]
        return {"voices": "sherpa", "models": folders, "options": [self.alike, self.shift, self.smallest]}

    def voices(
        self,
        read: Read,
        speech: tuple[Span, ...],
        *,
        min_speakers: int | None,
        max_speakers: int | None,
        progress: Progress,
    ) -> list[tuple[float, float, int]]:
        """Who speaks when: (start, end, number of the voice), in time order."""
        if not speech:
            return []
        samples = read(0.0, speech[-1].end)
        known = max_speakers if max_speakers is not None and max_speakers == min_speakers else None
        found = self._listen(samples, known, progress)
        count = len({voice for *_, voice in found})
        if known is None and found:
            wanted = min(max(count, min_speakers or 1), max_speakers or count)
            if wanted != count:
                found = self._listen(samples, wanted, progress)
        return found

    def _listen(self, samples: Any, count: int | None, progress: Progress) -> list[tuple[float, float, int]]:
        try:
            diarizer = _sherpa().OfflineSpeakerDiarization(self._config(count))
            segments = diarizer.process(samples, callback=_teller(progress)).sort_by_start_time()
        except AfterwordError:
            raise
        except Exception as error:
            raise EngineError(
                f"The sherpa voices failed: {first_line(error)}.",
                do="Run `afterword models pull sherpa` again, or use --voices builtin.",
            ) from error
        return without_small([(s.start, s.end, s.speaker) for s in segments], self.smallest)

    def _config(self, count: int | None) -> Any:
        sherpa = _sherpa()
        return sherpa.OfflineSpeakerDiarizationConfig(
            segmentation=sherpa.OfflineSpeakerSegmentationModelConfig(
                pyannote=sherpa.OfflineSpeakerSegmentationPyannoteModelConfig(
                    model=str(self.files.segments), window_shift_ratio=self.shift
                ),
                num_threads=self.threads,
            ),
            embedding=sherpa.SpeakerEmbeddingExtractorConfig(model=str(self.files.voices), num_threads=self.threads),
            clustering=sherpa.FastClusteringConfig(num_clusters=count or -1, threshold=self.alike),
        )


def _sherpa() -> Any:
    return importlib.import_module("sherpa_onnx")  # an optional extra


def _teller(progress: Progress) -> Callable[[int, int], int]:
    def tell(done: int, total: int) -> int:
        progress.advance(done, total)
        return 0

    return tell


def without_small(found: list[tuple[float, float, int]], smallest: float) -> list[tuple[float, float, int]]:
    """The spans of clusters with at least the share `smallest` of the speech; others are noises and laughter."""
    length: defaultdict[int, float] = defaultdict(float)
    for start, end, voice in found:
        length[voice] += end - start
    total = sum(length.values())
    return [span for span in found if length[span[2]] >= smallest * total]

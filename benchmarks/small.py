"""A recogniser of Whisper `small.en`'s shape with random weights, for benchmarks without a download.

    PYTHONPATH=. python benchmarks/small.py FOLDER

(`TINY` has the same windows and words and costs next to nothing: for what depends on the length of a recording.) Every window costs what a real one costs, and is transcribed with exactly `BUDGET` words, whatever was said: the position
encodings of the decoder point at one word after another and then at the end, so strongly that the random layers
between cannot change it. The words are therefore confident and differ from each other, so that neither Afterword nor
faster-whisper decodes a window twice.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, whisper_spec
from tokenizers import Tokenizer, decoders, models, pre_tokenizers


@dataclass(frozen=True)
class Shape:
    """How large a model is."""

    layers: int
    heads: int
    width: int

    @property
    def inner(self) -> int:
        """Width of the layers between."""
        return 4 * self.width


SMALL = Shape(layers=12, heads=12, width=768)
BASE = Shape(layers=6, heads=8, width=512)
TINY = Shape(layers=2, heads=2, width=64)
MELS, POSITIONS, LONGEST = 80, 1500, 448
BUDGET = 90  # words, each a token, of a window of half a minute: three a second
SPECIAL = ["<|endoftext|>", "<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>",
           "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>"]  # fmt: skip
TIMES = [f"<|{step * 0.02:.2f}|>" for step in range(1501)]
WORDS = 51_864 - len(SPECIAL) - len(TIMES)  # small.en's vocabulary
RNG = np.random.default_rng(0)


def _random(*shape: int) -> Any:
    return (RNG.standard_normal(shape, dtype=np.float32) * 0.02).astype(np.float32)


def _linear(spec: Any, rows: int, columns: int, *, bias: bool = True) -> None:
    spec.weight = _random(rows, columns)
    if bias:
        spec.bias = np.zeros(rows, np.float32)


def _norm(spec: Any, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), np.zeros(width, np.float32)


def _layer(layer: Any, shape: Shape, *, crossed: bool) -> None:
    width = shape.width
    attentions = [layer.self_attention, *([layer.attention] if crossed else [])]
    for at, attention in enumerate(attentions):
        _norm(attention.layer_norm, width)
        if at == 0:
            _linear(attention.linear[0], 3 * width, width)
        else:
            _linear(attention.linear[0], width, width)
            _linear(attention.linear[1], 2 * width, width)
        _linear(attention.linear[-1], width, width)
    _norm(layer.ffn.layer_norm, width)
    _linear(layer.ffn.linear_0, shape.inner, width)
    _linear(layer.ffn.linear_1, width, shape.inner)


def _letters(number: int) -> str:
    syllables = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]
    found = ""
    while True:
        number, rest = divmod(number, len(syllables))
        found = syllables[rest] + found
        if number == 0:
            return found


def _vocabulary() -> list[str]:
    # Two words in three begin with a space, as in Whisper's vocabulary; the budget's words all do.
    words = [
        ("Ġ" if i % 3 or i < 4 * BUDGET else "") + _letters(i * 7 + 3) + ("," if i % 9 == 8 else "")
        for i in range(WORDS)
    ]
    return [*words, *SPECIAL, *TIMES]


def _tokenizer(vocabulary: list[str]) -> Tokenizer:
    # What is unknown is a rare word: faster-whisper suppresses what symbols turn into, and the end must not be among that.
    known = {word: at for at, word in enumerate(vocabulary)}
    found = Tokenizer(models.BPE(vocab=known, merges=[], unk_token=vocabulary[WORDS - 1]))
    found.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    found.decoder = decoders.ByteLevel()
    found.add_special_tokens([*SPECIAL, *TIMES])
    return found


def build(folder: Path, shape: Shape = SMALL) -> Path:
    """Write the model, int8, unless it is there already."""
    if (folder / "model.bin").is_file():
        return folder
    width = shape.width
    vocabulary = _vocabulary()
    spec = whisper_spec.WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    assert isinstance(spec.encoder.conv1, common_spec.Conv1DSpec)
    spec.encoder.conv1.weight, spec.encoder.conv1.bias = _random(width, MELS, 3), np.zeros(width, np.float32)
    spec.encoder.conv2.weight, spec.encoder.conv2.bias = _random(width, width, 3), np.zeros(width, np.float32)
    spec.encoder.position_encodings.encodings = _random(POSITIONS, width)
    for part, crossed in ((spec.encoder, False), (spec.decoder, True)):
        _norm(part.layer_norm, width)
        for layer in part.layer:
            _layer(layer, shape, crossed=crossed)
    directions = RNG.standard_normal((len(vocabulary), width), dtype=np.float32)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    spec.decoder.embeddings.weight = _random(len(vocabulary), width)
    # The normed state has length sqrt(width): logits up to sqrt(768), 27.
    spec.decoder.projection.weight = directions * np.float32((SMALL.width / width) ** 0.5)
    spec.decoder.position_encodings.encodings = _pointing(directions, vocabulary)
    spec.decoder.scale_embeddings = False
    spec.config.suppress_ids, spec.config.suppress_ids_begin, spec.config.lang_ids = [], [], []
    spec.config.alignment_heads = [[layer, 0] for layer in range(shape.layers // 2, shape.layers)]
    spec.register_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer(vocabulary).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(
        json.dumps({"feature_size": MELS, "sampling_rate": 16_000, "hop_length": 160, "chunk_length": 30, "n_fft": 400})
    )
    spec.save(str(folder))
    return folder


def _pointing(directions: Any, vocabulary: list[str]) -> Any:
    """Position encodings that say one word after another, and then the end."""
    end = vocabulary.index(SPECIAL[0])
    targets = [at + 1 if at < BUDGET else end for at in range(LONGEST)]
    return (60.0 * directions[targets]).astype(np.float32)


if __name__ == "__main__":
    print(build(Path(sys.argv[1])))

"""Turn a checkpoint into the folder that plain `faster_whisper.WhisperModel(path)` loads.

    python -m models.training.recogniser.export --checkpoint FILE --tokenizer FILE --output DIR

The folder appears whole: it is written beside the target and then moved into its place.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

import torch
from ctranslate2.specs import common_spec, whisper_spec
from tokenizers import Tokenizer

from .features import PREPROCESSOR
from .model import Attention, Recogniser, Shape

MODEL_FILES = ("model.bin", "config.json", "vocabulary.json", "tokenizer.json", "preprocessor_config.json")


def load(checkpoint: Path) -> Recogniser:
    """The model in a checkpoint, on the CPU, ready to run."""
    state = torch.load(checkpoint, weights_only=True, map_location="cpu")
    model = Recogniser(Shape(**state["shape"]))
    model.load_state_dict(state["model"])
    return model.eval()


def _array(tensor: torch.Tensor) -> Any:
    return tensor.detach().float().numpy()


def _linear(spec: Any, *layers: torch.nn.Linear) -> None:
    """One linear, or several side by side (a missing bias counts as zeros)."""
    spec.weight = _array(torch.cat([layer.weight for layer in layers]))
    biases = [layer.bias if layer.bias is not None else torch.zeros(layer.out_features) for layer in layers]
    spec.bias = _array(torch.cat(biases))


def _norm(spec: Any, layer: torch.nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(layer.weight), _array(layer.bias)


def _attention(spec: Any, attention: Attention, norm: torch.nn.LayerNorm, crossed: bool) -> None:
    if crossed:
        _linear(spec.linear[0], attention.q_proj)
        _linear(spec.linear[1], attention.k_proj, attention.v_proj)
    else:
        _linear(spec.linear[0], attention.q_proj, attention.k_proj, attention.v_proj)
    _linear(spec.linear[-1], attention.out_proj)
    _norm(spec.layer_norm, norm)


def _feed_forward(spec: Any, layer: Any) -> None:
    _norm(spec.layer_norm, layer.final_layer_norm)
    _linear(spec.linear_0, layer.fc1)
    _linear(spec.linear_1, layer.fc2)


def specification(model: Recogniser, alignment_heads: list[tuple[int, int]]) -> whisper_spec.WhisperSpec:
    """CTranslate2's description of the model, filled with its weights."""
    shape = model.shape
    spec = whisper_spec.WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    for target, source in ((spec.encoder.conv1, model.encoder.conv1), (spec.encoder.conv2, model.encoder.conv2)):
        target.weight, target.bias = _array(source.weight), _array(source.bias)
    for part, module in ((spec.encoder, model.encoder), (spec.decoder, model.decoder)):
        part.position_encodings.encodings = _array(module.embed_positions.weight)
        _norm(part.layer_norm, module.layer_norm)
        for target, layer in zip(part.layer, module.layers):
            _attention(target.self_attention, layer.self_attn, layer.self_attn_layer_norm, crossed=False)
            if module is model.decoder:
                _attention(target.attention, layer.encoder_attn, layer.encoder_attn_layer_norm, crossed=True)
            _feed_forward(target.ffn, layer)
    spec.decoder.embeddings.weight = _array(model.decoder.embed_tokens.weight)
    spec.decoder.projection.weight = _array(model.decoder.embed_tokens.weight)
    spec.decoder.scale_embeddings = False
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [list(head) for head in alignment_heads]
    assert isinstance(spec.encoder.conv1, common_spec.Conv1DSpec)
    return spec


def export(model: Recogniser, tokenizer: Path, output: Path, quantization: str, heads: list[tuple[int, int]]) -> None:
    """Write the folder; files of the target that are not part of the model (its card) are kept."""
    spec = specification(model, heads)
    vocabulary = Tokenizer.from_file(str(tokenizer)).get_vocab()
    spec.register_vocabulary([name for name, _ in sorted(vocabulary.items(), key=lambda item: item[1])])
    spec.validate()
    spec.optimize(quantization=quantization)
    fresh = output.with_name(f".{output.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    spec.save(str(fresh))
    shutil.copyfile(tokenizer, fresh / "tokenizer.json")
    (fresh / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=2) + "\n", encoding="utf-8")
    output.mkdir(parents=True, exist_ok=True)
    for name in MODEL_FILES:
        os.replace(fresh / name, output / name)
    shutil.rmtree(fresh)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--quantization", default="int8")
    parser.add_argument(
        "--heads", default="", help="alignment heads, as layer.head,layer.head; default: head 0 of every layer"
    )
    arguments = parser.parse_args()
    model = load(arguments.checkpoint)
    heads = [(layer, 0) for layer in range(model.shape.decoder_layers)]
    if arguments.heads:
        heads = [(int(a), int(b)) for a, b in (pair.split(".") for pair in arguments.heads.split(","))]
    export(model, arguments.tokenizer, arguments.output, arguments.quantization, heads)


if __name__ == "__main__":
    main()

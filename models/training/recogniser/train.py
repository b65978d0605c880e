"""Train the recogniser on shards, in stages that follow the share of the time budget used.

    python -m models.training.recogniser.train --shards DIR --tokenizer FILE --run DIR --minutes 90

1. phonemes and pieces of each moment, from short crops, encoder only; 2. the decoder joins on single short utterances, one
cross-attention head per layer guided along the known times; 3. packed windows with padding, silence, blind cuts and, at the
end, prompts. A checkpoint is written every two minutes and when told to stop (SIGTERM); the
same command goes on from it. Shards written meanwhile are picked up.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import random
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed
from torch.nn import functional as F

from .data import IGNORE, PHONE_SECONDS, Batch, Shards, Windows
from .model import Recogniser, Shape

LONGEST = 9.0  # seconds of content; a window at inference holds at most 8


@dataclass(frozen=True)
class Stage:
    """What a step looks like at some share of the budget."""

    decoder: bool
    seconds: float
    size: int
    utterances: int
    padded: bool
    silence: float
    prompts: float


def stage_at(share: float, rng: random.Random) -> Stage:
    """The stage for this step: lengths grow, and so do padding, prompts and silence."""
    if share < 0.09:
        return Stage(False, 3.5, 9, 1, False, 0.0, 0.0)
    if share < 0.43:
        seconds = rng.uniform(2.5, 3.5 + 4.5 * (share - 0.09) / 0.34)
        return Stage(True, seconds, max(3, int(36 / seconds)), 1, rng.random() < 0.5, 0.03, 0.0)
    seconds = rng.uniform(3.0, LONGEST)
    return Stage(True, seconds, max(1, int(40 / seconds)), 8, rng.random() < 0.85, 0.04, 0.0 if share < 0.8 else 0.12)


def learning_rate(share: float, step: int, peak: float) -> float:
    """Warm-up, level until 45 % of the budget, then a line down to nothing."""
    return peak * min(1.0, (step + 1) / 300) * min(1.0, max(0.01, (1 - share) / 0.55))


def guidance(heads: list[Tensor], spans: Tensor) -> Tensor:
    """How far each layer's head 0 is from looking at the time of the piece that its row predicts."""
    known = spans[..., 0] >= 0
    frames = torch.arange(heads[0].shape[-1]) * PHONE_SECONDS
    start, stop = spans[..., :1] - 0.01, spans[..., 1:] + 0.01
    wanted = torch.sigmoid((frames - start) / 0.012) * torch.sigmoid((stop - frames) / 0.012) + 1e-9
    middle = torch.exp(-0.5 * ((frames - (start + stop) / 2) / 0.03) ** 2)
    wanted = wanted + 0.1 * middle
    wanted = wanted / wanted.sum(-1, keepdim=True)
    total = torch.zeros(())
    for head in heads:
        total = total - (wanted * head).sum(-1)[known].mean()
    return total / len(heads)


def known_mean(scores: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy over the frames whose target is known; nothing where none is."""
    total = F.cross_entropy(scores.flatten(0, 1), targets.flatten(), ignore_index=IGNORE, reduction="sum")
    return total / (targets != IGNORE).sum().clamp(min=1)


def padding_sample(rng: random.Random, start: int, stop: int, count: int = 48) -> Tensor:
    """Positions that stand for all those from `start` to `stop`: one drawn from each of `count` equal stretches."""
    count = min(count, stop - start)
    width = (stop - start) / max(count, 1)
    return torch.tensor([int(start + (i + rng.random()) * width) for i in range(count)], dtype=torch.long)


def losses(
    model: Recogniser, batch: Batch, decoder: bool, offset: int, padding: Tensor | None, own: float
) -> dict[str, Tensor]:
    """The parts of the loss that this batch can teach; a share `own` of the decoder's input is what it would have written."""
    memory, bias = model.encoder(batch.mel, offset, padding)
    heard = memory[:, : batch.phones.shape[1]]
    parts = {
        "phone": known_mean(model.phone_head(heard), batch.phones),
        "piece": known_mean(model.piece_head(heard), batch.pieces),
    }
    if decoder:
        inputs = batch.inputs
        if own > 0:
            with torch.no_grad():
                guess = model.decoder(inputs, memory.detach(), bias)[0].argmax(-1)[:, :-1]
            swap = (
                (torch.rand(guess.shape) < own)
                & (batch.weights[:, :-1] == 1)
                & (batch.targets[:, :-1] < model.shape.pieces - 1)
            )
            inputs = torch.cat(
                [inputs[:, :1], torch.where(swap & (inputs[:, 1:] < model.shape.pieces - 1), guess, inputs[:, 1:])],
                dim=1,
            )
        logits, heads = model.decoder(inputs, memory, bias)
        each = F.cross_entropy(logits.flatten(0, 1), batch.targets.flatten(), reduction="none")
        parts["text"] = (each * batch.weights.flatten()).sum() / batch.weights.sum()
        if (batch.spans[..., 0] >= 0).any():
            parts["guide"] = guidance(heads, batch.spans)
    return parts


def weighted(parts: dict[str, Tensor], share: float) -> Tensor:
    """The sum to minimise; the encoder's own tasks fade as the decoder takes over."""
    fade = 1.0 if share < 0.3 else max(0.3, 1.0 - (share - 0.3) * 1.5)
    scale = {"phone": 0.6 * fade, "piece": 0.5 * fade, "text": 1.0, "guide": 0.6}
    total = torch.zeros(())
    for name, value in parts.items():
        total = total + scale[name] * value
    return total


def build(tokenizer: Tokenizer, phones: int, arguments: argparse.Namespace) -> Recogniser:
    """A fresh model of the size asked for."""
    return Recogniser(
        Shape(
            vocabulary=tokenizer.get_vocab_size(),
            phones=phones,
            pieces=tokenizer.token_to_id("<|endoftext|>") + 1,
            width=arguments.width,
            encoder_layers=arguments.encoder_layers,
            decoder_layers=arguments.decoder_layers,
        )
    )


def save(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint whole or not at all."""
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    os.replace(partial, path)


def share_gradients(parameters: list[torch.nn.Parameter], used: float, stopping: bool, rank: int) -> tuple[float, bool]:
    """Average gradients over all processes; every process learns the first one's clock and whether to stop."""
    flat = [(p.grad if p.grad is not None else torch.zeros_like(p)).flatten() for p in parameters]
    flags = torch.tensor([used if rank == 0 else 0.0, float(stopping)])
    everything = torch.cat([*flat, flags])
    distributed.all_reduce(everything)
    at = 0
    for parameter in parameters:
        parameter.grad = (everything[at : at + parameter.numel()] / distributed.get_world_size()).view_as(parameter)
        at += parameter.numel()
    return float(everything[-2]), bool(everything[-1] > 0)


def train(rank: int, arguments: argparse.Namespace, meeting_point: str) -> None:
    """Go on from the checkpoint if there is one, until the budget is used; one of several processes in step."""
    torch.set_num_threads(1)
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[rank % len(cores)]})
    distributed.init_process_group("gloo", init_method=meeting_point, rank=rank, world_size=arguments.processes)
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_file(str(arguments.tokenizer))
    shards = Shards(arguments.shards, arguments.run / "phones.json")
    windows = Windows(shards, tokenizer, arguments.seed)
    model = build(tokenizer, len(shards.phone_ids), arguments)
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=1e-3, betas=(0.9, 0.98), weight_decay=0.01)
    step, used = 0, 0.0
    checkpoint = arguments.run / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, used = state["step"], state["used"]
    budget = arguments.minutes * 60
    saved = refreshed = last = time.monotonic()
    seen: dict[str, list[float]] = {}
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: told.append(number))
    stopping = False
    while used < budget and not stopping:
        share = used / budget
        stage = stage_at(share, random.Random(arguments.seed * 1_000_003 + step))
        rng = random.Random(f"{arguments.seed} {step} {rank}")
        batch = windows.batch(rng, stage.seconds, stage.size, stage.utterances, stage.silence, stage.prompts)
        room = model.shape.positions - batch.mel.shape[-1] // 2
        offset = 0 if stage.decoder else rng.randrange(min(room, 700) + 1)
        rate = learning_rate(share, step, arguments.peak)
        for group in optimiser.param_groups:
            group["lr"] = rate
        padding = padding_sample(rng, batch.mel.shape[-1] // 2, model.shape.positions) if stage.padded else None
        parts = losses(model, batch, stage.decoder, offset, padding, 0.2 if share > 0.43 else 0.0)
        total = weighted(parts, share)
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        now = time.monotonic()
        used, stopping = share_gradients(parameters, used + now - last, bool(told), rank)
        last = now
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        if math.isfinite(float(norm)):
            optimiser.step()
        step += 1
        for name, value in parts.items():
            seen.setdefault(name, []).append(float(value.detach()))
        if step % 50 == 0 and rank == 0:
            means = {name: round(sum(values) / len(values), 4) for name, values in seen.items()}
            with open(arguments.run / "log.jsonl", "a", encoding="utf-8") as log:
                log.write(
                    json.dumps({"step": step, "minutes": round(used / 60, 2), "rate": round(rate, 6), **means}) + "\n"
                )
            seen.clear()
        if now - refreshed > 60:
            shards.refresh()
            refreshed = now
        if rank == 0 and (now - saved > 120 or used >= budget or stopping):
            save(
                checkpoint,
                {
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "step": step,
                    "used": used,
                    "shape": model.shape.as_dict(),
                },
            )
            saved = now


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shards", type=Path, required=True, help="folder that synthesise wrote")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json that pieces wrote")
    parser.add_argument("--run", type=Path, required=True, help="folder for checkpoint and log")
    parser.add_argument(
        "--minutes", type=float, default=90, help="time budget that the stages and the learning rate follow"
    )
    parser.add_argument("--processes", type=int, default=2, help="each takes one core and its own batches")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--encoder-layers", type=int, default=4)
    parser.add_argument("--decoder-layers", type=int, default=3)
    parser.add_argument("--peak", type=float, default=1.2e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    arguments.run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        place = f"file://{folder}/meeting-point"
        processes = [
            multiprocessing.Process(target=train, args=(rank, arguments, place)) for rank in range(arguments.processes)
        ]
        for process in processes:
            process.start()
        signal.signal(signal.SIGTERM, lambda number, frame: [process.terminate() for process in processes])
        for process in processes:
            process.join()


if __name__ == "__main__":
    main()

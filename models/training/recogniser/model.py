"""A small Whisper in plain torch, with parameter names as in Hugging Face's, plus two training heads.

Encoder in: scaled log-mel (batch, 80, frames at 50 Hz). Out: (batch, frames / 2, width). There is no mask: as in
Whisper, padding is something that the encoder sees and learns to pass over.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Shape:
    """Sizes of the network."""

    vocabulary: int
    phones: int
    pieces: int
    width: int = 256
    heads: int = 4
    encoder_layers: int = 4
    decoder_layers: int = 3
    mels: int = 80
    positions: int = 1500
    tokens: int = 448

    def as_dict(self) -> dict[str, int]:
        """For the checkpoint."""
        return asdict(self)


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's sinusoidal positions, (length, width)."""
    step = math.log(10_000) / (width // 2 - 1)
    angles = torch.arange(length)[:, None] * torch.exp(-step * torch.arange(width // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention; returns the log-probabilities of head 0 when asked (for guidance)."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def _split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(
        self, x: Tensor, memory: Tensor | None = None, bias: Tensor | None = None
    ) -> tuple[Tensor, Tensor | None]:
        source = x if memory is None else memory
        q, k, v = self._split(self.q_proj(x)), self._split(self.k_proj(source)), self._split(self.v_proj(source))
        scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)
        if bias is not None:
            scores = scores + bias
        guided = None if memory is None else scores[:, 0].log_softmax(-1)
        mixed = scores.softmax(-1) @ v
        return self.out_proj(mixed.transpose(1, 2).reshape(x.shape)), guided


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, norm first."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x), bias=bias)[0]
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x))))


class DecoderLayer(nn.Module):
    """Causal self-attention, cross-attention and feed-forward, norm first."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        self.encoder_attn = Attention(width, heads)
        self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, x: Tensor, memory: Tensor, future: Tensor, bias: Tensor | None) -> tuple[Tensor, Tensor]:
        x = x + self.self_attn(self.self_attn_layer_norm(x), bias=future)[0]
        crossed, guided = self.encoder_attn(self.encoder_attn_layer_norm(x), memory, bias)
        assert guided is not None
        x = x + crossed
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x)))), guided


class Encoder(nn.Module):
    """Two convolutions (the second halves the frame rate), positions, layers."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(shape.mels, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(shape.positions, shape.width)
        self.embed_positions.weight = nn.Parameter(sinusoids(shape.positions, shape.width), requires_grad=False)
        self.layers = nn.ModuleList(EncoderLayer(shape.width, shape.heads) for _ in range(shape.encoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, mel: Tensor, offset: int = 0, padding: Tensor | None = None) -> tuple[Tensor, Tensor | None]:
        """The memory, and how much each of its places counts in attention (log; None: all alike).

        `padding` names a few later positions that stand for all the padding up to the last position: what is
        computed there does not depend on the content, so a sample of them, each counting for many, costs little.
        The features must then end in at least eight frames of padding.
        """
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        length = x.shape[1]
        empty = x[:, length - 2 : length - 1]
        x = x + self.embed_positions.weight[offset : offset + length]
        bias = None
        if padding is not None and len(padding):
            x = torch.cat([x, empty + self.embed_positions.weight[padding]], dim=1)
            share = math.log((self.embed_positions.weight.shape[0] - length) / len(padding))
            bias = torch.cat([torch.zeros(length), torch.full((len(padding),), share)])
        for layer in self.layers:
            x = layer(x, bias)
        return self.layer_norm(x), bias


class Decoder(nn.Module):
    """Token and position embeddings, layers; the output projection is the token embedding."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.vocabulary, shape.width)
        self.embed_positions = nn.Embedding(shape.tokens, shape.width)
        self.layers = nn.ModuleList(DecoderLayer(shape.width, shape.heads) for _ in range(shape.decoder_layers))
        self.layer_norm = nn.LayerNorm(shape.width)
        nn.init.normal_(self.embed_tokens.weight, std=shape.width**-0.5)
        self.embed_positions.weight.data = sinusoids(shape.tokens, shape.width) * 0.1

    def forward(self, tokens: Tensor, memory: Tensor, bias: Tensor | None = None) -> tuple[Tensor, list[Tensor]]:
        future = torch.full((tokens.shape[1], tokens.shape[1]), -1e9).triu(1)
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        guided: list[Tensor] = []
        for layer in self.layers:
            x, head = layer(x, memory, future, bias)
            guided.append(head)
        return self.layer_norm(x) @ self.embed_tokens.weight.T, guided


class Recogniser(nn.Module):
    """Encoder and decoder, with heads for the phoneme and the piece of each moment, which only training uses."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.phone_head = nn.Linear(shape.width, shape.phones)
        self.piece_head = nn.Linear(shape.width, shape.pieces)

"""The byte-level BPE vocabulary: about a thousand pieces, in the layout faster-whisper expects.

Two traps are closed here. faster-whisper suppresses the first token of " -", " '" and of some music signs,
which in a small vocabulary is the bare space; so a space never stands alone: every character that can start
a word has a piece with the space in front. And `<|endoftext|>` must be the first id after the text pieces.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from .texts import training_sentences

SPACE = "Ġ"
STARTS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'-$&%.,?!"
SPECIAL = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = tuple(f"<|{step * 0.02:.2f}|>" for step in range(1501))


def learn_merges(texts: list[str], count: int) -> list[tuple[str, str]]:
    """Byte-pair merges over words, most frequent pair first, after one merge for each space + character."""
    splitter = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    whole: Counter[str] = Counter(word for text in texts for word in re.findall(r"\S+", text))
    words: Counter[str] = Counter()
    for word, times in whole.items():
        for piece, _ in splitter.pre_tokenize_str(" " + word):
            words[piece] += times
    merges = [(SPACE, character) for character in STARTS]
    parts: list[tuple[list[str], int]] = []
    for word, times in words.most_common(9_000):
        symbols = list(word)
        if len(symbols) > 1 and symbols[0] == SPACE:
            symbols[:2] = [symbols[0] + symbols[1]]
        parts.append((symbols, times))
    for _ in range(count):
        pairs: Counter[tuple[str, str]] = Counter()
        for symbols, times in parts:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += times
        (left, right), _times = min(pairs.items(), key=lambda item: (-item[1], item[0]))
        merges.append((left, right))
        for symbols, _times in parts:
            index = 0
            while index < len(symbols) - 1:
                if symbols[index] == left and symbols[index + 1] == right:
                    symbols[index : index + 2] = [left + right]
                index += 1
    return merges


def build(texts: list[str], count: int) -> Tokenizer:
    """A tokenizer with 256 bytes, the merges' pieces, the special tokens and the time stamps."""
    merges = learn_merges(texts, count)
    names = sorted(pre_tokenizers.ByteLevel.alphabet()) + [left + right for left, right in merges]
    tokenizer = Tokenizer(models.BPE({name: index for index, name in enumerate(dict.fromkeys(names))}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in SPECIAL + TIMESTAMPS])
    return tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=Path, required=True, help="gzipped text, one sentence a line")
    parser.add_argument("--output", type=Path, required=True, help="tokenizer.json to write")
    parser.add_argument("--merges", type=int, default=700)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts = [sentence.text for sentence in training_sentences(arguments.sentences, arguments.seed)]
    tokenizer = build(texts, arguments.merges)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(arguments.output))
    sample = texts[:2_000]
    pieces = sum(len(tokenizer.encode(" " + text).ids) for text in sample)
    print(f"{tokenizer.get_vocab_size()} tokens, {sum(map(len, sample)) / pieces:.2f} characters a piece")


if __name__ == "__main__":
    main()

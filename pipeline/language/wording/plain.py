"""Small helpers for assembling sentences."""

from collections.abc import Sequence


def join_and(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def sentence_case(text: str) -> str:
    """The text with its first letter as a capital and a full stop, unless it ends with a mark already."""
    text = text.strip()
    if not text:
        return ""
    end = "" if text[-1] in ".?!…" else "."
    return text[0].upper() + text[1:] + end

"""One way of writing for comparing transcripts: lower case, no punctuation, numbers as words.

`words("We paid $1,250 in 2021.")` -> we paid one thousand two hundred fifty dollars in twenty twenty one.
"""

from __future__ import annotations

import re

_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_NUMBER_WORDS = frozenset([*_UNITS, *_TENS, *(name for _, name in _SCALES)])
_SAME = {
    "ok": "okay",
    "mr": "mister",
    "dr": "doctor",
    "mrs": "missus",
    "&": "and",
    "cannot": "can not",
    "alright": "all right",
}


def cardinal(value: int) -> list[str]:
    """A whole number in words, without "and"."""
    if value < 20:
        return [_UNITS[value]]
    if value < 100:
        return [_TENS[value // 10], *([_UNITS[value % 10]] if value % 10 else [])]
    for size, name in _SCALES:
        if value >= size:
            rest = value % size
            return [*cardinal(value // size), name, *(cardinal(rest) if rest else [])]
    raise AssertionError(value)


def _year(value: int) -> list[str]:
    if value % 1000 < 10:
        return cardinal(value)
    low = value % 100
    return [*cardinal(value // 100), *(["hundred"] if low == 0 else ["oh", _UNITS[low]] if low < 10 else cardinal(low))]


def _ordinal(value: int) -> list[str]:
    spoken = cardinal(value)
    last = spoken[-1]
    spoken[-1] = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return spoken


def _number(token: str) -> list[str] | None:
    ordinal = re.fullmatch(r"(\d{1,9})(st|nd|rd|th)", token)
    if ordinal:
        return _ordinal(int(ordinal[1]))
    if re.fullmatch(r"\d{1,3}(,\d{3})+", token):
        return cardinal(int(token.replace(",", "")))
    decade = re.fullmatch(r"(\d+)s", token)
    if decade:
        token = decade[1]
    if re.fullmatch(r"\d{1,12}", token):
        value = int(token)
        if len(token) > 1 and token[0] == "0":
            return [_UNITS[int(digit)] for digit in token]
        return _year(value) if len(token) == 4 and 1100 <= value <= 2099 else cardinal(value)
    point = re.fullmatch(r"(\d{1,12})\.(\d+)", token)
    if point:
        return [*cardinal(int(point[1])), "point", *(_UNITS[int(digit)] for digit in point[2])]
    return None


def words(text: str) -> list[str]:
    """The words of a text as they count in a comparison."""
    text = text.lower().replace("’", "'")
    text = re.sub(r"\$(\d[\d.,]*)((?:\s+(?:hundred|thousand|million|billion))?)", r"\1\2 dollars", text)
    text = re.sub(r"\bper cent\b|%", " percent", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)|,(?!\d{3})|[-–—/;:!?\"()\[\]…]", " ", text)
    spoken: list[str] = []
    for token in text.split():
        token = token.strip("'")
        if token:
            spoken += _number(token) or _SAME.get(token, token).split()
    return [word for index, word in enumerate(spoken) if not _inner_and(spoken, index)]


def _inner_and(spoken: list[str], index: int) -> bool:
    """Whether this is the "and" of "two hundred and five"."""
    if spoken[index] != "and" or not 0 < index < len(spoken) - 1:
        return False
    return spoken[index - 1] in ("hundred", "thousand", "million") and spoken[index + 1] in _NUMBER_WORDS

"""Numbers as a page writes them: 1,900; 118; "ten years earlier" at the beginning of a sentence."""

import re

_ONES = "one two three four five six seven eight nine ten eleven twelve".split()
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {w: n for n, w in enumerate([*_ONES, *_TEENS], 1)} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_BELOW = "|".join(sorted(_SMALL, key=len, reverse=True))
_HUNDREDS = re.compile(
    rf"(?<![\w-])(?:(an?|{'|'.join(_ONES[:9])}) )?hundred and ({_BELOW})(?:[ -]({'|'.join(_ONES[:9])}))?(?![\w-])"
    r"(?! (?:thousand|million|billion|hundred|and|point))",
    re.IGNORECASE,
)
_FOUR = re.compile(r"(?<![\w.,£$€-])([1-9])(\d{3})(?= [a-z]+s\b)(?! (?:years|was|is|has)\b)")
_EARLY = re.compile(r"^(\d{1,2})(?= [a-z])")


def numerals(text: str) -> str:
    """The same text with its numbers in one style."""
    text = _HUNDREDS.sub(_hundreds, text)
    text = _FOUR.sub(_thousands, text)
    return _EARLY.sub(lambda m: _ONES[int(m[1]) - 1] if 0 < int(m[1]) <= 12 else m[1], text)


def _hundreds(match: re.Match[str]) -> str:
    before = match.string[: match.start()].rsplit(" ", 2)[-2:]
    if any(w.lower() in ("thousand", "million", "thousand,") for w in before):
        return match[0]
    hundreds = _SMALL.get((match[1] or "a").lower(), 1)
    return str(100 * hundreds + _SMALL[match[2].lower()] + (_SMALL[match[3].lower()] if match[3] else 0))


def _thousands(match: re.Match[str]) -> str:
    year = 1900 < int(match[1] + match[2]) < 2100
    return match[0] if year else f"{match[1]},{match[2]}"

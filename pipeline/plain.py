"""Small pure helpers of the written page: clean text, clock times, dates in words, safe links."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

# What no page, subtitle or Word file may carry: control characters, direction overrides (they would turn the rest
# of a line round), half surrogates and the two code points that XML forbids.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_SAFE_SCHEMES = ("http", "https", "mailto")
# Web players that start at a moment given in the query; every other address gets a media fragment, `#t=`.
_PLAYERS = {
    "youtube.com": "t",
    "youtu.be": "t",
    "youtube-nocookie.com": "t",
    "loom.com": "t",
    "dailymotion.com": "start",
}


def clean(text: str) -> str:
    """The text on one line, single spaces, without characters that break a page."""
    return " ".join(_UNWANTED.sub("", text).split())


def clock(seconds: float, *, always_hours: bool = False) -> str:
    """`0:42`, `12:03`, `1:02:03`; with `always_hours` `00:12:03`. Fractions are cut off."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    if always_hours:
        return f"{hour:02}:{minute:02}:{second:02}"
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def stamp(seconds: float, *, comma: bool = False) -> str:
    """`00:12:03.250` as WebVTT writes it; with a comma as SubRip does."""
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{clock(whole, always_hours=True)}{',' if comma else '.'}{milli:03}"


def date_in_words(iso: str | None) -> str | None:
    """`2025-03-11` -> `Tuesday 11 March 2025`; what is no date stays as it is."""
    if not iso:
        return None
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return clean(iso)
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


# Not `strftime`: its names follow the locale of the machine, and the page must not.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


def duration_in_words(seconds: float) -> str:
    """`54 minutes`, `1 hour 5 minutes`; under a minute in seconds."""
    if seconds < 60:
        return _count(round(seconds), "second")
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(_count(n, unit) for n, unit in ((hours, "hour"), (minutes, "minute")) if n)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def listed(items: Iterable[str], *, last: str = " and ") -> str:
    """`a`, `a and b`, `a, b and c`."""
    words = list(items)
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def safe_url(address: str | None) -> str | None:
    """The address if it may become a link: http, https or mailto, nothing else (no `javascript:`, no `data:`)."""
    text = re.sub(r"\s", "%20", _UNWANTED.sub("", address or "").strip())
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SAFE_SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return None
    return text if parts.netloc or "@" in parts.path else None


def at_moment(address: str, seconds: float) -> str:
    """The address of a recording, started at a moment: `#t=723`, or `?t=723` where a web player wants that."""
    parts, moment = urlsplit(address), int(seconds)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    key = _PLAYERS.get(host)
    if key is None:
        return urlunsplit(parts._replace(fragment=f"t={moment}"))
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k != key]
    return urlunsplit(parts._replace(query=urlencode([*query, (key, str(moment))]), fragment=""))

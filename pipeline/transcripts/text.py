"""Bytes of any origin to clean text."""

import codecs
import html
import re
import unicodedata
from pathlib import Path

from pipeline.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_INVISIBLE = "\ufeff\u200b\u2060\u00ad"  # byte order mark, zero-width space, word joiner, soft hyphen
_TAG = re.compile(r"</?[a-zA-Z0-9.:_-][^<>]{0,200}>|</?>")
_BIGGEST = 200 << 20  # bytes; a day of talk is 2 MB


def read_text(path: Path) -> str:
    """A text file in UTF-8, UTF-16 or, failing these, Windows-1252; lines end in a single line feed."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _BIGGEST else b""
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", do="Check the path and its permissions."
        ) from error
    if size > _BIGGEST:
        raise InputError(f"{path} is too large for a transcript.", do="Give the file that holds just the transcript.")
    if not data.strip():
        raise InputError(f"{path} is an empty file.", do="Copy or download the transcript again.")
    text = decoded(data)
    if sum(c < " " and c not in "\n\r\t\f" for c in text[:5000]) > min(len(text), 5000) // 20:
        raise InputError(
            f"{path} is not a transcript: it is not text.", do="Give a transcript (vtt, srt, json, docx, txt)."
        )
    return re.sub(r"\r\n?|\u2028|\u2029|\x85", "\n", text)


def decoded(data: bytes) -> str:
    """Text of bytes whose encoding nobody wrote down."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    head = data[:4000]
    if head[1::2].count(0) > len(head) // 5:  # every other byte of Latin text in UTF-16 is zero
        return data.decode("utf-16-le", errors="replace")
    if head[::2].count(0) > len(head) // 5:
        return data.decode("utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def clean(text: str) -> str:
    """One line of visible text: no markup, entities resolved, no control characters, single spaces."""
    text = html.unescape(_TAG.sub("", text))
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text if c not in _INVISIBLE)
    # Half a surrogate pair (JSON can smuggle one in) could not be written to any file later.
    return " ".join(text.encode("utf-8", errors="replace").decode("utf-8").split())

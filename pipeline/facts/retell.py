"""A plainer way of reporting for sentences whose parse is doubtful: word by word, from the tags alone.

It keeps the order of the words, sets finite verbs back by a tense, and writes "they" for the speaker and those for
whom they speak. It answers None for questions, requests, sentences about "you", and whatever points outside itself.
"""

from collections.abc import Sequence

from pipeline.language.phrases import disfluent
from pipeline.language.said import Said
from pipeline.language.wording.line import inflected, verb_lemma

_OPENERS = frozenset(
    "so and but well now yes yeah no okay ok right um uh er erm honestly actually basically anyway also then oh obviously hello like look".split()
)
_PEOPLE = {
    "i": "they", "me": "them", "my": "their", "mine": "theirs", "myself": "themselves", "we": "they", "us": "them",
    "our": "their", "ours": "theirs", "ourselves": "themselves", "today": "that day", "here": "there",
}  # fmt: skip
_MODALS = {"will": "would", "'ll": "would", "’ll": "would", "can": "could", "ca": "could", "may": "might", "shall": "should", "wo": "would"}
_BARRED = frozenset(
    "you your yours yourself yourselves please sorry let thank thanks hello welcome guess mean gonna wanna um uh er here".split()
)
_POINTING = frozenset("it they he she them him her his its their".split())
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_THERE = frozenset({"this", "that", "these", "those", "which", "there's"})
_BE_PAST = {"was", "were"}


def retell(said: Said, *, body: str | None, after: bool, limit: int) -> str | None:
    """The sentence in the third person and the past, or None."""
    tokens = _kept(said)
    words = [t for t in tokens if not t.is_punct]
    if not 5 <= len(words) <= limit or said.text.rstrip().endswith("?"):
        return None
    if not _tellable(words, after=after):
        return None
    out: list[str] = []
    glue: list[bool] = []
    used_body = body is None
    for n, t in enumerate(tokens):
        text, used_body = _written(tokens, n, used_body, body, out)
        if text is None:
            return None
        if text:
            out.append(text)
            glue.append(t.is_punct or t.text in {"'s", "’s", "'", "’"} or (n > 0 and _tied(tokens[n - 1], t)))
    text = "".join(("" if g or not i else " ") + w for i, (w, g) in enumerate(zip(out, glue, strict=True)))
    return text.strip(" ,.;:!-") or None


def _tied(before: object, token: object) -> bool:
    return getattr(before, "i", -9) + 1 == getattr(token, "i", 0) and not getattr(before, "whitespace_", " ") and not _is_word(token)


def _is_word(token: object) -> bool:
    return str(token) not in {"-", "/", "%"} and not str(token).startswith(("-", "'", "’"))


def _kept(said: Said) -> list[object]:
    tokens = [t for t in said.span if not disfluent(t) and not t.is_space and t.pos_ != "INTJ" and t.tag_ != "UH"]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in _OPENERS):
        tokens.pop(0)
    kept: list[object] = []
    for t in tokens:
        if t.is_punct and (not kept or kept[-1].is_punct):  # type: ignore[attr-defined]
            continue
        kept.append(t)
    return kept


def _tellable(words: Sequence[object], *, after: bool) -> bool:
    first = words[0]
    tags = [w.tag_ for w in words]  # type: ignore[attr-defined]
    low = [w.lower_.replace("’", "'") for w in words]  # type: ignore[attr-defined]
    if any(w in _BARRED for w in low) or low[0] in _THERE or "?" in low:
        return False
    if first.tag_ in {"VB", "VBG", "MD", "WP", "WRB", "WDT", "CC", "VBZ", "VBP", "VBD", "TO"}:  # type: ignore[attr-defined]
        return False
    if low[0] in {"if", "because", "when", "as", "while", "although", "since", "like", "or", "not", "for"}:
        return False
    if low[0] in _POINTING and not after:
        return False
    finite = next((i for i, t in enumerate(tags) if t in _FINITE), None)
    if finite is None or finite == 0 or words[-1].tag_ in {"DT", "IN", "CC", "PRP$", "TO", "MD", "WP", "WDT"}:  # type: ignore[attr-defined]
        return False
    return any(w.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} for w in words[:finite])  # type: ignore[attr-defined]


def _written(tokens: Sequence[object], n: int, used: bool, body: str | None, out: Sequence[str]) -> tuple[str | None, bool]:
    t = tokens[n]
    low = t.lower_.replace("’", "'")  # type: ignore[attr-defined]
    if low == "we" and not used and body and not out:
        return body, True
    if low in _PEOPLE and not (low == "mine" and t.pos_ == "NOUN"):  # type: ignore[attr-defined]
        return _PEOPLE[low], used
    if low in {"n't", "n’t"}:
        return "not", used
    if low in _MODALS and t.tag_ == "MD":  # type: ignore[attr-defined]
        return _MODALS[low], used
    if t.tag_ in {"VBZ", "VBP"}:  # type: ignore[attr-defined]
        return _past(tokens, n), used
    if t.tag_ == "VBD" and low == "was" and out and out[-1] == "they":  # type: ignore[attr-defined]
        return "were", used
    text = str(t.text)  # type: ignore[attr-defined]
    if not out and not (t.pos_ == "PROPN" or text.isupper()):  # type: ignore[attr-defined]
        text = text[0].lower() + text[1:]
    return text, used


def _past(tokens: Sequence[object], n: int) -> str | None:
    t = tokens[n]
    lemma = verb_lemma(t)  # type: ignore[arg-type]
    if lemma == "be":
        before = tokens[n - 1] if n else None
        plural = before is not None and (before.tag_ in {"NNS", "NNPS"} or before.lower_ in {"they", "we", "i", "these", "those"})  # type: ignore[attr-defined]
        return "were" if plural or t.lower_ in {"are", "'re", "’re"} else "was"  # type: ignore[attr-defined]
    return inflected(lemma, "VBD")

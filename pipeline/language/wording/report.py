"""Reported speech: "We will look at it" becomes "Ruth Penhale said that the network would look at it"."""

import contextlib
from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Span

from pipeline.language.wording.acts import act, request
from pipeline.language.wording.line import Doubtful
from pipeline.language.wording.numerals import numerals
from pipeline.language.wording.persons import Voice
from pipeline.language.wording.questions import question
from pipeline.language.wording.readings import readings
from pipeline.language.wording.rewrite import worded
from pipeline.language.wording.sentences import Sentence, is_question, sound


def report(
    span: Span,
    *,
    speaker: str,
    body: str | None,
    pronoun: str = "they",
    verb: str = "said",
    with_subject: bool = True,
    audience: str = "members",
    referents: Mapping[str, str] | None = None,
    limit: int = 40,
) -> str | None:
    """One spoken sentence as reported speech, without a full stop, or None where that cannot be done safely.

    `body` is what "we" stands for, as it is called inside a sentence ("the network"); `pronoun` ("they", "she",
    "he") stands for the speaker; `audience` is whom a general "you" means; `referents` says what "it", "they" or
    "he" refer to when only an earlier sentence tells. `verb` is used for plain statements; "" gives the bare
    statement in its own tense. Without `with_subject` the sentence begins with the reporting verb.
    """
    voice = Voice(speaker, body, pronoun=pronoun, audience=audience, referents=referents or {}, bare=not verb)
    for sentence in _readings(span, limit):
        if _loses_comparison(sentence, span):
            continue
        text = _reported(sentence, voice, verb)
        if text and not verb:
            return text[:1].upper() + text[1:]
        if text:
            return f"{speaker} {text}" if with_subject else text
    return None


def _loses_comparison(sentence: Sentence, span: Span) -> bool:
    """Whether a "than" was left out before words that stay."""
    kept = sentence.kept
    return any(t.lower_ == "than" and t.i not in kept and t.i < max(kept) for t in span if t.i > min(kept))


Frame = Callable[[Sentence, Voice, str], str | None]


def _readings(span: Span, limit: int) -> Iterator[Sentence]:
    with contextlib.suppress(Doubtful):
        yield from readings(span, limit=limit)


def _reported(sentence: Sentence, voice: Voice, verb: str) -> str | None:
    try:
        if not verb:
            return _statement(sentence, voice, past=False)
        return next((p for frame in _FRAMES if (p := frame(sentence, voice, verb)) is not None), None)
    except Doubtful:
        return None


def _plain(sentence: Sentence, voice: Voice, verb: str) -> str | None:
    return f"{verb} that {_statement(sentence, voice, past=True)}"


def _statement(sentence: Sentence, voice: Voice, *, past: bool) -> str:
    if sentence.clause.finite is None or sentence.clause.subject is None or is_question(sentence):
        raise Doubtful
    if not sound(sentence.words):
        raise Doubtful
    return numerals(worded(sentence.tokens, voice, past=past))


_FRAMES: tuple[Frame, ...] = (act, question, request, _plain)

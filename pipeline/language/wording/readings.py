"""The readings of a sentence to try, the fullest first: whole, without a late clause, cut at a comma, or flat."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from pipeline.language.wording.clauses import AUX, Clause, clause_of
from pipeline.language.wording.clean import clean
from pipeline.language.wording.line import Doubtful
from pipeline.language.wording.sentences import CLOSING, FINITE, Sentence, bounded, is_asked, is_question, sentence_of
from pipeline.language.wording.words import NEGATIONS, SOFT_MARKS, WH

_NEVER_FIRST = frozenset({*WH, "or", "nor", "if", "that", "because", "unless"})
_JOINTS = frozenset({"and", "but", "so"})


def readings(span: Span, *, limit: int) -> Iterator[Sentence]:
    """The sentence, then shorter readings of it to try when the whole is doubtful.

    What may go: coordinated clauses with a subject of their own, and clauses of time and reason behind the verb; never
    a "but" that denies something, nor an "or". Where the tree fails, the words are taken in their order.
    """
    try:
        whole = sentence_of(span, limit=limit)
    except Doubtful:
        whole = None
    if whole is not None:
        yield whole
        if is_question(whole):
            return
        yield from (s for s in _shorter(whole) if bounded(s.tokens, whole.tokens))
    tokens = _stripped(clean(span))
    marked = any(t.text == "?" for t in span[-2:])
    yield from (s for part in (tokens, *_cut(tokens)) for s in _flat(part, limit=limit, marked=marked))


def _flat(tokens: Sequence[Token], *, limit: int, marked: bool) -> Iterator[Sentence]:
    """All the words in their order, whatever the tree says: nothing unless the verb and a subject are plain to see."""
    words = [t for t in tokens if not t.is_punct]
    if not 4 <= len(words) <= limit:
        return
    if is_asked(words, marked=marked):
        yield Sentence(tuple(tokens), Clause(words[0], (), None, None), marked)
        return
    verb = next(
        (n for n, t in enumerate(words) if t.tag_ in FINITE and t.pos_ in ("VERB", "AUX") and not _relative(t)), None
    )
    subject = next((t for t in reversed(words[:verb]) if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if not verb or subject is None or words[0].lower_ in _NEVER_FIRST or _lacks_main(tokens):
        return
    yield Sentence(tuple(tokens), Clause(words[verb], (words[verb],), words[verb], subject), marked=False)


def _lacks_main(tokens: Sequence[Token]) -> bool:
    """ "When it was built, the wardens": a clause of time with nothing that it belongs to."""
    if tokens[0].lower_ not in ("when", "while", "as", "since", "whenever", "once", "before", "after", "though"):
        return False
    comma = next((n for n, t in enumerate(tokens) if t.text == ","), None)
    clausal = any(t.tag_ in FINITE for t in tokens[1:comma])
    return clausal and (comma is None or not any(t.tag_ in FINITE for t in tokens[comma:]))


def _relative(verb: Token) -> bool:
    head = verb.head if verb.dep_ in AUX else verb
    return head.dep_ in ("acl:relcl", "acl") or (verb.i > 0 and verb.nbor(-1).tag_ in ("WDT", "WP"))


def _cut(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What stands before and after a comma and an "and", "but" or "so" that joins two clauses."""
    for n in range(len(tokens) - 2, 1, -1):
        if tokens[n].text != "," or tokens[n + 1].lower_ not in _JOINTS:
            continue
        before, after = _stripped(list(tokens[:n])), _stripped(list(tokens[n + 2 :]))
        denies = tokens[n + 1].lower_ == "but" and any(t.lower_ in NEGATIONS for t in after)
        if not (_clausal(before) and _clausal(after)):
            continue
        if not denies:
            yield before
        yield after


def _clausal(tokens: Sequence[Token]) -> bool:
    verb = next((n for n, t in enumerate(tokens) if t.tag_ in FINITE), None)
    return bool(verb) and any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in tokens[:verb])


def _shorter(whole: Sentence) -> Iterator[Sentence]:
    late = [t for t in whole.tokens if t.head.i == whole.root.i and t.i > whole.root.i]
    joined = [t for t in late if t.dep_ == "conj" and clause_of(t, whole.kept).subject is not None]
    timed = [t for t in late if t.dep_ == "advcl" and _mark(t) in SOFT_MARKS]
    if any(t.pos_ == "NUM" and t.dep_ == "conj" for t in late):
        return  # "a hundred and forty" read as two clauses
    for group in (timed, joined, [*timed, *joined]):
        gone = {b.i for t in group for b in whole.branch(t)}
        denied = group is not joined and whole.clause.negated
        if group and not denied and not any(_needed(t, whole) for t in group):
            yield _rest(whole, gone)
    for clause in joined:
        tokens = _stripped([t for t in whole.branch(clause) if not (t.dep_ == "cc" and t.head.i == clause.i)])
        joint = {c.lower_ for c in clause.children if c.dep_ == "cc"}
        if len(tokens) > 3 and not {"or", "nor"} & joint and not _inside_number(tokens[0]):
            yield Sentence(tuple(tokens), clause_of(clause, {t.i for t in tokens}), marked=False)


def _inside_number(token: Token) -> bool:
    return bool(token.pos_ == "NUM" and token.i and token.nbor(-1).pos_ in ("NUM", "CCONJ"))


def _mark(clause: Token) -> str:
    return next((str(c.lower_) for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i), "")


def _needed(clause: Token, whole: Sentence) -> bool:
    joint = {c.lower_ for c in clause.children if c.dep_ == "cc"}
    denies = any(t.lower_ in NEGATIONS for t in whole.branch(clause))
    return bool({"or", "nor"} & joint) or ("but" in joint and denies)


def _rest(whole: Sentence, gone: set[int]) -> Sentence:
    tokens = _stripped([t for t in whole.tokens if t.i not in gone])
    return Sentence(tuple(tokens), clause_of(whole.root, {t.i for t in tokens}), whole.marked)


def _stripped(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "cc" or tokens[0].lower_ in _JOINTS - {"so"}):
        tokens = tokens[1:]
    while tokens and ((tokens[-1].is_punct and tokens[-1].text not in CLOSING) or tokens[-1].dep_ == "cc"):
        tokens = tokens[:-1]
    return tokens

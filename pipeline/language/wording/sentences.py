"""A cleaned sentence seen as its main clause: what it asks, tells or asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipeline.language.wording.clauses import AUX, SUBJECTS, Clause, clause_of
from pipeline.language.wording.clean import clean
from pipeline.language.wording.compress import trimmed
from pipeline.language.wording.line import Doubtful
from pipeline.language.wording.words import NEGATIONS, SOFT_MARKS, WH

_DROPPED = ("parataxis", "discourse", "vocative", "reparandum", "list")


@dataclass(frozen=True)
class Sentence:
    """Tokens of one main clause, its clause, and whether it was marked as a question."""

    tokens: tuple[Token, ...]
    clause: Clause
    marked: bool

    @property
    def root(self) -> Token:
        """The predicate of the main clause."""
        return self.clause.head

    @property
    def kept(self) -> set[int]:
        """The places of the tokens."""
        return {t.i for t in self.tokens}

    @property
    def words(self) -> list[Token]:
        """The tokens without punctuation."""
        return [t for t in self.tokens if not t.is_punct]

    def branch(self, head: Token) -> list[Token]:
        """What hangs on a token, the token included, in order."""
        kept = self.kept
        return [t for t in head.subtree if t.i in kept]


def sentence_of(span: Span, *, limit: int) -> Sentence:
    """The span as one sentence; raises `Doubtful` when it is none."""
    tokens = clean(span)
    marked = any(t.text == "?" for t in tokens[-2:])
    root = _root(tokens)
    tokens = _main_clause(tokens, root)
    shorter = trimmed(tokens, limit)
    if shorter is None or len([t for t in shorter if not t.is_punct]) < 3:
        raise Doubtful
    while shorter and (shorter[0].is_punct or (shorter[0].dep_ in ("cc", "discourse") and shorter[0].head.i == root.i)):
        if shorter[0].lower_ in ("or", "nor"):
            raise Doubtful
        shorter = shorter[1:]
    if shorter and shorter[0].dep_ == "mark" and shorter[0].head.i == root.i:
        if shorter[0].lower_ not in ("because", "that", "so", "'cause", "cause", "cos"):
            raise Doubtful
        shorter = shorter[1:]
    while shorter and shorter[-1].is_punct and shorter[-1].text not in ')”"%':
        shorter = shorter[:-1]
    return Sentence(tuple(shorter), clause_of(root, {t.i for t in shorter}), marked)


def variants(span: Span, *, limit: int) -> Iterator[Sentence]:
    """The sentence, then shorter readings of it to try when the whole is doubtful; raises `Doubtful` when it is none.

    What may go: coordinated clauses with a subject of their own, and clauses of time and reason behind the verb; never
    a "but" that denies something, nor an "or".
    """
    try:
        whole = sentence_of(span, limit=limit)
    except Doubtful:
        yield flat(span, limit=limit)
        return
    yield whole
    yield from _shorter(whole)
    yield flat(span, limit=limit)


def flat(span: Span, *, limit: int) -> Sentence:
    """All the words in their order, whatever the tree says: for statements whose verb is plain to see.

    Raises `Doubtful` unless a nominal stands before the first finite verb.
    """
    tokens = _stripped(clean(span))
    words = [t for t in tokens if not t.is_punct]
    verb = next(
        (n for n, t in enumerate(words) if t.tag_ in ("MD", "VBZ", "VBP", "VBD") and t.pos_ in ("VERB", "AUX")), None
    )
    if not verb or not 4 <= len(words) <= limit or any(t.text in "?…" for t in span[-2:]):
        raise Doubtful
    subject = next((t for t in reversed(words[:verb]) if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    opens = words[0]
    if (
        subject is None
        or opens.lower_ in (*WH, "or", "if", "which", "that")
        or opens.tag_ in ("MD", "VBZ", "VBP", "VB")
    ):
        raise Doubtful
    if any(t.dep_ == "ROOT" for t in words) and sum(t.dep_ in ("parataxis", "list") for t in words) > 1:
        raise Doubtful
    finite = words[verb]
    return Sentence(tuple(tokens), Clause(finite, (finite,), finite, subject), marked=False)


def _shorter(whole: Sentence) -> Iterator[Sentence]:
    late = [t for t in whole.tokens if t.head.i == whole.root.i and t.i > whole.root.i and whole.root.i != t.i]
    joined = [t for t in late if t.dep_ == "conj" and clause_of(t, whole.kept).subject is not None]
    timed = [t for t in late if t.dep_ == "advcl" and _mark(t) in SOFT_MARKS]
    if any(t.pos_ == "NUM" and t.dep_ == "conj" for t in late):
        return  # "a hundred and forty" read as two clauses
    for group in (timed, joined, [*timed, *joined]):
        gone = {b.i for t in group for b in whole.branch(t)}
        if group and not any(_needed(t, whole) for t in group):
            yield _rest(whole, gone)
    for clause in joined:
        tokens = [t for t in whole.branch(clause) if not (t.dep_ == "cc" and t.head.i == clause.i)]
        inside_number = (
            tokens[0].pos_ == "NUM" and whole.tokens and tokens[0].i and tokens[0].nbor(-1).pos_ in ("NUM", "CCONJ")
        )
        if whole.marked or inside_number or is_question(whole):
            continue
        if not any(t.lower_ in ("or", "nor") and t.head.i == clause.i for t in whole.tokens) and len(tokens) > 3:
            yield Sentence(tuple(_stripped(tokens)), clause_of(clause, {t.i for t in tokens}), whole.marked)


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
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "cc"):
        tokens = tokens[1:]
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ == "cc"):
        tokens = tokens[:-1]
    return tokens


def _root(tokens: Sequence[Token]) -> Token:
    kept = {t.i for t in tokens}
    roots = [t for t in tokens if not t.is_punct and (t.head.i == t.i or t.head.i not in kept)]
    # What a dropped opener governed ("Well" as the root) may be the only clause left.
    best = [t for t in roots if t.dep_ == "ROOT"] or roots
    if len(best) != 1:
        raise Doubtful
    return best[0]


def _main_clause(tokens: Sequence[Token], root: Token) -> list[Token]:
    """The root's tree without remarks beside it."""
    kept = {t.i for t in root.subtree}
    for token in tokens:
        alone = token.i < root.i or token.doc[token.left_edge.i - 1].is_punct or _runs_on(token)
        aside = (token.dep_ in _DROPPED and alone) or (
            token.dep_ == "conj" and token.head.i == root.i and _request(token)
        )
        if token.i in kept and aside and token.i != root.i:
            kept -= {t.i for t in token.subtree}
    return [t for t in tokens if t.i in kept]


def _runs_on(token: Token) -> bool:
    """A new clause set beside the main one without a mark between them, as recognisers write it."""
    return token.dep_ == "parataxis" and token.tag_ != "VB" and any(c.dep_ in SUBJECTS for c in token.children)


def _request(token: Token) -> bool:
    """ "..., so stay tuned": a request hung on a statement."""
    bare = not any(c.dep_ in (*SUBJECTS, *AUX) for c in token.children)
    return (
        token.tag_ == "VB"
        and bare
        and token.head.tag_ != "VB"
        and not any(c.dep_ == "aux" for c in token.head.children)
    )


def is_asked(words: Sequence[Token], *, marked: bool) -> bool:
    """Whether words ask something: by their mark, else by the order or the word that they begin with."""
    if len(words) < 3:
        return False
    first = words[0]
    if marked:
        return True
    opens = (first.lemma_.lower() in ("be", "do", "have") or first.tag_ == "MD") and first.tag_ in _FINITE
    if opens:
        return words[1].pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM") and words[1].lower_ not in ("n't", "not")
    finite = next((n for n, t in enumerate(words[:7]) if t.tag_ in _FINITE), None)
    if first.lower_ not in WH or not finite:
        return False
    helps = words[finite].lemma_.lower() in ("be", "do", "have") or words[finite].tag_ == "MD"
    follows = words[finite + 1] if finite + 1 < len(words) else first
    return (
        helps
        and follows.pos_ in ("PRON", "DET", "PROPN")
        and (follows.lower_ in ("we", "you", "i", "they") or _last(words))
    )


def _last(words: Sequence[Token]) -> bool:
    # "What we need is the ...": a finite verb before the auxiliary makes it a statement.
    return words[0].lower_ in ("how", "why", "where", "when", "what", "who") and words[1].tag_ in _FINITE


_FINITE = ("MD", "VBP", "VBZ", "VBD")


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence asks."""
    return is_asked(sentence.words, marked=sentence.marked)

"""A cleaned sentence seen as its main clause: what it asks, tells or asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Span, Token

from pipeline.language.wording.clauses import AUX, SUBJECTS, Clause, clause_of
from pipeline.language.wording.clean import clean
from pipeline.language.wording.compress import trimmed
from pipeline.language.wording.guards import tellable
from pipeline.language.wording.line import Doubtful
from pipeline.language.wording.words import TRANSITIVE, WH

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
    shorter = trimmed(_main_clause(tokens, root), limit)
    if shorter is None or len([t for t in shorter if not t.is_punct]) < 3:
        raise Doubtful
    while shorter and (shorter[0].is_punct or (shorter[0].dep_ in ("cc", "discourse") and shorter[0].head.i == root.i)):
        if shorter[0].lower_ in ("or", "nor"):
            raise Doubtful
        shorter = shorter[1:]
    if shorter and shorter[0].dep_ == "mark" and shorter[0].head.i == root.i:
        if shorter[0].lower_ not in ("that", "so"):
            raise Doubtful
        shorter = shorter[1:]
    while shorter and shorter[-1].is_punct and shorter[-1].text not in CLOSING:
        shorter = shorter[:-1]
    clause = clause_of(root, {t.i for t in shorter})
    subjects = [c for c in root.children if c.dep_ in ("nsubj", "nsubj:pass", "expl") and c.i in {t.i for t in shorter}]
    if len(subjects) > 1 or not bounded(shorter, tokens):
        raise Doubtful
    return Sentence(tuple(shorter), clause, marked)


def bounded(part: Sequence[Token], whole: Sequence[Token]) -> bool:
    """Whether what was left out of `whole` lay between marks or joints, so that no phrase was torn."""
    kept = {t.i for t in part}
    for n, token in enumerate(whole):
        if token.i in kept or token.is_punct or _joint(token):
            continue
        before, after = whole[n - 1] if n else None, whole[n + 1] if n + 1 < len(whole) else None
        starts = before is not None and before.i in kept and not before.is_punct and not _opens(token)
        ends = after is not None and after.i in kept and not (after.is_punct or _joint(after) or token.is_punct)
        if starts or (ends and n and not _light(token)):
            return False
    return True


def _joint(token: Token) -> bool:
    return token.pos_ in ("CCONJ", "SCONJ") or token.dep_ in ("cc", "mark")


def _opens(token: Token) -> bool:
    """Whether a part that can be left out may begin with this word without a comma."""
    return _joint(token) or token.dep_ in ("advmod", "discourse", "nsubj", "case") or token.tag_ in ("WDT", "WP", "WRB")


def _light(token: Token) -> bool:
    return token.pos_ in ("ADV", "INTJ") or token.dep_ in ("discourse", "advmod")


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
        aside = (token.dep_ in _DROPPED and alone and not _joined(token)) or (
            token.dep_ == "conj" and token.head.i == root.i and _request(token)
        )
        if token.i in kept and aside and token.i != root.i:
            kept -= {t.i for t in token.subtree}
    return [t for t in tokens if t.i in kept]


def _joined(token: Token) -> bool:
    """ "It's free, and printed copies will be in waiting rooms": a clause joined by "and", whatever the parse calls it."""
    edge = token.left_edge
    joint = {edge.lower_, edge.nbor(-1).lower_ if edge.i else ""} & {"and", "but"}
    return token.dep_ == "parataxis" and bool(joint) and any(c.dep_ in SUBJECTS for c in token.children)


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
    opens = (first.lemma_.lower() in ("be", "do", "have") or first.tag_ == "MD") and first.tag_ in FINITE
    if opens:
        return words[1].pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "NUM") and words[1].lower_ not in ("n't", "not")
    finite = next((n for n, t in enumerate(words[:7]) if t.tag_ in FINITE), None)
    if first.lower_ not in WH or not finite:
        return False
    if first.lower_ == "who" and finite == 1 and not any(t.lower_ in ("is", "was") for t in words[2:]):
        return True
    helps = words[finite].lemma_.lower() in ("be", "do", "have") or words[finite].tag_ == "MD"
    follows = words[finite + 1] if finite + 1 < len(words) else first
    return (
        helps
        and follows.pos_ in ("PRON", "DET", "PROPN")
        and (follows.lower_ in ("we", "you", "i", "they") or _last(words))
    )


def _last(words: Sequence[Token]) -> bool:
    # "What we need is the ...": a finite verb before the auxiliary makes it a statement.
    return words[0].lower_ in ("how", "why", "where", "when", "what", "who") and words[1].tag_ in FINITE


CLOSING = frozenset(')”"%')
FINITE = ("MD", "VBP", "VBZ", "VBD")


_NOMINATIVE = frozenset({"i", "we", "he", "she", "they"})
_HALF = frozenset({"especially", "perhaps", "maybe", "even", "only", "just", "particularly", "like"})


def sound(words: Sequence[Token]) -> bool:
    """Whether words can be a statement at all: nothing half said, no pronoun without its verb."""
    lower = [t.lower_ for t in words]
    half = len(words) > 2 and lower[0] in _HALF and lower[1] in ("if", "when", "because")
    if half or _unfinished(words) or any(a == "let" and b in ("me", "us", "'s") for a, b in pairwise(lower)):
        return False
    if lower[0] in WH and words[1].tag_ in FINITE and words[1].lemma_.lower() in ("do", "be", "have", "can", "will"):
        return tellable(words) and lower[0] in ("what", "who") and sum(t.tag_ in FINITE for t in words) > 1
    if not tellable(words):
        return False
    return not any(_bare_pronoun(words, n) for n in range(len(words)) if lower[n] in _NOMINATIVE)


def _unfinished(words: Sequence[Token]) -> bool:
    """A last verb that lacks its object."""
    last = words[-1]
    relative = any(t.tag_ in ("WDT", "WP", "WRB") for t in words) or last.dep_ in ("acl:relcl", "acl")
    return last.pos_ == "VERB" and last.lemma_.lower() in TRANSITIVE and not relative


def _bare_pronoun(words: Sequence[Token], n: int) -> bool:
    """A subject pronoun without a verb behind it, or governed by a preposition."""
    if not any(t.pos_ in ("VERB", "AUX") for t in words[n + 1 : n + 5]):
        return True
    before = words[n - 1] if n else None
    return before is not None and before.pos_ == "ADP" and before.dep_ == "case" and before.i + 1 == words[n].i


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence asks."""
    return is_asked(sentence.words, marked=sentence.marked)

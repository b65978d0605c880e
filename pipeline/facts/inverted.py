"""Questions put into statement order word by word: for those whose parse is doubtful."""

from collections.abc import Sequence

from pipeline.language.phrases import core_end, disfluent, joined
from pipeline.language.said import Span, Token
from pipeline.language.wording.line import inflected, verb_lemma

_AUX = frozenset("is are was were do does did can could will would should may might must has have had".split())
_WH = frozenset("who what when where why how which whose".split())
_OWN = {
    "you": "they",
    "your": "their",
    "i": "they",
    "we": "they",
    "our": "their",
    "my": "their",
    "us": "them",
    "me": "them",
}


def in_statement_order(span: Span) -> str | None:
    """ "How should an owner set priorities?" -> "how an owner should set priorities"; None where that is not clear."""
    tokens = [t for t in span if not disfluent(t) and t.tag_ != "UH" and not t.is_space]
    while tokens and (tokens[0].is_punct or tokens[0].lower_ in {"and", "so", "but", "well", "okay", "now", "then"}):
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    if len(tokens) < 4:
        return None
    aux = next((i for i, t in enumerate(tokens[:6]) if t.lower_ in _AUX), None)
    if aux is None or (aux > 0 and tokens[0].lower_ not in _WH):
        return None
    end = _subject_end(tokens, aux + 1)
    if end is None or end >= len(tokens):
        return None
    opening = " ".join(t.lower_ for t in tokens[:aux]) or "whether"
    subject, rest = tokens[aux + 1 : end], tokens[end:]
    if (
        tokens[aux].lower_ == "do"
        and subject[-1].lower_ in {"you", "we", "i"}
        and opening.split()[0] in {"how", "what", "where", "when"}
    ):
        return f"{opening} to {_told(rest)}"
    verb = _verb(tokens[aux], rest, subject)
    return f"{opening} {_told(subject)} {verb}".strip() if verb else None


def _subject_end(tokens: Sequence[Token], start: int) -> int | None:
    if start < len(tokens) and tokens[start].pos_ == "PRON":
        return start + 1
    end = core_end(tokens, start)
    if end is not None and end < len(tokens) and tokens[end].lower_ == "of":
        return core_end(tokens, end + 1) or end
    return end


def _verb(aux: Token, rest: Sequence[Token], subject: Sequence[Token]) -> str | None:
    """The auxiliary after its subject, or the verb inflected in its stead ("does it work" -> "it works")."""
    word = aux.lower_
    if word not in {"do", "does", "did"}:
        plural = subject[-1].lower_ in {"you", "we", "i"}
        return f"{'are' if plural and word in {'am', 'is'} else word} {_told(rest)}"
    if rest[0].lower_ in {"not", "n't", "n’t"}:
        return f"{word} not {_told(rest[1:])}"
    if word == "do":
        return _told(rest)
    form = inflected(verb_lemma(rest[0]), "VBZ" if word == "does" else "VBD")
    return f"{form} {_told(rest[1:])}".strip()


def _told(tokens: Sequence[Token]) -> str:
    text = joined(tokens)
    return " ".join(_OWN.get(w.lower(), w) for w in text.split())

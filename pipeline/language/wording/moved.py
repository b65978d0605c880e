"""A finished statement with its time set elsewhere: the same words in another order, where too many stand as they were spoken."""

from spacy.tokens import Doc, Token

from pipeline.language.wording.words import DAYS, MONTHS, TIME_NOUNS

_OBLIQUE = ("obl", "obl:tmod", "obl:unmarked", "advmod")  # of a verb: "a report from last year" is one thing
_SHORT = 3  # words up to which a fronted time takes no comma


def time_first(doc: Doc) -> str | None:
    """ "They had closed it twice in the last year." as "in the last year, they had closed it twice"; None without a time at its end."""
    words = [t for t in doc if not t.is_space]
    while words and words[-1].is_punct:
        words.pop()
    place = next(
        (t for t in words if t.dep_ in _OBLIQUE and _closes(t, words) and _of_main_verb(t) and _temporal(t)), None
    )
    if place is None:
        return None
    start = place.left_edge.i
    when, rest = doc[start : words[-1].i + 1], doc[words[0].i : start]
    if len(rest) < 5 or any(t.text in ",;" for t in when):
        return None
    body = rest.text.rstrip(" ,")
    lowered = body if _keeps_capital(words[0]) else body[:1].lower() + body[1:]
    return f"{when.text}{',' if len(when) > _SHORT else ''} {lowered}"


def _closes(token: Token, words: list[Token]) -> bool:
    """Whether all that hangs on a token is the end of the statement, and not its beginning too."""
    return token.right_edge.i == words[-1].i and token.left_edge.i > words[0].i and len(list(token.subtree)) > 1


def _of_main_verb(token: Token) -> bool:
    return token.head.dep_ == "ROOT" and token.head.i < token.left_edge.i and token.head.pos_ in ("VERB", "AUX", "ADJ")


def _temporal(token: Token) -> bool:
    names = token.lemma_.lower() in TIME_NOUNS or token.lower_ in DAYS | MONTHS or token.ent_type_ == "DATE"
    return names and not any(c.dep_.startswith(("acl", "conj")) for c in token.children)


def _keeps_capital(token: Token) -> bool:
    return token.pos_ == "PROPN" or bool(token.ent_type_) or (token.text.isupper() and len(token.text) > 1)

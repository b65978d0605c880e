"""Who gets the floor, by the sentence's verb and not by its exact words.

"I'll pass you over to our chief nurse, Adaeze Obi", "I'll stop there and give way to Farid" and "could I
bring in Omar on that" share a shape: the speaker (or an order to everybody) acts with a verb of giving, going or
calling, and the first person named after it, in the same clause, is the one.
"""

from spacy.tokens import Doc, Token

from pipeline.language.lists import FLOOR_VERBS
from pipeline.language.roster import Mention

_REACH = 12  # words between the verb and the name
_SUBJECTS = frozenset(("i", "we", "us", "me", "'s", "’s"))
_TAKEN_BACK = frozenset("not n't n’t never cannot before after until unless if when was were did had".split())
_OPENERS = frozenset("please now so and then okay right well just also , with that kindly everyone do today".split())
_CLAUSE_ENDS = frozenset(
    (".", "?", "!", ";", ":", "that", "because", "where", "which", "who", "about", "but", "if", "when")
)


def gives_floor(doc: Doc, mention: Mention) -> int | None:
    """The verb with which the speaker gives the floor to the person mentioned, or None."""
    for at in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
        token = doc[at]
        if token.lower_ in _CLAUSE_ENDS:
            return None
        if token.pos_ == "PROPN" and token.ent_type_ == "PERSON":
            return None  # somebody else is named first
        links = FLOOR_VERBS.get(token.lemma_.lower())
        if links is not None and _present(token):
            between = {t.lower_ for t in doc[at + 1 : mention.start]}
            return at if (links & between or not links) and _by_speaker(doc, at) else None
        if token.pos_ == "VERB" or token.is_sent_start:
            return None
    return None


def _present(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX", "INTJ") and token.tag_ not in ("VBD", "VBN", "VBZ")


def _by_speaker(doc: Doc, verb: int) -> bool:
    """ "I'd now like to hand", "can we go", "let's hear", "please welcome": the speaker, or an order."""
    before: list[str] = []
    for at in range(verb - 1, max(-1, verb - 9), -1):
        word = doc[at].lower_
        if word in (".", "?", "!", ";"):
            break
        before.append(word)
        if doc[at].is_sent_start:
            break
    if set(before) & _TAKEN_BACK:
        return False
    return bool(_SUBJECTS & set(before)) or all(word in _OPENERS for word in before)

"""How a wording reads: what is mended before it may stand, and whether it is then an English sentence that says something."""

import re
from collections.abc import Callable

from pipeline.facts.polish import capitals, copied, figures, mended, one_subject, tidied, undoubled
from pipeline.facts.view import Meeting
from pipeline.language.lexicon import is_ordinary
from pipeline.language.parsing import Doc
from pipeline.language.said import Said
from pipeline.language.wording.fluent import fluent, substance, whole_request
from pipeline.language.wording.line import is_base_verb
from pipeline.language.wording.moved import time_first


def polished(text: str, said: Said, meeting: Meeting, body: str | None) -> str | None:
    """A predicate as the page may have it; None where it does not read as English, or copies too much."""
    text = tidied(_to_infinitive(figures(undoubled(text, body)), said))
    for subject in filter(None, (body, said.name and said.name.split()[-1])):
        text = one_subject(text, subject)
    text = re.sub(r",? and (?:yes|no|well),? .*$", "", text)
    text = re.sub(
        r", (?:people|everyone|everybody|folks|all|friends|colleagues|lads|guys|ladies|gentlemen|love|dear)$", "", text
    )
    text = re.sub(r"^(said that )(?:and )?then,? (?!again\b)", r"\1", text)
    text = re.sub(r"^(said that )(?:one|two|three|first|second|third|firstly|secondly|thirdly), (?=\w)", r"\1", text)
    text = _uncalled(text, said, meeting)
    if re.search(r"\d of us\b", figures(said.plain)):  # "on Thursdays, 3 of us": "3 of them" would be Thursdays
        text = re.sub(r"\b(\d+) of (?:them|it)\b", r"\1 people", text)
    if said.name and re.search(r"\band (?:i|me)\b", said.plain):  # "Ines and I": "Ines and they" would be others
        text = re.sub(r"(?<=[A-Z])([\w'’-]+ and) (?:they|them)\b", rf"\1 {said.name.split()[-1]}", text)
    text = re.sub(r"^announced that (?=(?:the|a|an) [^,]*(?:,|$))", _announcing(meeting), text)
    text = _only_asked(text, meeting)
    text = capitals(_reordered(mended(text, said.plain), said, meeting), meeting.bodies)
    text = _small(text, said)
    return text if sound(text) and not copied(text, said.plain) and reads_well(text, meeting) else None


def _uncalled(text: str, said: Said, meeting: Meeting) -> str:
    """Without the first name of somebody there who was spoken to: "it's online, Siobhán, and free"; a noun before it is theirs."""
    firsts = {name.split()[0] for name in meeting.speakers}
    for t in said.span:
        called = t.text in firsts and t.i > said.span.start + 1 and t.nbor(-1).text == ","
        if called and t.nbor(-2).pos_ not in ("NOUN", "PROPN"):
            text = re.sub(rf", {re.escape(t.text)}(?:(?=, )|$)", "", text)
    return text


def _only_asked(text: str, meeting: Meeting) -> str:
    """A request without a statement that was spoken on from it: "to measure it, record it, and there was a correction"."""
    request = _REQUEST.match(text)
    if request is None or meeting.read is None:
        return text
    first, *others = text[request.end() :].split(", ")
    kept = [first]
    for part in others:
        if _states(meeting.read(_sentence(re.sub(r"^(?:and|but|so) ", "", part)))):
            break
        turned = request["denied"] and is_base_verb(part.split()[0].lower())
        kept.append(f"but to {part}" if turned else part)  # "don't throw it away, wrap it in a towel"
    if len(kept) > len(others):
        return request[0] + ", ".join(kept)
    last = kept.pop() if len(kept) > 1 else ""
    joint = " " if last.startswith(("and ", "or ")) else " and "
    return f"{request[0]}{', '.join(kept)}{joint}{last}" if last else f"{request[0]}{first}"


def _states(clause: Doc) -> bool:
    """Whether a clause is a statement of its own: a finite verb with its subject before it, and nothing that binds it."""
    root = next((t for t in clause if t.head.i == t.i), None)
    if root is None:
        return False
    own = [t for t in (root, *root.children) if t.tag_ in FINITE]
    subject = (
        any(c.dep_.startswith(("nsubj", "expl")) and c.i < max(t.i for t in own) for c in root.children)
        if own
        else False
    )
    return subject and not any(c.dep_ == "mark" or c.tag_ in ("WDT", "WP", "WRB") for c in root.children)


def _announcing(meeting: Meeting) -> Callable[[re.Match[str]], str]:
    """ "announced that the Fellowship, for teachers": without a verb it is "announced the Fellowship, ..."."""

    def lead(found: re.Match[str]) -> str:
        rest = found.string[found.end() :].split(",")[0]
        verb = meeting.read is None or any(
            t.tag_ in FINITE and t.dep_ in ("ROOT", "root", "cop", "aux", "aux:pass")
            for t in meeting.read(_sentence(rest))
        )
        return found[0] if verb else "announced "

    return lead


def _small(text: str, said: Said) -> str:
    """ "said that Creosote was cheap": a word that only the start of the spoken sentence gave a capital."""
    found = _BEGINS.match(text)
    first = next((t for t in said.span if t.is_alpha), None)
    if not found or first is None or first.text != found[2] or first.ent_type_ or not is_ordinary(first.lower_):
        return text
    return f"{found[1]}{found[2][0].lower()}{text[found.end(2) - len(found[2]) + 1 :]}"


_BEGINS = re.compile(r"(said that )([A-Z][a-z]+)\b(?! (?:(?:of|for|and|the|in|on) )*[A-Z])")


def _reordered(text: str, said: Said, meeting: Meeting) -> str:
    """The claim with its time first, where too many of the speaker's own words stand in a row."""
    claim = _CLAIM.match(text)
    if meeting.read is None or not claim or not copied(text, said.plain):
        return text
    moved = time_first(meeting.read(_sentence(text[claim.end() :])))
    return f"{claim[0]}{moved}" if moved and not copied(moved, said.plain) else text


_CLAIM = re.compile(
    r"^(?:said|added|thought|noted|explained|hoped|believed|mentioned|confirmed|reported|felt|agreed|stressed) that "
)
_REQUEST = re.compile(
    r"^(?:advised|asked|urged|encouraged|invited|reminded) [\w ]{4,24}? (?P<denied>not )?to (?=[a-z])"
)
_HANGING = re.compile(
    r"said that (?:if|unless|because|although|whereas|while) [^,]+$"
)  # a condition without what it is one of
_RELATIVE = re.compile(r"(?P<before>.+?), (?:who|which) [^,]+(?P<after>,.*)?$")
_BEGUN = re.compile(r"([^,]+), (?:but |so |and (?=(?:he|she|it|they|there)\b))")
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
LEAST = 2  # words of substance without which a statement says nothing


def reads_well(text: str, meeting: Meeting) -> bool:
    """Whether a predicate, read by itself as its readers will, is whole and says something."""
    claim, request = _CLAIM.match(text), _REQUEST.match(text)
    if meeting.read is None or not (claim or request):
        return True
    if request:  # broken talk is full of words that look like orders
        return not meeting.rough and whole_request(meeting.read(_sentence(text[request.end() :])))
    begun = _BEGUN.match(text[claim.end() :])  # type: ignore[union-attr]
    if begun and not any(t.tag_ in FINITE for t in meeting.read(_sentence(begun[1]))):
        return False  # "a pretty quick update, but ..."
    if (relative := _RELATIVE.match(text[claim.end() :])) and not any(  # type: ignore[union-attr]
        t.tag_ in FINITE
        for part in (relative["before"], relative["after"] or "")
        for t in meeting.read(_sentence(part))
    ):
        return False  # "the rector of Stoke, who walked about the county"
    parts = [meeting.read(_sentence(p)) for p in re.split(r",? (?:and|but) that (?=\w+ \w+ )|; ", text[claim.end() :])]  # type: ignore[union-attr]
    return all(fluent(p) for p in parts) and sum(substance(p) for p in parts) >= LEAST


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip(' .')}."


_UNSOUND = re.compile(
    r"^said that do(?:es)? not\b|\bneither (?!of\b)(?!.*\bnor\b)|\b(?:be|been) (?:but|and|because|so)\b|^said that (?:\d{4}, |whether\b)|\b(?:would|could|should|might|must) (?:going|having|been|was|were|had|is|are)\b|\b(?:was|were) (?:looking|taking|putting|setting|making)(?:,| and\b|$)|\bplease (?:did|had|was|were)\b|\bthem for them\b|, (?:do|did) not \w+(?:$|[,;])|\bso (?:do|did) not \w+|\bthat (?:it|they|he|she|this)[.]?$|\band (?:had|was|were|did|would|could)[.]?$|\b(?:co|re|pre|non|self)[.]?$|\b(?:i|i'm|me|my|we|us|our|ourselves|myself|you|your|yours|um|uh|er|yeah|okay|kinda|gonna|wanna)\b|\b(?:the|a|an|of|to|and|that) (?:,|\.|;|$)|"
    r"\b(?:should|would|could|might|must) (?:(?:when|if|and|because|that|the|an?|at|in|of|to|for|with|on|from|by)\b|,|$)|\bof it$|"
    r"\b(?:and|but|or) (?:when|while|if|because|although|though|after|before|since|unless) (?!possible\b|necessary\b|needed\b|so\b)[^,;]+$|\bthat that\b|\bthe the\b|\bthat (?:and|but|so)\b|[\[\]{}<>]|\.\.\.|…|--|—|\b(\w+) \1 \1\b",
    re.IGNORECASE,
)


def sound(text: str) -> bool:
    """Whether a wording has nothing in it that gives its making away."""
    words = text.split()
    return 3 <= len(words) <= 60 and not _UNSOUND.search(text) and not _HANGING.match(text)


def _to_infinitive(text: str, said: Said) -> str:
    """ "the first was, measure after each flood" -> "the first was to measure after each flood"."""
    tokens = list(said.span)
    for be, comma, verb in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if be.lemma_ == "be" and comma.text == "," and verb.tag_ in {"VB", "VBP"}:
            text = re.sub(rf"\b(was|were|is), (?={re.escape(verb.lower_)}\b)", r"\1 to ", text, count=1)
    return text

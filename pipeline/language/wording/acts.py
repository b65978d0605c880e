"""Sentences in the first person that do what they say: "I want to thank ...", "we are launching ...", "I think ..."."""

import re
from collections.abc import Sequence

from spacy.tokens import Token

from pipeline.language.wording.clauses import is_finite
from pipeline.language.wording.fluent import SAME_IN_PAST
from pipeline.language.wording.line import Doubtful, Line, inflected, is_base_verb, verb_lemma
from pipeline.language.wording.persons import Voice
from pipeline.language.wording.rewrite import worded
from pipeline.language.wording.sentences import Sentence
from pipeline.language.wording.words import (
    ADDRESSING,
    ADVICE,
    EVERYONE,
    HOUSEKEEPING,
    NAMING,
    NEGATIONS,
    NOUN_FRAMES,
    POINTING,
    REPORTED_AS,
    SAYING,
    SHOULD_FRAMES,
    TELLING,
    THINKING,
    WH,
)

_WHO = (
    r"i|we|let me|let us|allow me to|it(?: only| just)? (?:remains|falls) (?:for|to) me to|it (?:only )?remains to|"
    r"it (?:is|'s) (?:my|a) (?:great )?(?:pleasure|privilege|honour|honor) to|can i|could i|may i|might i"
)
_WAY = (
    r"'d|would|will|'ll|do|must|should|can|could|want|like|love|wish|have|need|to|just|also|really|particularly|especially|"
    r"first|finally|again|very|much|so|'m|am|are|'re|delighted|pleased|happy|proud|glad|thrilled|excited|honoured|honored|"
    r"going|gonna|gon|na|only|wanted|take|this|the|opportunity|today|now|strongly|sincerely|please|able|be"
)
_LEAD = re.compile(
    rf"^(?:(?:finally|lastly|first|firstly|also|then|again|today|tonight|now|here),? )*(?:{_WHO})(?: (?:{_WAY}))*$"
)
_DENIED = re.compile(r"^(?:i|we) (?:do|would|ca|can|could) (?:n't|not)(?: really)?$")


def act(sentence: Sentence, voice: Voice, _: str) -> str | None:
    """A first-person sentence whose verb is itself the act of reporting; None where it is none."""
    for n, verb in enumerate(sentence.words[:14]):
        if verb.pos_ not in ("VERB", "AUX") or verb.tag_ not in ("VB", "VBP", "VBG", "VBN"):
            continue
        lemma = verb_lemma(verb)
        lead = " ".join(t.lower_.replace("’", "'") for t in sentence.words[:n])
        if lemma not in NOUN_FRAMES | SAYING | TELLING | THINKING:
            continue
        if _LEAD.match(lead) and verb.tag_ != "VBN" and not (verb.tag_ == "VBG" and "to" in lead.split()[-2:]):
            return _performed(sentence, voice, verb, lemma)
        if _DENIED.match(lead) and lemma in THINKING - {"know", "doubt"}:
            return _claimed(sentence, voice, verb, f"did not {lemma}")
    return None


def _performed(sentence: Sentence, voice: Voice, verb: Token, lemma: str) -> str | None:
    ours = sentence.words[0].lower_ == "we" and voice.body is not None
    if lemma in THINKING | SHOULD_FRAMES and ours and verb.tag_ != "VBG":
        return None  # "the network hoped that ..." is more than the speaker's own view
    after = _after(sentence, verb)
    clausal = _opens_clause(after)
    if lemma == "point" and after and after[0].lower_ == "out":
        return _claimed(sentence, voice, after[0], "pointed out")
    if lemma in TELLING and clausal:
        told = next((t for t in reversed(after[:3]) if t.lower_ in ("you", "all", "everyone", "members")), None)
        return _claimed(sentence, voice, told, "said") if told is not None else None
    if lemma in SAYING | THINKING and clausal:
        return _claimed(sentence, voice, verb, REPORTED_AS.get(lemma) or inflected(lemma, "VBD"), lemma=lemma)
    if lemma in THINKING and not (lemma in ("hope", "expect") and after and after[0].lower_ == "to"):
        raise Doubtful  # "I think a lot of people", "I don't know": nothing is claimed
    return _done(sentence, voice, verb, lemma) if lemma in NOUN_FRAMES and _whole(after, lemma) else None


def _after(sentence: Sentence, verb: Token) -> list[Token]:
    return [t for t in sentence.words if t.i > verb.i]


def _opens_clause(after: Sequence[Token]) -> bool:
    """Whether a clause follows: "that ...", or a nominal and then a finite verb."""
    if not after or after[0].tag_ in ("TO", "VBG") or after[0].lower_ in ("of", "about"):
        return False
    finite = next((n for n, t in enumerate(after) if is_finite(t)), None)
    if not finite:
        return False
    opener = after[0].lower_ in ("that", "whether", "if", *WH)
    return opener or (after[0].dep_ != "obj" and any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in after[:finite]))


def _claimed(sentence: Sentence, voice: Voice, verb: Token, said: str, *, lemma: str = "") -> str:
    """What was thought or said, as a clause of its own."""
    tokens = [t for t in sentence.tokens if t.i > verb.i]
    while tokens and tokens[0].is_punct:
        tokens = tokens[1:]
    if tokens and tokens[0].lower_ == "to":  # "to my colleagues that ..."
        tokens = [t for t in tokens if t.i >= next((m.i for m in tokens[:7] if m.lower_ == "that"), tokens[-1].i)]
    that = next((n for n, t in enumerate(tokens[:4]) if t.lower_ == "that" and t.pos_ == "SCONJ"), 0)
    if all(t.pos_ == "ADV" or t.is_punct for t in tokens[:that]):
        tokens = tokens[that:]  # "say very clearly that ..."
    joint = "that"
    if tokens and tokens[0].lower_ in ("that", "whether", "if") and tokens[0].pos_ != "PRON":
        joint = "that" if tokens[0].lower_ == "that" else "whether"
        if joint == "whether" and lemma not in ("wonder", "doubt", "know", ""):
            raise Doubtful
        tokens = tokens[1:]
    if tokens and tokens[0].lower_ in WH:
        joint = ""
        place = next((n for n, t in enumerate(tokens) if is_finite(t)), len(tokens))
        if place + 1 < len(tokens) and tokens[place + 1].tag_ == "PRP":
            raise Doubtful  # "I wonder which one do we want"
    if not any(is_finite(t) for t in tokens):
        raise Doubtful
    line = Line(tokens)
    finite = next(t for t in tokens if is_finite(t))
    if lemma in SHOULD_FRAMES and finite.tag_ in ("VBP", "VB") and finite.pos_ == "VERB":
        line.put(finite, f"should {verb_lemma(finite)}")
    return " ".join(part for part in (said, joint, worded(tokens, voice, line=line)) if part)


def _whole(after: Sequence[Token], lemma: str) -> bool:
    """Whether the act has what it needs: "ask" somebody to, "call" for or on, "agree" with."""
    words = [t.lower_ for t in after]
    if not words:
        return False
    needed = {
        "ask": {"to", "for"}, "call": {"for", "on", "upon"}, "agree": {"with", "that", "to", "on"}, "disagree": {"with"},
        "apologise": {"for"}, "apologize": {"for"}, "invite": {"to"},
    }.get(lemma)  # fmt: skip
    if lemma in ("call", "agree", "disagree"):
        return words[0] in (needed or ())
    return needed is None or bool(needed & set(words[:9]))


def _done(sentence: Sentence, voice: Voice, verb: Token, lemma: str) -> str:
    """ "I want to commend the groups that ..." -> "commended the groups that ..."."""
    rest = [t for t in sentence.tokens if t.i > verb.i]
    while rest and (rest[0].is_punct or rest[0].lower_ in ("here", "today")):
        rest = rest[1:]
    line = Line(rest)
    addressed = _address(line, lemma, voice)
    pointing = bool(rest) and rest[0].lower_ in POINTING | {"you"}
    if not addressed and pointing and (len(rest) < 2 or rest[1].pos_ not in ("NOUN", "ADJ", "PROPN", "NUM")):
        raise Doubtful
    return f"{inflected(lemma, 'VBD')} {worded(rest, voice.to(addressed), line=line)}"


def _address(line: Line, lemma: str, voice: Voice) -> bool:
    """Write "all of you" as the audience where it is the object; True when that was done."""
    words = [t for t in line.tokens if not t.is_punct]
    size = next((len(p) for p in EVERYONE if tuple(t.lower_ for t in words[: len(p)]) == p), 0)
    if not size and words and words[0].lower_ == "you":
        if lemma not in ADDRESSING:
            raise Doubtful  # one person may be thanked here
        size = 1
    if not size:
        return False
    for token in words[1:size]:
        line.put(token, "")
    line.put(words[0], voice.audience if lemma in ADDRESSING else "those present")
    return True


# ---- requests ----------------------------------------------------------------------------------------------------

_POLITE = frozenset("please do n't n’t not never then also just kindly always".split())


def request(sentence: Sentence, voice: Voice, verb: str) -> str | None:
    """ "Please send your figures" -> "asked members to send their figures"; "My advice is, ask" -> "advised ..."."""
    words, asked = (
        sentence.words,
        verb if verb in ("urged", "invited", "encouraged", "advised", "reminded") else "asked",
    )
    lower = tuple(t.lower_.replace("’", "'") for t in words)
    advice = next((len(p) for p in ADVICE if lower[: len(p)] == p), 0)
    if advice:
        words, asked = words[advice:], "advised"
        while words and words[0].lower_ in ("to", "that", "just", "please"):
            words = words[1:]
    lead = 0
    while lead < len(words) and words[lead].lower_ in _POLITE:
        lead += 1
    head = words[lead] if lead < len(words) else None
    denied = any(t.lower_ in NEGATIONS or t.lower_ == "n’t" for t in words[:lead])
    if sentence.marked or head is None or not _bare(head, after_advice=bool(advice), denied=denied):
        return None
    if _in_title(head):
        raise Doubtful
    if head.lemma_.lower() in HOUSEKEEPING and not (advice and head.lower_ in ("talk", "look", "start", "go")):
        raise Doubtful
    tokens = [t for t in sentence.tokens if t.i >= head.i and t.lower_ != "please"]
    line = Line(tokens)
    line.put(head, verb_lemma(head))
    return f"{asked} {voice.audience} {'not ' if denied else ''}to {worded(tokens, voice.to(True), line=line)}"


def _in_title(head: Token) -> bool:
    """Whether a verb stands in the name of a work: behind "called", or with a capital inside a sentence."""
    before: list[Token] = []
    for token in reversed(head.doc[max(0, head.i - 8) : head.i]):
        if token.text in (".", "?", "!"):
            break
        before.append(token)
    named = any(t.lower_ in NAMING for t in before)
    return bool(before) and (named or (head.is_title and before[0].text not in ("“", '"', ":", ",")))


def _bare(head: Token, *, after_advice: bool, denied: bool) -> bool:
    """Whether a verb stands there as a request."""
    # "Put a name on it", "don't close a job": no past tense and no adjective, where no subject stands before it.
    opens = head.lower_ in SAME_IN_PAST or (denied and is_base_verb(head.lower_))
    if not opens and (head.pos_ != "VERB" or head.tag_ not in ("VB", "VBP")):
        return False
    subject = any(c.dep_.startswith(("nsubj", "csubj")) and c.i < head.i for c in head.children)
    return after_advice or not subject

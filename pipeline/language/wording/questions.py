"""Questions in statement order: "asked whether ...", "how to ..."; for reports and for topic labels."""

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Token

from pipeline.language.wording.clauses import is_finite
from pipeline.language.wording.guards import turns_again
from pipeline.language.wording.line import Doubtful, Line, inflected, verb_lemma
from pipeline.language.wording.persons import Voice
from pipeline.language.wording.rewrite import worded
from pipeline.language.wording.sentences import Sentence, is_question
from pipeline.language.wording.words import ASKING, GENERIC, TO_ABLE, WH

_NOMINAL = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PRON")
_DO = ("do", "does", "did")


def question(sentence: Sentence, voice: Voice, _: str) -> str | None:
    """ "Is the hall open?" -> "asked whether the hall was open"; None for what is no question."""
    if not is_question(sentence):
        return None
    return f"asked {asked(sentence.tokens, voice, past=True)}"


def asked(tokens: Sequence[Token], voice: Voice, *, past: bool) -> str:
    """A question in statement order: "whether ...", "how ..."; raises `Doubtful`."""
    words = [t for t in tokens if not t.is_punct]
    if len(words) < 3 or any(t.lower_ == "please" for t in words):
        raise Doubtful
    embedded = _embedded(words)
    if embedded is not None:
        if turns_again(embedded):
            raise Doubtful
        return _statement_order(embedded, voice, past=past)
    turned = sum(_helps(a) and is_finite(a) and b.tag_ == "PRP" for a, b in pairwise(words))
    if turned > 1:
        raise Doubtful  # two questions in one
    n = next((k for k, t in enumerate(words[:9]) if is_finite(t) and (k > 0 or _helps(t))), None)
    if n is None:
        raise Doubtful
    phrase, finite, rest = words[:n], words[n], [t for t in tokens if t.i > words[n].i]
    _check_phrase(phrase, words)
    if phrase and (not _helps(finite) or (_asks_subject(phrase) and not _subject(rest))):
        return f"{_written(phrase, voice)} {worded([finite, *rest], voice, past=past)}"
    return _turned(phrase, finite, rest, voice, past=past)


def _check_phrase(phrase: Sequence[Token], words: Sequence[Token]) -> None:
    """The words before the first finite verb must be a question phrase, or nothing at all."""
    if phrase and not any(t.lower_ in WH for t in phrase[:2]):
        raise Doubtful
    if len(phrase) > 7 or sum(t.lower_ in ("what", "which", "who") for t in words[:5]) > 1:
        raise Doubtful
    if phrase and phrase[0].lower_ == "which" and len(phrase) == 1:
        raise Doubtful  # "Which is ..." goes on from what was said before


def _embedded(words: Sequence[Token]) -> list[Token] | None:
    """The question inside "I was wondering whether ...", "can you tell us how ..."."""
    lower = tuple(t.lower_.replace("’", "'") for t in words)
    for opening in ASKING:
        if lower[: len(opening)] == opening and len(words) > len(opening) + 1:
            return list(words[len(opening) - 1 :])  # its last word is the question word
    return None


def _statement_order(words: Sequence[Token], voice: Voice, *, past: bool) -> str:
    first = words[0].lower_
    if first in ("about", "on", "of"):
        raise Doubtful  # a noun phrase follows, which is a topic and no question
    lead = "whether" if first in ("if", "whether") else first
    return f"{lead} {worded(words[1:], voice, past=past)}"


def _helps(token: Token) -> bool:
    return (
        token.lemma_.lower() in ("be", "do", "have")
        or token.tag_ == "MD"
        or token.lower_ in ("is", "are", "'s", "does", "did")
    )


def _asks_subject(phrase: Sequence[Token]) -> bool:
    return any(t.lower_ in ("who", "what", "which") for t in phrase) or (phrase[0].lower_ == "how" and len(phrase) > 2)


def _subject(rest: Sequence[Token]) -> list[Token]:
    """The subject behind the auxiliary: by the tree where it begins there, else the nominal words that follow."""
    words = [t for t in rest if not t.is_punct and t.lower_ not in ("n't", "n’t", "not")]
    if not words:
        return []
    inside = {t.i for t in rest}
    for token in words:
        if token.dep_.startswith("nsubj") or token.dep_ == "expl":
            branch = [t for t in token.subtree if t.i in inside]
            if branch and branch[0].i == words[0].i and len(branch) < len(words):
                return branch
    if words[0].pos_ == "PRON" and words[0].tag_ != "DT":
        return [words[0]]
    chunk: list[Token] = []
    for token in words:
        if token.pos_ not in _NOMINAL and not (token.lower_ in ("'s", "’s", "of") and chunk):
            break
        if token.pos_ == "PRON" and chunk:
            break
        chunk.append(token)
    if len(chunk) == len(words) and len(chunk) > 1 and chunk[-1].pos_ == "ADJ":
        chunk = chunk[:-1]
    nominal = any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in chunk)
    return chunk if nominal and len(chunk) < len(words) else []


def _turned(phrase: Sequence[Token], finite: Token, rest: Sequence[Token], voice: Voice, *, past: bool) -> str:
    """An inverted question with its auxiliary set behind the subject."""
    subject = _subject(rest)
    behind = [t for t in rest if not subject or t.i > subject[-1].i]
    if subject and behind and behind[0].text in ("-", "–"):
        raise Doubtful  # a compound was torn
    if not subject:
        return _about_being(phrase, finite, rest, voice, past=past)
    denied = any(t.lower_ in ("n't", "n’t", "not") for t in rest[:1])
    if denied and (not phrase or phrase[0].lower_ == "why"):
        raise Doubtful  # "Isn't it ...?", "Why don't we ...?": no questions at all
    if len(subject) == 1 and subject[0].lower_ in GENERIC and _to_able(phrase, finite, behind, denied=denied):
        return _infinitive(phrase, finite, behind, voice)
    if subject[0].lower_ == "you" and "you" not in voice.referents:
        raise Doubtful  # somebody in particular is asked
    lead = _written(phrase, voice) if phrase else "whether"
    denial = [t for t in rest[:1] if denied]
    verb = next((t for t in behind if t.tag_ in ("VB", "VBP") and t.pos_ in ("VERB", "AUX")), None)
    if finite.lower_ in _DO and verb is None and behind:
        verb = behind[0]  # what follows "did the museum" is a verb, however it was tagged
    if finite.lower_ in _DO and not denied and verb is not None:
        line = Line([*subject, *behind])
        line.put(verb, _plain_form(verb, finite, past=past))
    else:
        line = Line([*subject, finite, *denial, *behind])
    return f"{lead} {worded(line.tokens, voice, past=past, line=line)}"


def _plain_form(verb: Token, finite: Token, *, past: bool) -> str:
    """ "did ... react" -> "reacted"."""
    lemma = verb_lemma(verb)
    if past or finite.lower_ == "did":
        return inflected(lemma, "VBD")
    return inflected(lemma, "VBZ") if finite.lower_ == "does" else lemma


def _about_being(phrase: Sequence[Token], finite: Token, rest: Sequence[Token], voice: Voice, *, past: bool) -> str:
    """ "What is the best way to ...": the order stays; "Where is the office?": the verb goes last."""
    if not phrase or finite.lemma_.lower() != "be":
        raise Doubtful
    lead = _written(phrase, voice)
    short = phrase[0].lower_ in ("where", "when", "how", "why") and len(rest) <= 6
    tokens = [*rest, finite] if short and not any(t.pos_ == "VERB" for t in rest) else [finite, *rest]
    if tokens[-1] is finite:
        text = worded(rest, voice, past=past)
        plural = rest[-1].tag_ in ("NNS", "NNPS")
        return f"{lead} {text} {('were' if plural else 'was') if past else ('are' if plural else 'is')}"
    return f"{lead} {worded(tokens, voice, past=past)}"


def _to_able(phrase: Sequence[Token], finite: Token, behind: Sequence[Token], *, denied: bool) -> bool:
    """ "How do we ...", "should we ...": nobody in particular is asked about, so that "to" will do."""
    bare = bool(behind) and behind[0].i >= 0 and any(t.tag_ in ("VB", "VBP") for t in behind[:3])
    if denied or not bare:
        return False
    if not phrase:
        return finite.lower_ in ("should", "shall")
    usual = finite.lower_ in (*_DO, "can", "could", "should", "might", "shall") and finite.lower_ != "did"
    return usual and phrase[0].lower_ in TO_ABLE


def _infinitive(phrase: Sequence[Token], finite: Token, behind: Sequence[Token], voice: Voice) -> str:
    verb = next((t for t in behind if t.tag_ in ("VB", "VBP")), None)
    asks_one = behind[0].doc[finite.i + 1].lower_ == "you"
    if verb is None or (asks_one and phrase and phrase[0].lower_ not in ("how", "where")):
        raise Doubtful
    line = Line(behind)
    line.put(verb, verb_lemma(verb))
    lead = _written(phrase, voice) if phrase else "whether"
    text = worded(behind, voice.to(asks_one), past=False, line=line)
    return f"{lead} to {text}"


def _written(phrase: Sequence[Token], voice: Voice) -> str:
    if len(phrase) == 1:
        return str(phrase[0].lower_)
    line = Line(phrase)
    line.put(phrase[0], phrase[0].lower_)
    return worded(phrase, voice, past=False, line=line)

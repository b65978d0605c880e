"""Speaker labels: which `Something: text` is one, and which label is only a voice's."""

import re
from collections import Counter
from collections.abc import Sequence

PLAIN = 0.6  # share of labelled lines above which the platform labels every line

_VOICE = re.compile(
    r"^(?:(?:unknown|unidentified|unnamed)(?:[ _-]?(?:speaker|voice|person|participant|user|male|female))?"
    r"|(?:speaker|spk|spkr|voice|person|participant|attendee|caller|guest|user|talker|s|v)[ _#-]*(?:\d{1,3}|[a-z])?"
    r"|(?:zoom|guest|phone) user|anonymous|i(?:phone|pad)|\+?[\d ()*x-]{6,})\??$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"^\s*(?:[-–—]\s+|>>\s*)?(?P<label>[^\s:<>\[][^:<>\n]{0,89}?)\s*:(?:\s+(?P<text>\S.*)|\s*)$", re.DOTALL
)
_BRACKETED = re.compile(r"^\s*\[(?P<label>[^\[\]:]{1,60})\]:?\s*(?P<text>.*)$", re.DOTALL)
_DECORATION = re.compile(r"[|(\[/]")  # what follows is a team, an employer, a handle
# Before a name, a full stop ends no sentence: "Mrs. Gray", "Hon. Bill Blair".
_TITLE = re.compile(
    r"\b(?:mrs|hon|prof|rev|sen|rep|gov|capt|col|gen|cllr|amb|insp|supt|sgt|msgr|dep)\.(?=\s)", re.IGNORECASE
)
# Words that stand before a colon in speech, and in no name.
_SPEECH = (
    "a about action after again agenda all also am an and announcement another answer any are as ask at background be "
    "because been before but by can caution chapter conclusion could date did do does duration end example exercise "
    "fact few finally first following for from get go going goal good had has have he her here his how i idea if "
    "important in introduction is issue it item its just kind last let like link me meaning meeting more most my next "
    "no not note notice now objective of ok okay on one only option or other our out part please plus point problem "
    "ps question quote reason remember reminder result right rule said say second section see she should slide so some "
    "something source start step subject summary task thank that the their them then there these they thing things "
    "third this those three time tip title to today tomorrow topic transcript two up update us very warning was we "
    "well were what when where which who why with would yes yesterday you your http https"
)
_NOT_IN_NAMES = frozenset(_SPEECH.split())
_PREFIXES = "al bin da das de del della den der di do dos du el ibn la le ter van von y zu"
_PARTICLES = frozenset(_PREFIXES.split())


def is_voice_label(label: str) -> bool:
    """Whether a label stands for a voice (`Speaker 1`, `SPEAKER_00`, `V01`, `Unknown`) and is nobody's name."""
    return bool(_VOICE.match(label.strip()))


def split_label(text: str) -> tuple[str | None, str]:
    """What stands before a colon at the beginning of a line, and the rest; whether it is a label is not yet known."""
    found = _LABELLED.match(text) or _BRACKETED.match(text)
    if not found:
        return None, text
    label = " ".join(found["label"].split())
    return (label, (found["text"] or "").strip()) if _possible(label) else (None, text)


def _possible(label: str) -> bool:
    if is_voice_label(label):
        return True
    core = _TITLE.sub("", re.sub(r"\(.*\)", "", label).strip() or label)
    words = re.findall(r"[^\W\d_][\w'’.-]*", core)
    if not words or len(core.split()) > 8 or re.search(r"[?!;,…\"“”]|\w{3,}\.(?:\s|$)", core):
        return False
    ordinary = [word for word in words if word.lower() in _NOT_IN_NAMES]  # "A." is an initial, "a" is not
    return len(ordinary) < len(words) and not any(word.islower() for word in ordinary)


def looks_like_name(label: str) -> bool:
    """Whether every word of it is written as in a name; what stands in brackets or after a bar does not count."""
    core = _DECORATION.split(label)[0].split()
    named = [w for w in core if w.lower() not in _PARTICLES]
    return bool(named) and len(core) <= 5 and all(w[0].isupper() or not w[0].isalpha() for w in named)


def accepted(candidates: Sequence[str | None]) -> frozenset[str]:
    """Which of the words before colons are labels, given what every line of the file begins with.

    Where nearly every line has one, any that is short enough is; else a label must be a name and come again, or be
    one of several full names.
    """
    counts = Counter(label for label in candidates if label)
    if not counts:
        return frozenset()
    voices = {label for label in counts if is_voice_label(label)}
    if counts.total() >= PLAIN * len(candidates):
        return frozenset(voices | {label for label, n in counts.items() if _platform_like(label, n)})
    named = {label for label in counts if looks_like_name(label)}
    again = {label for label in named if counts[label] > 1}
    full = {label for label in named if len(label.split()) > 1 or label.isupper()}
    if len(again | voices) + len(full - again) < 2:  # nobody labels a monologue
        again, full = set(), set()
    return frozenset(voices | again | full)


def _platform_like(label: str, count: int) -> bool:
    core = _DECORATION.split(label)[0]
    return count > 1 or looks_like_name(label) or len(core.split()) == 1

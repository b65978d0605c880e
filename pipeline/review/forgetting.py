"""How a person who was forgotten stays so: what the next run leaves out, without anybody's name being kept for it.

Names are kept as salted hashes, what the person said as stretches of time. A mention becomes `[removed]`.
"""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.plain import clean
from pipeline.records import Event, Record, Registered, Summary, Transcript, Turn, Utterance, Word
from pipeline.review.edits import Stretch
from pipeline.review.ledger import Ledger
from pipeline.review.speech import core_of, dressed, name_stretches
from pipeline.store import WORK, write_whole
from pipeline.transcripts.labels import is_voice_label

MASK = "[removed]"
SAMPLE_RATE = 16000
_MARK = "\0"  # the name of turns that are about to go; no person is called so


class Forgotten(Record):
    """One forgotten person.

    `names` are matched in any case, `parts` (a first name or surname that nobody else of the meeting has) only where
    capitalised, and those in `common`, which are words as well, not at the beginning of a sentence either.
    """

    salt: str
    names: tuple[tuple[int, str], ...]  # number of words, hash
    parts: tuple[str, ...]
    common: tuple[str, ...]
    spans: tuple[Stretch, ...]  # what they said
    places: tuple[Stretch, ...]  # where others mention them


def forgotten(
    names: Iterable[str],
    parts: Iterable[str],
    common: Iterable[str],
    spans: Sequence[Stretch],
    places: Sequence[Stretch],
) -> Forgotten:
    """A person as the next run knows them: not at all."""
    salt = secrets.token_hex(16)
    return Forgotten(
        salt=salt,
        names=tuple((len(n.split()), _hash(salt, n)) for n in names),
        parts=tuple(_hash(salt, p) for p in parts),
        common=tuple(_hash(salt, p) for p in common),
        spans=tuple(spans),
        places=tuple(places),
    )


def _hash(salt: str, name: str) -> str:
    folded = " ".join(core_of(w) for w in clean(name).split())
    return hashlib.sha256(f"{salt} {folded}".encode()).hexdigest()


@dataclass(frozen=True)
class Forgetting:
    """Everybody who was forgotten in a meeting."""

    people: tuple[Forgotten, ...] = ()
    _known: dict[tuple[int, str], bool] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, work: Path) -> "Forgetting":
        """Those of a meeting's work folder."""
        return cls(tuple(Forgotten.model_validate_json(body) for body in Ledger(work).forgotten()))

    # ---- texts -----------------------------------------------------------------------------------------------------

    def text(self, text: str) -> str:
        """A text without mentions."""
        words = text.split()
        places = self.places(words)
        for first, last in reversed(places):
            words[first:last] = dressed(words[first:last], MASK)
        return " ".join(words) if places else text

    def mentions(self, text: str) -> bool:
        """Whether a text names somebody who was forgotten."""
        return bool(self.places(text.split()))

    def summary(self, summary: Summary) -> Summary:
        """A page made anew without the statements in which a mention was removed."""
        if not self.people:
            return summary
        sections = (
            s.model_copy(update={"points": tuple(p for p in s.points if MASK not in p.text)}) for s in summary.sections
        )
        return summary.model_copy(update={"sections": tuple(s for s in sections if s.points)})

    def places(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where they are named, as [first, last) indices."""
        if not self.people:
            return []
        longest = max((n for p in self.people for n, _ in p.names), default=1)
        found, at = [], 0
        while at < len(words):
            size = next((n for n in range(min(longest, len(words) - at), 0, -1) if self._named(words, at, n)), 0)
            if size:
                found.append((at, at + size))
            at += size or 1
        return found

    def _named(self, words: Sequence[str], at: int, size: int) -> bool:
        if self._whole(" ".join(words[at : at + size]), size):
            return True
        if size > 1 or not words[at].lstrip("“\"'([")[:1].isupper():
            return False
        begins = at == 0 or words[at - 1][-1:] in ".?!:"
        return self._part(words[at], begins=begins)

    def _whole(self, name: str, size: int) -> bool:
        key = (size, name)
        if key not in self._known:
            self._known[key] = any((size, _hash(p.salt, name)) in p.names for p in self.people)
        return self._known[key]

    def _part(self, word: str, *, begins: bool) -> bool:
        key = (-1 if begins else 0, word)
        if key not in self._known:
            hashes = [(p, _hash(p.salt, word)) for p in self.people]
            self._known[key] = any(h in p.parts or (h in p.common and not begins) for p, h in hashes)
        return self._known[key]

    # ---- words in time -----------------------------------------------------------------------------------------------

    def words(self, words: Sequence[Word]) -> tuple[Word, ...]:
        """Words without mentions: each mention is one word, as long as it was."""
        made = list(words)
        for first, last in reversed(self.places([w.text for w in words])):
            text = " ".join(dressed([w.text for w in words[first:last]], MASK))
            made[first:last] = [Word(text=text, start=words[first].start, end=words[last - 1].end, probability=1.0)]
        return tuple(made)

    def transcript(self, transcript: Transcript) -> Transcript:
        """A transcript without what they said and without mentions."""
        if not self.people:
            return transcript
        kept = (self._utterance(u) for u in transcript.utterances)
        return transcript.model_copy(update={"utterances": tuple(u for u in kept if u)})

    def _utterance(self, utterance: Utterance) -> Utterance | None:
        label, words = utterance.label, utterance.words
        if label and self.mentions(label):
            return None
        if label is None or is_voice_label(label):  # a name in the label says whose words they are, else the time does
            words = tuple(w for w in words if not _within(w, (s for p in self.people for s in p.spans)))
        places = [s for p in self.people for s in p.places]
        words = self.words(
            [
                w.model_copy(update={"text": " ".join(dressed([w.text], MASK))}) if _within(w, places) else w
                for w in words
            ]
        )
        return utterance.model_copy(update={"words": words}) if words else None

    def event(self, event: Event) -> Event:
        """An event without them."""
        if not self.people:
            return event
        return Event(
            title=self._maybe(event.title),
            date=event.date,
            platform=event.platform,
            organisers=tuple(self.text(o) for o in event.organisers),
            about=self._maybe(event.about),
            mailing_list=self._maybe(event.mailing_list),
            theme=self._maybe(event.theme),
            links={self.text(k): v for k, v in event.links.items()},
            registered=tuple(self._entry(r) for r in event.registered if not self.is_forgotten(r.name)),
        )

    def is_forgotten(self, name: str) -> bool:
        """Whether this is the full name of somebody who was forgotten."""
        return self._whole(clean(name), len(name.split()))

    def _maybe(self, text: str | None) -> str | None:
        return self.text(text) if text else text

    def _entry(self, entry: Registered) -> Registered:
        return entry.model_copy(
            update={"role": self._maybe(entry.role), "organisation": self._maybe(entry.organisation)}
        )

    # ---- the work folder ------------------------------------------------------------------------------------------------

    def silence(self, pcm: Path) -> None:
        """Blank what they said in the working copy of the sound (16 kHz, mono, 16 bit)."""
        spans = [s for p in self.people for s in p.spans]
        if not spans or not pcm.is_file():
            return
        size = pcm.stat().st_size // 2
        with pcm.open("r+b") as file:
            for start, end in spans:
                first, last = int(start * SAMPLE_RATE), min(int(end * SAMPLE_RATE) + 1, size)
                if last > first:
                    file.seek(2 * first)
                    file.write(bytes(2 * (last - first)))

    def scrub(self, folder: Path) -> None:
        """Take them out of the stored transcript, the one stage's result that comes before they are left out."""
        path = folder / WORK / "transcribe.json"
        if not self.people or not path.is_file():
            return
        stored = _Stored.model_validate_json(path.read_bytes())
        clean_result = self.transcript(stored.result)
        if clean_result != stored.result:
            write_whole(path, stored.model_copy(update={"result": clean_result}).model_dump_json().encode())


class _Stored(Record):
    fingerprint: str
    result: Transcript


def _within(word: Word, spans: Iterable[Stretch]) -> bool:
    middle = (word.start + word.end) / 2
    return any(start <= middle <= end for start, end in spans)


def without(turns: Sequence[Turn], spans: Sequence[Stretch]) -> tuple[list[Turn], list[int]]:
    """The turns without those stretches, and of each which of the turns before it is, or is a part of."""
    if not spans:
        return list(turns), list(range(len(turns)))
    marked = name_stretches(turns, spans, _MARK)
    kept = [(t, at) for t, at in zip(marked.turns, marked.origins, strict=True) if t.name != _MARK]
    return [t for t, _ in kept], [at for _, at in kept]

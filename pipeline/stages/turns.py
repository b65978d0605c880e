"""From words and voices to turns: consecutive words of one voice."""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar

from pipeline.records import Transcript, Turns, Utterance, VoicedTurn, Voices, VoiceSpan, Word
from pipeline.stages import Work
from pipeline.transcripts.labels import is_voice_label

NEAR = 1.0  # s from a voice's span within which a word may still be its
LONG_PAUSE = 20.0  # s of silence after which even the same voice begins a new turn
SENTENCE_PAUSE = 2.0  # s of silence that cut turns where nobody knows the voices
STRAY = 1.0  # s of another voice inside a sentence that are not believed
ENDS = (".", "?", "!", "…")
CLOSING = "\"'”’)]»"


@dataclass(frozen=True)
class JoinTurns:
    """Takes a `Transcript` and `Voices`, gives `Turns`. A platform's label outweighs what was heard."""

    name: ClassVar[str] = "turns"
    version: ClassVar[int] = 2

    def settings(self) -> dict[str, object]:
        """Nothing besides the inputs decides the turns."""
        return {}

    def __call__(self, transcript: Transcript, voices: Voices, work: Work) -> Turns:  # noqa: ARG002
        """Give every word its voice and join what belongs together."""
        if any(u.label for u in transcript.utterances):
            turns = _labelled(transcript.utterances)
        elif voices.spans:
            turns = _voiced(transcript.utterances, voices.spans, dict(voices.labels))
        else:
            turns = _unvoiced(transcript.utterances)
        return Turns(
            meeting=transcript.meeting,
            language=transcript.language,
            duration=transcript.duration,
            turns=tuple(turns),
        )


def _turn(words: list[Word], voice: str | None, label: str | None) -> VoicedTurn:
    end = max(word.end for word in words)
    return VoicedTurn(start=words[0].start, end=end, voice=voice, label=label, words=tuple(words))


# ---- the platform knows who speaks ---------------------------------------------------------------


def _labelled(utterances: tuple[Utterance, ...]) -> list[VoicedTurn]:
    """One voice for each label, in order of appearance; an utterance without one keeps to itself."""
    voices: dict[str, str] = {}
    turns: list[VoicedTurn] = []
    for utterance in utterances:
        label = utterance.label
        voice = voices.setdefault(label, f"V{len(voices) + 1:02d}") if label else None
        if label and is_voice_label(label):
            label = None  # `Speaker 1` tells voices apart, and is nobody's name
        last = turns[-1] if turns else None
        if last and voice and last.voice == voice and utterance.start - last.end < LONG_PAUSE:
            turns[-1] = _turn([*last.words, *utterance.words], voice, label)
        else:
            turns.append(_turn(list(utterance.words), voice, label))
    return turns


# ---- only the sound tells ------------------------------------------------------------------------


def _voiced(
    utterances: tuple[Utterance, ...], spans: tuple[VoiceSpan, ...], labels: dict[str, str]
) -> list[VoicedTurn]:
    words = sorted((w for u in utterances for w in u.words), key=lambda w: (w.start, w.end))
    cover = _Cover(spans)
    voices = _settled(words, [cover.voice_of(word) for word in words])
    turns: list[VoicedTurn] = []
    for voice, run in groupby(zip(voices, words, strict=True), key=lambda pair: pair[0]):
        pieces = _cut_at([word for _, word in run], LONG_PAUSE)
        turns += [_turn(piece, voice, labels.get(voice or "")) for piece in pieces]
    return turns


class _Cover:
    """Which voice covers a word best."""

    def __init__(self, spans: tuple[VoiceSpan, ...]) -> None:
        self._spans = sorted(spans, key=lambda s: s.start)
        self._starts = [s.start for s in self._spans]
        self._longest = max(s.end - s.start for s in spans)

    def voice_of(self, word: Word) -> str | None:
        """The voice that overlaps the word longest, else the nearest one, if it is near."""
        first = bisect_left(self._starts, word.start - self._longest - NEAR)
        last = bisect_left(self._starts, word.end + NEAR)
        near = self._spans[first:last]
        if not near:
            return None
        best = max(near, key=lambda s: min(s.end, word.end) - max(s.start, word.start))
        return best.voice if best.start - word.end < NEAR and word.start - best.end < NEAR else None


def _settled(words: list[Word], voices: list[str | None]) -> list[str | None]:
    """The voices with stray ones put right: a short run inside a sentence takes its neighbours' voice, a change of
    voice one or two words from a sentence's border moves to the border, and a word without voice joins the word
    before it (the next one, at the beginning)."""
    filled = _filled(voices)
    moved = _moved_to_borders(words, filled)
    return _without_strays(words, moved)


def _filled(voices: list[str | None]) -> list[str | None]:
    filled, last = [], next((voice for voice in voices if voice), None)
    for voice in voices:
        last = voice or last
        filled.append(last)
    return filled


def _moved_to_borders(words: list[Word], voices: list[str | None]) -> list[str | None]:
    """Word times and voice borders are each off by some tenths of a second; sentences are not."""
    moved = list(voices)
    for i in range(1, len(words)):
        if voices[i] == voices[i - 1] or ends_sentence(words[i - 1]):
            continue
        for shift in (1, 2):
            if i + shift < len(words) and ends_sentence(words[i + shift - 1]) and _one(voices, i, i + shift):
                moved[i : i + shift] = [voices[i - 1]] * shift
                break
            if i - shift > 0 and ends_sentence(words[i - shift - 1]) and _one(voices, i - shift, i):
                moved[i - shift : i] = [voices[i]] * shift
                break
    return moved


def _one(voices: list[str | None], first: int, last: int) -> bool:
    return len(set(voices[first:last])) == 1


def _without_strays(words: list[Word], voices: list[str | None]) -> list[str | None]:
    settled: list[str | None] = []
    for sentence in _sentences(words):
        own = voices[sentence.start : sentence.stop]
        time = Counter[str | None]()
        for word, voice in zip(words[sentence.start : sentence.stop], own, strict=True):
            time[voice] += max(1, round(100 * (word.end - word.start)))
        main, _ = max(time.items(), key=lambda item: item[1])
        settled += [main if time[v] < 100 * STRAY and time[v] < 0.3 * time.total() else v for v in own]
    return settled


def _sentences(words: list[Word]) -> list[range]:
    """Index ranges of the sentences; a long pause ends one too, since recognisers forget full stops."""
    ranges, start = [], 0
    for i, word in enumerate(words):
        last = i + 1 == len(words)
        if last or ends_sentence(word) or words[i + 1].start - word.end > SENTENCE_PAUSE:
            ranges.append(range(start, i + 1))
            start = i + 1
    return ranges


# ---- nobody tells --------------------------------------------------------------------------------


def _unvoiced(utterances: tuple[Utterance, ...]) -> list[VoicedTurn]:
    """Turns cut at long pauses, and at shorter ones that follow the end of a sentence and of a cue."""
    turns: list[VoicedTurn] = []
    words: list[Word] = []
    for utterance in utterances:
        if words and _breaks(words[-1], utterance):
            turns.append(_turn(words, None, None))
            words = []
        pieces = _cut_at([*words, *utterance.words], LONG_PAUSE)
        turns += [_turn(piece, None, None) for piece in pieces[:-1]]
        words = pieces[-1]
    return [*turns, _turn(words, None, None)] if words else turns


def _breaks(last: Word, following: Utterance) -> bool:
    pause = following.start - last.end
    return pause > LONG_PAUSE or (pause > SENTENCE_PAUSE and ends_sentence(last))


def _cut_at(words: list[Word], pause: float) -> list[list[Word]]:
    pieces = [[words[0]]]
    for before, word in pairwise(words):
        if word.start - before.end > pause:
            pieces.append([])
        pieces[-1].append(word)
    return pieces


def ends_sentence(word: Word) -> bool:
    """Whether a sentence ends with this word, going by its punctuation."""
    return word.text.rstrip(CLOSING).endswith(ENDS)

"""The draft with the editor's edits applied, in the order in which they were made.

`Working` is the one mutable thing of review: it lives in memory, is built from a frozen draft, and gives frozen records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import get_args

from pipeline.plain import clean
from pipeline.records import (
    Conversation,
    Event,
    Evidence,
    FromEvent,
    MeetingFacts,
    Part,
    Person,
    Question,
    Section,
    SectionKind,
    Span,
    Speaker,
    Spoken,
    Summary,
    Themed,
    Turn,
)
from pipeline.review.draft import DraftDocument
from pipeline.review.edits import (
    Based,
    DecisionEdit,
    MeetingEdit,
    PersonEdit,
    QuestionEdit,
    Signed,
    SpeakerEdit,
    Stretch,
    TextEdit,
    WordsEdit,
)
from pipeline.review.merge import find_again
from pipeline.review.persons import as_registered, detail, merged_people
from pipeline.review.speech import name_stretches, replace_at, replace_everywhere, replace_in_text
from pipeline.review.statement import Statement, with_name

OPENING_WORDS = 12
_ORDER = get_args(SectionKind)


@dataclass
class Working:
    """A draft under edit."""

    facts: MeetingFacts | None
    base: Conversation
    themed: Themed | None
    based_turns: tuple[Turn, ...]  # those that `themed` counts
    event: Event
    turns: list[Turn]
    people: list[Person]
    speakers: list[Speaker]
    questions: list[Question]
    statements: list[Statement]
    settled: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    checked: dict[str, str] = field(default_factory=dict)  # whom the editor confirmed, and as what
    origins: list[int] = field(default_factory=list)  # of each turn: which turn of `base` it is, or is a part of

    @classmethod
    def of_conversation(cls, conversation: Conversation, event: Event) -> "Working":
        """A conversation alone, before there is a page."""
        return cls(
            facts=None, base=conversation, themed=None, based_turns=(), event=event, turns=list(conversation.turns),
            people=[], speakers=list(conversation.speakers), questions=[], statements=[],
            origins=list(range(len(conversation.turns))),
        )  # fmt: skip

    # ---- edits -----------------------------------------------------------------------------------------------------

    def apply(self, signed: Signed) -> None:
        """Apply one edit; one that finds nothing to change changes nothing."""
        match edit := signed.edit:
            case SpeakerEdit():
                self._speaker(edit)
            case PersonEdit():
                self._person(edit)
            case TextEdit():
                self._text(edit, signed.who)
            case DecisionEdit():
                self._decision(edit, signed.who)
            case WordsEdit():
                self._words(edit)
            case QuestionEdit():
                (self.settled.add if edit.settled else self.settled.discard)(_question_key(edit.question))
            case MeetingEdit():
                self._meeting(edit)

    def _meeting(self, edit: MeetingEdit) -> None:
        if self.facts is None:
            return
        given = {k: clean(v) for k, v in edit.model_dump(exclude={"kind"}).items() if v is not None}
        self.facts = self.facts.model_copy(
            update={k: v or (self.facts.title if k == "title" else None) for k, v in given.items()}
        )

    # ---- statements -------------------------------------------------------------------------------------------------

    def _find(self, based: Based) -> Statement | None:
        at = find_again([(s.kind, s.generated) for s in self.statements], based.kind, based.point)
        return None if at is None else self.statements[at]

    def _text(self, edit: TextEdit, who: str) -> None:
        found = self._find(edit.base)
        if edit.text is None:
            if found is not None:
                found.text, found.worded, found.anew, found.accepted_text = found.generated.text, None, None, None
                if found.kept:
                    self.statements.remove(found)
            return
        if found is None:
            found = self._keep(edit.base)
        found.anew = found.generated.text if found.generated.text != edit.base.point.text and not found.kept else None
        found.text, found.worded, found.dropped = clean(edit.text), who, False

    def _keep(self, base: Based) -> Statement:
        """A statement that the draft has no more, put back for the editor's words' sake."""
        taken = {s.generated.id for s in self.statements}
        name, number = base.point.id, 1
        while name in taken:
            number += 1
            name = f"{base.point.id}-kept{number}"
        point = base.point.model_copy(update={"id": name})
        made = Statement(
            base.kind, base.heading, point, point.text, point.speakers, self._still(point.evidence), kept=True
        )
        after = [n for n, s in enumerate(self.statements) if _ORDER.index(s.kind) <= _ORDER.index(base.kind)]
        self.statements.insert(after[-1] + 1 if after else 0, made)
        return made

    def _still(self, evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        """Evidence with the words that stand there now."""
        return tuple(
            e.model_copy(update={"words": self.words_between(e.start, e.end) or e.words})
            if isinstance(e, Spoken)
            else e
            for e in evidence
        )

    def _decision(self, edit: DecisionEdit, who: str) -> None:
        found = self._find(edit.base)
        if found is None:
            return
        found.decided = None if edit.decision == "open" else who
        found.dropped = edit.decision == "dropped"
        found.accepted_text = clean(edit.text) if edit.decision == "accepted" else None
        if edit.decision == "accepted" and found.anew == edit.base.point.text:
            found.anew = None  # decided in sight of the new wording

    # ---- people -----------------------------------------------------------------------------------------------------

    def _speaker(self, edit: SpeakerEdit) -> None:
        name = clean(edit.name or "") or None
        if name:
            name = self.renamed.get(name, name)
        self.turns, origins, before = name_stretches(self.turns, edit.spans, name)
        self.origins = [self.origins[at] for at in origins]
        if not before:
            return
        remaining = {t.name for t in self.turns}
        for old in dict.fromkeys(n for _, n in before if n and n != name):
            there = [span for span, n in before if n == old]
            if (
                old not in remaining
                and name
                and not (self._registered(old) is not None and self._registered(name) is not None)
            ):
                self._rename(old, name)
                continue
            self._renamed_at(there, old, name)
            if old not in remaining:
                self.people = [p for p in self.people if p.name != old]
                self.speakers = [s for s in self.speakers if s.name != old]
        if name:
            self._present(name)

    def _renamed_at(self, spans: list[Stretch], old: str, new: str | None) -> None:
        """Another name in the statements that rest on these stretches."""
        for s in self.statements:
            if any(isinstance(e, Spoken) and a < e.end and e.start < b for e in s.evidence for a, b in spans):
                if new and s.worded is None:
                    s.text = with_name(s.text, old, new, self._alone(old))
                s.speakers = tuple(dict.fromkeys(new if n == old else n for n in s.speakers if n != old or new))  # type: ignore[misc]

    def _present(self, name: str) -> None:
        """Somebody who was named by the editor is on the page, confirmed, with what the roster says of them."""
        own = [t for t in self.turns if t.name == name and t.words]
        if not own:
            return
        at = self._registered(name)
        known = self.event.registered[at] if at is not None else None
        words = own[0].words[:OPENING_WORDS]
        heard: tuple[Evidence, ...] = (
            Spoken(start=words[0].start, end=words[-1].end, words=" ".join(w.text for w in words)),
            *((FromEvent(event=f"registered.{at}"),) if at is not None else ()),
        )
        role, organisation = (known.role, known.organisation) if known else (None, None)
        there = next((p for p in self.people if p.name == name), None)
        if there is None:
            self.people.append(
                Person(
                    name=name, honours=None, role=role, organisation=organisation, capacities=("speaker",), spoke=True,
                    status="confirmed", evidence=heard,
                )
            )  # fmt: skip
        else:
            changed = there.model_copy(
                update={
                    "spoke": True,
                    "status": "confirmed",
                    "role": there.role or role,
                    "organisation": there.organisation or organisation,
                    "capacities": there.capacities if there.spoke else (*there.capacities, "speaker"),
                    "evidence": there.evidence or heard,
                }
            )
            self.people[self.people.index(there)] = changed
        if all(s.name != name for s in self.speakers):
            self.speakers.append(
                Speaker(name=name, role=role, organisation=organisation, status="confirmed", evidence=heard)
            )

    def _person(self, edit: PersonEdit) -> None:
        name = self.renamed.get(edit.name, edit.name)
        if edit.dropped is not None:
            self.people = [p for p in self.people if not (edit.dropped and p.name == name)]
            return
        new = clean(edit.to or "")
        if new and new != name:
            self._rename(name, new)
            name = new
        update: dict[str, object] = {
            key: clean(value) or None
            for key in ("honours", "role", "organisation")
            if (value := getattr(edit, key)) is not None
        }
        if edit.confirmed is not None:
            update["status"] = "confirmed" if edit.confirmed else "unconfirmed"
            self.checked.pop(name, None)
        self.people = [p.model_copy(update=update) if p.name == name else p for p in self.people]
        self.speakers = [s.model_copy(update=update) if s.name == name else s for s in self.speakers]
        if edit.confirmed:
            self.checked |= {p.name: detail(p) for p in self.people if p.name == name}

    def _rename(self, old: str, new: str) -> None:
        """Another name for a person, everywhere on the page."""
        alone = self._alone(old)
        for known, to in list(self.renamed.items()):
            if to == old:
                self.renamed[known] = new
        self.renamed[old] = new
        self.renamed.pop(new, None)
        self.turns = [
            t.model_copy(update={"name": new, "named_by": "editor", "confidence": 1.0}) if t.name == old else t
            for t in self.turns
        ]
        for s in self.statements:
            s.text = with_name(s.text, old, new, alone)
            s.speakers = tuple(dict.fromkeys(new if n == old else n for n in s.speakers))
            if s.accepted_text is not None:
                s.accepted_text = with_name(s.accepted_text, old, new, alone)
        self.people = list(merged_people(self.people, old, new))
        names = {s.name for s in self.speakers}
        self.speakers = [
            s.model_copy(update={"name": new}) if s.name == old else s
            for s in self.speakers
            if s.name != old or new not in names
        ]
        at = self._registered(new)
        if at is not None:
            self.people = as_registered(self.people, new, self.event, at)

    def _registered(self, name: str) -> int | None:
        return next(
            (n for n, r in enumerate(self.event.registered) if clean(r.name) == name or name in r.aliases), None
        )

    def _alone(self, name: str) -> bool:
        """Whether the last part of a name belongs to this person only."""
        last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
        others = {p.name for p in self.people} | {r.name for r in self.event.registered}
        return " " in name and all(n == name or last not in n.split() for n in others)

    # ---- words -----------------------------------------------------------------------------------------------------

    def _words(self, edit: WordsEdit) -> None:
        after = clean(edit.after)
        if edit.everywhere:
            self.turns = replace_everywhere(self.turns, edit.before, after)
        else:
            self.turns = replace_at(self.turns, edit.start, edit.end, edit.before, after)

        def there(evidence: Iterable[Evidence]) -> bool:
            return edit.everywhere or any(
                isinstance(e, Spoken) and e.start <= edit.end and edit.start <= e.end for e in evidence
            )

        def heard(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
            return tuple(
                e.model_copy(update={"words": replace_in_text(e.words, edit.before, after)})
                if isinstance(e, Spoken) and there((e,))
                else e
                for e in evidence
            )

        for s in self.statements:
            if there(s.evidence):
                s.evidence = heard(s.evidence)
                if s.worded is None:
                    s.text = replace_in_text(s.text, edit.before, after)
        self.people = [p.model_copy(update={"evidence": heard(p.evidence)}) for p in self.people]
        self.speakers = [s.model_copy(update={"evidence": heard(s.evidence)}) for s in self.speakers]
        self.questions = [q.model_copy(update={"evidence": heard(q.evidence)}) for q in self.questions]

    def words_between(self, start: float, end: float) -> str:
        """What stands in the transcript between two moments."""
        return " ".join(
            w.text
            for t in self.turns
            if t.end > start and t.start < end
            for w in t.words
            if start - 1e-3 <= (w.start + w.end) / 2 <= end + 1e-3
        )

    def speaker_at(self, start: float, end: float) -> str | None:
        """Who is heard longest between two moments; the voice where there is no name."""
        heard = {
            t.name or t.voice: min(t.end, end) - max(t.start, start)
            for t in self.turns
            if t.start < end and start < t.end
        }
        return max(heard, key=lambda n: heard[n]) if heard else None

    def voice_at(self, question: Question) -> str | None:
        """The voice that a question's evidence is heard in."""
        spoken = next((e for e in question.evidence if isinstance(e, Spoken)), None)
        if spoken is None:
            return None
        middle = (spoken.start + spoken.end) / 2
        return next((t.voice for t in self.base.turns if t.start <= middle <= t.end), None)

    # ---- the records -------------------------------------------------------------------------------------------------

    def conversation(self) -> Conversation:
        """The conversation as it stands."""
        return self.base.model_copy(update={"turns": tuple(self.turns), "speakers": tuple(self.speakers)})

    def is_open(self, question: Question) -> bool:
        """Whether a question is neither settled nor answered by a name."""
        return _question_key(question) not in self.settled and not self._answered(question)

    def open_questions(self) -> list[Question]:
        """The questions that are neither settled nor answered by a name."""
        return [q for q in self.questions if self.is_open(q)]

    def _answered(self, question: Question) -> bool:
        if not question.id.startswith("name-"):
            return False
        # The first moment is the speaker's own; what follows is what others said of them.
        asked = next((e for e in question.evidence if isinstance(e, Spoken)), None)
        if asked is None:
            return False
        at = [t for t in self.turns if t.start <= (asked.start + asked.end) / 2 <= t.end]
        return bool(at) and all(t.named_by == "editor" for t in at)

    def summary(self) -> Summary:
        """The page as it stands, with the questions that are open."""
        assert self.facts is not None  # noqa: S101 - built with a summary
        return Summary(
            meeting=self.facts,
            people=tuple(self.people),
            sections=tuple(self._sections()),
            questions_for_editor=tuple(self.open_questions()),
        )

    def _sections(self) -> Iterator[Section]:
        headings = dict.fromkeys((s.kind, s.heading) for s in self.statements)
        for kind, heading in headings:
            points = tuple(
                s.point() for s in self.statements if (s.kind, s.heading) == (kind, heading) and not s.dropped
            )
            if points:
                yield Section(kind=kind, heading=heading, points=points)

    def themes(self) -> Themed:
        """The themes, their parts counted in the turns as they are now and their speakers as they are called now."""
        assert self.themed is not None  # noqa: S101 - built with themes
        parts = (self._part(p) for p in self.themed.parts)
        themes = (
            t.model_copy(update={"speakers": tuple(dict.fromkeys(self._who(t.spans, t.speakers)))})
            for t in self.themed.themes
        )
        return self.themed.model_copy(update={"parts": tuple(p for p in parts if p), "themes": tuple(themes)})

    def _part(self, part: Part) -> Part | None:
        start, end = self.based_turns[part.first].start, self.based_turns[part.last].end
        inside = [n for n, t in enumerate(self.turns) if t.start >= start - 1e-6 and t.end <= end + 1e-6]
        return Part(kind=part.kind, first=inside[0], last=inside[-1]) if inside else None

    def _who(self, spans: tuple[Span, ...], names: tuple[str, ...]) -> Iterator[str]:
        """The speakers of a theme: those named, as they are called now, else whoever is heard in it."""
        now = {t.name for t in self.turns if t.name}
        for name in names:
            called = self.renamed.get(name, name)
            if called in now:
                yield called
        if names and not any(self.renamed.get(n, n) in now for n in names):
            yield from (t.name for s in spans for t in self.turns if t.name and t.start < s.end and s.start < t.end)


def working_on(draft: DraftDocument) -> Working:
    """A draft, ready for edits."""
    statements = [
        Statement(s.kind, s.heading, p, p.text, p.speakers, p.evidence)
        for s in draft.summary.sections
        for p in s.points
    ]
    return Working(
        facts=draft.summary.meeting,
        base=draft.untouched,
        themed=draft.themed,
        based_turns=draft.conversation.turns,
        event=draft.event,
        turns=list(draft.untouched.turns),
        origins=list(range(len(draft.untouched.turns))),
        people=list(draft.summary.people),
        speakers=list(draft.untouched.speakers),
        questions=list(draft.summary.questions_for_editor),
        statements=statements,
    )


def _question_key(question: Question) -> str:
    return f"{question.id}|{question.text}"

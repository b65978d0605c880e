"""What the editor corrected is known to the next run: names of voices, spellings, words. A stage whose engine is a person.

Takes the conversation as the machine named it and the corrections, gives the conversation as the editor has it, so
that themes and summary are made from the right names. Cannot fail: what finds no place any more is left out.
"""

from dataclasses import dataclass
from typing import ClassVar

from pipeline.records import Conversation, Event, Record
from pipeline.review.edits import PersonEdit, Signed, SpeakerEdit, WordsEdit
from pipeline.review.working import Working
from pipeline.stages import Work


class Corrections(Record):
    """The editor's edits of the conversation that hold, in order."""

    edits: tuple[Signed, ...] = ()


def corrections_of(active: list[Signed]) -> Corrections:
    """Those edits that concern who speaks and what was said."""
    return Corrections(edits=tuple(s for s in active if isinstance(s.edit, SpeakerEdit | PersonEdit | WordsEdit)))


@dataclass(frozen=True)
class Remember:
    """Applies the editor's corrections to a conversation made anew."""

    name: ClassVar[str] = "remember"
    version: ClassVar[int] = 1

    def settings(self) -> dict[str, object]:
        """Nothing but its inputs."""
        return {}

    def __call__(self, conversation: Conversation, corrections: Corrections, event: Event, work: Work) -> Conversation:
        """The conversation with the corrections in it."""
        del work
        working = Working.of_conversation(conversation, event)
        for signed in corrections.edits:
            working.apply(signed)
        return working.conversation()

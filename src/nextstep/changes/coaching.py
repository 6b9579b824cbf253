"""What is asked beside the three questions: for a kind of commitment, as the settings say."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Entry
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run

LEARNED = "What did you learn?"
CHANGE = "What might change next time?"
_STANDARD = {LEARNED: LEARNED, CHANGE: CHANGE, "learned": LEARNED, "change": CHANGE}


class Coaching(Struct, frozen=True, kw_only=True):
    """Whether the two usual questions are asked, and the ``own`` questions of a ledger."""

    learned: bool = False
    change: bool = False
    own: tuple[str, ...] = ()


def coaching_for(ledger: Ledger, record: Commitment | Run) -> Coaching:
    """Return what is asked when a record is closed.

    Its kind is what it is part of: a plan, a process, or one step of a process. A run is of the
    kind of its process, too.
    """
    part_of = record.part_of or ""
    kinds = [part_of, part_of.partition(".")[0]]
    if isinstance(record, Run):
        kinds.append(record.process or "")
    asked: dict[str, None] = {}
    for kind in dict.fromkeys(kinds):
        for question in ledger.settings.coaching.get(kind, ()):
            asked[_STANDARD.get(question, question)] = None
    return Coaching(
        learned=LEARNED in asked,
        change=CHANGE in asked,
        own=tuple(one for one in asked if one not in (LEARNED, CHANGE)),
    )


def noted_answers(answers: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    """Return what keeps the answers to the questions of a ledger, each with its question."""
    return tuple(
        Entry(event="noted", values={"text": f"{question} {answer}"})
        for question, answer in answers
        if answer
    )

"""Which flags of `nextstep done` each end has a place for, so that none is passed over."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from nextstep.changes.coaching import coaching_for
from nextstep.changes.target import Target
from nextstep.cli.replies import CLOSING, DROPPED, HELP, LATER, NOT_YET, WAY_FLAGS, Said
from nextstep.dates.words import counted, listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger

STEP_DONE, OFFERED = "done", "offered"

_LOOKING_BACK = (
    *("outcome", "next_", "next_who", "next_due", "nothing_further"),
    *("learned", "change", "answer", "or_note"),
)
_HINDERED: Mapping[str, tuple[str, ...]] = {NOT_YET: ("why",), HELP: ("why", "on")}
_LESSONS = ("learned", "change")

OF_COMMITMENT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CLOSING, _LOOKING_BACK),
    **_HINDERED,
    DROPPED: ("why", *_LESSONS),
    LATER: ("proof",),
}
OF_RUN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(CLOSING, (*_LOOKING_BACK, "expects", "feedback")),
    DROPPED: ("why", *_LESSONS, "feedback"),
}
OF_STEP: Mapping[str, tuple[str, ...]] = {
    STEP_DONE: ("proof", "override", "offer"),
    OFFERED: ("proof", "offer"),
    **_HINDERED,
}
"""The fields of `Said` that each end uses, beside the flag of the end itself."""

_ALWAYS = ("new_person",)
_NO_FLAG = {STEP_DONE: "a step that is done", OFFERED: "a step that is offered"}


def left_over(said: Said, ends: Mapping[str, Sequence[str]], *meant: str) -> Said:
    """Return what none of the ``meant`` ends has a place for, of all that the flags say."""
    used = {name for end in meant for name in ends[end]}
    if meant != (OFFERED,):
        used |= {*_ALWAYS}
    return said.without({*used, *WAY_FLAGS})


def see_places(
    said: Said, ends: Mapping[str, Sequence[str]], target: Target, *meant: str, what: str = ""
) -> None:
    """Raise NextstepError that names each flag which none of the ``meant`` ends has a place for.

    ``what`` says what it is that has no place for them, where that is not the flag of one end.
    """
    left = left_over(said, ends, *meant)
    if not left.given():
        return
    subject = what or _NO_FLAG.get(meant[0]) or f"--{meant[0].replace(' ', '-')}"
    raise NextstepError(
        f"{subject} has no place for {listed(left.given(), 'and')}",
        _hint(left, target, len(left.given())),
    )


def see_answers(said: Said, ledger: Ledger, target: Target) -> None:
    """Raise NextstepError for answers to more questions than the ledger asks here, or what is two things."""
    asked = len(coaching_for(ledger, target.record(ledger)).own)
    extra, are = Said(answer=said.answer[asked:]), "is" if asked == 1 else "are"
    if extra.answer:
        raise NextstepError(
            f"--answer is given {counted(len(said.answer), 'time')}, and "
            f"{counted(asked, 'question')} of this ledger {are} about {target.handle}",
            _hint(extra, target, len(extra.answer)),
        )
    of_next = Said(next_=said.next_, next_who=said.next_who, next_due=said.next_due).given()
    if said.nothing_further is not None and of_next:
        raise NextstepError(
            f"{listed((*of_next, '--nothing-further'), 'and')} say two things",
            "leave one of them out",
        )


def _hint(left: Said, target: Target, number: int) -> str:
    it = "it" if number == 1 else "them"
    if not left.words:
        return f"leave {it} out"
    step = f"--step {target.step} " if target.step is not None else ""
    return (
        f"leave {it} out, or keep the words as a note:\n"
        f"nextstep note {target.handle} {step}--text {shlex.quote(left.words)}"
    )

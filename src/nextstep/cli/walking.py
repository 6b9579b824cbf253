"""Everything of mine that is due, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.target import Target
from nextstep.cli.answers import Answers
from nextstep.cli.asking import can_ask
from nextstep.cli.beforehand import see_beforehand
from nextstep.cli.closing import Talk, close_commitment
from nextstep.cli.finishing import ask_of_step
from nextstep.cli.listings import screen
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.output import emit, note
from nextstep.cli.recording import Manner, tell
from nextstep.cli.replies import Said
from nextstep.cli.session import Session, again
from nextstep.dates.words import counted, day_words
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.time import Due, DueWord
from nextstep.render.listing import Remark
from nextstep.render.remarks import remark_lines
from nextstep.render.safe_text import safe_text
from nextstep.reports.handles import Handles
from nextstep.runs.states import CommitmentStage, StepStage


def walk(session: Session, manner: Manner, actor: Actor, said: Said) -> None:
    """Ask of each thing that is due how it went; each answer is a commit of its own.

    Raises NextstepError where something is ``said`` already: nobody knows about which of them.
    """
    there = due_of(session, actor.by)
    flags = (*said.given(), *(["--json"] if manner.json else ()))
    if flags:
        those = f", one of {', '.join(one.words for one in there)}" if there else ""
        raise NextstepError(
            f"nothing says what {' and '.join(flags)} {'is' if len(flags) == 1 else 'are'} about",
            f"name it: nextstep done ID{those}",
        )
    if not there:
        whose = "yours" if actor.types else safe_text(actor.by)
        lines = (f"Nothing of {whose} is due today.", *_how_before(session, actor.by))
        emit("\n".join(lines) + "\n")
        return
    if not can_ask():
        listed = ", ".join(target.words for target in there)
        raise NextstepError("nobody can be asked here", f"say which one: {listed}")
    recorded = skipped = 0
    try:
        for number, target in enumerate(there, 1):
            see_beforehand(session, manner, target.id)
            note(f"\n{number} of {len(there)}  {safe_text(target.words)}")
            answers = Answers()
            talk = Talk(
                newcomers=Newcomers(session, (), answers),
                target=target,
                actor=actor,
                said=Said(),
                manner=manner,
                answers=answers,
            )
            found = ask_of_step(talk) if target.step else close_commitment(talk, may_skip=True)
            if found is None:
                skipped += 1
                continue
            recorded += 1
            tell(found, manner)
            session = again(session)
    finally:
        left = len(there) - recorded - skipped
        parts = [f"{recorded} recorded"]
        parts += [f"{skipped} skipped"] if skipped else []
        parts += [f"{left} left"] if left else []
        are = "is" if len(there) == 1 else "are"
        note(f"\nOf {counted(len(there), 'thing')} that {are} due: {', '.join(parts)}.")


def _how_before(session: Session, person: str) -> Iterator[str]:
    """Yield what to type before the day of something has come."""
    ahead = min(_due(session, person, until=date.max), key=lambda one: one[0], default=None)
    if ahead is None:
        yield from remark_lines(Remark("Before its day, say which:", "nextstep done ID"), screen())
        return
    day, id_, step = ahead
    target = Target(id=id_, handle=Handles(session.ledger).shortest(id_), step=step)
    words = f"The next is due {day_words(day, session.now.today)}; if it is done:"
    yield from remark_lines(Remark(words, f"nextstep done {target.words}"), screen())


def due_of(session: Session, person: str) -> list[Target]:
    """Return what somebody has that is due by today, or done and not looked back on."""
    ledger = session.ledger
    handles = Handles(ledger)
    found = sorted(
        _due(session, person, until=session.now.today),
        key=lambda one: (one[0], one[1], one[2] or ""),
    )
    return [Target(id=id_, handle=handles.shortest(id_), step=step) for _, id_, step in found]


def _due(session: Session, person: str, *, until: date) -> Iterator[tuple[date, str, str | None]]:
    ledger, now = session.ledger, session.now
    for id_ in ledger.commitments:
        state = commitment_now(ledger, id_, now)
        day = _asked_on(state.due, session)
        mine = state.who == person or (state.who is None and not ledger.settings.people)
        is_open = state.stage is CommitmentStage.OPEN and state.offer is None
        if mine and is_open and day is not None and day <= until:
            yield day, id_, None
        elif mine and state.stage is CommitmentStage.DONE:
            yield day or now.today, id_, None
    for id_ in ledger.runs:
        run = run_now(ledger, id_, now)
        for step in run.steps.values() if run.is_live else ():
            day = _asked_on(step.due, session)
            ready = step.stage is StepStage.READY and not step.step.is_gate
            if ready and person in step.who and day is not None and day <= until:
                yield day, id_, step.id


def _asked_on(due: Due | None, session: Session) -> date | None:
    """Return from which day on somebody asks how it went; for what is as soon as possible, now."""
    if due is DueWord.ASAP:
        return session.now.today
    if due is None or isinstance(due, DueWord):
        return None
    return local_day(due, session.ledger.timezone) if isinstance(due, datetime) else due

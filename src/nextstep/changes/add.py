"""A next step is captured: what, who, with whom, for what outcome, by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from nextstep.changes.concerns import concerns
from nextstep.changes.draft import Draft, Entry, NewFile, Value, due_text
from nextstep.changes.log_lines import Actor, line_of
from nextstep.changes.moments import own_moment
from nextstep.changes.new_record import ending_of, new_id, path_of, text_of
from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.time import Due, DueWord


class NextStep(Struct, frozen=True, kw_only=True):
    """What somebody captured. ``proposed``: it was put forward, and who would have it has not agreed."""

    what: str
    who: str | None = None
    with_: tuple[str, ...] = ()
    outcome: str | None = None
    due: Due | None = None
    partner: str | None = None
    source: str | None = None
    part_of: str | None = None
    after: tuple[str, ...] = ()
    follows: str | None = None
    repeat: str | None = None
    proposed: bool = False
    how: str | None = None


def needs_consent(ledger: Ledger, who: str | None, actor: Actor) -> bool:
    """Return whether a next step for somebody is but proposed: one promises for oneself alone.

    What nobody has is proposed where the ledger names people, so that somebody can agree to it.
    """
    return bool(ledger.settings.people) if who is None else who != actor.by


def add(ledger: Ledger, steps: Sequence[NextStep], actor: Actor, now: Now) -> Draft:
    """Return what captures one or several next steps, each in a file of its own."""
    taken = {*ledger.commitments, *ledger.runs, *ledger.processes}
    new = []
    moment = own_moment(ledger, now).instant
    for step in steps:
        id_ = new_id(step.what, taken)
        taken.add(id_)
        new.append(
            NewFile(
                id=id_,
                path=path_of(id_, now.today),
                text=_text(id_, step, actor, now.today, moment),
            )
        )
    told: list[str] = []
    for step, file in zip(steps, new, strict=True):
        first, *more = captured(ledger, step, file.id, now)
        told += [f"Added {first}", *more]
        told += concerns(ledger.settings, step.due, step.who, now.today)
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {ending_of(new[0].id)}" if len(new) == 1 else "nextstep due",
        subject=_subject(steps) if len(new) > 1 else None,
        new=tuple(new),
    )


def captured(ledger: Ledger, step: NextStep, id_: str, now: Now) -> tuple[str, ...]:
    """Return a new next step in lines: what to type for it and its words; who, and by when."""
    lines = (f"{ending_of(id_)}: {step.what}", people_and_date(ledger, step, now))
    if not step.proposed:
        return lines
    return (*lines, f"Proposed until {step.who or 'somebody'} agrees.")


def people_and_date(ledger: Ledger, step: NextStep, now: Now) -> str:
    """Return who has a next step, with whom, by when and how often."""
    people = [step.who] if step.who else ["nobody has it yet"] if ledger.settings.people else []
    people += [f"with {', '.join(step.with_)}"] if step.with_ else []
    parts = (", ".join(people), _due_words(step.due, ledger, now), step.repeat)
    return " · ".join(filter(None, parts))


def _due_words(due: Due | None, ledger: Ledger, now: Now) -> str:
    if due is None or due is DueWord.NONE:
        return "no date agreed"
    words = echoed(due, now, ledger.calendar)
    return words if isinstance(due, DueWord) else f"due {words}"


def _text(id_: str, step: NextStep, actor: Actor, today: date, moment: datetime) -> str:
    fields: dict[str, Value | None] = {
        "what": step.what,
        "who": step.who,
        "with": step.with_,
        "outcome": step.outcome,
        "due": due_text(step.due) if step.due not in (None, DueWord.NONE) else None,
        "partner": step.partner,
        "source": step.source,
        "part_of": step.part_of,
        "after": step.after,
        "follows": step.follows,
        "repeat": step.repeat,
    }
    word = "proposed" if step.proposed else "agreed"
    said_by = actor if step.proposed else _who_agreed(step, actor)
    event = line_of(Entry(event=word, values={"how": step.how}), said_by, moment)
    return text_of(path_of(id_, today), fields, log=(event,))


def _who_agreed(step: NextStep, actor: Actor) -> Actor:
    """Return who agreed: who has it, even where somebody else writes it down."""
    if step.who is None or step.who == actor.by:
        return actor
    return Actor(by=step.who, recorded_by=actor.recorded_by or actor.by)


def _subject(steps: Sequence[NextStep]) -> str:
    source = steps[0].source
    return f"{source}: {len(steps)} next steps" if source else f"Add {len(steps)} next steps"

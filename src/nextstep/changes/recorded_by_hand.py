"""What somebody changed by hand gets its event, and what follows from it follows."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.by_hand import ByHand
from nextstep.changes.cast import recast
from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.following import following
from nextstep.changes.foreseen import with_entries
from nextstep.changes.log_lines import Actor
from nextstep.changes.may_move import may_move, may_move_step, not_agreed
from nextstep.changes.wording import due_words, quoted
from nextstep.dates.days import parse_due
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.process import Step
from nextstep.model.source import Keys
from nextstep.runs.under_settings import commitment_under, run_under

_DUE = ".due"


class Unrecorded(Struct, frozen=True, kw_only=True):
    """A record as it is, with what was changed in it by hand."""

    record: Commitment | Run
    changes: tuple[ByHand, ...]


class Said(Struct, frozen=True, kw_only=True):
    """What is said of a change by hand: why, and who agreed to it."""

    why: str
    agreed_by: tuple[str, ...] = ()


class Theirs(Struct, frozen=True):
    """What is not of who changed it: its name, and who has to agree, nobody where that is open."""

    name: str
    who: tuple[str, ...]


class HandEdit(Struct, frozen=True, kw_only=True):
    """The events of a record with what they change, and what to say of what follows."""

    edit: Edit
    lines: tuple[str, ...]


def recorded_by_hand(
    ledger: Ledger, found: tuple[Unrecorded, ...], said: Said, actor: Actor, now: Now
) -> Draft:
    """Return the events of what was changed by hand, in one record or in several.

    Raises NextstepError where a date of somebody else was changed, and nobody says they agreed.
    """
    told: list[str] = []
    edits = []
    for one in found:
        _see_agreed(ledger, one, said, actor, now)
        recorded = recorded_in(ledger, one, said, actor, now)
        told.append(f"{quoted(one.record)}:")
        told += [f"  {change.words}" for change in one.changes]
        told += recorded.lines
        edits.append(recorded.edit)
    return Draft(told=tuple(told), edits=tuple(edits))


def recorded_in(ledger: Ledger, found: Unrecorded, said: Said, actor: Actor, now: Now) -> HandEdit:
    """Return the events of one record, as `move` and `change` would have written them.

    In a run steps go to who plays their role and, while it goes on, dates follow from what they
    count from; a date or a name that was written by hand stays.
    """
    run = found.record
    entries = tuple(_entry(change, said) for change in found.changes)
    if not isinstance(run, Run):
        return HandEdit(edit=Edit(id=run.id, entries=entries), lines=())
    fields: dict[Keys, Value | None] = {}
    lines: list[str] = []
    before = _before(run, found.changes)
    for role, person in run.people.items():
        if before.people.get(role) != person:
            cast = recast(ledger, before, role, person, now)
            fields |= cast.fields
            lines += cast.lines
    if run_under(ledger.settings, run, now).closed is None:
        after = with_entries(run, entries, actor, now)
        follows = following(ledger, before, after, _reason(found.changes, ledger.timezone), now)
        entries += follows.entries
        fields |= follows.fields
        lines += follows.lines
    return HandEdit(edit=Edit(id=run.id, entries=entries, fields=fields), lines=tuple(lines))


def _see_agreed(ledger: Ledger, found: Unrecorded, said: Said, actor: Actor, now: Now) -> None:
    """Raise NextstepError where a date of somebody else was changed, and nobody says they agreed."""
    if any(one != actor.by for one in said.agreed_by):
        return
    theirs = of_others(ledger, found, actor, now)
    if theirs is not None:
        raise not_agreed(theirs.name, theirs.who)


def of_others(ledger: Ledger, found: Unrecorded, actor: Actor, now: Now) -> Theirs | None:
    """Return whose date was changed by somebody who may not move it alone; None where nobody's."""
    record, settings = found.record, ledger.settings
    for change in found.changes:
        if isinstance(record, Commitment) and change.field == "due":
            if not may_move(record, commitment_under(settings, record, now), actor.by):
                return Theirs(record.id, tuple(filter(None, [record.who])))
        elif isinstance(record, Run) and change.field.endswith(_DUE):
            step = run_under(settings, record, now).steps[change.field.removesuffix(_DUE)]
            if not may_move_step(record, step, actor.by, ledger):
                return Theirs(f"{record.id} {step.id}", step.who_told or step.who)
    return None


def _entry(change: ByHand, said: Said) -> Entry:
    more: dict[str, Value | None] = {"agreed_by": said.agreed_by, "why": said.why}
    if change.field == "due" or change.field.endswith(_DUE):
        return Entry(
            event="moved",
            step=change.field.rpartition(".")[0] or None,
            values={"from": change.before or "none", "to": change.after or "none", **more},
        )
    return Entry(
        event="changed",
        values={"field": change.field, "from": change.before, "to": change.after, **more},
    )


def _before(run: Run, changes: tuple[ByHand, ...]) -> Run:
    """Return a run as it was before it was changed by hand."""
    was = {change.field: change.before for change in changes}

    def dated(step: Step) -> Step:
        field = f"{step.id}{_DUE}"
        return replace(step, due=parse_due(was[field] or "none")) if field in was else step

    def known(kind: str, values: Mapping[str, str]) -> dict[str, str]:
        old = {name: was.get(f"{kind}.{name}", value) for name, value in values.items()}
        return {name: value for name, value in old.items() if value is not None}

    return replace(
        run,
        steps=tuple(map(dated, run.steps)),
        inputs=known("inputs", run.inputs),
        people=known("people", run.people),
    )


def _reason(changes: tuple[ByHand, ...], timezone: str) -> str:
    """Return why a date follows: what it counts from is another one."""
    words = []
    for change in changes:
        kind, _, name = change.field.partition(".")
        if change.field.endswith(_DUE):
            due = parse_due(change.after or "none")
            words.append(f"{change.field.removesuffix(_DUE)}: {due_words(due, timezone)}")
        elif kind == "inputs":
            words.append(f"{name} is {change.after}")
    return ", ".join(words)

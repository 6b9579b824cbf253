"""What somebody follows up: what is to be asked now, and the note that asks it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from nextstep.changes.ask import Asking, has_come
from nextstep.changes.target import Target
from nextstep.dates.zones import local_day
from nextstep.model.commitment import Run
from nextstep.model.time import Due
from nextstep.reports.handles import Handles
from nextstep.reports.parties import Party, party
from nextstep.reports.standing import Standing
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import CommitmentStage, CommitmentState, StepState


class FollowUp(Struct, frozen=True, kw_only=True):
    """All that a note says: ``what`` was agreed, on which day, by whom, with whom and how.

    ``who`` is asked, ``asker`` asks. ``part_of`` names the run of a step. ``since`` is since when
    ``who`` has it, ``first_due`` the date before it was moved the first time; both are
    told in the ``timezone`` of the ledger.
    """

    id: str
    step: str | None
    who: Party
    asker: Party
    what: str
    outcome: str | None
    part_of: str | None
    due: Due | None
    first_due: Due | None
    timezone: str
    moved: int
    move_agreed_by: tuple[Party, ...]
    agreed_on: date | None
    agreed_by: Party | None
    agreed_with: tuple[Party, ...]
    how: str | None
    since: date | None


def asking_of(standing: Standing, target: Target) -> Asking:
    """Return what is asked about, with who usually asks."""
    record = target.record(standing.ledger)
    if isinstance(record, Run):
        run = standing.runs[target.id]
        partner = standing.step_partner(run, run.steps[target.step]) if target.step else run.owner
        return Asking(target=target, partner=partner)
    return Asking(target=target, partner=standing.partner(record))


def to_ask(standing: Standing, me: str) -> Iterator[Asking]:
    """Yield what somebody follows up, is due and was not asked about, the oldest date first."""
    found = [*_commitments(standing, me), *_steps(standing, me)]
    yield from (asking for _, asking in sorted(found, key=lambda one: one[0]))


def follow_up(standing: Standing, target: Target, who: str, asker: str) -> FollowUp:
    """Return what a note about a commitment or a step says."""
    record = target.record(standing.ledger)
    if isinstance(record, Run):
        return _of_step(standing, record, target, who, asker)
    state = standing.commitments[target.id]
    agreed = state.agreed
    involved = (who, *state.with_)
    return FollowUp(
        id=target.id,
        step=None,
        who=_party(standing, who),
        asker=_party(standing, asker),
        what=record.what,
        outcome=record.outcome,
        part_of=None,
        due=state.due,
        first_due=state.moves[0].before if state.moves else None,
        timezone=standing.ledger.timezone,
        moved=len(state.moves),
        move_agreed_by=_parties(standing, state.moves[-1].agreed_by if state.moves else ()),
        agreed_on=_day(standing, state) if agreed else None,
        agreed_by=_party(standing, agreed.by) if agreed else None,
        agreed_with=_parties(
            standing, tuple(one for one in involved if agreed and one != agreed.by)
        ),
        how=agreed.how if agreed else None,
        since=local_day(state.since, standing.ledger.timezone) if state.since else None,
    )


def _of_step(standing: Standing, run: Run, target: Target, who: str, asker: str) -> FollowUp:
    state = standing.runs[run.id].steps[target.step or ""]
    step = state.step
    customer = f" for {run.for_}" if run.for_ else ""
    return FollowUp(
        id=run.id,
        step=target.step,
        who=_party(standing, who),
        asker=_party(standing, asker),
        what=filled_path(step.title, run.inputs, step.part),
        outcome=step.done_when,
        part_of=f"{run.title}{customer}",
        due=state.due,
        first_due=state.moves[0].before if state.moves else None,
        timezone=standing.ledger.timezone,
        moved=len(state.moves),
        move_agreed_by=_parties(standing, state.moves[-1].agreed_by if state.moves else ()),
        agreed_on=None,
        agreed_by=None,
        agreed_with=(),
        how=None,
        since=local_day(state.since, standing.ledger.timezone) if state.since else None,
    )


def _commitments(standing: Standing, me: str) -> Iterator[tuple[tuple[date, str], Asking]]:
    handles = Handles(standing.ledger)
    for name, state in standing.commitments.items():
        if state.asked or state.who in (None, me):
            continue
        is_done = state.stage is CommitmentStage.DONE
        if not is_done and (
            state.stage is not CommitmentStage.OPEN or not _is_due(standing, state)
        ):
            continue
        if standing.partner(standing.ledger.commitments[name]) == me:
            target = Target(id=name, handle=handles.shortest(name))
            yield (_order(standing, state), name), Asking(target=target, partner=me)


def _steps(standing: Standing, me: str) -> Iterator[tuple[tuple[date, str], Asking]]:
    handles = Handles(standing.ledger)
    for name, run in standing.runs.items():
        if not run.is_live:
            continue
        for id_, state in run.steps.items():
            is_other = state.who_is_asked not in (None, me)
            if is_other and standing.is_to_ask(state) and standing.step_partner(run, state) == me:
                target = Target(id=name, handle=handles.shortest(name), step=id_)
                yield (_order(standing, state), name), Asking(target=target, partner=me)


def _is_due(standing: Standing, state: CommitmentState) -> bool:
    """Return whether it has a day, and that is here."""
    has_day = isinstance(state.due, date)
    return has_day and has_come(state.due, standing.ledger, standing.now)


def _order(standing: Standing, state: CommitmentState | StepState) -> date:
    due = state.due
    return local_day(due, standing.ledger.timezone) if isinstance(due, date) else date.max


def _day(standing: Standing, state: CommitmentState) -> date | None:
    return local_day(state.agreed.at, standing.ledger.timezone) if state.agreed else None


def _party(standing: Standing, name: str) -> Party:
    found = party(standing.ledger.settings, name, standing.now.today)
    return found or Party(id=name)


def _parties(standing: Standing, names: tuple[str, ...]) -> tuple[Party, ...]:
    return tuple(_party(standing, name) for name in names)

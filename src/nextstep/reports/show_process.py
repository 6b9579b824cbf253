"""Everything about a process: what it provides, who answers for it, its steps, its open runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from nextstep.dates.problem import DateProblem
from nextstep.dates.rule_words import length_words, rule_words
from nextstep.dates.workdays import add_days
from nextstep.model.calendar import Calendar
from nextstep.model.process import Customer, Escalation, Process, Review, Roadblock
from nextstep.reports.handles import Handles
from nextstep.reports.parties import Party, party
from nextstep.reports.process_steps import ProcessStep, process_steps
from nextstep.reports.row_making import RowMaker
from nextstep.reports.rows import Row
from nextstep.reports.show_links import Happening, happenings
from nextstep.reports.show_plan import members
from nextstep.reports.standing import Standing


class ReviewView(Struct, frozen=True, kw_only=True):
    """When somebody looked at the process last, and by when it is to be looked at again."""

    kind: str | None
    every: str | None
    last: date | None
    due: date | None
    overdue: bool


class RolePeople(Struct, frozen=True):
    """A role of a process and who holds it now."""

    role: str
    people: tuple[str, ...]


class ProcessView(Struct, frozen=True, kw_only=True):
    """A process. ``runs`` are the open ones; ``parts`` the open commitments that are part of it."""

    kind: str = "process"
    handle: str
    id: str
    path: str
    title: str
    state: str
    owner: Party | None
    deputy: Party | None
    customer: Customer | None
    provides: str | None
    expects: tuple[str, ...]
    promise: str | None
    promise_rule: str | None
    promise_rule_words: str | None
    benefit: str | None
    inputs: tuple[str, ...]
    when: str | None
    when_because: str | None
    targets: Mapping[str, str]
    strength: str
    strength_until: date | None
    training: str | None
    based_on: str | None
    reason: str | None
    order: str
    cycle: str | None
    steps: tuple[ProcessStep, ...]
    roles: tuple[RolePeople, ...]
    roadblocks: tuple[Roadblock, ...]
    escalations: tuple[Escalation, ...]
    reviews: tuple[ReviewView, ...]
    runs: tuple[Row, ...]
    parts: tuple[Row, ...]
    happened: tuple[Happening, ...]


def process_view(standing: Standing, name: str) -> ProcessView:
    """Return everything about a process."""
    ledger, today = standing.ledger, standing.now.today
    process, settings = ledger.processes[name], ledger.settings
    maker = RowMaker(standing)
    late, live, _, _ = members(maker, name)
    promise = process.promise
    return ProcessView(
        handle=Handles(ledger).shortest(name),
        id=name,
        path=process.source.path,
        title=process.title,
        state=process.state,
        owner=party(settings, process.owner, today),
        deputy=party(settings, process.deputy, today),
        customer=process.customer,
        provides=process.provides,
        expects=process.expects,
        promise=promise.text if promise else None,
        promise_rule=promise.rule.text if promise and promise.rule else None,
        promise_rule_words=rule_words(promise.rule.expression)
        if promise and promise.rule
        else None,
        benefit=process.benefit,
        inputs=process.inputs,
        when=process.when_text,
        when_because=process.because.get(process.when_text or ""),
        targets=process.targets,
        strength=process.strength.level,
        strength_until=process.strength.until,
        training=process.training,
        based_on=process.based_on,
        reason=process.reason,
        order=process.order,
        steps=process_steps(process),
        cycle=process.cycle,
        roles=_roles(standing, process),
        roadblocks=process.roadblocks,
        escalations=process.escalate,
        reviews=tuple(review_view(one, today, ledger.calendar) for one in process.reviews),
        runs=_open_runs(maker, name),
        parts=tuple(row for row in (*late, *live) if row.kind == "commitment"),
        happened=_happened(standing, process),
    )


def _happened(standing: Standing, process: Process) -> tuple[Happening, ...]:
    state = standing.duties[process.id]
    zone = standing.now.timezone
    return happenings(process.log, state.events, state.impossible, (), zone)


def _roles(standing: Standing, process: Process) -> tuple[RolePeople, ...]:
    """Return the roles that the process names or its steps are done in."""
    known = standing.ledger.settings.roles
    used = (*process.roles, *(who for step in process.steps for who in step.who or process.who))
    people = standing.ledger.settings.people
    return tuple(
        RolePeople(name, known[name].people if name in known else ())
        for name in dict.fromkeys(used)
        if name not in people
    )


def review_view(review: Review, today: date, calendar: Calendar) -> ReviewView:
    """Return when somebody looks at a process again."""
    due = None
    if review.every is not None and review.last is not None:
        try:
            due = add_days(review.last, review.every, calendar)
        except DateProblem:
            due = None  # so far ahead that there is no such day
    return ReviewView(
        kind=review.kind,
        every=length_words(review.every) if review.every else None,
        last=review.last,
        due=due,
        overdue=due is not None and due < today,
    )


def _open_runs(maker: RowMaker, name: str) -> tuple[Row, ...]:
    standing = maker.standing
    return tuple(
        maker.run(run.id)
        for run in standing.ledger.runs.values()
        if run.process == name and standing.runs[run.id].is_live
    )

"""`nextstep trail ID`: what happened to one record, from the beginning to what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from nextstep.dates.zones import local_day
from nextstep.files.new_ledger import newcomer
from nextstep.model.calendar import Calendar
from nextstep.model.events import instant_text
from nextstep.model.time import Due
from nextstep.reports.audit_people import unknowable
from nextstep.reports.handles import Handles
from nextstep.reports.show_commitment import following
from nextstep.reports.show_links import Link
from nextstep.reports.standing import Standing
from nextstep.reports.trail import Known, known_of
from nextstep.reports.trail_entries import TrailEntry, entries, is_of_the_file
from nextstep.reports.trail_moves import Dates, apart, dates_of, last_due, moves_of
from nextstep.reports.trail_order import in_order
from nextstep.reports.trail_records import Records
from nextstep.reports.unread import Unread, unread_files
from nextstep.runs.states import CommitmentState, RunState, StepState
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.people import Signers

_BIRTHS = ("started", "written")


class Topic(Struct, frozen=True, kw_only=True):
    """What a story is about: a ``kind`` (commitment, run, step, process), and a step of a run.

    ``gone`` tells that the ledger has no such record any more.
    """

    kind: str
    id: str
    step: str | None = None
    gone: bool = False


class Stands(Struct, frozen=True, kw_only=True):
    """Where it stands today.

    ``ended_at`` is when the work was there, as events write it; ``late`` how many working days
    after its date that was.
    """

    state: str
    due: Due | None
    overdue: bool
    offered_to: tuple[str, ...] = ()
    on_time: bool | None = None
    ended_at: str | None = None
    late: int = 0


class Weighed(Struct, frozen=True, kw_only=True):
    """How well a story is witnessed: how many events, and in how many commits.

    ``by_others`` were written down by somebody else than who acted, ``file_only`` have no line in
    the log, ``claimed`` are lines that the contents do not show, ``undone`` were taken back,
    ``earlier`` are lines from before the oldest commit of a shallow clone,
    ``by_strangers`` were committed by nobody whom the ledger names, ``unknowable`` are of somebody
    without an address there; ``uncommitted`` are lines of the log that no commit holds yet.
    """

    events: int
    commits: int
    by_others: int
    by_strangers: int
    unknowable: int
    file_only: int
    claimed: int
    earlier: int
    undone: int
    uncommitted: int


class Story(Struct, frozen=True, kw_only=True):
    """What happened to one record, oldest first.

    ``agreed_with`` are those it was agreed with when it began, as far as that is known.
    ``known_since`` is the day from which on history tells of it, None where its beginning is here.
    """

    today: date
    calendar: Calendar
    topic: Topic
    handle: str
    what: str
    title: str | None
    entries: tuple[TrailEntry, ...]
    agreed_with: tuple[str, ...]
    known_since: date | None
    dates: Dates | None
    stands: Stands | None
    next: tuple[Link, ...]
    weighed: Weighed
    known: Known
    unread: tuple[Unread, ...]


def trail_story(trail: Trail, standing: Standing, topic: Topic) -> Story:
    """Return the story of a commitment, a run, a step of one or a process.

    ``trail`` may hold other records as well.
    """
    records = Records(standing, trail.facts)
    facts = [one for one in trail.facts if one.id == topic.id]
    zone, calendar = standing.now.timezone, standing.ledger.calendar
    told = in_order(
        one
        for one in entries(replace(trail, facts=tuple(facts)), records, zone)
        if topic.step is None or one.step == topic.step
    )
    about = records.about(topic.id)
    state = _state(standing, topic)
    return Story(
        today=standing.now.today,
        calendar=calendar,
        topic=topic,
        handle=f"{about.handle} {topic.step}" if topic.step else about.handle,
        what=about.steps.get(topic.step, about.what) if topic.step else about.what,
        title=about.title if topic.step else None,
        entries=told,
        agreed_with=_agreed_with(facts),
        known_since=_known_since(facts, zone),
        dates=None if topic.kind == "process" else _dates(told, state, calendar),
        stands=_stands(state, _stage(standing, topic), calendar),
        next=_next(standing, topic, records.handles),
        weighed=_weighed(
            told, _unknowable(facts, standing, topic), _uncommitted(facts, standing, topic)
        ),
        known=known_of(trail, zone),
        unread=unread_files(standing.ledger),
    )


def _agreed_with(facts: Iterable[Fact]) -> tuple[str, ...]:
    said = next((one.values["with"] for one in facts if _begins(one)), ())
    return tuple(one for one in said if isinstance(one, str)) if isinstance(said, tuple) else ()


def _begins(fact: Fact) -> bool:
    """Return whether a commitment begins with this: nobody has to be with it, but that is said."""
    return fact.kind == "commitment" and "with" in fact.values


def _known_since(facts: Sequence[Fact], zone: str) -> date | None:
    """Return from which day on history tells of a record of which it does not hold the beginning."""
    if not facts or any(_begins(one) or one.event in _BIRTHS for one in facts):
        return None
    signed = facts[0].witness
    at = signed.committer.at or signed.author.at
    return local_day(at, zone) if at else None


def _state(standing: Standing, topic: Topic) -> CommitmentState | RunState | StepState | None:
    if topic.kind == "process":
        return None
    if topic.kind == "commitment":
        return standing.commitments.get(topic.id)
    run = standing.runs.get(topic.id)
    return run.steps.get(topic.step) if run and topic.step else run


def _stage(standing: Standing, topic: Topic) -> str:
    """Return where it stands; with its run, what is not finished of it is over."""
    state, run = _state(standing, topic), standing.runs.get(topic.id)
    if state is None:
        return ""
    return (run.stage_of(state) if run and isinstance(state, StepState) else state.stage).value


def _dates(
    told: tuple[TrailEntry, ...],
    state: CommitmentState | RunState | StepState | None,
    calendar: Calendar,
) -> Dates | None:
    """Return how the date went; of a run only how often dates were moved."""
    moves = moves_of(told)
    if isinstance(state, RunState) or (state is None and any(one.step for one in told)):
        late = sum(one.late is True for one in moves)
        return Dates(
            first=None, now=None, days=None, working_days=None, moved=len(moves), moved_late=late
        )
    return dates_of(moves, state.due if state is not None else last_due(told), calendar)


def _stands(
    state: CommitmentState | RunState | StepState | None, stage: str, calendar: Calendar
) -> Stands | None:
    if state is None:
        return None
    if isinstance(state, RunState):
        ended = state.closed.at if state.closed else None
        due, on_time = state.promise_due, state.promise_kept if state.closed else None
        offered: tuple[str, ...] = ()
    else:
        due, on_time = state.due, state.on_time
        offered = (state.offer.receivers or state.offer.to) if state.offer else ()
        ended = _ended(state)
    ended_on = local_day(ended, calendar.timezone) if ended else None
    _, late = apart(due, ended_on, calendar) if on_time is False else (None, None)
    return Stands(
        state=stage,
        due=due,
        overdue=state.overdue,
        offered_to=offered,
        on_time=on_time,
        ended_at=instant_text(ended) if ended else None,
        late=max(late or 0, 0),
    )


def _ended(state: CommitmentState | StepState) -> datetime | None:
    """Return when the work was there; that is what decides whether it was in time."""
    if state.done is not None:
        return state.done.at
    if isinstance(state, StepState):
        return state.finished_at
    return state.closed.at if state.closed else None


def _next(standing: Standing, topic: Topic, handles: Handles) -> tuple[Link, ...]:
    """Return what came out of it."""
    if topic.step or topic.kind == "process" or topic.gone:
        return ()
    state = standing.commitments.get(topic.id) or standing.runs.get(topic.id)
    named = state.closed.next if state is not None and state.closed else ()
    return following(standing, handles, topic.id, named)


def _weighed(told: tuple[TrailEntry, ...], unknowable: int, uncommitted: int) -> Weighed:
    return Weighed(
        events=len(told),
        commits=len({one.commit for one in told}),
        by_others=sum(one.recorded_by not in (None, one.by) for one in told),
        by_strangers=sum(one.stranger for one in told),
        unknowable=unknowable,
        file_only=sum(is_of_the_file(one) for one in told),
        claimed=sum(one.logged and not (one.seen or one.earlier) for one in told),
        earlier=sum(one.earlier for one in told),
        undone=sum(one.undone for one in told),
        uncommitted=uncommitted,
    )


def _unknowable(facts: list[Fact], standing: Standing, topic: Topic) -> int:
    """Return how many lines nobody can compare with who committed them.

    In a ledger that names nobody a line is by whom the program would call so.
    """
    people = standing.ledger.settings.people
    own = (one for one in facts if topic.step in (None, one.step) and not one.border)
    lines = unknowable(own, Signers(people), people)
    return sum(one.by != _called(one.witness.author.email) for one in lines)


@cache
def _called(email: str) -> str | None:
    person = newcomer(email, None)
    return None if person is None else person.id


def _uncommitted(facts: list[Fact], standing: Standing, topic: Topic) -> int:
    """Return how many lines of the log no commit holds; those of a commit that was read are all."""
    ledger, id_ = standing.ledger, topic.id
    record = ledger.commitments.get(id_) or ledger.runs.get(id_) or ledger.processes.get(id_)
    if record is None or ledger.revision is not None:
        return 0
    known = {one.logged.canonical for one in facts if one.logged is not None}
    own = (one for one in record.log if topic.step in (None, one.step))
    return sum(one.canonical not in known for one in own)

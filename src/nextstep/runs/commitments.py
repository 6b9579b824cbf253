"""Where a commitment stands."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.dates.now import Now
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment
from nextstep.model.events import Event
from nextstep.model.process import VACANT
from nextstep.runs.commitment_events import STORY, unknown
from nextstep.runs.facts import Impossible
from nextstep.runs.order import effective
from nextstep.runs.passing_on import receivers_of
from nextstep.runs.states import CommitmentStage, CommitmentState
from nextstep.runs.story import Story
from nextstep.runs.timing import is_after, is_overdue, working_days_late

_OPEN = CommitmentStage.OPEN
_NOBODY: Mapping[str, tuple[str, ...]] = {}


def commitment_state(
    commitment: Commitment,
    now: Now,
    calendar: Calendar,
    *,
    members: Mapping[str, tuple[str, ...]] = _NOBODY,
) -> CommitmentState:
    """Derive where a commitment stands at an instant.

    ``members`` are the people of each role that `nextstep.yaml` knows, for offers to a role.

    What the tables leave open is decided so:

    - ``who``, ``with`` and ``due`` come from the file. Who had it earlier follows from the offers
      that were accepted; where these do not lead to the file's ``who``, both may act.
    - Without ``who`` anybody may act for it. A second ``agreed`` while it is open confirms it.
    - Anybody may close what is done: the work exists. What is open is closed by who has it.
    - A ``partner`` that only the settings name is not known here. So where the file names none,
      anybody may reopen it with a reason.
    - On time is decided by ``done``, else by ``closed`` when it was kept, wholly or partly.
    """
    if not commitment.log:
        return _untold(commitment, now, calendar)
    events, refused = effective(commitment.log)
    story = _beginning(commitment, events, calendar, members)
    impossible = refused
    for event in events:
        if event.step is None:
            refusal = STORY.get(event.event, unknown)(story, event)
        else:
            refusal = f"a commitment has no step `{event.step}`", "leave `step` out"
        if refusal is not None:
            impossible += (Impossible(event, *refusal),)
    return _told(commitment, story, events, impossible, now)


def _beginning(
    commitment: Commitment,
    events: tuple[Event, ...],
    calendar: Calendar,
    members: Mapping[str, tuple[str, ...]],
) -> Story:
    kinds = [event.event for event in events]
    who, holder = commitment.who, commitment.who
    if "accepted" in kinds or "changed" in kinds:
        who = _first_who(commitment, events, members)
        holder = holder if who == holder else None
    return Story(
        calendar,
        members,
        CommitmentStage.PROPOSED if "proposed" in kinds else _OPEN,
        who,
        holder,
        commitment.with_,
        commitment.partner,
    )


def _first_who(
    commitment: Commitment, events: tuple[Event, ...], members: Mapping[str, tuple[str, ...]]
) -> str | None:
    """Return who had it before the log began: follow the events that passed it on.

    They are believed only where they lead to the ``who`` of the file.
    """
    first = last = commitment.who
    passed = False
    offered: Event | None = None
    for event in events:
        before = after = None
        if event.event == "offered":
            offered = event
        elif event.event == "returned":
            offered = None
        elif event.event == "accepted" and offered is not None:
            receivers = receivers_of(offered.texts("to"), members)
            if event.by in receivers and event.by != offered.by:
                before = None if event.text("from") == VACANT else offered.by
                after = event.by
            offered = None
        elif event.event == "changed" and event.text("field") == "who":
            before, after = event.text("from"), event.text("to")
        if after is not None:
            first = first if passed else before
            last, passed = after, True
    return first if last == commitment.who else commitment.who


def _untold(commitment: Commitment, now: Now, calendar: Calendar) -> CommitmentState:
    due = commitment.due
    overdue = due is not None and is_overdue(due, now, calendar)
    return CommitmentState(
        stage=_OPEN,
        who=commitment.who,
        with_=commitment.with_,
        due=due,
        overdue=overdue,
        days_late=working_days_late(due, now.today, calendar) if due and overdue else 0,
        who_told=commitment.who,
        parties=commitment.with_,
    )


def _told(
    commitment: Commitment,
    story: Story,
    events: tuple[Event, ...],
    impossible: tuple[Impossible, ...],
    now: Now,
) -> CommitmentState:
    due, calendar = commitment.due, story.calendar
    overdue = story.stage is _OPEN and due is not None and is_overdue(due, now, calendar)
    return CommitmentState(
        story.stage,
        commitment.who,
        commitment.with_,
        due,
        story.since,
        story.agreed,
        story.offer,
        story.returns,
        story.blocked,
        story.moves,
        story.asked,
        story.asked_at,
        story.done,
        story.closed,
        story.reopened,
        overdue,
        working_days_late(due, now.today, calendar) if due and overdue else 0,
        _on_time(commitment, story, calendar),
        impossible,
        events,
        story.who,
        story.parties,
        story.unagreed,
    )


def _on_time(commitment: Commitment, story: Story, calendar: Calendar) -> bool | None:
    due, done, closed = commitment.due, story.done, story.closed
    if due is None or isinstance(due, str) or (done is None and closed is None):
        return None
    if done is not None:
        return not is_after(done.at, due, calendar)
    if closed is None or closed.result not in ("kept", "partly"):
        return False if closed is not None and closed.result == "missed" else None
    return not is_after(closed.at, due, calendar)

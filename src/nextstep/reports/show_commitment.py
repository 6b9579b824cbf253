"""Everything about one commitment."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.model.commitment import Commitment, Run
from nextstep.model.time import Due
from nextstep.reports.handles import Handles
from nextstep.reports.parties import Party, party
from nextstep.reports.rows import day_of
from nextstep.reports.show_links import Happening, Link, Refused, happenings, link, refusals
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Blocked, Closed, Offer, Returned
from nextstep.runs.states import CommitmentState


class CommitmentView(Struct, frozen=True, kw_only=True):
    """A commitment with all that hangs on it.

    ``since`` and ``from_``: since when ``who`` has it, and from whom. ``partner`` asks how it went.
    ``after`` is what it waits for or waited for, ``holds_up`` what waits for it, ``follows`` what
    it came out of, ``next`` what came out of it. ``waits_for`` are those of ``after`` that are not
    there yet. ``happened`` is its log.
    """

    kind: str = "commitment"
    handle: str
    id: str
    path: str
    what: str
    state: str
    who: Party | None
    with_: tuple[Party, ...]
    outcome: str | None
    due: Due | None
    overdue: bool
    days_late: int
    on_time: bool | None
    since: date | None
    partner: Party | None
    source: str | None
    part_of: str | None
    repeat: str | None
    agreed: bool
    moved: int
    moved_late: int
    offer: Offer | None
    offered_on: date | None
    returned: Returned | None
    blocked: Blocked | None
    blocked_since: date | None
    asked_on: date | None
    closed: Closed | None
    after: tuple[Link, ...]
    waits_for: tuple[str, ...]
    holds_up: tuple[Link, ...]
    follows: Link | None
    next: tuple[Link, ...]
    happened: tuple[Happening, ...]
    impossible: tuple[Refused, ...]


def commitment_view(standing: Standing, name: str) -> CommitmentView:
    """Return everything about a commitment."""
    ledger, zone = standing.ledger, standing.now.timezone
    commitment, state = ledger.commitments[name], standing.commitments[name]
    handles, today = Handles(ledger), standing.now.today
    parties = {
        one: party(ledger.settings, one, today)
        for one in (state.who, *state.with_, standing.partner(commitment))
    }
    followers = following(standing, handles, name, state.closed.next if state.closed else ())
    return CommitmentView(
        handle=handles.shortest(name),
        id=name,
        path=commitment.source.path,
        what=commitment.what,
        state=state.stage.value,
        who=parties[state.who],
        with_=tuple(one for other in state.with_ if (one := parties[other])),
        outcome=commitment.outcome,
        due=state.due,
        overdue=state.overdue,
        days_late=state.days_late,
        on_time=state.on_time,
        since=day_of(state.since, zone),
        partner=parties[standing.partner(commitment)],
        source=commitment.origin,
        part_of=commitment.part_of,
        repeat=commitment.repeat,
        agreed=state.agreed is not None,
        moved=len(state.moves),
        moved_late=sum(move.late for move in state.moves),
        offer=state.offer,
        offered_on=day_of(state.offer.at, zone) if state.offer else None,
        returned=_last_return(state),
        blocked=state.blocked,
        blocked_since=day_of(state.blocked.since, zone) if state.blocked else None,
        asked_on=day_of(state.asked_at, zone),
        closed=state.closed,
        after=tuple(link(standing, handles, other) for other in commitment.after),
        waits_for=standing.waits_for(commitment),
        holds_up=_held_up(standing, handles, name),
        follows=link(standing, handles, commitment.follows) if commitment.follows else None,
        next=followers,
        happened=_log(commitment, state, zone),
        impossible=refusals(state.impossible, zone),
    )


def following(
    standing: Standing, handles: Handles, name: str, named: tuple[str, ...]
) -> tuple[Link, ...]:
    """Return what came out of a record: what its end names, and what says that it follows it."""
    records: tuple[Commitment | Run, ...] = (
        *standing.ledger.commitments.values(),
        *standing.ledger.runs.values(),
    )
    ids = (*named, *(record.id for record in records if record.follows == name))
    return tuple(link(standing, handles, one) for one in dict.fromkeys(ids))


def _held_up(standing: Standing, handles: Handles, name: str) -> tuple[Link, ...]:
    return tuple(
        link(standing, handles, other.id)
        for other in standing.ledger.commitments.values()
        if name in other.after
    )


def _last_return(state: CommitmentState) -> Returned | None:
    """Return the last offer that came back, while nobody has taken it since."""
    back = state.returns[-1] if state.returns else None
    return back if back and not back.withdrawn and state.is_live else None


def _log(commitment: Commitment, state: CommitmentState, zone: str) -> tuple[Happening, ...]:
    return happenings(commitment.log, state.events, state.impossible, state.moves, zone)

"""Derives where every record stands, once, and has the rules judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.rules import (
    agreements,
    approvals,
    counting,
    departures,
    follow_up,
    moments,
    outcomes,
    records,
    stalling,
)
from nextstep.rules.losses import Losses
from nextstep.runs.commitments import commitment_state
from nextstep.runs.repeats import comes_again
from nextstep.runs.states import CommitmentStage, CommitmentState, RunState
from nextstep.runs.under_settings import run_under

_CLOSED = CommitmentStage.CLOSED


def check(
    ledger: Ledger,
    now: Now,
    before: Ledger | None,
    *,
    content: Callable[[str], str | None] | None = None,
) -> Iterable[Diagnostic]:
    """Yield what is wrong with where commitments and runs stand.

    ``content`` gives the blob of a path of the work tree; without it approvals are not compared.
    """
    del before
    losses = Losses(ledger)
    gone = departures.who_left(ledger.settings, now.today)
    yield from _commitments(ledger, now, losses, gone)
    yield from _runs(ledger, now, losses, gone, content)


def _commitments(
    ledger: Ledger, now: Now, losses: Losses, gone: departures.Gone
) -> Iterator[Diagnostic]:
    members = ledger.settings.members
    with_people = bool(ledger.settings.people)
    latest = moments.latest_allowed(now)
    for commitment in ledger.commitments.values():
        is_read = not losses.within(commitment.source, "log")
        state = None
        if commitment.log and is_read:
            state = commitment_state(commitment, now, ledger.calendar, members=members)
            yield from _commitment(commitment, state, latest, ledger.timezone, losses)
            if state.stage is _CLOSED:
                continue
            if gone and state.offer is not None:
                yield from departures.offered(commitment.source, state.events, (state.offer,), gone)
        if is_read:
            yield from follow_up.of_commitment(commitment, state, now, ledger.calendar)
        if (
            commitment.due is None
            or commitment.outcome is None
            or (with_people and commitment.who is None)
        ):
            yield from agreements.lacking(commitment, losses, with_people=with_people)


def _runs(
    ledger: Ledger,
    now: Now,
    losses: Losses,
    gone: departures.Gone,
    content: Callable[[str], str | None] | None,
) -> Iterator[Diagnostic]:
    latest = moments.latest_allowed(now)
    for run in ledger.runs.values():
        if losses.within(run.source, "log", "steps", "people", "inputs"):
            continue
        stands = run_under(ledger.settings, run, now, content=content)
        yield from _run(run, stands, latest, ledger.timezone)
        yield from follow_up.of_run(run, stands, now, ledger.calendar)
        if gone and stands.is_live:
            offers = (
                offer for step in stands.steps.values() for offer in (step.offer, step.duty_offer)
            )
            yield from departures.offered(run.source, stands.events, offers, gone)


def _commitment(
    commitment: Commitment,
    state: CommitmentState,
    latest: datetime,
    timezone: str,
    losses: Losses,
) -> Iterator[Diagnostic]:
    source = commitment.source
    if state.impossible:
        yield from records.impossible(source, state.impossible)
    events = _possible(state.events, state)
    kinds = {event.event for event in events}
    if not (kinds.isdisjoint(records.CHANGING) or _is_plainly_moved(commitment, events, kinds)):
        yield from _changes_of_commitment(commitment, events, timezone, losses)
    if not kinds.isdisjoint(outcomes.TELLING):
        yield from outcomes.endings(source, events, of_run=False)
    yield from moments.of_commitment(commitment, events, latest, timezone)


def _is_plainly_moved(commitment: Commitment, events: tuple[Event, ...], kinds: set[str]) -> bool:
    """Return whether a log changes the date alone, and every change follows. Most logs do."""
    if "changed" in kinds or "accepted" in kinds:
        return False
    last: object = None
    for event in events:
        if event.event == "moved":
            if last is not None and event.values.get("from", last) != last:
                return False
            last = event.values.get("to")
    return last is not None and last == commitment.due


def _possible(events: tuple[Event, ...], state: CommitmentState | RunState) -> tuple[Event, ...]:
    if not state.impossible:
        return events
    refused = {id(one.event) for one in state.impossible}
    return tuple(event for event in events if id(event) not in refused)


def _changes_of_commitment(
    commitment: Commitment, events: tuple[Event, ...], timezone: str, losses: Losses
) -> Iterator[Diagnostic]:
    chain = records.Chain(commitment.source, timezone)
    for event in events:
        if event.event == "moved":
            yield from chain.follow((None, "due"), event)
        elif event.event == "changed":
            yield from chain.follow((None, event.text("field") or ""), event)
        elif event.event == "accepted":
            chain.took((None, "who"), event)
    written = {
        "due": commitment.due,
        "who": commitment.who,
        "what": commitment.what,
        "outcome": commitment.outcome,
    }
    for field, value in written.items():
        if value is not None or not losses.hides(commitment.source, field):
            yield from chain.compare((None, field), (field,), value)


def _run(run: Run, state: RunState, latest: datetime, timezone: str) -> Iterator[Diagnostic]:
    if state.impossible:
        yield from records.impossible(run.source, state.impossible)
    events = _possible(state.events, state)
    yield from _changes_of_run(run, events, timezone)
    yield from outcomes.endings(run.source, events, of_run=True)
    yield from outcomes.expectations(run, state)
    yield from approvals.of_run(run, state)
    yield from moments.of_run(run, events, latest, timezone)
    yield from counting.of_run(run, state)
    yield from stalling.of_run(run, state)


def _changes_of_run(run: Run, events: tuple[Event, ...], timezone: str) -> Iterator[Diagnostic]:
    chain = records.Chain(run.source, timezone)
    duties: set[str | None] = set()
    again = {step.id for step in run.steps if comes_again(step)}
    for event in events:
        if event.event == "moved" and event.step not in again:
            yield from chain.follow((event.step, "due"), event)
        elif event.event == "changed":
            yield from chain.follow((None, event.text("field") or ""), event)
        elif event.event == "offered":
            (duties.add if event.flag("duty") else duties.discard)(event.step)
        elif event.event == "accepted" and event.step in duties:
            chain.took((event.step, "who"), event)
    for step in run.steps:
        yield from chain.compare((step.id, "due"), ("steps", step.index, "due"), step.due)
        if len(step.who) == 1:
            who = ("steps", step.index, "who")
            yield from chain.compare((step.id, "who"), who, step.who[0])
    yield from _compare_named(chain, "inputs", run.inputs)
    yield from _compare_named(chain, "people", run.people)


def _compare_named(
    chain: records.Chain, field: str, written: Mapping[str, str]
) -> Iterator[Diagnostic]:
    for name, value in written.items():
        yield from chain.compare((None, f"{field}.{name}"), (field, name), value)
    for step, changed in chain.last:
        of, _, name = changed.partition(".")
        if of == field and name not in written:
            yield from chain.compare((step, changed), (field,), None)

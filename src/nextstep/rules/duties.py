"""The log of a process: its duties are offered and accepted, and its file says who has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process
from nextstep.rules import moments, outcomes, records
from nextstep.rules.losses import Losses
from nextstep.runs.duties import DUTIES, DutyState, duty_state


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what is wrong with the logs of processes."""
    del before
    members = ledger.settings.members
    latest = moments.latest_allowed(now)
    losses = Losses(ledger)
    for process in ledger.processes.values():
        if not process.log or losses.within(process.source, "log"):
            continue
        state = duty_state(process.log, members=members)
        yield from records.impossible(process.source, state.impossible)
        yield from outcomes.endings(process.source, state.events, of_run=False)
        yield from moments.ahead(process.source, state.events, latest)
        yield from _kept(process, state, members)


def _kept(
    process: Process, state: DutyState, members: Mapping[str, tuple[str, ...]]
) -> Iterator[Diagnostic]:
    """Compare who took a duty with who has it, or holds the role that has it."""
    chain = records.Chain(process.source, "")
    for duty in DUTIES:
        event = state.taken.get(duty)
        if event is None:
            continue
        written = process.owner if duty == "owner" else process.deputy
        chain.took((None, duty), event)
        if event.by not in members.get(written or "", ()):
            yield from chain.compare((None, duty), (duty,), written)

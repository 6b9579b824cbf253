"""What changed since an earlier ledger, judged record by record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.ledger import Ledger
from nextstep.rules import (
    changed_by_others,
    changed_fields,
    changed_handoffs,
    changed_logs,
    changed_processes,
    changed_runs,
    ended_promises,
    moved_promises,
    weakened,
)
from nextstep.rules.pairs import pairs

_INSTEAD: Mapping[str, frozenset[str]] = {
    "NS504": frozenset({"NS407", "NS408"}),
    "NS505": frozenset({"NS404"}),
    "NS509": frozenset({"NS406"}),
    "NS516": frozenset({"NS401"}),
    "NS517": frozenset({"NS405"}),
}
"""Which rules about a ledger as it stands say the same at the same place as one of these."""


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield what changed since the ledger before and should not have; nothing without one."""
    if before is None:
        return
    known = _with_people_of(before, ledger)
    for pair in pairs(before, ledger):
        yield from changed_logs.check(pair)
        yield from changed_fields.check(pair, ledger)
        yield from moved_promises.check(pair, ledger)
        yield from changed_by_others.check(pair, ledger, now)
        yield from ended_promises.check(pair, ledger, now)
        yield from weakened.check(pair, known)
        yield from changed_handoffs.check(pair, known)
        yield from changed_processes.check(pair, known)
        yield from changed_runs.check(pair, known, now)


def _with_people_of(before: Ledger, ledger: Ledger) -> Ledger:
    """Return a ledger in which those still hold a role, and are known, who did so before.

    They are asked about a change. One that takes them out of the settings does not answer for them.
    """
    now, then = ledger.settings, before.settings
    held = {name: role for name, role in then.roles.items() if role.people}
    people = {**now.people, **then.people}
    return replace(ledger, settings=replace(now, people=people, roles={**now.roles, **held}))


def told_once(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield the findings without those that another one says more exactly at the same place."""
    told = tuple(findings)
    places = {(one.path, one.span, other) for one in told for other in _INSTEAD.get(one.code, ())}
    yield from (one for one in told if (one.path, one.span, one.code) not in places)

"""Every rule there is, and the judgement of a ledger by all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TypeAlias

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.diagnostics.rule import Rule
from nextstep.files import date_rules, disk_rules, field_rules, syntax_rules
from nextstep.files.ledger import Ledger
from nextstep.rules import (
    absences,
    against,
    agreements,
    answering,
    approvals,
    burdens,
    calendar_days,
    caretakers,
    changed_by_others,
    changed_fields,
    changed_handoffs,
    changed_logs,
    changed_processes,
    changed_runs,
    conditions,
    counting,
    deadlines,
    delivery,
    departures,
    doers,
    duties,
    ended_promises,
    follow_up,
    frames,
    gates,
    handoffs,
    ignores,
    inputs,
    links,
    moments,
    moved_promises,
    names,
    outcomes,
    people,
    reach,
    reachable,
    records,
    roles,
    severities,
    stalling,
    standing,
    steps,
    unused,
    weakened,
    wording,
)

Check: TypeAlias = Callable[[Ledger, Now, Ledger | None], Iterable[Diagnostic]]

_MODULES = (
    syntax_rules,
    disk_rules,
    field_rules,
    date_rules,
    people,
    roles,
    links,
    steps,
    names,
    inputs,
    answering,
    ignores,
    severities,
    deadlines,
    calendar_days,
    counting,
    moments,
    agreements,
    records,
    outcomes,
    handoffs,
    approvals,
    gates,
    departures,
    absences,
    follow_up,
    unused,
    frames,
    conditions,
    wording,
    doers,
    caretakers,
    burdens,
    delivery,
    reach,
    stalling,
    reachable,
    moved_promises,
    changed_by_others,
    ended_promises,
    changed_fields,
    changed_logs,
    changed_runs,
    changed_processes,
    weakened,
    changed_handoffs,
)

ALL_RULES: tuple[Rule, ...] = tuple(
    sorted((rule for module in _MODULES for rule in module.RULES), key=lambda rule: rule.code)
)
"""Every rule, by code."""

RETIRED: tuple[str, ...] = ()
"""Codes of rules that are gone. None of them is used again."""

FAMILIES: Mapping[str, str] = {
    "NS0": "files and YAML",
    "NS1": "fields",
    "NS2": "references",
    "NS3": "dates and time frames",
    "NS4": "hand-offs, states and outcomes",
    "NS5": "what changed",
}
"""What the rules of a family are about, by the beginning of their codes."""

CHECKS: tuple[Check, ...] = (
    people.check,
    roles.check,
    links.check,
    steps.check,
    names.check,
    inputs.check,
    answering.check,
    deadlines.check,
    calendar_days.check,
    handoffs.check,
    gates.check,
    duties.check,
    departures.check,
    absences.check,
    unused.check,
    frames.check,
    conditions.check,
    wording.check,
    doers.check,
    caretakers.check,
    burdens.check,
    delivery.check,
    reach.check,
    stalling.check,
    reachable.check,
    against.check,
)
"""The rules beside those of `standing`, which alone needs to know what the work tree holds."""


class Verdict(Struct, frozen=True):
    """The findings of a ledger, in the order in which they are shown; how many were ignored."""

    findings: tuple[Diagnostic, ...]
    ignored: int


@cache
def by_code_or_name() -> Mapping[str, Rule]:
    """Return every rule under its code and under its name."""
    rules = {rule.code: rule for rule in ALL_RULES}
    return rules | {rule.name: rule for rule in ALL_RULES}


def judge(
    ledger: Ledger,
    now: Now,
    before: Ledger | None = None,
    *,
    content: Callable[[str], str | None] | None = None,
) -> Verdict:
    """Judge a ledger by all rules, and heed its comments and its settings.

    ``before`` is the ledger that it came from; without one the family NS5 has nothing to say.
    ``content`` gives the blob of a path of the work tree, None where there is no file.
    """
    rules = by_code_or_name()
    findings = list(ledger.findings)
    for check in CHECKS:
        findings.extend(check(ledger, now, before))
    findings.extend(standing.check(ledger, now, before, content=content))
    findings.extend(severities.misused(ledger.settings, rules))
    if before is not None and before.sources:
        findings.extend(severities.lowered(ledger.settings, before.settings, rules))
    rest = ignores.silenced(ledger.sources.values(), findings, rules)
    weighed = severities.weighed(
        rest.findings, ledger.settings, rules, before.settings if before is not None else None
    )
    told = sorted(against.told_once(weighed), key=lambda found: found.sort_key)
    return Verdict(tuple(told), rest.ignored)

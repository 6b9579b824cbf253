"""Dates that moved since before: with a reason, in time, by who has it, and to one day alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.rules.consent import leaders
from nextstep.rules.pairs import Pair, is_proposed
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.runs.order import effective
from nextstep.runs.run_states import run_state
from nextstep.runs.timing import is_after, is_agreed

_PATH = "commitments/2026/11/usage-report-k3f9.yaml"
_BEFORE = """\
what: Send Globex the usage report
who: dev
with: [lena]
outcome: They agree the credit
due: {due}
log:
  - {{at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}}
"""
_WHY = ', why: "finance closes on Thursday"'


def _moved(at: str, *, due: str = "2026-11-27", why: str = _WHY, by: str = "dev") -> Example:
    line = f"  - {{at: {at}, by: {by}, event: moved, from: 2026-11-20, to: {due}{why}}}\n"
    return changed_example(
        {_PATH: _BEFORE.format(due="2026-11-20")}, {_PATH: _BEFORE.format(due=due) + line}
    )


_GOOD = _moved("2026-11-19T09:00Z")

MOVED_WITHOUT_REASON = Rule(
    code="NS501",
    name="moved-without-reason",
    severity=Severity.ERROR,
    what="A date that was agreed is another one now, and the event does not say why.",
    why="Those who count on the old date can plan anew when they know the reason. Without it a new "
    "date is worth no more than the old one.",
    fix="Add `why` to the event, in the words of who moved it. `nextstep move` asks for it.",
    bad=_moved("2026-11-19T09:00Z", why=""),
    good=_GOOD,
)
MOVED_AFTER_DUE = Rule(
    code="NS502",
    name="moved-after-it-was-due",
    severity=Severity.WARNING,
    what="A date is moved on a day on which it was over already.",
    why="To move a date before it comes is planning. Afterwards it is a slip, and who waited has "
    "learned it by waiting.",
    fix="Leave the event as it is: it says what happened. Tell those whom it was agreed with, and "
    "ask what would have shown it earlier.",
    bad=_moved("2026-11-23T09:00Z"),
    good=_GOOD,
)
CHANGED_BY_SOMEBODY_ELSE = Rule(
    code="NS505",
    name="changed-by-somebody-else",
    severity=Severity.ERROR,
    what="What somebody promised was moved or changed by somebody else, and nobody agreed to it. So "
    "was who plays a role in a run, by neither of the two nor an owner.",
    why="A promise is worth something because who made it answers for it. A date that others set is "
    "a wish.",
    fix="Ask who has it. Then add `agreed_by` with their name; or write them as `by`, and as "
    "`recorded_by` who wrote it down.",
    bad=_moved("2026-11-19T09:00Z", by="mia"),
    good=_GOOD,
)
_ONE_MOVE = (
    _BEFORE
    + "  - {{at: 2026-11-16T09:00Z, by: dev, event: moved, from: 2026-11-18, to: 2026-11-20, why: finance}}\n"
)
_OTHER_MOVE = "  - {{at: 2026-11-17T09:00Z, by: dev, event: moved, from: {}, to: 2026-11-27, why: the audit}}\n"


def _merged(start: str) -> Example:
    return changed_example(
        {_PATH: _ONE_MOVE.format(due="2026-11-20")},
        {_PATH: _ONE_MOVE.format(due="2026-11-27") + _OTHER_MOVE.format(start)},
    )


TWO_DATES_KEPT = Rule(
    code="NS517",
    name="two-dates-kept",
    severity=Severity.ERROR,
    what="A log moves one date twice, to two different days, as when a merge kept what two branches "
    "say. The field holds one of them.",
    why="Each of the two was agreed with somebody, and one of these agreements was lost without a "
    "word.",
    fix="Ask which date holds. Take the other event back by one that is `undone` with its `at` as "
    "`of`, or by `nextstep undo`; the lines stay.",
    bad=_merged("2026-11-18"),
    good=_merged("2026-11-20"),
)

RULES = (MOVED_WITHOUT_REASON, MOVED_AFTER_DUE, CHANGED_BY_SOMEBODY_ELSE, TWO_DATES_KEPT)
_ONE_EDIT = timedelta(seconds=1)
_TIMES = ("", "", " for the second time", " for the third time")


def check(pair: Pair, ledger: Ledger, now: Now) -> Iterator[Diagnostic]:
    """Yield what the new events of a commitment or run say about its dates and promises."""
    record = pair.now
    if not isinstance(record, (Commitment, Run)) or not pair.added:
        return
    for event in pair.added:
        if event.event == "moved" and not is_proposed(record, event.at):
            yield from _moves(record, event, pair, ledger)
    yield from _by_others(pair, record, ledger, now)
    yield from _two_dates(pair, record)


def _moves(
    record: Commitment | Run, event: Event, pair: Pair, ledger: Ledger
) -> Iterator[Diagnostic]:
    day = event.values.get("from")
    if not isinstance(day, date) or _follows(event, pair):
        return
    name = f"`{event.step}`" if event.step is not None else "this"
    moved = f"{name} moved from `{in_words(day)}` to `{in_words(event.values.get('to'))}`"
    if not event.text("why"):
        yield found_at(
            MOVED_WITHOUT_REASON,
            record.source,
            ("log", event.index, "to"),
            f"{moved}{_count(record, event)}, and nothing says why",
            hint='add why: "..." with the reason',
        )
    if is_after(event.at, day, ledger.calendar):
        yield found_at(
            MOVED_AFTER_DUE,
            record.source,
            ("log", event.index, "from"),
            f"{moved}{_count(record, event)}, and that day was over",
            hint="tell those whom it was agreed with; what would have shown it earlier?",
        )


def _follows(event: Event, pair: Pair) -> bool:
    """Return whether a date of a run moved with something else that was changed in the same edit."""
    return event.step is not None and any(
        other.by == event.by
        and other.event in ("changed", "moved")
        and other.step != event.step
        and timedelta() < event.at - other.at <= _ONE_EDIT
        for other in pair.added
    )


def _count(record: Commitment | Run, event: Event) -> str:
    times = sum(
        one.event == "moved" and one.step == event.step and one.at <= event.at
        for one in effective(record.log)[0]
    )
    return _TIMES[times] if times < len(_TIMES) else f", {times} times by now"


def _by_others(
    pair: Pair, record: Commitment | Run, ledger: Ledger, now: Now
) -> Iterator[Diagnostic]:
    for event in pair.added:
        if event.event not in ("moved", "changed") or is_agreed(event):
            continue
        whose = (
            _whose(pair, record, event)
            if isinstance(record, Commitment)
            else _whose_in_run(pair, record, event, ledger, now)
        )
        if whose and event.by not in whose:
            what = event.text("field") or "due"
            yield found_at(
                CHANGED_BY_SOMEBODY_ELSE,
                record.source,
                ("log", event.index, "event"),
                f"`{event.by}` changed `{what}`, and it is `{whose[0]}` who has it",
                hint=f"add agreed_by: {whose[0]}, once they agreed",
            )


def _whose(pair: Pair, record: Commitment, event: Event) -> tuple[str, ...]:
    """Return who may change a commitment at an event: who had it, and before it was agreed others."""
    holder = record.who
    if holder is None:
        return ()
    giver: dict[str, str] = {}
    offered = None
    events, _refused = effective(record.log)
    for one in events:
        if one.event == "offered":
            offered = one.by
        elif one.event == "accepted" and offered is not None:
            giver[one.canonical] = offered
    for one in reversed(events):
        if one is event:
            break
        if one.canonical in giver:
            holder = giver[one.canonical]
        elif one.event == "changed" and one.text("field") == "who":
            holder = one.text("from") or holder
    before = pair.before
    others = (before.who,) if isinstance(before, Commitment) and before.who else ()
    both = record.with_ if is_proposed(record, event.at) else ()
    return (holder, *others, *both)


def _whose_in_run(pair: Pair, run: Run, event: Event, ledger: Ledger, now: Now) -> tuple[str, ...]:
    """Return who may change a date or a role of a run; nobody is asked for what becomes known."""
    leading = leaders(run, ledger.settings)
    if event.event == "changed":
        roles = (event.text("from"), event.text("to"))
        is_role = (event.text("field") or "").startswith("people.")
        named = tuple(name for name in roles if name and name != "vacant")
        return (*named[:1], *named, *leading) if is_role and leading and roles[0] in named else ()
    step = next((one for one in run.steps if one.id == event.step), None)
    if step is None or _follows(event, pair):
        return ()
    state = run_state(run, now, ledger.calendar, members=ledger.settings.members)
    if all(one.event is not event for one in state.impossible):
        return ()
    return (*step.who, *leading)


def _two_dates(pair: Pair, record: Commitment | Run) -> Iterator[Diagnostic]:
    fresh = {id(event) for event in pair.added}
    last: dict[str | None, Event] = {}
    for event in effective(record.log)[0]:
        if event.event != "moved":
            continue
        other = last.get(event.step)
        last[event.step] = event
        start, to = event.values.get("from"), event.values.get("to")
        if other is None or start is None or fresh.isdisjoint((id(event), id(other))):
            continue
        if other.values.get("from") == start and start != other.values.get("to") != to:
            name = f"`{in_words(start)}`"
            yield found_at(
                TWO_DATES_KEPT,
                record.source,
                ("log", event.index, "from"),
                f"two events move {name}: `{other.by}` to `{in_words(other.values.get('to'))}`, and "
                f"`{event.by}` to `{in_words(to)}`",
                hint="ask which of the two holds, and take the other event back with `undone`",
            )

"""Dates that moved since before: with a reason, in time, and to one day alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from datetime import date

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.model.events import Event
from nextstep.rules.pairs import Pair, proposed_until
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.runs.order import effective
from nextstep.runs.same_edit import moves_that_follow
from nextstep.runs.timing import is_after

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

RULES = (MOVED_WITHOUT_REASON, MOVED_AFTER_DUE, TWO_DATES_KEPT)
_TIMES = ("", "", " for the second time", " for the third time")


def check(pair: Pair, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield what the new events of a commitment or run say about its dates."""
    record = pair.now
    if not isinstance(record, (Commitment, Run)) or not pair.added:
        return
    events, _refused = effective(record.log)
    fresh = {id(event) for event in pair.added}
    following = dates_that_follow(record, events, ledger)
    until = proposed_until(events)
    times: Counter[str | None] = Counter()
    dates = _dates_of(pair.before)
    for event in events:
        if event.event != "moved":
            continue
        times[event.step] += 1
        start = event.values.get("from", dates.get(event.step))
        dates[event.step] = event.values.get("to")
        is_agreed = until is None or event.at > until
        if id(event) in fresh and is_agreed and id(event) not in following:
            yield from _move(record, event, start, times[event.step], ledger)
    yield from _two_dates(record, events, fresh)


def dates_that_follow(
    record: Commitment | Run, events: Sequence[Event], ledger: Ledger
) -> frozenset[int]:
    """Return the ids of the moves in a run that came of something else in the same edit."""
    if isinstance(record, Commitment):
        return frozenset()
    return moves_that_follow(record, events, ledger.calendar, ledger.settings.members)


def _dates_of(record: Record | None) -> dict[str | None, object]:
    """Return the dates of a record as it was: of a step by its id, of a promise by None."""
    if isinstance(record, Run):
        return {step.id: step.due for step in record.steps}
    return {None: record.due} if isinstance(record, Commitment) else {}


def _move(
    record: Commitment | Run, event: Event, day: object, times: int, ledger: Ledger
) -> Iterator[Diagnostic]:
    """Yield what is to be said of one move; ``day`` is what it was before, said or as it stood."""
    if not isinstance(day, date):
        return
    name = f"`{event.step}`" if event.step is not None else "this"
    moved = f"{name} moved from `{in_words(day)}` to `{in_words(event.values.get('to'))}`"
    moved += _TIMES[times] if times < len(_TIMES) else f", {times} times by now"
    if not event.text("why"):
        yield found_at(
            MOVED_WITHOUT_REASON,
            record.source,
            ("log", event.index, "to"),
            f"{moved}, and nothing says why",
            hint='add why: "..." with the reason',
        )
    if is_after(event.at, day, ledger.calendar):
        yield found_at(
            MOVED_AFTER_DUE,
            record.source,
            ("log", event.index, "from"),
            f"{moved}, and that day was over",
            hint="tell those whom it was agreed with; what would have shown it earlier?",
        )


def _two_dates(
    record: Commitment | Run, events: Sequence[Event], fresh: Container[int]
) -> Iterator[Diagnostic]:
    last: dict[str | None, Event] = {}
    for event in events:
        if event.event != "moved":
            continue
        other = last.get(event.step)
        last[event.step] = event
        start, to = event.values.get("from"), event.values.get("to")
        if other is None or start is None or not (id(event) in fresh or id(other) in fresh):
            continue
        if other.values.get("from") == start and start != other.values.get("to") != to:
            yield found_at(
                TWO_DATES_KEPT,
                record.source,
                ("log", event.index, "from"),
                f"two events move `{in_words(start)}`: `{other.by}` to "
                f"`{in_words(other.values.get('to'))}`, and `{event.by}` to `{in_words(to)}`",
                hint="ask which of the two holds, and take the other event back with `undone`",
            )

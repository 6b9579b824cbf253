"""The log and the file agree: events are possible, follow each other, and led to what is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from nextstep.dates.zones import moment
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, commitment_example
from nextstep.model.events import Event, EventValue
from nextstep.model.source import Keys, Source
from nextstep.rules.place import found_at
from nextstep.runs.facts import Impossible

Subject = tuple[str | None, str]
"""What a change is about: a step or None, and a field such as ``due`` or ``inputs.tier``."""


def _moved(due: str, *moves: tuple[str, str]) -> Example:
    lines = [
        f"  - {{at: 2026-11-1{day}T09:00Z, by: dev, event: moved, from: {before}, to: {to}, "
        'why: "finance closes on Thursday"}\n'
        for day, (before, to) in enumerate(moves)
    ]
    return commitment_example(
        f"what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: {due}\nlog:\n"
        + "".join(lines)
    )


_GOOD = _moved("2026-11-27", ("2026-11-18", "2026-11-20"), ("2026-11-20", "2026-11-27"))

IMPOSSIBLE_EVENT = Rule(
    code="NS404",
    name="impossible-event",
    severity=Severity.ERROR,
    what="An event cannot happen where things stood: done by somebody who does not have it, "
    "accepted without an offer, closed twice.",
    why="It has no effect, and whoever wrote it believes that it has.",
    fix="The hint says what would be right there. A wrong line stays, and an `undone` event names "
    "it.",
    bad=commitment_example(
        "what: Send Lena the offer\nwho: dev\noutcome: She can decide\ndue: 2026-11-27\nlog:\n"
        "  - {at: 2026-11-20T09:00Z, by: mia, event: accepted}\n"
    ),
    good=commitment_example(
        "what: Send Lena the offer\nwho: mia\noutcome: She can decide\ndue: 2026-11-27\nlog:\n"
        "  - {at: 2026-11-19T09:00Z, by: dev, event: offered, to: mia}\n"
        "  - {at: 2026-11-20T09:00Z, by: mia, event: accepted}\n"
    ),
)
BROKEN_CHAIN = Rule(
    code="NS405",
    name="broken-chain",
    severity=Severity.ERROR,
    what="The `from` of a change is not what the change before it left.",
    why="A change is missing from the log, or one was altered afterwards: the history cannot be "
    "followed.",
    fix="Write the missing event, or correct the `from`.",
    bad=_moved("2026-11-27", ("2026-11-18", "2026-11-20"), ("2026-11-23", "2026-11-27")),
    good=_GOOD,
)
CHANGED_WITHOUT_RECORD = Rule(
    code="NS406",
    name="changed-without-record",
    severity=Severity.ERROR,
    what="A field is not what the last event about it says.",
    why="Somebody changed what was agreed, and nothing says who, when and why.",
    fix="Write the event that belongs to the change (`nextstep fmt --record --why TEXT` does), or "
    "write the field back.",
    bad=_moved("2026-12-04", ("2026-11-18", "2026-11-20"), ("2026-11-20", "2026-11-27")),
    good=_GOOD,
)

RULES = (IMPOSSIBLE_EVENT, BROKEN_CHAIN, CHANGED_WITHOUT_RECORD)
CHANGING = frozenset({"moved", "changed", "accepted"})


def impossible(source: Source, refused: Iterable[Impossible]) -> Iterator[Diagnostic]:
    """Yield a finding for each event that the tables of states do not allow."""
    for one in refused:
        yield found_at(
            IMPOSSIBLE_EVENT,
            source,
            ("log", one.event.index, "event"),
            one.why,
            hint=one.right,
        )


class Chain:
    """What a log says about each field in turn, and where it does not follow."""

    def __init__(self, source: Source, timezone: str) -> None:
        """Begin with an empty log of a file."""
        self.source = source
        self.timezone = timezone
        self.last: dict[Subject, tuple[EventValue | None, Event]] = {}

    def follow(self, subject: Subject, event: Event) -> Iterator[Diagnostic]:
        """Take the next change of a field; yield a finding if it begins somewhere else."""
        before, after = event.values.get("from"), event.values.get("to")
        known = self.last.get(subject)
        if known is not None and before is not None and not self._same(before, known[0]):
            yield found_at(
                BROKEN_CHAIN,
                self.source,
                ("log", event.index, "from"),
                f"this begins with `{in_words(before)}`, and the change before it ended with "
                f"`{in_words(known[0])}`",
                hint=f"write from: {in_words(known[0])}, or add the event that is missing between",
            )
        self.last[subject] = (after, event)

    def took(self, subject: Subject, event: Event) -> None:
        """Note who accepted: that person has it from then on."""
        self.last[subject] = (event.by, event)

    def compare(self, subject: Subject, keys: Keys, value: object) -> Iterator[Diagnostic]:
        """Yield a finding if a field is not what the log last said of it."""
        known = self.last.get(subject)
        if known is None or self._same(value, known[0]):
            return
        step, field = subject
        name = f"`{field}` of `{step}`" if step is not None else f"`{field}`"
        now = "is not there" if value is None else f"is `{in_words(value)}`"
        event = known[1].event
        yield found_at(
            CHANGED_WITHOUT_RECORD,
            self.source,
            keys,
            f"{name} {now}, and the last `{event}` says `{in_words(known[0])}`",
            hint=f"write `{in_words(known[0])}`, or add the event that changed it{_command(field)}",
        )

    def _same(self, one: object, other: object) -> bool:
        if isinstance(one, datetime) and isinstance(other, datetime):
            return moment(one, self.timezone) == moment(other, self.timezone)
        if isinstance(one, str) and isinstance(other, str):
            return one.split() == other.split()
        if one is None:
            return other is None or str(other) == "none"
        return one == other


def _command(field: str) -> str:
    """Return the command that adds the event, where there is one."""
    added = field in ("due", "what", "outcome") or field.startswith(("inputs.", "people."))
    return ": nextstep fmt --record --why TEXT" if added else ""


def in_words(value: object) -> str:
    """Return a value as a file would say it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(in_words(part) for part in value)
    return "none" if value is None else str(value)

"""Lines of a log that are gone or say something else than before."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.model.events import Event, instant_text
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.records import in_words
from nextstep.rules.short_words import short, short_pair

_PATH = "commitments/2026/11/usage-report-k3f9.yaml"
_HEAD = """\
what: Send Globex the usage report
who: dev
outcome: They agree the credit
due: 2026-11-27
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
"""
_NOTE = (
    '  - {at: 2026-11-16T09:00Z, by: dev, event: noted, text: "two of five hours are disputed"}\n'
)
_REWORDED = _NOTE.replace("two of five", "some")
_UNDONE = '  - {at: 2026-11-17T09:00Z, by: dev, event: undone, of: 2026-11-16T09:00Z, why: "another report"}\n'


def _log(lines: str) -> Example:
    return changed_example({_PATH: _HEAD + _NOTE}, {_PATH: _HEAD + lines})


_GOOD = _log(_NOTE + _UNDONE)

LINE_REMOVED = Rule(
    code="NS507",
    name="log-line-removed",
    severity=Severity.ERROR,
    what="A line of a log is no longer there.",
    why="The log is what people go by when they remember things differently. That works as long as "
    "what is written stays.",
    fix="Bring the line back as it was. What no longer counts is taken back by an `undone` event "
    "that names it, as `nextstep undo` does.",
    bad=_log(""),
    good=_GOOD,
)
LINE_REWRITTEN = Rule(
    code="NS508",
    name="log-line-rewritten",
    severity=Severity.ERROR,
    what="A line of a log says something else than before.",
    why="Somebody has read it as it was, and acted on it.",
    fix="Write the line as it was. What is to be added or put right is an event of its own: "
    "`noted`, or `undone` and what is right.",
    bad=_log(_REWORDED),
    good=_GOOD,
)

RULES = (LINE_REMOVED, LINE_REWRITTEN)


def check(pair: Pair) -> Iterator[Diagnostic]:
    """Yield the lines of a log that are not what they were."""
    record = pair.now
    if record is None:
        return
    for old in pair.removed:
        step = f" of `{old.step}`" if old.step is not None else ""
        yield found_at(
            LINE_REMOVED,
            record.source,
            ("log",),
            f"`{old.event}`{step} by `{old.by}` at `{_at(old)}` is no longer in this log",
            hint="bring the line back; what no longer counts is taken back by an `undone` event",
            key=True,
        )
    for old, new in pair.rewritten:
        yield found_at(
            LINE_REWRITTEN,
            record.source,
            ("log", new.index),
            f"this line of the log was another one: {_differing(old, new)}",
            hint="write it as it was, and what is new in a line of its own",
        )


def _differing(old: Event, new: Event) -> str:
    before, after = _said(old), _said(new)
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    told = [f"`{name}` {_was(before.get(name), after.get(name))}" for name in names[:3]]
    if len(names) > len(told):
        told.append(f"and {len(names) - len(told)} more")
    return ", ".join(told)


def _was(value: str | None, now: str | None) -> str:
    if value is None:
        return "was not there"
    return f"was `{short_pair(value, now)[0] if now is not None else short(value)}`"


def _said(event: Event) -> dict[str, str]:
    said = {"at": _at(event), "by": event.by, "event": event.event, "step": event.step or ""}
    return {**said, **{name: in_words(value) for name, value in event.values.items()}}


def _at(event: Event) -> str:
    return instant_text(event.at).replace(".000Z", "Z").replace(":00Z", "Z")

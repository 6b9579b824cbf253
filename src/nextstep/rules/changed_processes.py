"""Ways of working that changed without a word from who answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nextstep.diagnostics.diagnostic import Diagnostic, Related, Severity
from nextstep.diagnostics.rule import Example, Rule, changed_example
from nextstep.files.ledger import Ledger
from nextstep.files.load import load
from nextstep.files.syntax import locate
from nextstep.model.commitment import Record, Run
from nextstep.model.process import Process
from nextstep.model.source import Keys
from nextstep.rules.consent import Led, has_agreed, leading, may_be_others, not_agreed
from nextstep.rules.pairs import Pair
from nextstep.rules.place import found_at
from nextstep.rules.short_words import named, short, short_pair
from nextstep.rules.weakened import weaker
from nextstep.trail.comparing import Difference, differences

_SETTINGS = """\
people:
  ana: {name: Ana}
  eva: {name: Eva}
  max: {name: Max}
roles:
  seller: {people: [max]}
"""
_PROCESS = """\
title: Sending offers
owner: ana
deputy: eva
customer: {{who: buyers, kind: external}}
provides: An offer that a buyer can decide on
steps:
  - id: send
    do: Send the offer
    who: seller
    due: {}
    done_when: They have it
    proof: the buyer's answer
"""
_CONFIRMED = 'log:\n  - {at: 2026-11-19T09:00Z, by: ana, event: confirmed, text: "two days were too short"}\n'
_PATH = "processes/offers.yaml"
_BEFORE = {"nextstep.yaml": _SETTINGS, _PATH: _PROCESS.format("2bd after start")}


def _example(text: str | None) -> Example:
    now = {"nextstep.yaml": _SETTINGS, **({} if text is None else {_PATH: text})}
    return changed_example(_BEFORE, now)


CHANGED_WITHOUT_OWNER = Rule(
    code="NS512",
    name="process-changed-without-its-owner",
    severity=Severity.ERROR,
    what="An active process is not what it was: its steps, its hand-offs, what it provides or "
    "promises. In the new lines of its log neither the owner nor the deputy says anything. Who typed "
    "it is not looked at.",
    why="The owner answers for how the work is done. A change that they have not seen is one that "
    "nobody answers for, and those who follow the page do not know it.",
    fix="Ask the owner, and let them confirm it as it is now: `nextstep confirm PROCESS --text "
    "TEXT`, or `nextstep note PROCESS TEXT`. Titles, training, reasons and roadblocks are free, and "
    "so are drafts.",
    bad=_example(_PROCESS.format("4bd after start")),
    good=_example(_PROCESS.format("4bd after start") + _CONFIRMED),
)
DELETED_IN_USE = Rule(
    code="NS518",
    name="process-deleted-in-use",
    severity=Severity.ERROR,
    what="The file of an active process is gone.",
    why="Runs that were started from it have lost their page, and those who looked there find "
    "nothing, not even that it is over.",
    fix="Bring the file back, and write `state: retired`.",
    bad=_example(None),
    good=_example(
        _PROCESS.format("2bd after start").replace("owner:", "state: retired\nowner:")
        + _CONFIRMED.replace("two days were too short", "eva does it by hand now")
    ),
)

RULES = (CHANGED_WITHOUT_OWNER, DELETED_IN_USE)
_FREE = frozenset({"title", "benefit", "review", "training", "because", "roadblocks", "reason"})
_MOST = 4


def check(pair: Pair, ledger: Ledger) -> Iterator[Diagnostic]:
    """Yield the process that is gone, or changed without who leads it."""
    before, process = pair.before, pair.now
    if not isinstance(before, Process) or before.state != "active":
        return
    if process is None:
        there = before.source.path not in ledger.sources
        yield DELETED_IN_USE.found(
            before.source.path,
            locate(before.source, ("title",)) if there else None,
            f"this file is gone, and `{before.title}` was in use",
            hint="bring it back, and write state: retired",
        )
    elif isinstance(process, Process):
        people = leading(pair, ledger)
        if people and may_be_others(ledger.settings, people) and not has_agreed(pair, people):
            found = _changes(before, process, pair, ledger)
            yield from unsaid(CHANGED_WITHOUT_OWNER, process, found, people)


def _changes(
    before: Process, process: Process, pair: Pair, ledger: Ledger
) -> tuple[Difference, ...]:
    found = (
        one
        for one in differences(_own(before), _own(process))
        if one.field.partition(".")[0] not in _FREE and one.field != "owner"
    )
    return not_told(found, pair, ledger)


def not_told(changes: Iterable[Difference], pair: Pair, ledger: Ledger) -> tuple[Difference, ...]:
    """Return the changes of which no other finding speaks, a list and all of its parts as one."""
    weakened = {field for field, _, _ in weaker(pair, ledger.timezone)}
    looser = any(field.startswith("strength") for field in weakened)
    found = [
        one
        for one in changes
        if one.field not in weakened and not (looser and one.field.startswith("strength"))
    ]
    lists = {f"{one.field}." for one in found if one.field.endswith("must_include")}
    return tuple(one for one in found if not one.field.startswith(tuple(lists)))


def _own(process: Process) -> Record:
    """Return what the file of a process says itself: a variant without what it takes over."""
    if process.based_on is None:
        return process
    record = load(process.source).record
    return record if isinstance(record, Process) else process


def unsaid(
    rule: Rule, record: Led, changes: Sequence[Difference], people: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield one finding about all that changed in a file, at the first place of it."""
    if not changes:
        return
    first, *others = changes
    more = f" (and {len(others)} more)" if others else ""
    yield found_at(
        rule,
        record.source,
        _keys(record, first),
        f"{_told(first)}{more}, and {not_agreed(people)}",
        hint=f"ask {' or '.join(people)}, who then says so: {_command(record)}",
        related=tuple(_related(record, one) for one in others[:_MOST]),
    )


def _command(record: Led) -> str:
    if isinstance(record, Run):
        return f'nextstep note {record.id} "..."'
    return f'nextstep confirm {record.id} --text "..."'


def _related(record: Led, one: Difference) -> Related:
    span = locate(record.source, _keys(record, one)) or locate(record.source, ())
    assert span is not None  # noqa: S101 - a record was read from nodes
    return Related(record.source.path, span, _told(one))


def _keys(record: Led, one: Difference) -> Keys:
    """Return the keys that lead to a field; to what it was in where it is gone."""
    step = next((step for step in record.steps if step.id == one.step), None)
    if one.step is None:
        return tuple(one.field.split(".", 1))
    if step is None:
        return ("steps",)
    rest = one.field.removeprefix(f"steps.{one.step}").strip(".")
    return ("steps", step.index, *(rest.split(".") if rest else ("id",)))


def _told(one: Difference) -> str:
    name = f"`{one.field.removeprefix('steps.')}`"
    if one.field == "steps":
        return "the steps stand in another order"
    if one.field == f"steps.{one.step}":
        return f"the step {name} {'is new' if one.before is None else 'is gone'}"
    if (one.gone or one.added) and (one.gone, one.added) != ((one.before,), (one.after,)):
        lists = (("lost", one.gone), ("got", one.added))
        return f"{name} " + " and ".join(f"{verb} {named(some)}" for verb, some in lists if some)
    if one.before is None:
        return f"{name} is new: `{short(one.after)}`"
    if one.after is None:
        return f"{name} is gone; it was `{short(one.before)}`"
    was, is_now = short_pair(one.before, one.after)
    return f"{name} is `{is_now}`, before it was `{was}`"

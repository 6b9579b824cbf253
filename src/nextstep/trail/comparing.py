"""What differs between two versions of a record, field by field and event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import fields

from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event, instant_text
from nextstep.model.process import Check, Escalation, Item, Process, Review, Step
from nextstep.model.time import Length, Rule

Record: TypeAlias = Commitment | Run | Process

KIND = "kind"
STEPS = "steps"
# A condition is compared by its words, which stand beside it.
_NO_FIELDS = frozenset({"id", "source", "log", "index", "when"})
_AS_WRITTEN = {"when_text": "when", "origin": "source", "reviews": "review"}


class Difference(Struct, frozen=True):
    """One field that is not the same. ``before`` and ``after`` are its text, None where it is not.

    A ``field`` is named as in the file, with dots into its parts: ``due``, ``inputs.tier``,
    ``people.legal``, ``steps.compile.due``, ``steps.compile.handoff.must_include``. A whole step
    that came or went is ``steps.compile``, with what it says is done; ``steps`` alone is the order
    of the steps that stayed. ``step`` is the step that it is in. Lists are joined by commas.
    """

    field: str
    step: str | None
    before: str | None
    after: str | None


def differences(before: Record | None, after: Record | None) -> tuple[Difference, ...]:
    """Return what two versions of a record say otherwise, in the order of the fields.

    The log is not compared: see `events_between`. Where a version is None all of the other differs;
    a record that became one of another kind has a field ``kind``, too.
    """
    if before is not None and after is not None and before == after:
        return ()
    return differing(
        {} if before is None else said_by(before), {} if after is None else said_by(after)
    )


def events_between(
    before: Record | None, after: Record | None
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """Return the events that only the later version has, and those that only the earlier one has.

    Both are in the order of their file. Events are the same where their canonical texts are.
    """
    old = () if before is None else before.log
    new = () if after is None else after.log
    if old == new:
        return (), ()
    known, kept = ({event.canonical for event in log} for log in (old, new))
    added = {one.canonical: one for one in new if one.canonical not in known}
    removed = {one.canonical: one for one in old if one.canonical not in kept}
    return tuple(added.values()), tuple(removed.values())


def said_by(record: Record) -> dict[str, str]:
    """Return all that a record says beside its log: texts by the names of `Difference`."""
    said = {KIND: type(record).__name__.lower()}
    said.update(_fields_of("", record, in_process=isinstance(record, Process)))
    return said


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Difference, ...]:
    """Return what differs between two sayings of `said_by`; an empty one is no record at all."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    came_or_went = {
        name for name in names if is_whole_step(name) and (name in before) is not (name in after)
    }
    found = []
    for name in names:
        if name == STEPS and not _reordered(before.get(name), after.get(name)):
            continue
        if name == KIND and not (before and after):
            continue
        whole = whole_step(name)
        if whole is not None and (whole in came_or_went) is not (name == whole):
            continue
        step = None if whole is None else whole.removeprefix(f"{STEPS}.")
        found.append(Difference(name, step, before.get(name), after.get(name)))
    return tuple(found)


def whole_step(name: str) -> str | None:
    """Return the ``steps.ID`` that a field is in, or is; None for one of the record itself."""
    if not name.startswith(f"{STEPS}."):
        return None
    return f"{STEPS}.{name.split('.', 2)[1]}"


def is_whole_step(name: str) -> bool:
    """Return whether a field stands for a step as a whole."""
    return whole_step(name) == name


def _reordered(before: str | None, after: str | None) -> bool:
    """Return whether the steps that are in both stand in another order."""
    if before is None or after is None:
        return False
    old, new = before.split(", "), after.split(", ")
    both = set(old) & set(new)
    return [one for one in old if one in both] != [one for one in new if one in both]


def _fields_of(prefix: str, record: Struct, *, in_process: bool) -> Iterator[tuple[str, str]]:
    for attribute, name in _names(type(record), in_process):
        yield from _said(f"{prefix}{name}", getattr(record, attribute), in_process=in_process)


@cache
def _names(kind: type[Struct], in_process: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - one key of a cache
    """Return the attributes of a record that a file can say, each with its name there.

    The due of a step of a process is its rule.
    """
    said = []
    for one in fields(kind):
        name = one.name
        if name == "rule" and (in_process or kind is not Step):
            said.append((name, "due"))
        elif name not in _NO_FIELDS:
            said.append((name, _AS_WRITTEN.get(name, name.rstrip("_"))))
    return tuple(said)


def _said(name: str, value: Any, *, in_process: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _said(f"{name}.{key}", part, in_process=in_process)
    elif isinstance(value, tuple) and value and isinstance(value[0], Step):
        yield name, ", ".join(step.id for step in value)
        for step in value:
            yield f"{name}.{step.id}", step.title
            yield from _fields_of(f"{name}.{step.id}.", step, in_process=in_process)
    elif isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], Review):
        yield from _fields_of(f"{name}.", value[0], in_process=in_process)
    elif isinstance(value, Struct) and not isinstance(value, (Rule, Length, Check)):
        inner = dict(_fields_of(f"{name}.", value, in_process=in_process))
        yield from inner.items() if inner else [(name, "{}")]
    elif value not in (None, False, ()):
        yield name, _text(value)


def _text(value: Any) -> str:
    """Return one value as text, as near to its file as that is of use to a reader."""
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    return value.text if isinstance(value, Rule) else _words(value)


def _words(value: Any) -> str:
    if isinstance(value, Item):
        more = ["critical"] if value.critical else []
        more += [f"when {value.when_text}"] if value.when_text else []
        more += [f"check {_text(value.check)}"] if value.check else []
        return f"{value.item} ({', '.join(more)})" if more else value.item
    if isinstance(value, Check):
        return f"{value.kind} {value.target}"
    if isinstance(value, Escalation):
        return f"{value.after} past {value.past} tell {' '.join(value.tell)}"
    if isinstance(value, Struct) and not isinstance(value, Length):
        said = (f"{name} {text}" for name, text in _fields_of("", value, in_process=True))
        return " ".join(said)
    return str(value)

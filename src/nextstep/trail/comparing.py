"""What differs between two versions of a record, field by field and event by event."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import fields

from nextstep.model.commitment import Record
from nextstep.model.events import Event, instant_text
from nextstep.model.process import Check, Escalation, Item, Process, Review, Step
from nextstep.model.time import Length, Rule

Said: TypeAlias = str | tuple[str, ...]

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
    of the steps that stayed. ``step`` is the step that it is in. Lists are joined by commas; of one
    that is there before and after, ``gone`` and ``added`` are what is in only one of them. Of a
    list of things to hand over or tick, ``must_include.critical``, ``.check`` and ``.when`` are
    fields of their own.
    """

    field: str
    step: str | None
    before: str | None
    after: str | None
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


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


def said_by(record: Record) -> dict[str, Said]:
    """Return all that a record says beside its log, by the names of `Difference`.

    A value is a text, or the texts of a list.
    """
    said: dict[str, Said] = {KIND: type(record).__name__.lower()}
    said.update(_fields_of("", record, in_process=isinstance(record, Process)))
    return said


def differing(
    before: Mapping[str, Said], after: Mapping[str, Said], but: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Return what differs between two sayings of `said_by`; an empty one is no record at all.

    The fields in ``but`` are left out.
    """
    if before == after:
        return ()
    names = [name for name, said in before.items() if after.get(name) != said]
    names += [name for name in after if name not in before]
    if but:
        names = [name for name in names if name not in but]
    if not names:
        return ()
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
        found.append(_difference(name, step, before.get(name), after.get(name)))
    return tuple(found)


def said_as(value: Any) -> Said:
    """Return one value of a commitment as `said_by` gives it."""
    return tuple(map(_text, value)) if isinstance(value, tuple) else _text(value)


def text_of(said: Said | None) -> str | None:
    """Return a value as one text, a list joined by commas."""
    return ", ".join(said) if isinstance(said, tuple) else said


def _difference(name: str, step: str | None, old: Said | None, new: Said | None) -> Difference:
    if name == STEPS or not (isinstance(old, tuple) and isinstance(new, tuple)):
        return Difference(name, step, text_of(old), text_of(new))
    gone, added = (
        tuple(one for one in some if one not in others) for some, others in ((old, new), (new, old))
    )
    return Difference(name, step, text_of(old), text_of(new), gone, added)


def whole_step(name: str) -> str | None:
    """Return the ``steps.ID`` that a field is in, or is; None for one of the record itself."""
    if not name.startswith(f"{STEPS}."):
        return None
    return f"{STEPS}.{name.split('.', 2)[1]}"


def is_whole_step(name: str) -> bool:
    """Return whether a field stands for a step as a whole."""
    return whole_step(name) == name


def _reordered(before: Said | None, after: Said | None) -> bool:
    """Return whether the steps that are in both stand in another order."""
    both = set(before or ()) & set(after or ())
    old, new = ([one for one in some or () if one in both] for some in (before, after))
    return old != new


def _fields_of(prefix: str, record: Struct, *, in_process: bool) -> Iterator[tuple[str, Said]]:
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


def _said(name: str, value: Any, *, in_process: bool) -> Iterator[tuple[str, Said]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield f"{name}.{key}", _text(part)
    elif isinstance(value, tuple):
        if value:
            yield from _listed(name, value, in_process=in_process)
    elif isinstance(value, Struct) and not isinstance(value, (Rule, Length)):
        inner = dict(_fields_of(f"{name}.", value, in_process=in_process))
        yield from inner.items() if inner else [(name, "{}")]
    elif value is not None and value is not False:
        yield name, _text(value)


def _listed(name: str, values: tuple[Any, ...], *, in_process: bool) -> Iterator[tuple[str, Said]]:
    first = values[0]
    if isinstance(first, Step):
        yield name, tuple(step.id for step in values)
        for step in values:
            yield f"{name}.{step.id}", step.title
            yield from _fields_of(f"{name}.{step.id}.", step, in_process=in_process)
    elif isinstance(first, Item):
        yield from _items(name, values)
    elif isinstance(first, Review) and len(values) == 1:
        yield from _fields_of(f"{name}.", first, in_process=in_process)
    else:
        yield name, tuple(map(_text, values))


def _items(name: str, items: tuple[Item, ...]) -> Iterator[tuple[str, Said]]:
    yield name, tuple(one.item for one in items)
    more = {
        "critical": tuple(one.item for one in items if one.critical),
        "check": tuple(f"{one.item}: {_text(one.check)}" for one in items if one.check),
        "when": tuple(f"{one.item}: {one.when_text}" for one in items if one.when_text),
    }
    yield from ((f"{name}.{part}", said) for part, said in more.items() if said)


def _text(value: Any) -> str:
    """Return one value as text, as near to its file as that is of use to a reader."""
    if isinstance(value, (date, Enum, bool)):
        return _spelled(value)
    if isinstance(value, Rule):
        return value.text
    if isinstance(value, Check):
        return f"{value.kind} {value.target}"
    if isinstance(value, Escalation):
        return f"{value.after} past {value.past}, tell {' and '.join(value.tell)}"
    if isinstance(value, Struct) and not isinstance(value, Length):
        said = (f"{name} {text_of(text)}" for name, text in _fields_of("", value, in_process=True))
        return ", ".join(said)
    return str(value)


def _spelled(value: date | Enum | bool) -> str:  # noqa: FBT001 - any value of a file
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value.value if isinstance(value, Enum) else value).lower()

"""From the nodes of a `log:` to events. Every file takes this path, so it is kept short."""

from __future__ import annotations

import sys
from functools import cache
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.dates.days import parse_instant
from nextstep.dates.problem import DateProblem
from nextstep.files import field_rules as rules
from nextstep.files.event_fields import COMMON, KINDS
from nextstep.files.fields import Field
from nextstep.files.nodes import is_given
from nextstep.files.reading import Reading
from nextstep.files.scalars import Reader
from nextstep.files.values import value_reader
from nextstep.model.events import Event

_KINDS = {kind.word: kind for kind in KINDS}
_COMMON = {field.name: field for field in COMMON}
_HEAD = ("at", "by", "event")

_Given: TypeAlias = dict[str, tuple[Node, Node]]


def read_log(node: Node, reading: Reading) -> tuple[Event, ...] | None:
    """Return the events of a log in the order of the file; what cannot be read is noted."""
    if isinstance(node, ScalarNode):
        reading.found(
            rules.WRONG_SHAPE,
            node,
            "a single value stands where events belong",
            "write - {at: 2026-11-12T15:10Z, by: dev, event: agreed}",
        )
        return None
    parts = node.value if isinstance(node, SequenceNode) else [node]
    events = (read_event(part, reading, index) for index, part in enumerate(parts))
    return tuple(event for event in events if event is not None)


def read_event(node: Node, reading: Reading, index: int) -> Event | None:
    """Return one event, or None after noting why it is none."""
    if not isinstance(node, MappingNode):
        reading.found(
            rules.WRONG_SHAPE,
            node,
            "a list or a single value stands where an event belongs",
            "write {at: 2026-11-12T15:10Z, by: dev, event: agreed}",
        )
        return None
    given: _Given = {key.value: (key, part) for key, part in node.value}
    at, by, event = (_head(given, name, node, reading) for name in _HEAD)
    if at is None or by is None or event is None:
        return None
    word = event.value
    if word not in _KINDS:
        message = f"`{word[:80]}` is no event"
        reading.unknown_word(rules.UNKNOWN_EVENT, event, message, _KINDS)
        return None
    try:
        instant = parse_instant(at.value)
    except DateProblem as problem:
        reading.no_date(at, problem)
        return None
    values = _values(given, word, node, reading)
    step = values.pop("step", None)
    return Event(instant, sys.intern(by.value), sys.intern(word), step, values, index)


def _head(given: _Given, name: str, node: Node, reading: Reading) -> Node | None:
    """Return the node of a field that every event has."""
    if name not in given:
        reading.missing(node, name, "this event", _COMMON[name].example)
        return None
    key, part = given[name]
    if not isinstance(part, ScalarNode) or not is_given(part):
        reading.empty(key, _COMMON[name].example)
        reading.missing(node, name, "this event", _COMMON[name].example)
        return None
    return part


def _values(given: _Given, word: str, node: Node, reading: Reading) -> dict[str, Any]:
    table = _table_of(word)
    values: dict[str, Any] = {}
    for name, (key, part) in given.items():
        if name in _HEAD:
            continue
        entry = table.get(name)
        if entry is None:
            reading.unknown_field(key, f"the event `{word}`", [*_COMMON, *table], given)
        elif not is_given(part):
            reading.empty(key, entry[0].example)
        elif name == "of" and isinstance(part, MappingNode):
            values.update(_meant(part, reading))
        elif (value := entry[1](part, reading)) is not None:
            values[name] = value
    for field in _KINDS[word].fields:
        if field.required and field.name not in given:
            reading.missing(node, field.name, f"this event `{word}`", field.example)
    if values.get("duty") is False:
        del values["duty"]
    return {name: _frozen(value) for name, value in values.items()}


@cache
def _table_of(word: str) -> dict[str, tuple[Field, Reader]]:
    fields = (*COMMON, *_KINDS[word].fields)
    return {field.name: (field, value_reader(field.kind)) for field in fields}


def _meant(node: Node, reading: Reading) -> dict[str, Any]:
    """Return which event an `undone` means, where it says more than the instant."""
    values: dict[str, Any] = {}
    for key, part in node.value:
        if key.value not in _HEAD or not is_given(part):
            given = {name.value for name, _ in node.value}
            reading.unknown_field(key, "the event meant", _HEAD, given)
            continue
        field = _COMMON[key.value]
        value = value_reader(field.kind)(part, reading)
        if value is not None:
            values["of" if key.value == "at" else f"of_{key.value}"] = value
    return values


def _frozen(value: Any) -> Any:
    return tuple(value.items()) if isinstance(value, dict) else value

"""The one loop that reads a record by its declared fields, and the readers of what it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.files import field_rules as rules
from nextstep.files import fields as f
from nextstep.files.events import read_log
from nextstep.files.nodes import is_given, says, shape_of
from nextstep.files.reading import Reading
from nextstep.files.scalars import Reader
from nextstep.files.values import is_map, list_of, map_of, value_reader

Table: TypeAlias = dict[str, tuple[f.Field, str, Reader]]
_FIRST = 2


@cache
def reader_of(kind: f.Kind) -> Reader:
    """Return the function that reads a value of this kind."""
    make = _MAKERS.get(type(kind), value_reader)
    return make(kind)


def _named(kind: f.NamedRecords) -> Reader:
    table = table_of(kind.record)

    def read(node: Node, reading: Reading) -> dict[str, Any] | None:
        hint = f"write a line for each {kind.keys}: its id, a colon, and what is known"
        if not is_map(node, reading, hint):
            return None
        records = {}
        for key, part in node.value:
            if not is_given(part):
                records[key.value] = kind.record.make(id=key.value)
                continue
            values = read_fields(kind.record, table, part, reading)
            if values is not None:
                records[key.value] = kind.record.make(id=key.value, **values)
        return records

    return read


def _nested(kind: f.Nested) -> Reader:
    record = kind.record
    table = table_of(record)

    def read(node: Node, reading: Reading) -> Any:
        values = read_fields(record, table, node, reading)
        return None if values is None else record.make(**values)

    return read


@cache
def table_of(record: f.Record) -> Table:
    """Return the fields of a record by name, each with its attribute and its reader."""
    return {field.name: (field, field.target, reader_of(field.kind)) for field in record.fields}


@cache
def required_of(record: f.Record) -> tuple[f.Field, ...]:
    """Return the fields that a record cannot do without."""
    return tuple(field for field in record.fields if field.required)


def read_fields(
    record: f.Record, table: Table, node: Node, reading: Reading, *, demand: bool = True
) -> dict[str, Any] | None:
    """Return the values of a map by attribute; None if the node is no map or lacks a required one.

    With ``demand`` false nothing is required: the caller looks at that.
    """
    if not isinstance(node, MappingNode):
        return _short(record, table, node, reading)
    values: dict[str, Any] = {}
    given: set[str] = set()  # collected once something is unknown
    for key, part in node.value:
        entry = table.get(key.value)
        if entry is None:
            given = given or {name.value for name, _ in node.value}
            reading.unknown_field(key, _whole(record), table, given)
        elif not is_given(part):
            reading.empty(key, entry[0].example)
        elif (value := entry[2](part, reading)) is not None:
            values[entry[1]] = value
            if entry[0].text_attribute:
                values[entry[0].text_attribute] = part.value
    if demand and not _is_complete(record, values, node, reading):
        return None
    return values


def _whole(record: f.Record) -> str:
    """Return what a map of the record is called: settings are a file and not one of many."""
    return "nextstep.yaml" if record.name == "settings" else f"a {record.name}"


def _short(record: f.Record, table: Table, node: Node, reading: Reading) -> dict[str, Any] | None:
    """Return the one value that a bare text stands for, where the record takes one."""
    if not record.short or not isinstance(node, ScalarNode):
        reading.found(
            rules.WRONG_SHAPE,
            node,
            f"{shape_of(node)} stands where the fields of a {record.name} belong",
            f"write {{{_example(record)}}}",
        )
        return None
    _, target, read = table[record.short]
    value = read(node, reading)
    return None if value is None else {target: value}


def _example(record: f.Record) -> str:
    """Return the first two fields of a map and those that are required, with a value each."""
    shown = (one for place, one in enumerate(record.fields) if one.required or place < _FIRST)
    return ", ".join(f"{field.name}: {field.example.strip()}" for field in shown)


def _is_complete(record: f.Record, values: dict[str, Any], node: Node, reading: Reading) -> bool:
    """Whether every required field has a value; one that was left out is noted.

    One that is there and could not be read has been noted already.
    """
    lacking = [field for field in required_of(record) if values.get(field.target, ()) == ()]
    for field in lacking:
        if field.target in values or not says(node, field.name):
            reading.missing(node, field.name, f"this {record.name}", field.example)
    return not lacking


_MAKERS: dict[type, Callable[[Any], Reader]] = {
    f.ListOf: lambda kind: list_of(reader_of(kind.of)),
    f.MapOf: lambda kind: map_of(kind.keys, reader_of(kind.of)),
    f.Nested: _nested,
    f.NamedRecords: _named,
    f.Log: lambda _: read_log,
}

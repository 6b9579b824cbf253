"""Readers of lists and maps, and the one loop that reads a record by its declared fields."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.files import field_rules as rules
from nextstep.files import fields as f
from nextstep.files.nodes import is_given, shape_of
from nextstep.files.reading import Reading
from nextstep.files.scalars import SCALARS, Reader
from nextstep.files.time_scalars import TIME_SCALARS

Table: TypeAlias = dict[str, tuple[f.Field, str, Reader]]
_FIRST = 2


@cache
def reader_of(kind: f.Kind) -> Reader:
    """Return the function that reads a value of this kind."""
    return _MAKERS[type(kind)](kind)


def _list(kind: f.ListOf) -> Reader:
    read_one = reader_of(kind.of)

    def read(node: Node, reading: Reading) -> tuple[Any, ...]:
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        values = []
        for part in nodes:
            if not is_given(part):
                reading.found(
                    rules.EMPTY_VALUE,
                    part,
                    "one of the list has no value",
                    "write it, or remove it",
                )
            elif (value := read_one(part, reading)) is not None:
                values.append(value)
        return tuple(values)

    return read


def _map(kind: f.MapOf) -> Reader:
    read_one = reader_of(kind.of)

    def read(node: Node, reading: Reading) -> dict[str, Any] | None:
        if not _is_map(node, reading, f"write {{{kind.keys}: value}}, or a line for each"):
            return None
        values = {}
        for key, part in node.value:
            if not is_given(part):
                reading.empty(key, "a value")
            elif (value := read_one(part, reading)) is not None:
                values[key.value] = value
        return values

    return read


def _named(kind: f.NamedRecords) -> Reader:
    table = table_of(kind.record)

    def read(node: Node, reading: Reading) -> dict[str, Any] | None:
        hint = f"write a line for each {kind.keys}: its id, a colon, and what is known"
        if not _is_map(node, reading, hint):
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


def _is_map(node: Node, reading: Reading, hint: str) -> bool:
    """Whether a node is a map; note it if it is not, with what to write instead."""
    is_map = isinstance(node, MappingNode)
    if not is_map:
        message = f"{shape_of(node)} stands where a map belongs"
        reading.found(rules.WRONG_SHAPE, node, message, hint)
    return is_map


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


def says(node: Node, name: str) -> bool:
    """Return whether a map gives this field a value."""
    return any(key.value == name and is_given(value) for key, value in node.value)


def _log(kind: f.Log) -> Reader:
    from nextstep.files.events import read_log  # that module reads its fields with this one

    del kind
    return read_log


_MAKERS: dict[type, Callable[[Any], Reader]] = {
    **SCALARS,
    **TIME_SCALARS,
    f.ListOf: _list,
    f.MapOf: _map,
    f.Nested: _nested,
    f.NamedRecords: _named,
    f.Log: _log,
}

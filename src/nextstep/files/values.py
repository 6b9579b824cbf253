"""From a declared kind to the function that reads such a value from a node.

A reader takes a node and the notebook of the file, and returns the value, or None after noting
what is wrong. Readers are made once for each kind, when a file needs them first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from nextstep.dates.days import DateProblem, parse_day, parse_due, parse_instant, parse_length
from nextstep.files import fields as f
from nextstep.files import field_rules as rules
from nextstep.files.reading import Reading, did_you_mean
from nextstep.files.syntax import Node
from nextstep.model.time import DueWord, Rule

Reader: TypeAlias = Callable[[Node, Reading], Any]

_NOT_GIVEN = frozenset({"", "~", "null", "Null", "NULL"})
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FLAGS = {"true": True, "false": False}


def is_given(node: Node) -> bool:
    """Return whether a node holds a value: an empty plain scalar and `~` do not."""
    return not (node.id == "scalar" and not node.style and node.value in _NOT_GIVEN)


@cache
def reader_of(kind: f.Kind) -> Reader:
    """Return the function that reads a value of this kind."""
    return _MAKERS[type(kind)](kind)


def _scalar(node: Node, reading: Reading, wanted: str) -> str | None:
    if node.id != "scalar":
        reading.found(
            rules.WRONG_SHAPE,
            node,
            f"{_shape(node)} stands where {wanted} belongs",
            f"write {wanted}",
        )
        return None
    value: str = node.value
    return value.rstrip("\n") if node.style and node.style in "|>" else value


def _shape(node: Node) -> str:
    return {"mapping": "a map", "sequence": "a list", "scalar": "a single value"}[node.id]


def _words(limit: int, *, lines: bool) -> Reader:
    def read(node: Node, reading: Reading) -> str | None:
        value = _scalar(node, reading, "text")
        if value is None:
            return None
        if len(value) > limit:
            return reading.found(
                rules.TEXT_TOO_LONG,
                node,
                f"this text has {len(value)} characters, and {limit} is the most",
                "say it in fewer words, and keep the rest in a page of its own",
            )
        if not lines and "\n" in value:
            return reading.found(
                rules.SEVERAL_LINES,
                node,
                "this text runs over several lines",
                "write it on one line, or use `>` to fold the lines into one",
            )
        return value

    return read


def _name(node: Node, reading: Reading) -> str | None:
    value = _scalar(node, reading, "one name")
    if value is None:
        return None
    if len(value) > f.LINE_LIMIT or "\n" in value:
        return reading.found(
            rules.TEXT_TOO_LONG, node, "this is too long for a name", "write a short name"
        )
    return sys.intern(value)


def _names(node: Node, reading: Reading) -> tuple[str, ...] | None:
    if node.id == "scalar":
        one = _name(node, reading)
        return None if one is None else (one,)
    if node.id != "sequence":
        return reading.found(
            rules.WRONG_SHAPE, node, "a map stands where names belong", "write [name, name]"
        )
    return tuple(name for part in node.value if (name := _name(part, reading)) is not None)


def _choice(kind: f.Choice) -> Reader:
    words = kind.words
    listed = f"{', '.join(words[:-1])} or {words[-1]}"

    def read(node: Node, reading: Reading) -> str | bool | None:
        value = _scalar(node, reading, listed)
        if value is None:
            return None
        if value not in words:
            return reading.found(
                rules.UNKNOWN_WORD,
                node,
                f"`{value[:80]}` is not one of {listed}",
                did_you_mean(value, words) or f"write {listed}",
            )
        return _FLAGS.get(value, value)

    return read


def _count(kind: f.Count) -> Reader:
    def read(node: Node, reading: Reading) -> int | None:
        value = _scalar(node, reading, "a number")
        if value is None:
            return None
        if not (
            value.isascii() and value.isdigit() and len(value) < 10 and int(value) >= kind.least
        ):
            return reading.found(
                rules.NOT_A_NUMBER,
                node,
                f"`{value[:80]}` is not a whole number from {kind.least} on",
                f"write a number such as {max(kind.least, 2)}",
            )
        return int(value)

    return read


def _need(node: Node, reading: Reading) -> str | None:
    value = _scalar(node, reading, "all, any or a number")
    if value is None:
        return None
    if value in {"all", "any"} or (value.isascii() and value.isdigit() and 0 < len(value) < 4):
        return value
    return reading.found(
        rules.UNKNOWN_WORD,
        node,
        f"`{value[:80]}` is not all, any or a number",
        "write `all`, `any`, or how many votes are needed",
    )


def _dated(parse: Callable[[str], Any], wanted: str) -> Reader:
    def read(node: Node, reading: Reading) -> Any:
        value = _scalar(node, reading, wanted)
        if value is None:
            return None
        try:
            return parse(value)
        except DateProblem as problem:
            return reading.found(
                rules.BY_PROBLEM[problem.kind], node, problem.message, problem.hint
            )

    return read


def _when(kind: f.When) -> Reader:
    from nextstep.dates.conditions import parse_condition

    del kind
    return _dated(parse_condition, "a condition")


def _due(kind: f.DueDate) -> Reader:
    read_due = _dated(parse_due, "a date")

    def read(node: Node, reading: Reading) -> Any:
        due = read_due(node, reading)
        if due is DueWord.NONE and not kind.undated:
            return reading.found(
                rules.UNDATED,
                node,
                "`none` is no date that a commitment can have",
                "write a date or `asap`; leave `due` out while no date is agreed",
            )
        return due

    return read


def plain(node: Node) -> Any:
    """Return a node as dicts, lists and texts."""
    if node.id == "scalar":
        return node.value
    if node.id == "sequence":
        return [plain(part) for part in node.value]
    return {key.value: plain(value) for key, value in node.value}


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) for part in value) + "]"
    return str(value)


def _time_rule(node: Node, reading: Reading) -> Rule | None:
    from nextstep.dates import expressions

    said = plain(node)
    try:
        return Rule(text=_flow(said), expression=expressions.parse(said))
    except DateProblem as problem:
        return reading.found(
            rules.BY_PROBLEM[problem.kind],
            _part(node, getattr(problem, "keys", ())),
            problem.message,
            problem.hint,
        )


def _part(node: Node, keys: tuple[str | int, ...]) -> Node:
    for key in keys:
        if isinstance(key, int) and node.id == "sequence" and key < len(node.value):
            node = node.value[key]
        elif node.id == "mapping":
            node = next((value for name, value in node.value if name.value == key), node)
    return node


def _weekdays(node: Node, reading: Reading) -> frozenset[int] | None:
    names = _names(node, reading)
    if names is None:
        return None
    wrong = [name for name in names if name.casefold()[:3] not in WEEKDAYS]
    if wrong or not names:
        return reading.found(
            rules.UNKNOWN_WORD,
            node,
            f"`{wrong[0][:80]}` is no day of the week" if wrong else "no day is worked",
            "write days such as [mon, tue, wed, thu, fri]",
        )
    return frozenset(WEEKDAYS.index(name.casefold()[:3]) for name in names)


def _list(kind: f.ListOf) -> Reader:
    read_one = reader_of(kind.of)

    def read(node: Node, reading: Reading) -> tuple[Any, ...]:
        nodes = node.value if node.id == "sequence" else [node]
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
        if node.id != "mapping":
            return reading.found(
                rules.WRONG_SHAPE,
                node,
                f"{_shape(node)} stands where a map belongs",
                f"write {{{kind.keys}: value}}, or a line for each",
            )
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
        if node.id != "mapping":
            return reading.found(
                rules.WRONG_SHAPE,
                node,
                f"{_shape(node)} stands where a map belongs",
                f"write a line for each {kind.keys}: its id, a colon, and what is known",
            )
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


Table: TypeAlias = dict[str, tuple[f.Field, str, Reader]]


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
    if node.id != "mapping":
        if not record.short or node.id != "scalar":
            return reading.found(
                rules.WRONG_SHAPE,
                node,
                f"{_shape(node)} stands where the fields of a {record.name} belong",
                f"write {{{record.fields[0].name}: {record.fields[0].example.strip()}}}",
            )
        _, target, read = table[record.short]
        value = read(node, reading)
        return None if value is None else {target: value}
    values: dict[str, Any] = {}
    for key, part in node.value:
        entry = table.get(key.value)
        if entry is None:
            reading.unknown_field(key, f"a {record.name}", table)
        elif not is_given(part):
            reading.empty(key, entry[0].example)
        elif (value := entry[2](part, reading)) is not None:
            values[entry[1]] = value
            if entry[0].text_attribute:
                values[entry[0].text_attribute] = part.value
    if demand:
        lacking = [field for field in required_of(record) if field.target not in values]
        for field in lacking:
            if not _is_named(node, field.name):
                reading.missing(node, field.name, f"this {record.name}", field.example)
        if lacking:
            return None
    return values


def _is_named(node: Node, name: str) -> bool:
    return any(key.value == name and is_given(value) for key, value in node.value)


def _event_ref(node: Node, reading: Reading) -> Any:
    return _dated(parse_instant, "an instant")(node, reading)


def _repeat(node: Node, reading: Reading) -> str | None:
    from nextstep.dates.recurrence import parse_recurrence

    value = _scalar(node, reading, "a recurrence")
    if value is None:
        return None
    try:
        parse_recurrence(value)
    except DateProblem as problem:
        return reading.found(rules.BY_PROBLEM[problem.kind], node, problem.message, problem.hint)
    return value


def _log(kind: f.Log) -> Reader:
    from nextstep.files.events import read_log  # that module reads its fields with this one

    del kind
    return read_log


_MAKERS: dict[type, Callable[[Any], Reader]] = {
    f.Text: lambda kind: _words(kind.limit, lines=False),
    f.Prose: lambda kind: _words(kind.limit, lines=True),
    f.Name: lambda kind: _name,
    f.Names: lambda kind: _names,
    f.Choice: _choice,
    f.Flag: lambda kind: _choice(f.Choice(("true", "false"))),
    f.Count: _count,
    f.Need: lambda kind: _need,
    f.DayOnly: lambda kind: _dated(parse_day, "a date"),
    f.DueDate: _due,
    f.Instant: lambda kind: _dated(parse_instant, "an instant"),
    f.LengthOfTime: lambda kind: _dated(parse_length, "a length of time"),
    f.TimeRule: lambda kind: _time_rule,
    f.When: _when,
    f.Repeat: lambda kind: _repeat,
    f.Weekdays: lambda kind: _weekdays,
    f.EventRef: lambda kind: _event_ref,
    f.ListOf: _list,
    f.MapOf: _map,
    f.Nested: _nested,
    f.NamedRecords: _named,
    f.Log: _log,
}

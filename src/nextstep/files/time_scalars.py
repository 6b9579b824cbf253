"""Readers of single values about time: a date, an instant, a length, a rule, a condition, a rhythm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from nextstep.dates.days import parse_day, parse_due, parse_instant, parse_length
from nextstep.dates.problem import DateProblem
from nextstep.files import fields as f
from nextstep.files.nodes import plain
from nextstep.files.reading import Reading
from nextstep.files.scalars import Reader, always, scalar
from nextstep.model.source import Keys
from nextstep.model.time import DueWord, Rule


def _dated(parse: Callable[[str], Any], wanted: str) -> Reader:
    def read(node: Node, reading: Reading) -> Any:
        value = scalar(node, reading, wanted)
        if value is None:
            return None
        try:
            return parse(value)
        except DateProblem as problem:
            reading.no_date(node, problem)
            return None

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
            from nextstep.files.date_rules import UNDATED

            reading.found(
                UNDATED,
                node,
                "`none` is no date that a commitment can have",
                "write a date or `asap`; leave `due` out while no date is agreed",
            )
            return None
        return due

    return read


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
        reading.no_date(_part(node, getattr(problem, "keys", ())), problem)
        return None


def _part(node: Node, keys: Keys) -> Node:
    for key in keys:
        if isinstance(key, int) and isinstance(node, SequenceNode) and key < len(node.value):
            node = node.value[key]
        elif isinstance(node, MappingNode):
            node = next((value for name, value in node.value if name.value == key), node)
    return node


def _repeat(node: Node, reading: Reading) -> str | None:
    from nextstep.dates.recurrence import parse_recurrence

    value = scalar(node, reading, "a recurrence")
    if value is None:
        return None
    try:
        parse_recurrence(value)
    except DateProblem as problem:
        reading.no_date(node, problem, in_part=True)
        return None
    return value


TIME_SCALARS: dict[type, Callable[[Any], Reader]] = {
    f.DayOnly: always(_dated(parse_day, "a date")),
    f.DueDate: _due,
    f.Instant: always(_dated(parse_instant, "an instant")),
    f.LengthOfTime: always(_dated(parse_length, "a length of time")),
    f.TimeRule: always(_time_rule),
    f.When: _when,
    f.Repeat: always(_repeat),
    f.EventRef: always(_dated(parse_instant, "an instant")),
}
"""How the reader of each kind of value about time is made."""

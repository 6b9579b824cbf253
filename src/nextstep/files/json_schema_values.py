"""What a JSON Schema says of single values: the spelling that the loader takes, and no other.

An editor reads YAML 1.2, where a plain `3` is a number and `true` no text; to the loader every
scalar is text. So each value may be any scalar, and a pattern speaks where it is a text. A block
scalar ends with line ends that the loader takes off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from nextstep.dates.names import WEEKDAYS
from nextstep.files import fields as f
from nextstep.model.time import LARGEST_COUNT_DIGITS, UNITS

Schema: TypeAlias = dict[str, Any]

_SCALAR = ["string", "number", "boolean"]
_END = r"\n*$"
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})"
_LENGTH = f"[0-9]{{1,{LARGEST_COUNT_DIGITS}}}({'|'.join(sorted(UNITS))})"
_LARGEST_NEED = 999
_DIGITS = 9


def spelt(pattern: str, wanted: str, types: list[str] | None = None) -> Schema:
    """Return the schema of a scalar whose text is spelt like this; ``wanted`` is for the editor."""
    return {
        "type": types or _SCALAR,
        "pattern": f"^{pattern}{_END}",
        "patternErrorMessage": f"Write {wanted}.",
    }


def words(limit: int, *, lines: bool) -> Schema:
    """Return the schema of a text with at least one sign and at most ``limit`` characters."""
    wanted = f"text, at most {limit:,} characters" + ("" if lines else ", on one line")
    letter = r"[\s\S]" if lines else r"[^\n]"
    return spelt(rf"(?={letter}*\S){letter}{{0,{limit}}}", wanted)


def one_or_list(one: Schema) -> Schema:
    """Return the schema of a list in which one value alone needs no brackets."""
    return {"if": {"type": "array"}, "then": {"items": one}, "else": one}


def step_id() -> Schema:
    """Return the schema of the id of a step, or of a part of it."""
    return spelt("[a-z0-9-]+(/[a-z0-9-]+)?", "an id of a-z, 0-9 and -")


def single_value(kind: f.Kind) -> Schema:
    """Return the schema of a kind of single value, or of a list of names."""
    return _MAKERS[type(kind)](kind)


def instant() -> Schema:
    """Return the schema of a moment with its offset from UTC."""
    return spelt(f"{_DAY}{_CLOCK}{_ZONE}", "a moment with its zone, such as 2026-11-12T15:10Z")


def _name() -> Schema:
    return words(f.NAME_LIMIT, lines=False)


def _choice(kind: f.Choice) -> Schema:
    listed = [word for word in kind.words if word not in {"true", "false"}]
    spelling = spelt(f"({'|'.join(kind.words)})", f"one of {', '.join(kind.words)}", ["string"])
    offered: Schema = {"enum": listed}
    if len(listed) < len(kind.words):
        return {"anyOf": [{"type": "boolean"}, offered, spelling]}
    return {"anyOf": [offered, spelling]}


def _count(kind: f.Count) -> Schema:
    digits = f"[0-9]{{1,{_DIGITS}}}" if kind.least == 0 else f"0*[1-9][0-9]{{0,{_DIGITS - 1}}}"
    spelling = spelt(digits, f"a whole number from {kind.least} on", ["integer", "string"])
    return {**spelling, "minimum": kind.least}


def _need() -> Schema:
    spelling = spelt("(all|any|[0-9]{1,3})", "all, any or a number", ["integer", "string"])
    number = {**spelling, "minimum": 0, "maximum": _LARGEST_NEED}
    return {"anyOf": [{"enum": ["all", "any"]}, number]}


def _due(kind: f.DueDate) -> Schema:
    ends = ["asap", "none"] if kind.undated else ["asap"]
    wanted = (
        f"a day such as 2026-11-27, an instant such as 2026-11-27T17:00, or {' or '.join(ends)}"
    )
    return spelt(f"({_DAY}({_CLOCK}{_ZONE}?)?|{'|'.join(ends)})", wanted, ["string"])


def _length() -> Schema:
    return spelt(_LENGTH, "a length such as 3bd, 24h or 6mo", ["string"])


def _weekdays() -> Schema:
    day = "|".join("".join(f"[{one}{one.upper()}]" for one in word[:3]) for word in WEEKDAYS)
    one = spelt(rf"({day})[^\n]*", "a day of the week, such as mon", ["string"])
    return one_or_list(one)


def _event_meant() -> Schema:
    parts = {"at": instant(), "by": _name(), "event": _name()}
    meant = {"type": "object", "properties": parts, "additionalProperties": False}
    return {"if": {"type": "object"}, "then": meant, "else": instant()}


_WHEN = (
    "A condition over the inputs, with == != < <= > >= in and or not: "
    "tier == 'enterprise' and seats > 20."
)
_SHAPE: dict[str, Schema] = {
    "by": {"description": "The day: any time expression that is a text."},
    "at": {"description": 'The hour of that day, and the zone if it is another: "17:00 UTC".'},
    "not_on": {"description": "Weekdays, or `closed`, on which it does not fall."},
    "roll": {
        "description": "To which side it moves from such a day; by default after.",
        "enum": ["before", "after"],
    },
    "grace": {"description": "How much later it may be before it is overdue.", **_length()},
    "ends": {"description": "Where the day ends last.", "enum": ["anywhere-on-earth"]},
}


def time_expression() -> Schema:
    """Return the schema of a time expression: a text, a map or a list of cases."""
    text = words(f.PROSE_LIMIT, lines=True)
    written = {
        name: {**(text if "enum" not in said and "pattern" not in said else {}), **said}
        for name, said in _SHAPE.items()
    }
    written["not_on"] = {**_SHAPE["not_on"], **one_or_list(text)}
    shaped = {
        "type": "object",
        "properties": written,
        "required": ["by"],
        "additionalProperties": False,
    }
    case = {**shaped, "properties": {"when": {**text, "description": _WHEN}, **written}}
    cases = {"type": "array", "items": case, "minItems": 1}
    other = {"if": {"type": "array"}, "then": cases, "else": text}
    return {"if": {"type": "object"}, "then": shaped, "else": other}


_MAKERS: dict[type, Callable[[Any], Schema]] = {
    f.Text: lambda kind: words(kind.limit, lines=False),
    f.Prose: lambda kind: words(kind.limit, lines=True),
    f.Name: lambda _: _name(),
    f.Names: lambda _: one_or_list(_name()),
    f.Choice: _choice,
    f.Flag: lambda _: spelt("(true|false)", "true or false", ["boolean", "string"]),
    f.Need: lambda _: _need(),
    f.Count: _count,
    f.DayOnly: lambda _: spelt(_DAY, "a day such as 2026-11-27", ["string"]),
    f.DueDate: _due,
    f.Instant: lambda _: instant(),
    f.LengthOfTime: lambda _: _length(),
    f.When: lambda _: words(f.PROSE_LIMIT, lines=True),
    f.Repeat: lambda _: words(f.PROSE_LIMIT, lines=True),
    f.Weekdays: lambda _: _weekdays(),
    f.EventRef: lambda _: _event_meant(),
}

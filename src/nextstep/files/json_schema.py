"""JSON Schema (draft-07) of the four kinds of file, made from the declared fields.

For editors: completion, hover texts and the first mistakes. It is looser than the loader, which
alone decides, because a schema cannot say where a fault is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from nextstep.files import fields as f
from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.event_fields import COMMON, KINDS
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.settings_fields import SETTINGS

Schema: TypeAlias = dict[str, Any]

KINDS_OF_FILE = {"commitment": COMMITMENT, "run": RUN, "process": PROCESS, "settings": SETTINGS}
"""The four kinds of file by name."""

_DRAFT = "http://json-schema.org/draft-07/schema#"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_NAMES: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}


def json_schema(kind: str) -> Schema:
    """Return the schema of a kind of file: commitment, run, process or settings."""
    record = KINDS_OF_FILE[kind]
    return {"$schema": _DRAFT, "title": f"nextstep {kind}", **_record(record)}


def _record(record: f.Record, *, free: bool = False) -> Schema:
    """Return the schema of a map; with ``free`` nothing in it is required."""
    schema: Schema = {
        "type": "object",
        "description": record.about,
        "properties": {field.name: _field(field) for field in record.fields},
        "additionalProperties": False,
    }
    required = [field.name for field in record.fields if field.required]
    if required and not free and record is not PROCESS:
        schema["required"] = required
    return schema


def _field(field: f.Field) -> Schema:
    return {**_kind(field.kind), "description": field.about, "examples": [field.example.strip()]}


def _kind(kind: f.Kind) -> Schema:
    return _MAKERS.get(type(kind), lambda _: _SCALAR)(kind)


def _choice(kind: f.Choice) -> Schema:
    words: list[Any] = list(kind.words)
    return {"enum": words + [word == "true" for word in words if word in {"true", "false"}]}


def _list(kind: f.ListOf) -> Schema:
    one = _kind(kind.of)
    return {"anyOf": [{"type": "array", "items": one}, one]}


def _nested(kind: f.Nested) -> Schema:
    record = _record(kind.record)
    return {"anyOf": [record, _SCALAR]} if kind.record.short else record


def _named(kind: f.NamedRecords) -> Schema:
    one = {"anyOf": [_record(kind.record), _SCALAR, {"type": "null"}]}
    return {"type": "object", "additionalProperties": one}


def _log(kind: f.Log) -> Schema:
    del kind
    events = [
        {
            "type": "object",
            "description": event.about,
            "properties": {
                **{field.name: _field(field) for field in (*COMMON, *event.fields)},
                "event": {"const": event.word, "description": event.about},
            },
            "required": [field.name for field in (*COMMON, *event.fields) if field.required],
            "additionalProperties": False,
        }
        for event in KINDS
    ]
    return {"type": "array", "items": {"anyOf": events}}


def _time_rule(kind: f.TimeRule) -> Schema:
    del kind
    shaped = {"type": "object", "required": ["by"]}
    return {"anyOf": [_SCALAR, shaped, {"type": "array", "items": {"type": "object"}}]}


def _map(kind: f.MapOf) -> Schema:
    return {"type": "object", "additionalProperties": _kind(kind.of)}


_MAKERS: dict[type, Callable[[Any], Schema]] = {
    f.Names: lambda _: _NAMES,
    f.Weekdays: lambda _: _NAMES,
    f.Choice: _choice,
    f.Flag: lambda _: {"type": "boolean"},
    f.Count: lambda kind: {"type": "integer", "minimum": kind.least},
    f.EventRef: lambda _: {"anyOf": [_SCALAR, {"type": "object"}]},
    f.ListOf: _list,
    f.MapOf: _map,
    f.Nested: _nested,
    f.NamedRecords: _named,
    f.Log: _log,
    f.TimeRule: _time_rule,
}

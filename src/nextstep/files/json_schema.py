"""JSON Schema (draft-07) of the four kinds of file, made from the declared fields.

For editors: completion, hover texts and the first mistakes. It never refuses what the loader
takes. What a schema cannot say - a name that nobody has, a day that is none, an id used twice -
only the loader finds.
"""

from __future__ import annotations

import json
from typing import Any

from nextstep.files import fields as f
from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.event_fields import COMMON, KINDS
from nextstep.files.json_schema_values import (
    Schema,
    one_or_list,
    single_value,
    step_id,
    time_expression,
)
from nextstep.files.nodes import plain
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.settings_fields import SETTINGS
from nextstep.files.step_fields import PROCESS_STEP, RUN_STEP
from nextstep.files.syntax import parse
from nextstep.model.source import Source

KINDS_OF_FILE = {"commitment": COMMITMENT, "run": RUN, "process": PROCESS, "settings": SETTINGS}
"""The four kinds of file by name."""

DRAFT = "http://json-schema.org/draft-07/schema#"


def json_schema(kind: str) -> Schema:
    """Return the schema of a kind of file: commitment, run, process or settings."""
    record = KINDS_OF_FILE[kind]
    book = _Book()
    top = book.whole(record)
    if record is PROCESS:
        top |= _demands_of_process()
    return {
        "$schema": DRAFT,
        "title": f"nextstep {kind}",
        **top,
        "definitions": dict(sorted(book.definitions.items())),
    }


def schema_text(kind: str) -> str:
    """Return the schema of a kind of file as it is printed and published."""
    return json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"


class _Book:
    """The schemas of records, each defined once and then referred to."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def whole(self, record: f.Record) -> Schema:
        """Return the schema of a map with declared fields."""
        schema: Schema = {
            "type": "object",
            "description": record.about,
            "properties": {field.name: self.field(field) for field in record.fields},
            "additionalProperties": False,
        }
        required = [field for field in record.fields if field.required]
        if required and record is not PROCESS:
            schema["required"] = [field.name for field in required]
            for field in required:
                if isinstance(field.kind, f.ListOf):
                    schema["properties"][field.name] |= {"minItems": 1}
        return schema | _DEMANDS.get(record.name, {})

    def field(self, field: f.Field) -> Schema:
        """Return the schema of a field, with its words and its example."""
        said = step_id() if field.kind == f.Name("step id") else self.kind(field.kind)
        example = _example(field)
        told = {"description": field.about, "examples": [example], **said}
        if _is_list_of_maps(example):
            told["defaultSnippets"] = [{"body": example}]
        return told

    def kind(self, kind: f.Kind) -> Schema:
        """Return the schema of a value."""
        if isinstance(kind, f.TimeRule):
            return self.refer("time expression", time_expression)
        if isinstance(kind, f.Log | f.ListOf):
            return one_or_list(self.event() if isinstance(kind, f.Log) else self.kind(kind.of))
        if isinstance(kind, f.Nested):
            return self.nested(kind.record)
        if isinstance(kind, f.MapOf):
            return _by_name(self.kind(kind.of))
        if isinstance(kind, f.NamedRecords):
            nothing = {"type": ["null", "string"], "pattern": r"^\s*$"}  # an id is enough
            return _by_name({"if": nothing, "else": self.nested(kind.record)})
        return single_value(kind)

    def nested(self, record: f.Record) -> Schema:
        """Return the reference to a record, or the short form of it."""
        said = self.refer(record.name, lambda: self.whole(record))
        if not record.short:
            return said
        short = next(field for field in record.fields if field.name == record.short)
        return {"if": {"type": "object"}, "then": said, "else": self.kind(short.kind)}

    def event(self) -> Schema:
        """Return the schema of an event: its word decides which fields it has."""
        told = [(kind.word, self.refer(f"event {kind.word}", self._of(kind))) for kind in KINDS]
        said = {"event": {"enum": [word for word, _ in told], "description": "What happened."}}
        known = {field.name: self._shared(field) for field in COMMON if field.name != "event"}
        event: Schema = {
            "type": "object",
            "required": [field.name for field in COMMON if field.required],
            "properties": known | said,
            "allOf": [
                {
                    "if": {"properties": {"event": {"const": word}}, "required": ["event"]},
                    "then": then,
                }
                for word, then in told
            ],
        }
        return self.refer("event", lambda: event)

    def _of(self, kind: Any) -> Any:
        def made() -> Schema:
            shared = {field.name: self._shared(field) for field in COMMON}
            shared["event"] = {"const": kind.word, "description": kind.about}
            return {
                "description": kind.about,
                "properties": shared | {one.name: self.field(one) for one in kind.fields},
                "required": [one.name for one in kind.fields if one.required],
                "additionalProperties": False,
            }

        return made

    def _shared(self, field: f.Field) -> Schema:
        return self.refer(f"event {field.name}", lambda: self.field(field))

    def refer(self, name: str, make: Any) -> Schema:
        """Return a reference to a definition, which is made the first time."""
        name = name.replace(" ", "-")
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = make()
        return {"$ref": f"#/definitions/{name}"}


def _by_name(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


def _example(field: f.Field) -> Any:
    """Return the example of a field as a value."""
    document = parse(Source("example.yaml", f"{field.name}: {field.example}\n".encode()))
    value = plain(document.root)[field.name] if document.root else field.example
    if isinstance(field.kind, f.Flag):
        return value == "true"
    return int(value) if isinstance(field.kind, f.Count) else value


def _is_list_of_maps(value: Any) -> bool:
    """Whether editors need the example told as a snippet: they write such a list wrongly."""
    return isinstance(value, list) and isinstance(value[0], dict)


_ONE_KIND_OF_WORK: Schema = {
    "oneOf": [{"required": [work]} for work in ("do", "approve", "mark")],
}
_LISTED = {"properties": {"handoff": {"required": ["must_include"]}}, "required": ["handoff"]}
_DEMANDS: dict[str, Schema] = {
    RUN.name: {"if": {"not": {"required": ["process"]}}, "then": {"required": ["title"]}},
    RUN_STEP.name: _ONE_KIND_OF_WORK,
    PROCESS_STEP.name: {
        **_ONE_KIND_OF_WORK,
        "allOf": [
            {"if": {"required": ["mark"]}, "then": {"required": ["due"]}},
            {
                "if": {"required": ["do"]},
                "then": {
                    "required": ["due"],
                    "if": {"not": _LISTED},
                    "then": {"required": ["done_when"]},
                },
            },
        ],
    },
}
"""What a record has to say beyond its required fields, by its name."""


def _demands_of_process() -> Schema:
    """Return what a process has to say: a variant less, and each step its `who` if nothing else."""
    required = [field.name for field in PROCESS.fields if field.required]
    each = {"if": {"required": ["do"]}, "then": {"required": ["who"]}}
    return {
        "if": {"required": ["based_on"]},
        "then": {"required": ["title", "owner", "reason"]},
        "else": {"required": required, "properties": {"steps": {"minItems": 1}}},
        "allOf": [
            {
                "if": {"not": {"required": ["who"]}},
                "then": {"properties": {"steps": {"items": each}}},
            }
        ],
    }

"""The JSON Schema says of a file what the loader says, as far as a schema can."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from nextstep.files.json_schema import KINDS_OF_FILE, json_schema

TOP = Path(__file__).parents[2]
EXAMPLES = sorted([*TOP.glob("processes/**/*.yaml"), *TOP.glob("commitments/**/*.yaml")])


def plain(text: str) -> object:
    """Read a file as an editor does, but with every scalar as text except true and false."""
    values = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes nothing but texts
    return _flags(values)


def _flags(value: object) -> object:
    if isinstance(value, dict):
        return {key: _flags(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_flags(part) for part in value]
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_each_schema_is_one_of_draft_7_and_is_plain_json(kind: str) -> None:
    schema = json_schema(kind)
    Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_file_fits_its_schema(path: Path) -> None:
    values = plain(path.read_text("utf-8"))
    assert isinstance(values, dict)
    kind = "process" if "processes" in path.parts else "run" if "steps" in values else "commitment"
    errors = list(Draft7Validator(json_schema(kind)).iter_errors(values))
    assert [error.message for error in errors] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("commitment", "whta: Send it\n"),
        ("commitment", "who: dev\n"),
        ("run", "title: Move\n"),
        ("process", "title: Offer\nstate: running\n"),
        ("settings", "peeple: {}\n"),
        ("commitment", "what: Send it\nlog: [{at: 2026-11-12T15:10Z, by: dev, event: agred}]\n"),
    ],
)
def test_a_schema_refuses_what_the_loader_refuses(kind: str, text: str) -> None:
    assert list(Draft7Validator(json_schema(kind)).iter_errors(plain(text)))

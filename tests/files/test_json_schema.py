"""The JSON Schema says of a file what the loader says, as far as a schema can."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from nextstep.dates.expressions import _SHAPE_KEYS
from nextstep.files.json_schema import KINDS_OF_FILE, json_schema
from nextstep.files.json_schema_values import time_expression
from nextstep.files.load import load
from nextstep.model.source import Source
from nextstep.rules.catalogue import ALL_RULES

TOP = Path(__file__).parents[2]
FUZZ_EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "25"))
VALIDATORS = {kind: Draft7Validator(json_schema(kind)) for kind in KINDS_OF_FILE}

# What only the loader can see of the families NS1 and NS301 to NS309.
UNSEEN = {
    "NS113": "an id used twice",
    "NS114": "a ledger for another version",
    "NS115": "a time zone that is none",
    "NS301": "a day that no month has",
    "NS305": "the grammar of time expressions",
    "NS306": "the grammar of conditions",
    "NS307": "the grammar of recurrence",
    "NS308": "hours that are counted from a day",
}


def read(text: str) -> Any:
    """Read a file as an editor does: YAML 1.2, with days as texts."""
    yaml = YAML(typ="safe", pure=True)
    tag = "tag:yaml.org,2002:timestamp"
    yaml.constructor.add_constructor(tag, type(yaml.constructor).construct_yaml_str)
    return json.loads(json.dumps(yaml.load(text)))


def kind_of(path: str, values: Any) -> str:
    if path.startswith("processes/"):
        return "process"
    if path == "nextstep.yaml":
        return "settings"
    return "run" if "steps" in values else "commitment"


def errors(path: str, text: str) -> list[str]:
    values = read(text)
    return [error.message for error in VALIDATORS[kind_of(path, values)].iter_errors(values)]


def own_files() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file that the project keeps as an example or for a test."""
    for top in (
        TOP,
        TOP / "tests" / "ledgers" / "desk",
        *(TOP / "tests" / "acceptance").glob("A*"),
    ):
        for place in ("nextstep.yaml", "processes/**/*.yaml", "commitments/**/*.yaml"):
            for path in sorted(top.glob(place)):
                yield path.relative_to(top).as_posix(), path.read_text("utf-8")


def rule_files() -> Iterator[tuple[str, str]]:
    """Yield path and text of every file in the good and bad examples of the rules."""
    for rule in ALL_RULES:
        for example in (rule.good, rule.bad):
            for path, text in example.files.items():
                if path.endswith(".yaml") and isinstance(text, str):
                    yield path, text


FILES = [*own_files(), *rule_files()]
CLEAN = [(path, text) for path, text in FILES if not load(Source(path, text.encode())).findings]


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_each_schema_is_one_of_draft_7_and_is_plain_json(kind: str) -> None:
    schema = json_schema(kind)
    Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_every_field_has_words_and_an_example_that_fits_it(kind: str) -> None:
    schema = json_schema(kind)
    told = 0
    for place in (schema, *schema["definitions"].values()):
        for name, field in place.get("properties", {}).items():
            if "$ref" in field and len(field) == 1:
                continue
            assert field["description"].endswith("."), name
            for example in field.get("examples", ()):
                one = Draft7Validator({**field, "definitions": schema["definitions"]})
                assert [error.message for error in one.iter_errors(example)] == [], name
                told += 1
    assert told > 10


def test_whatever_loads_without_a_finding_fits_its_schema() -> None:
    assert len(CLEAN) > 200
    refused = {(path, text): said for path, text in CLEAN if (said := errors(path, text))}
    assert refused == {}


@pytest.mark.parametrize(
    "rule",
    [rule for rule in ALL_RULES if rule.code.startswith("NS1") or "NS301" <= rule.code <= "NS309"],
    ids=lambda rule: rule.code,
)
def test_what_the_loader_refuses_is_refused_but_for_what_no_schema_can_say(rule: Any) -> None:
    refused = [
        said
        for path, text in rule.bad.files.items()
        if path.endswith(".yaml") and (said := errors(path, text))
    ]
    assert bool(refused) is (rule.code not in UNSEEN), UNSEEN.get(rule.code)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("commitments/a.yaml", "whta: Send it\n"),
        ("commitments/a.yaml", "what: Send it\ndue:\n"),
        ("commitments/a.yaml", 'what: " "\n'),
        ("commitments/a.yaml", "what: Send it\nwho: [dev, mia]\n"),
        ("commitments/a.yaml", "what: Send it\nlog: agreed\n"),
        ("commitments/a.yaml", "what: a\nlog: [{at: 2026-11-12T15:10Z, by: dev, event: agred}]\n"),
        ("commitments/a.yaml", "what: a\nlog: [{at: 2026-11-12T15:10Z, by: dev, event: moved}]\n"),
        ("commitments/a.yaml", "steps: [{id: a, do: b}]\n"),
        ("commitments/a.yaml", "title: Move\nsteps: []\n"),
        ("commitments/a.yaml", "title: Move\nsteps: [{id: a}]\n"),
        ("commitments/a.yaml", "title: Move\nsteps: [{id: A b, do: x}]\n"),
        ("processes/a.yaml", "title: Offer\nowner: ana\nbased_on: b\n"),
        ("processes/a.yaml", "title: a\nowner: b\ncustomer: c\nprovides: d\nsteps: []\n"),
        ("nextstep.yaml", "roles: {legal: lou}\n"),
        ("nextstep.yaml", "calendar: {workweek: [mon, caturday]}\n"),
    ],
)
def test_a_schema_refuses_what_the_loader_refuses(path: str, text: str) -> None:
    assert load(Source(path, text.encode())).findings
    assert errors(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("commitments/a.yaml", "what: 12\nwho: 7\nwith: lena\nlog: []\n"),
        ("commitments/a.yaml", "what: >\n  Send\n  it\noutcome: |\n  one\n\n  two\n\n"),
        ("commitments/a.yaml", "what: yes\noutcome: no\ndue: asap\n"),
        (
            "commitments/a.yaml",
            "what: a\nlog: {at: 2026-11-12T15:10:02.5+01:00, by: d, event: done}\n",
        ),
        (
            "commitments/a.yaml",
            "title: a\nsteps: {id: 1, do: x, due: none, blind: 'true', need: '2'}\n",
        ),
        (
            "commitments/a.yaml",
            "title: a\nsteps: {id: 1, do: x, on_return: {to: a, max_rounds: 03}}\n",
        ),
        ("processes/a.yaml", "title: a\nowner: b\nbased_on: c\nreason: d\nstate: |\n  draft\n"),
        (
            "nextstep.yaml",
            "people: {ana: , bo: Bo Li}\ncalendar: {workweek: Monday, closed: 2026-12-25}\n",
        ),
        ("nextstep.yaml", "rules: {NS412: off}\ncoaching: {sales: How?}\n"),
    ],
)
def test_a_schema_takes_what_the_loader_takes(path: str, text: str) -> None:
    assert load(Source(path, text.encode())).findings == ()
    assert errors(path, text) == []


def test_the_map_of_a_time_expression_has_the_keys_that_the_reader_knows() -> None:
    assert tuple(time_expression()["then"]["properties"]) == _SHAPE_KEYS


VALUES = st.sampled_from(
    "~|''|'~'|true|'true'|3|03|1.5|0|2026-11-27|2026-11-27T17:00|2026-11-12T15:10Z|asap|none|3bd|"
    "0x1F|[]|[a]|[a, [b]]|{}|{a: b}|mon|[fri, Sat]|start|3bd after start|every friday|all|draft|"
    "off|x == 'y'|{by: start}|{by: start, grace: 1bd}|[{by: start}]|[{when: x == 1, by: start}]|"
    "{who: a}|{item: a, critical: true}|[{what: a, try: b}]|stop|{to: a, max_rounds: 2}|"
    '"\\t"|"a\\nb"|é|null'.split("|")
)


@given(data=st.data())
@settings(max_examples=FUZZ_EXAMPLES)
def test_no_file_that_loads_without_a_finding_is_refused(data: st.DataObject) -> None:
    """One value of a good file becomes another: where the loader takes it, the schema does."""
    path, text = data.draw(st.sampled_from(CLEAN))
    lines = text.splitlines()
    places = [number for number, line in enumerate(lines) if ": " in line and "#" not in line]
    if places:
        place = data.draw(st.sampled_from(places))
        key = lines[place].partition(": ")[0]
        if "{" in key:
            key, _, rest = lines[place].partition("{")
            name, _, rest = rest.partition(": ")
            _, comma, rest = rest.partition(", ")
            lines[place] = f"{key}{{{name}: {data.draw(VALUES)}{comma}{rest}"
        else:
            lines[place] = f"{key}: {data.draw(VALUES)}"
    changed = "\n".join(lines) + "\n"
    if not load(Source(path, changed.encode())).findings:
        assert errors(path, changed) == [], changed

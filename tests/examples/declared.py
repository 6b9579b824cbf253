"""Which of the declared fields stand in a file: the declarations and the nodes, walked together."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, SequenceNode

from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.event_fields import COMMON, KINDS
from nextstep.files.fields import Kind, ListOf, Log, MapOf, NamedRecords, Nested, Record
from nextstep.files.process_fields import PROCESS
from nextstep.files.run_fields import RUN
from nextstep.files.settings_fields import SETTINGS
from nextstep.files.syntax import parse
from nextstep.model.source import Source

Place = tuple[str, str]
"""The name of a record (or `event WORD`), and of one of its fields."""


def declared() -> set[Place]:
    """Return every field that a file may have."""
    places = {place for record in (SETTINGS, PROCESS, RUN, COMMITMENT) for place in _of(record)}
    places |= {("event", field.name) for field in COMMON}
    return places | {(f"event {kind.word}", field.name) for kind in KINDS for field in kind.fields}


def used(source: Source) -> set[Place]:
    """Return the declared fields that stand in one file."""
    root = parse(source).root
    if root is None:
        return set()
    keys = {key.value for key, _ in root.value}
    if source.path == "nextstep.yaml":
        record = SETTINGS
    elif source.path.startswith("processes/"):
        record = PROCESS
    else:
        record = COMMITMENT if "what" in keys else RUN
    return set(_in(record, root))


def _of(record: Record) -> Iterator[Place]:
    for field in record.fields:
        yield record.name, field.name
        inner = _inner(field.kind)
        if inner is not None:
            yield from _of(inner)


def _inner(kind: Kind) -> Record | None:
    if isinstance(kind, (Nested, NamedRecords)):
        return kind.record
    return _inner(kind.of) if isinstance(kind, (ListOf, MapOf)) else None


def _in(record: Record, node: Node) -> Iterator[Place]:
    if not isinstance(node, MappingNode):
        if record.short:
            yield record.name, record.short
        return
    kinds = {field.name: field.kind for field in record.fields}
    for key, value in node.value:
        if key.value in kinds:
            yield record.name, key.value
            yield from _below(kinds[key.value], value)


def _below(kind: Kind, node: Node) -> Iterator[Place]:
    if isinstance(kind, Log):
        for event in node.value:
            yield from _event(event)
    elif isinstance(kind, Nested):
        yield from _in(kind.record, node)
    elif isinstance(kind, NamedRecords):
        for _, value in node.value:
            yield from _in(kind.record, value)
    elif isinstance(kind, ListOf):
        for part in node.value if isinstance(node, SequenceNode) else [node]:
            yield from _below(kind.of, part)


def _event(node: Node) -> Iterator[Place]:
    common = {field.name for field in COMMON}
    word = next(value.value for key, value in node.value if key.value == "event")
    for key, _ in node.value:
        yield ("event" if key.value in common else f"event {word}"), key.value

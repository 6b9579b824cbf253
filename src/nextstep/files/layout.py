"""The published layout of a file: the order of its fields, and where a blank line stands.

The order is that of the declarations. A blank line, which no change touches, stands between fields
that different people change, so that git merges their changes by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from yaml.nodes import MappingNode, Node

from nextstep.files import fields as f
from nextstep.files.commitment_fields import COMMITMENT
from nextstep.repo.paths import SETTINGS

Keys: TypeAlias = Sequence[str | int]
_Declared: TypeAlias = f.Record | f.Kind | None

_BEGINNINGS: Mapping[str, frozenset[str]] = {
    "commitment": frozenset("who due partner log".split()),
    "process": frozenset("customer inputs steps roadblocks escalate based_on log".split()),
    "run": frozenset("owner inputs people because steps roadblocks escalate log".split()),
    "settings": frozenset("calendar people roles partner rules coaching".split()),
}
"""The fields above which a blank line stands, by the kind of file."""

_STEPS = "steps"


def record_of(path: str, root: MappingNode) -> f.Record:
    """Return the declaration of a file, by its folder and, for a run, its steps."""
    if path == SETTINGS:
        from nextstep.files.settings_fields import SETTINGS as FIELDS_OF_SETTINGS

        return FIELDS_OF_SETTINGS
    if path.startswith("processes/"):
        from nextstep.files.process_fields import PROCESS

        return PROCESS
    if any(key.value == _STEPS for key, _ in root.value):
        from nextstep.files.run_fields import RUN

        return RUN
    return COMMITMENT


def declared_at(record: f.Record, keys: Keys) -> _Declared:
    """Return what is declared for a place of a file; None where the names are free."""
    at: _Declared = record
    for key in keys:
        at = _inner(at, key)
    return at.record if isinstance(at, f.Nested) else at


def order_at(record: f.Record, keys: Keys) -> tuple[str, ...]:
    """Return the names of the fields at a place, in order; nothing where they are free."""
    at = declared_at(record, keys)
    return tuple(field.name for field in at.fields) if isinstance(at, f.Record) else ()


def group_of(record: f.Record, name: str) -> int:
    """Return the number of the group that a field is in: between groups stands a blank line.

    A map within a file is one group.
    """
    beginnings = _BEGINNINGS.get(record.name, frozenset())
    group = 0
    for field in record.fields:
        group += field.name in beginnings
        if field.name == name:
            return group
    return -1


def event_order(said: Mapping[str, object]) -> tuple[list[str], list[str]]:
    """Return the names of an event's fields in order: the facts, then the free text."""
    from nextstep.files.event_fields import COMMON, KINDS

    word = said.get("event")
    carried = next((kind.fields for kind in KINDS if kind.word == word), ())
    known = [field for field in (*COMMON, *carried) if field.name in said]
    prose = [field.name for field in known if isinstance(field.kind, f.Prose)]
    facts = [field.name for field in known if field.name not in prose]
    return facts + [name for name in said if name not in {*facts, *prose}], prose


def _inner(at: _Declared, key: str | int) -> _Declared:
    if isinstance(at, f.Nested):
        at = at.record
    if isinstance(at, f.Record):
        return next((field.kind for field in at.fields if field.name == key), None)
    if isinstance(at, f.NamedRecords):
        return at.record
    if isinstance(at, f.MapOf):
        return at.of
    if isinstance(at, f.ListOf):
        return at.of if isinstance(key, int) else _inner(at.of, key)
    return None


def child_of(node: Node, key: str | int) -> tuple[Node | None, Node] | None:
    """Return the key and the value of a map, or the entry of a list, if it is there."""
    if isinstance(node, MappingNode):
        return next((pair for pair in node.value if pair[0].value == key), None)
    listed = isinstance(node.value, list) and isinstance(key, int) and 0 <= key < len(node.value)
    return (None, node.value[key]) if listed else None

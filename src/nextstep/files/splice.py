"""Changes of a file: a field put, taken out, or added to, and not a byte beside it.

A change is first made to what the file says, then to its text. What the text then says is compared:
either it is the old plus the change, or the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct
from yaml.nodes import MappingNode

from nextstep.files import syntax_subset_rules as subset
from nextstep.files import syntax_text_rules as text_rules
from nextstep.files.splice_changes import appended, put, taken
from nextstep.files.splice_place import file_of
from nextstep.files.splice_scalars import Value, plain_value, written
from nextstep.files.splice_text import Edit, spliced
from nextstep.files.splice_tree import refusal, root_of, tree_of
from nextstep.files.syntax import parse
from nextstep.model.source import Source

Place: TypeAlias = tuple[str | int, ...]


class Put(Struct, frozen=True):
    """A field gets this value: the one that is there is replaced, a missing one added.

    ``keys`` lead to it from the top: ``("steps", 3, "due")``. Maps on the way that are missing are
    made. A bare text where a map belongs becomes one, with the text as the field it stands for.
    """

    keys: Place
    value: Value


class Take(Struct, frozen=True):
    """A field, or an entry of a list, goes with its lines; with its last entry, a list goes."""

    keys: Place


class Append(Struct, frozen=True):
    """A list gets one more entry, the last; one that is missing is made.

    In a ``log`` the value is an event: its fields are put in order and its free text in quotes.
    """

    keys: Place
    value: Value


_LIMITS = frozenset(
    rule.code
    for rule in (
        subset.DUPLICATE_KEY,
        subset.TOO_DEEP,
        text_rules.TOO_LARGE,
        text_rules.TOO_MANY_VALUES,
    )
)
"""What a change can make of a file without being at fault itself."""

Change: TypeAlias = Put | Take | Append

__all__ = [
    "Append",
    "Change",
    "Edit",
    "Place",
    "Put",
    "Take",
    "Value",
    "changed",
    "put_or_taken",
    "spliced",
]


def put_or_taken(keys: Place, value: Value | None) -> Put | Take:
    """Return the change that gives a field a value, or with None takes it out."""
    return Take(keys) if value is None else Put(keys, value)


def changed(source: Source, changes: Iterable[Change]) -> bytes:
    """Return the bytes of a file after these changes, made one after the other.

    All other bytes stay: line ends, comments, quotes, indentation, a byte order mark, a missing
    line end at the end. Raises NextstepError, which says what to write by hand, where the file
    cannot be read, or more than the change would have to be changed.
    """
    root: MappingNode | None = None
    for change in changes:
        source, root = _after(source, root or root_of(source), change)
    return source.data


def _after(source: Source, root: MappingNode, change: Change) -> tuple[Source, MappingNode]:
    """Return the file after a change, and its nodes."""
    file = file_of(source, root)
    if isinstance(change, Take):
        edits, expected = taken(file, change.keys)
        by_hand = f"take `{change.keys[-1]}` out of it by hand"
    else:
        value = plain_value(change.value)
        verb = put if isinstance(change, Put) else appended
        edits, expected = verb(file, change.keys, value)
        by_hand = f"write `{change.keys[-1]}: {written(value, flow=False)}` into it by hand"
    after = Source(source.path, spliced(source, edits))
    document = parse(after)
    for found in document.findings:
        if found.code in _LIMITS:
            raise refusal(source.path, found.message, found.hint)
    if document.root is None or tree_of(document.root) != expected:
        raise refusal(source.path, "more than the change would have to be changed", by_hand)
    return after, document.root

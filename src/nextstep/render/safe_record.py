"""The door to every renderer: a report in which all text is safe to show."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from nextstep.render.safe_text import safe_text

AnyStruct = TypeVar("AnyStruct", bound=Struct)


def safe_record(record: AnyStruct) -> AnyStruct:
    """Return a record with every text in it, at any depth, made safe to show on one line."""
    changes = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        safe = _safe(value)
        if safe is not value:
            changes[name] = safe
    return replace(record, **changes) if changes else record


def _safe(value: object) -> object:
    if isinstance(value, str):
        return value if isinstance(value, Enum) else safe_text(value)
    if isinstance(value, tuple):
        parts = tuple(map(_safe, value))
        unchanged = all(new is old for new, old in zip(parts, value, strict=True))
        return value if unchanged else parts
    if isinstance(value, Struct):
        return safe_record(value)
    return value

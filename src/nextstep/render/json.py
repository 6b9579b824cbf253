r"""Reports as JSON: one versioned object, sorted keys, nulls written out, ISO dates.

Text is what the file says. A character that acts or hides is written as ``\u....``, so that the
document can be printed; a program that reads it gets the character itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from nextstep.model.time import DueWord
from nextstep.render.safe_text import is_hidden
from nextstep.render.tsv import iso

_ASTRAL = 0x10000


def document(schema: str, content: Mapping[str, object]) -> str:
    """Return a JSON document that ends with a line break; ``schema`` is ``nextstep.due/1``."""
    return json_text({"schema": schema, **{name: plain(value) for name, value in content.items()}})


def json_text(value: object) -> str:
    """Return plain values as JSON with sorted keys, in which no character acts or hides."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    text = text.replace("##[", "#\\u0023[")  # a command to a build service
    return "".join(f"{_visible(line)}\n" for line in text.split("\n"))


def json_line(value: object) -> str:
    """Return plain values as JSON on one line, keys as they stand; no character acts or hides."""
    text = json.dumps(value, ensure_ascii=False)
    text = text.replace("##[", "#\\u0023[")
    return f"{_visible(text)}\n"


def plain(value: object) -> Any:
    """Return a record as mappings, lists, texts and numbers; field names without a trailing ``_``."""
    if isinstance(value, DueWord):
        return value.value
    if isinstance(value, date):
        return iso(value)
    if isinstance(value, Struct):
        return {name.rstrip("_"): plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value


def _visible(line: str) -> str:
    """Return a line of the document in which no character acts or hides."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(_escaped(char) if is_hidden(char) else char for char in line)


def _escaped(char: str) -> str:
    code = ord(char)
    if code < _ASTRAL:
        return f"\\u{code:04x}"
    code -= _ASTRAL
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"

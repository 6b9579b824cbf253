"""Values as they are written: the plainest way that reads back as the same text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

from yaml.nodes import ScalarNode

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.layout import event_order
from nextstep.files.nodes import is_given
from nextstep.files.syntax_parser import TAG
from nextstep.model.events import instant_text
from nextstep.model.source import Source

Value: TypeAlias = "str | bool | int | date | Sequence[Value] | Mapping[str, Value]"
Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

_SIGNS = frozenset("-?:,[]{}#&*!|>'\"%@`=<")
_ENDING_PLAIN = frozenset(",[]{}")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


class FreeText(str):
    """A text that is written in double quotes, however plain it is."""

    __slots__ = ()


def plain_value(value: Value) -> Plain:
    """Return a value as texts, lists and maps: what a reader of the file gets.

    A day is ``2026-11-27``, an instant with its zone is in UTC. Raises NextstepError for a text
    with a character that a file may not hold.
    """
    if isinstance(value, str):
        return _fit(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant_text(value) if value.tzinfo else value.isoformat(timespec="minutes")
    if isinstance(value, Mapping):
        return {_fit(name): plain_value(part) for name, part in value.items()}
    if isinstance(value, Sequence):
        return [plain_value(part) for part in value]
    return str(value)


def event_value(said: Plain) -> Plain:
    """Return an event with its fields in order, the free text last and in quotes."""
    if not isinstance(said, dict):
        return said
    facts, prose = event_order(said)
    quoted = {name: FreeText(said[name]) for name in prose if isinstance(said[name], str)}
    return {name: said[name] for name in [*facts, *prose]} | quoted


def written(value: Plain, *, flow: bool, like: str | None = None) -> str:
    """Return a value as it is written on one line; lists and maps in brackets.

    ``flow`` says that it stands within brackets; ``like`` is the quote that stands there now.
    """
    if isinstance(value, dict):
        pairs = (f"{_scalar(k, flow=True)}: {written(v, flow=True)}" for k, v in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(written(part, flow=True) for part in value)}]"
    return _scalar(value, flow=flow, like=like)


def written_key(name: str, *, flow: bool) -> str:
    """Return the name of a field as it is written before its colon."""
    return _scalar(name, flow=flow)


def as_block(text: str, indent: int) -> str | None:
    """Return the lines of a text for a block scalar, or None where it must be in quotes."""
    lines = text.split("\n")
    if len(lines) < 2 or not lines[-1].strip() or lines[0][:1] in {"", " ", "\t"}:  # noqa: PLR2004 - several lines
        return None
    return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)


def _scalar(text: str, *, flow: bool, like: str | None = None) -> str:
    if like == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    if like != '"' and not isinstance(text, FreeText) and _is_plain(text, flow=flow):
        return text
    return '"' + "".join(_ESCAPES.get(sign, sign) for sign in text) + '"'


def _is_plain(text: str, *, flow: bool) -> bool:
    """Return whether a text without quotes can mean nothing else."""
    return not (
        not is_given(ScalarNode(TAG, text))
        or text[0] in _SIGNS
        or text.startswith("...")
        or text.endswith(":")
        or text != text.strip()
        or "\n" in text
        or "\t" in text
        or ": " in text
        or " #" in text
        or (flow and not _ENDING_PLAIN.isdisjoint(text))
    )


def _fit(text: str) -> str:
    """Return a text with line feeds alone; NextstepError for what no file may hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text
    from nextstep.files.syntax_characters import character_faults  # worth a tenth of a start

    for fault in character_faults(Source("", b""), text):
        raise NextstepError(fault.message, fault.hint)
    return text

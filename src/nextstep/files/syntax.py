"""From the bytes of a file to nodes with their places: the strict YAML that is accepted.

Nearly every file takes the short way: a few searches over the bytes show that nothing in it can
mean more than it says, the parser composes it, one walk finds it strict. Any doubt on the way, and
the file is read again by `syntax_faults`, slowly and with a word for everything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from msgspec import Struct
from yaml.error import YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.diagnostics.diagnostic import Diagnostic, Span
from nextstep.files.nodes import span_of
from nextstep.files.syntax_limits import is_strict
from nextstep.files.syntax_parser import compose
from nextstep.files.syntax_places import BYTE_ORDER_MARK, split_lines
from nextstep.model.source import Source

__all__ = ["Document", "line_text", "locate", "parse"]

# Deleting these leaves what may carry a meaning of its own, and what may not be there at all.
_ORDINARY = bytes(
    byte for byte in [10, *range(32, 127), *range(128, 256)] if byte not in b"[{#\\<>=|&*!?%"
)
# A file below these has fewer nodes than allowed, and too few levels for the composer's recursion.
_SMALL = 10_000
_FEW = 200
_DEEP = b"\n" + b" " * 60
# How the characters begin in UTF-8 that nobody sees although Unicode files them under letters,
# marks or signs: fillers, joiners, the braille blank, variation selectors.
_PRINTABLE_BUT_UNSEEN = (
    b"\xcd",
    b"\xe1",
    b"\xe2\xa0",
    b"\xe3\x85",
    b"\xef\xb8",
    b"\xef\xbe",
    b"\xf3",
)
_CONFLICTS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


class Document(Struct, frozen=True):
    """What a file says. ``root`` is None if, and only if, an error is among ``findings``."""

    root: MappingNode | None
    findings: tuple[Diagnostic, ...] = ()


def parse(source: Source) -> Document:
    """Return the nodes of a file, or what keeps it from being read. Never raises."""
    data = source.data
    if data.startswith(BYTE_ORDER_MARK):
        data = data[3:]
    if _is_harmless(data):
        try:
            root = compose(data)
        except YAMLError:
            pass  # read again below, where the error gets its words
        else:
            if root.__class__ is MappingNode and root.value and is_strict(root):
                return Document(root)
    from nextstep.files.syntax_faults import read_with_care

    return Document(*read_with_care(source))


def locate(source: Source, keys: Sequence[str | int], *, key: bool = False) -> Span | None:
    """Return the place of a value, or of its key, by the keys and indexes that lead to it.

    Where the way ends early, the place of the last thing on it. None if the file has no nodes.
    """
    node: Node | None = _root_of(source)
    if node is None:
        return None
    name: Node | None = None
    for step in keys:
        found = _child(node, step)
        if found is None:
            return span_of(node)
        name, node = found
    return span_of(name if key and name is not None else node)


def line_text(source: Source, line: int) -> str:
    """Return a line of a file, from 1, without its end; empty where there is no such line."""
    lines = _lines_of(source)
    return lines[line - 1] if 0 < line <= len(lines) else ""


@lru_cache(maxsize=8)
def _root_of(source: Source) -> MappingNode | None:
    return parse(source).root


@lru_cache(maxsize=8)
def _lines_of(source: Source) -> list[str]:
    return split_lines(source.data.removeprefix(BYTE_ORDER_MARK).decode(errors="replace"))


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if node.__class__ is MappingNode:
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(step, int) and node.__class__ is not ScalarNode and 0 <= step < len(node.value):
        return None, node.value[step]
    return None


def _is_harmless(data: bytes) -> bool:
    """Whether no byte of a file, and no length, asks for the careful reading."""
    if len(data) > _SMALL or data.count(b"- ") > _FEW or _DEEP in data or b"\n..." in data:
        return False
    if not data.isascii() and not _is_clean(data):
        return False
    left = data.translate(None, _ORDINARY)
    if not left.strip(b"[{"):
        return len(left) <= _FEW
    return len(left) <= _FEW and not _is_suspicious(data, left)


def _is_suspicious(data: bytes, left: bytes) -> bool:
    """Whether one of the special bytes that are left stands where it has its special meaning.

    In ``tier != 'gold'`` the sign stands within a text: what begins with a word is no tag.
    """
    return bool(
        left.translate(None, b"[{#<>=|&*!?%\r")
        or (b"\r" in left and not data.count(b"\r") == data.count(b"\n") == data.count(b"\r\n"))
        or (b"%" in left and (b"\n%" in data or data.startswith(b"%")))
        or (b"#" in left and b" #" in data and _pattern(rb" #[\w\x80-\xff]").search(data))
        or (
            (b"&" in left or b"*" in left or b"!" in left)
            and _pattern(rb"(?:[&*]|!(?!= )|(?<!\w )!)(?<![^\s\[\]{},:\"'?-].)").search(data)
        )
        or (b"?" in left and _pattern(rb"[\[{,]\s*\?\S").search(data))
        or any(marker in left for marker in _CONFLICTS)
    )


def _is_clean(data: bytes) -> bool:
    """Whether bytes beyond ASCII are text in which nothing is hidden."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    flat = text.replace("\r\n", "").replace("\n", "")
    if flat.isprintable() and not any(lead in data for lead in _PRINTABLE_BUT_UNSEEN):
        return True
    from nextstep.files.syntax_characters import FORBIDDEN

    return not FORBIDDEN.search(text)


@cache
def _pattern(text: bytes) -> re.Pattern[bytes]:
    return re.compile(text)

"""The short way for a field or an event alone, as they are usually written, and nothing else.

Whoever reads many versions of one file meets the same lines again and again, and a new one now and
then. What is taken here says the same wherever it stands; anything else, however right, is for the
whole file to explain.
"""

from __future__ import annotations

import re
import sys
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from msgspec import Struct
from yaml.error import Mark
from yaml.nodes import Node, ScalarNode, SequenceNode

from nextstep.dates.days import parse_instant
from nextstep.dates.problem import DateProblem
from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.event_fields import COMMON, KINDS
from nextstep.files.nodes import is_given
from nextstep.files.reading import Reading
from nextstep.files.records import table_of
from nextstep.files.scalars import Reader
from nextstep.files.syntax_parser import TAG
from nextstep.files.values import value_reader
from nextstep.model.events import Event

# Letters beyond ASCII are those of Latin scripts alone: nothing in them can be unseen.
_LATIN = rb"[\xc3-\xc5][\x80-\xbf]"
_WORDS = rb"(?:[A-Za-z0-9]|%s)(?:[ ./()'+_@$%%-]*+(?:[A-Za-z0-9./()'+_@$%%-]|:(?=[0-9])|%s)++)*+"
_IN_BRACKETS = _WORDS % (_LATIN, _LATIN)
_IN_A_LINE = _IN_BRACKETS.replace(b"./()", b",;./()")
_QUOTED = rb'"(?:[A-Za-z0-9 ,.;:()/' + rb"'" + rb'+_@$%%?!&-]++|%s)*+"' % _LATIN
_ITEM = rb"(?:%s|%s)" % (_QUOTED, _IN_BRACKETS)
_LIST = rb"\[%s(?:, %s)*+\]" % (_ITEM, _ITEM)

_FIELD = re.compile(rb"([a-z_]+): (%s|%s|%s)" % (_LIST, _QUOTED, _IN_A_LINE))
_PAIR = re.compile(rb"([a-z_]+)(: )(%s|%s|%s)(, |\}$)" % (_LIST, _QUOTED, _IN_BRACKETS))
_HEAD = re.compile(rb"\{at: ([0-9TZ:.-]+), by: ([a-z]+), event: ([a-z]+), ")
_HEAD_KEYS = frozenset({b"at", b"by", b"event"})
_ITEMS = re.compile(_ITEM)

_NOWHERE = Mark("", 0, 0, 0, None, 0)
_SHORT = len("2026-11-20T17:00:00.000Z")  # values that come again and again are no longer
_MOST_KEPT = 5_000


class _Value:
    """How one field of an event is read, and what was read of short values."""

    __slots__ = ("_known", "_read", "name")

    def __init__(self, name: str, read: Reader) -> None:
        self.name = name
        self._read = read
        self._known: dict[bytes, Any] = {}

    def of(self, text: bytes) -> Any:
        """Return the value that a text stands for; None where it has to be read with its file."""
        if text in self._known:
            return self._known[text]
        value = _read(self._read, text)
        if len(text) <= _SHORT:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            self._known[text] = value
        return value


class _Kind(Struct, frozen=True):
    """One kind of event: its fields by their names, and those that it cannot do without."""

    word: str
    fields: dict[bytes, _Value]
    required: frozenset[bytes]


def field_in(line: bytes) -> tuple[str, Any] | None:
    """Return the name and the value of a commitment's field on a line of its own.

    None where the line has to be read with its file. The line is without its end.
    """
    match = _FIELD.fullmatch(line)
    entry = match and table_of(COMMITMENT).get(match[1].decode())
    if not match or not entry:
        return None
    value = _read(entry[2], match[2])
    return None if value is None else (entry[0].name, value)


def event_in(text: bytes, index: int) -> Event | None:
    """Return the event of a log, whose place in it is ``index``; ``text`` stands after its dash.

    None where it has to be read with its file. The text is without the end of its last line.
    """
    head = _HEAD.match(text)
    if head is not None:  # as the tool writes them: nothing more is asked of these three
        at, by, word = head.groups()
        given = _in_braces(text[head.end() - 1 :])
        if given is None or not _HEAD_KEYS.isdisjoint(given):
            return None
    else:
        given = _in_braces(text) if text.startswith(b"{") else _line_by_line(text)
        if given is None:
            return None
        at, by, word = (given.pop(key, b"") for key in (b"at", b"by", b"event"))
    kind = _kinds().get(word)
    if kind is None or not kind.required <= given.keys() or not (at and by):
        return None
    person = _person(by)
    values: dict[str, Any] = {}
    for key, said in given.items():
        field = kind.fields.get(key)
        value = None if field is None else field.of(said)
        if field is None or value is None:
            return None
        values[field.name] = value
    if values.get("duty") is False:
        del values["duty"]
    step = values.pop("step", None)
    try:
        instant = parse_instant(at.decode())
    except DateProblem:
        return None
    return None if person is None else Event(instant, person, kind.word, step, values, index)


def _in_braces(text: bytes) -> dict[bytes, bytes] | None:
    """Return the fields of an event in braces; it may go on in a second line after a comma."""
    if b"\n" in text:
        if b",\n      " in text:
            return None  # inside of quotes a longer space is one as well
        text = text.replace(b",\n     ", b", ")
    found = _PAIR.findall(text)
    if b"".join(chain.from_iterable(found)) != text[1:]:
        return None  # something lies between them
    given = {key: value for key, _, value, _ in found}
    return given if len(given) == len(found) else None


def _line_by_line(text: bytes) -> dict[bytes, bytes] | None:
    """Return the fields of an event that has a line for each."""
    lines = text.split(b"\n    ")
    given = {match[1]: match[2] for line in lines if (match := _FIELD.fullmatch(line))}
    return given if len(given) == len(lines) else None


@cache
def _kinds() -> dict[bytes, _Kind]:
    """Return the kinds of events by their words."""
    return {
        kind.word.encode(): _Kind(
            word=sys.intern(kind.word),
            fields={
                field.name.encode(): _Value(field.name, value_reader(field.kind))
                for field in (*COMMON, *kind.fields)
            },
            required=frozenset(field.name.encode() for field in kind.fields if field.required),
        )
        for kind in KINDS
    }


@lru_cache(maxsize=_MOST_KEPT)
def _person(text: bytes) -> str | None:
    """Return who acted."""
    node = _node(text)
    return sys.intern(node.value) if isinstance(node, ScalarNode) and is_given(node) else None


def _read(read: Reader, text: bytes) -> Any:
    """Return what a reader makes of a value, None where it is not given or something is found."""
    node = _node(text)
    if not is_given(node):
        return None
    reading = Reading("")
    value = read(node, reading)
    return None if reading.findings else value


def _node(text: bytes) -> Node:
    if text.startswith(b"["):
        return SequenceNode(TAG, list(map(_scalar, _ITEMS.findall(text))), _NOWHERE, _NOWHERE)
    return _scalar(text)


def _scalar(text: bytes) -> ScalarNode:
    value = text.decode()
    if text.startswith(b'"'):
        return ScalarNode(TAG, value[1:-1], _NOWHERE, _NOWHERE, '"')
    return ScalarNode(TAG, value, _NOWHERE, _NOWHERE, "")

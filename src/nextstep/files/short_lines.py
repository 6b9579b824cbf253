"""The short way for a field or an event alone, as they are usually written, and nothing else.

Whoever reads many versions of one file meets the same lines again and again, and a new one now and
then. What is taken here says the same wherever it stands; anything else, however right, is for the
whole file to explain.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from yaml.error import Mark
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.files.commitment_fields import COMMITMENT
from nextstep.files.events import read_event
from nextstep.files.reading import Reading
from nextstep.files.scalars import is_given
from nextstep.files.syntax_parser import TAG
from nextstep.files.values import table_of
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
_PAIR = re.compile(rb"([a-z_]+): (%s|%s|%s)(, |\}$)" % (_LIST, _QUOTED, _IN_BRACKETS))
_ITEMS = re.compile(_ITEM)

_Pairs: TypeAlias = list[tuple[ScalarNode, Node]]
_NOWHERE = Mark("", 0, 0, 0, None, 0)


def field_in(line: bytes) -> tuple[str, Any] | None:
    """Return the name and the value of a commitment's field on a line of its own.

    None where the line has to be read with its file. The line is without its end.
    """
    match = _FIELD.fullmatch(line)
    entry = match and table_of(COMMITMENT).get(match[1].decode())
    if not match or not entry:
        return None
    node = _node(match[2])
    reading = Reading("")
    value = entry[2](node, reading) if is_given(node) else None
    return None if value is None or reading.findings else (entry[0].name, value)


def event_in(text: bytes, index: int) -> Event | None:
    """Return the event of a log, whose place in it is ``index``; ``text`` stands after its dash.

    None where it has to be read with its file. The text is without the end of its last line.
    """
    pairs = _in_braces(text) if text.startswith(b"{") else _line_by_line(text)
    if pairs is None:
        return None
    reading = Reading("")
    event = read_event(MappingNode(TAG, pairs, _NOWHERE, _NOWHERE), reading, index)
    return None if reading.findings else event


def _in_braces(text: bytes) -> _Pairs | None:
    """Return the fields of an event in braces; it may go on in a second line after a comma."""
    if b"\n" in text:
        text = text.replace(b",\n     ", b", ")
    found = _PAIR.findall(text)
    # Together they are the whole text, so nothing lies between them, and none comes twice.
    size = len(b"{") + sum(
        len(key) + len(b": ") + len(value) + len(end) for key, value, end in found
    )
    if size != len(text) or len({key for key, _, _ in found}) != len(found):
        return None
    return [(_scalar(key), _node(value)) for key, value, _ in found]


def _line_by_line(text: bytes) -> _Pairs | None:
    """Return the fields of an event that has a line for each."""
    found = [_FIELD.fullmatch(line) for line in text.split(b"\n    ")]
    matches = [match for match in found if match]
    if len(matches) < len(found) or len({match[1] for match in matches}) < len(found):
        return None
    return [(_scalar(match[1]), _node(match[2])) for match in matches]


def _node(text: bytes) -> Node:
    if text.startswith(b"["):
        return SequenceNode(TAG, list(map(_scalar, _ITEMS.findall(text))), _NOWHERE, _NOWHERE)
    return _scalar(text)


def _scalar(text: bytes) -> ScalarNode:
    value = text.decode()
    if text.startswith(b'"'):
        return ScalarNode(TAG, value[1:-1], _NOWHERE, _NOWHERE, '"')
    return ScalarNode(TAG, value, _NOWHERE, _NOWHERE, "")

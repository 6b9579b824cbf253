"""The parts of `nextstep.yaml` that tell of closed days, and pieces of its text to be replaced."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from msgspec import Struct
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from nextstep.diagnostics.errors import NextstepError

AS_BLOCK = "write `calendar:` as a block, with a line for each field, and try again"
"""What to do where the file is written in a way that would need more to be changed."""


class Closing(Struct, frozen=True, kw_only=True):
    """What is to stand in the calendar.

    ``days`` are the holidays with their names, ``place`` the fields of `holidays:` in order.
    ``former`` are days that an earlier list put there: those that are on the list no longer go.
    Every other day that is there stays: a person wrote it.
    """

    days: Mapping[date, str]
    place: Mapping[str, str]
    former: Collection[date] = ()


class Edit(Struct, frozen=True):
    """The characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


class CalendarFile(Struct, frozen=True, kw_only=True):
    """The parts of `nextstep.yaml` that matter, and what is to become of its days."""

    text: str
    root: MappingNode
    calendar: Node | None
    closed: Node | None
    holidays: Node | None
    items: tuple[Node, ...]
    missing: tuple[date, ...]
    dropped: frozenset[date]
    closing: Closing

    @property
    def end(self) -> str:
        """How its lines end."""
        return "\r\n" if "\r\n" in self.text else "\n"


def closed_lines(closing: Closing, indent: str, end: str) -> str:
    """Return the lines of `closed` with every day of the list."""
    days = (f"{indent}  - {commented(day, closing)}{end}" for day in sorted(closing.days))
    return f"{indent}closed:{end}{''.join(days)}"


def commented(day: date, closing: Closing) -> str:
    """Return a day as it stands in a list, with the name of the holiday."""
    name = closing.days[day]
    return f"{day}  # {name}" if name else str(day)


def braces(closing: Closing) -> str:
    """Return the place and the range as `holidays` holds them on one line."""
    return f"{{{', '.join(f'{name}: {value}' for name, value in closing.place.items())}}}"


def without_comment(file: CalendarFile, edit: Edit) -> Edit:
    """Return an edit. Raises NextstepError where it would take a comment out."""
    if "#" in file.text[edit.start : edit.end]:
        raise NextstepError("a comment stands where days have to go", AS_BLOCK)
    return edit


def inserted(offset: int, text: str) -> Edit:
    """Return an edit that puts a text at an offset."""
    return Edit(offset, offset, text)


def below(file: CalendarFile, offset: int, lines: str) -> Edit:
    """Return an edit that puts whole lines below the one that an offset is in."""
    at = next_line(file, offset)
    ended = at > 0 and file.text[at - 1] in "\r\n"
    return inserted(at, lines if ended else f"{file.end}{lines.removesuffix(file.end)}")


def line_start(file: CalendarFile, offset: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return max(file.text.rfind("\n", 0, offset), file.text.rfind("\r", 0, offset)) + 1


def next_line(file: CalendarFile, offset: int) -> int:
    """Return the offset at which the line after that of an offset begins."""
    ends = (file.text.find(end, offset) for end in ("\n", "\r"))
    at = min((end for end in ends if end >= 0), default=-1)
    if at < 0:
        return len(file.text)
    return at + (2 if file.text.startswith("\r\n", at) else 1)


def last_leaf(node: Node, *, into_flow: bool = False) -> Node:
    """Return the last node of a block: where its text really ends."""
    while isinstance(node, CollectionNode) and node.value and (into_flow or not node.flow_style):
        last = node.value[-1]
        node, into_flow = (last[1] if isinstance(last, tuple) else last), False
    return node


def text_of(node: Node) -> str:
    """Return the words of a scalar; nothing for a list or a map."""
    return str(node.value) if isinstance(node, ScalarNode) else ""


def day_of(text: str) -> date | None:
    """Return the day that a text is, None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

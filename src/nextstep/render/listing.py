"""A listing in words: what a renderer lays out as text or Markdown. All text in it is safe."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Tone(StrEnum):
    """How pressing a row is; colour may add to it, the words say it already."""

    PLAIN = "plain"
    TODAY = "today"
    OVERDUE = "overdue"
    PAST = "past"


class Box(StrEnum):
    """A box to tick, as words for who cannot see it."""

    TICKED = "ticked"
    THERE = "there"
    MISSING = "missing"
    OPEN = "to tick"

    @property
    def is_ticked(self) -> bool:
        """Whether there is a mark in it."""
        return self in (Box.TICKED, Box.THERE)


class Item(Struct, frozen=True, kw_only=True):
    """One row: what to type, what it is, when, and what else there is to say.

    With a ``box`` it is a thing to tick. ``strong`` marks what one cannot do without; ``blank``
    tells that somebody writes behind it by hand.
    """

    handle: str
    title: str
    when: str = ""
    tone: Tone = Tone.PLAIN
    details: tuple[str, ...] = ()
    box: Box | None = None
    strong: bool = False
    blank: bool = False


class Block(Struct, frozen=True):
    """Rows under a heading; no heading where the whole listing is one block."""

    heading: str
    items: tuple[Item, ...]


class Remark(Struct, frozen=True):
    """A sentence, and the command that says more about it."""

    text: str
    command: str = ""


class Listing(Struct, frozen=True, kw_only=True):
    """What is shown, from top to bottom.

    ``head`` are the parts of the first line, ``origin`` says which ledger and commit were read.
    ``message`` stands where there is nothing to list; ``alarms`` are files that could not be read.
    """

    head: tuple[str, ...]
    origin: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    message: Remark | None = None
    alarms: tuple[Remark, ...] = ()
    foot: Remark | None = None


class Origin(Struct, frozen=True):
    """Where a report was read: the ledger's name and the commit, None outside of git.

    ``as_of`` is the revision or day that was typed, None for the ledger as it is.
    """

    ledger: str
    commit: str | None = None
    as_of: str | None = None

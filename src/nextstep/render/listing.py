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


class Item(Struct, frozen=True, kw_only=True):
    """One row: what to type, what it is, when, and what else there is to say."""

    handle: str
    title: str
    when: str = ""
    tone: Tone = Tone.PLAIN
    details: tuple[str, ...] = ()


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
    """Where a report was read: the ledger's name and the commit, None outside of git."""

    ledger: str
    commit: str | None = None

"""A page about one thing in words: what a renderer lays out as text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from nextstep.dates.words import day_words
from nextstep.render.listing import Box, Item, Origin, Remark, Tone
from nextstep.render.row_words import Speech
from nextstep.render.source_words import alarm, origin_words
from nextstep.reports.unread import Unread


class Part(Struct, frozen=True):
    """A block of a page. ``labels`` tells that what stands before its rows is not to be typed."""

    heading: str
    items: tuple[Item, ...]
    labels: bool = False


class Section(Struct, frozen=True, kw_only=True):
    """A part of a page that has a title of its own.

    ``kind`` says in a word what it is, ``place`` where it stands among others.
    """

    kind: str
    title: str
    place: str = ""
    lead: tuple[Item, ...] = ()
    blocks: tuple[Part, ...] = ()


class Page(Struct, frozen=True, kw_only=True):
    """What is shown, from top to bottom.

    ``head`` are the parts of the first line, ``title`` the name of the thing, ``lead`` the most
    urgent about it. After the ``blocks`` come ``sections`` and the blocks of the ``tail``, which
    concern them all. ``alarms`` are what is wrong with the files.
    """

    head: tuple[str, ...]
    origin: tuple[str, ...]
    title: str
    lead: tuple[Item, ...] = ()
    blocks: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    tail: tuple[Part, ...] = ()
    alarms: tuple[Remark, ...] = ()
    foot: Remark | None = None


class Reading(Struct, frozen=True, kw_only=True):
    """How a page is read: in which words, where it comes from, and what could not be read."""

    speech: Speech
    origin: Origin
    unread: tuple[Unread, ...] = ()

    def head(self, *parts: str) -> tuple[str, ...]:
        """Return the first line: the day, then what is shown."""
        return (day_words(self.speech.today, None), *filter(None, parts))

    @property
    def origin_words(self) -> tuple[str, ...]:
        """Which ledger was read, in which zone."""
        return origin_words(self.origin, self.speech.calendar.timezone)

    @property
    def alarms(self) -> tuple[Remark, ...]:
        """The files that could not be read."""
        return tuple(map(alarm, self.unread))


def fact(label: str, text: str | None, *, tone: Tone = Tone.PLAIN) -> Item | None:
    """Return a labelled line; None where there is nothing to say."""
    return Item(handle=label, title=text, tone=tone) if text else None


def line(text: str, *, tone: Tone = Tone.PLAIN) -> Item:
    """Return a line without a label."""
    return Item(handle="", title=text, tone=tone)


def tick(box: Box, text: str, *, details: Iterable[str] = (), strong: bool = False) -> Item:
    """Return a thing to tick off; one that is missing is pressing."""
    return Item(
        handle="[x]" if box.is_ticked else "[ ]",
        title=text,
        tone=Tone.OVERDUE if box is Box.MISSING else Tone.PLAIN,
        details=tuple(details),
        box=box,
        strong=strong,
    )


def block(heading: str, items: Iterable[Item | None]) -> Iterator[Part]:
    """Yield a block of the rows that are there; nothing where none is."""
    there = tuple(item for item in items if item is not None)
    if there:
        yield Part(heading, there)


def facts(heading: str, items: Iterable[Item | None]) -> Iterator[Part]:
    """Yield a block of labelled lines; nothing where none is there."""
    there = tuple(item for item in items if item is not None)
    if there:
        yield Part(heading, there, labels=True)

"""What `nextstep init --example` made, and how to look at it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from nextstep.dates.words import day_words
from nextstep.render.commands import quoted
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, facts, line


class Told(Struct, frozen=True, kw_only=True):
    """How much history there is: ``first`` and ``last`` are the days of the outermost commits."""

    commits: int
    merges: int
    people: int
    first: date
    last: date


class Planted(Struct, frozen=True, kw_only=True):
    """What was made. ``shown`` is the folder as seen from where we are; ``today`` the story's day.

    ``reader`` is the name and address by which the example speaks to somebody. ``told`` is None
    without a history, and ``git_trouble`` then says why. ``around`` is a repository around it, and
    ``elsewhere`` the folder that NEXTSTEP_DIR names.
    """

    root: str
    shown: str
    today: date
    processes: int
    commitments: int
    runs: int
    reader: tuple[str, str]
    told: Told | None
    git_trouble: str
    around: str | None
    elsewhere: str | None


def example_page(planted: Planted) -> Page:
    """Return the page about what was made."""
    return Page(
        head=(day_words(planted.today, None), "init"),
        origin=(planted.root,),
        title="The example is there",
        lead=tuple(_lead(planted)),
        blocks=tuple(facts("LOOK AT IT", _ways(planted))),
        foot=None
        if planted.shown == "."
        else Remark("All of it in that folder:", _way_into(planted.shown)),
    )


def _way_into(folder: str) -> str:
    """Return what to type; a name that begins with `-` is no option of `cd`."""
    return f"cd -- {quoted(folder)}" if folder.startswith("-") else f"cd {quoted(folder)}"


def _lead(planted: Planted) -> Iterator[Item]:
    yield line(
        f"acme, an invented company of ten, as of {day_words(planted.today, None)}: "
        f"{planted.processes} processes, {planted.commitments} commitments and "
        f"{planted.runs} runs."
    )
    told = planted.told
    if told is not None:
        name, address = planted.reader
        yield line(
            f"Its history is as invented: {told.commits} commits and {told.merges} merges by "
            f"{told.people} people, from {day_words(told.first, told.last)} to "
            f"{day_words(told.last, None)}."
        )
        yield line(
            f"There you are {name}: this repository alone has user.email = {address}, so that "
            "reports speak to you. Change it to see with the eyes of another."
        )
    elif planted.git_trouble:
        yield line(
            f"It has no history: {planted.git_trouble}. Reports speak to everybody.",
            tone=Tone.TODAY,
        )
    else:
        yield line("It has no history, as asked. Reports speak to everybody.")
    yield from _warnings(planted)


def _warnings(planted: Planted) -> Iterator[Item]:
    if planted.around is not None:
        yield line(
            f"It is a repository of its own inside the one in {planted.around}.", tone=Tone.TODAY
        )
    if planted.elsewhere:
        yield line(
            f"NEXTSTEP_DIR is set: commands read the ledger in {planted.elsewhere}, not this one.",
            tone=Tone.TODAY,
        )


def _ways(planted: Planted) -> Iterator[Item]:
    today = f"--today {planted.today}"
    yield Item(handle="what is due", title=f"nextstep due {today}")
    yield Item(handle="a run", title=f"nextstep show v7qa {today}")
    yield Item(handle="a process", title=f"nextstep show complaint {today}")
    yield Item(handle="what is wrong", title=f"nextstep check {today}")
    if planted.told is not None:
        yield Item(handle="what happened", title="git log --graph --oneline")

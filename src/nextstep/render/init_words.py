"""What `nextstep init` did, and what to type next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from nextstep.dates.words import day_words
from nextstep.files.closed_days import Closed, Closing
from nextstep.files.editor_schemas import SCHEMA_FOLDER
from nextstep.files.new_ledger import Newcomer
from nextstep.render.commands import quoted
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, facts, line
from nextstep.repo.paths import SETTINGS

PROCESSES = "processes"
"""The folder that git cannot hold before there is a file in it."""


class Begun(Struct, frozen=True, kw_only=True):
    """What was done. ``here``: in the folder that we are in. ``repository`` is ``new``, ``there`` or ``none``.

    ``shadows`` is a ledger further up that commands in this folder read before; ``elsewhere`` the
    folder that NEXTSTEP_DIR names.
    """

    root: str
    here: bool
    today: date
    written: tuple[str, ...]
    kept: tuple[str, ...]
    zone: str
    person: Newcomer | None
    repository: str
    git_trouble: str
    closing: Closing | None
    closed: Closed | None
    shadows: str | None
    elsewhere: str | None


def init_page(begun: Begun) -> Page:
    """Return the page about what was done."""
    title = "The ledger begins" if begun.written else "The ledger is there already"
    if not begun.written and begun.closed is not None:
        changed = begun.closed.added or begun.closed.dropped
        title = "The closed days are written" if changed else "The closed days are there already"
    return Page(
        head=(day_words(begun.today, None), "init"),
        origin=(begun.root,),
        title=title,
        lead=tuple(_remarks(begun)),
        blocks=tuple(_blocks(begun)),
        foot=_foot(begun),
    )


def _remarks(begun: Begun) -> Iterator[Item]:
    if begun.repository == "new":
        yield line("A git repository was made around it.")
    if begun.git_trouble:
        yield line(f"There is no git repository: {begun.git_trouble}", tone=Tone.TODAY)
    if begun.repository != "none" and begun.person is None and SETTINGS in begun.written:
        yield line("Git does not know who you are. Tell it before the first commit:")
        yield line('git config --global user.name "Your Name"')
        yield line("git config --global user.email you@example.org")
        yield line("Then, before anybody else is named, name yourself: below `people` in")
        yield line("nextstep.yaml, and as `who` of what is yours.")
    if begun.shadows and begun.written:
        yield line(f"Commands in this folder read this ledger now, and not {begun.shadows}.")
    if begun.elsewhere:
        yield line(
            f"NEXTSTEP_DIR is set: commands read the ledger in {begun.elsewhere}, not this one.",
            tone=Tone.TODAY,
        )


def _blocks(begun: Begun) -> Iterator[Part]:
    files = [Item(handle="new", title=path, details=_about(path, begun)) for path in begun.written]
    files += [Item(handle="as it was", title=path) for path in _untouched(begun)]
    yield from facts("FILES", files)
    if begun.closing is not None and begun.closed is not None:
        yield from facts("CLOSED DAYS", _days(begun.closing, begun.closed))
    yield from facts("NOTHING IS COMMITTED YET. NEXT:", _next(begun))


def _untouched(begun: Begun) -> Iterator[str]:
    changed = begun.closed is not None and bool(begun.closed.added or begun.closed.dropped)
    yield from (path for path in begun.kept if path != SETTINGS or not changed)


def _about(path: str, begun: Begun) -> tuple[str, ...]:
    if path == SETTINGS:
        person = begun.person
        named = f"you are {person.id} ({person.email})" if person else "nobody is named"
        return (f"days begin and end in {begun.zone}", named)
    if path.startswith(SCHEMA_FOLDER):
        return ("by which an editor completes and explains the fields",)
    if path.endswith("/"):
        return ("for what is done again and again",)
    return ("one commitment, to change or delete",)


def _days(closing: Closing, closed: Closed) -> Iterator[Item]:
    place = closing.place
    code = "-".join(filter(None, (place["country"], place.get("subdivision"))))
    first, last = (date.fromisoformat(place[name]) for name in ("from", "to"))
    span = f"{day_words(first, None)} to {day_words(last, None)}"
    yield Item(handle="range", title=f"the public holidays of {code}, {span}")
    yield from _by_year("new", ((day, closing.days[day]) for day in closed.added))
    yield from _by_year("gone", ((day, "") for day in closed.dropped))
    there = len(closing.days) - len(closed.added)
    if there:
        yield Item(handle="as it was", title=f"{there} that were written already")
    for text in closed.own:
        yield Item(handle="kept", title=f"{text}, which is not on that list: a person wrote it")


def _by_year(label: str, days: Iterable[tuple[date, str]]) -> Iterator[Item]:
    """Yield a line for each year, with its days and their names."""
    years: dict[int, list[str]] = {}
    for day, name in days:
        words = f"{day_words(day, day)} {name}" if name else day_words(day, day)
        years.setdefault(day.year, []).append(words)
    for year, words_ in years.items():
        yield Item(handle=f"{label} {year}", title=", ".join(words_))


def _foot(begun: Begun) -> Remark | None:
    if _is_to_commit(begun):
        return None
    return Remark("See what is due:", f"nextstep{_aside(begun)} due")


def _next(begun: Begun) -> Iterator[Item]:
    """Yield what to type now, each command on a line of its own, to be copied as it is."""
    if not _is_to_commit(begun):
        return
    folder = _aside(begun)
    holding = [path for path in begun.written if path != f"{PROCESSES}/"]
    paths = " ".join(dict.fromkeys(path.partition("/")[0] for path in holding))
    yield line(f"git{folder} add {paths} && git{folder} commit -m Begin")
    yield line(f"nextstep{folder} due")


def _is_to_commit(begun: Begun) -> bool:
    return begun.repository != "none" and bool(begun.written)


def _aside(begun: Begun) -> str:
    """Return what names the folder where we are in another one."""
    return "" if begun.here else f" -C {quoted(begun.root)}"

"""How a ledger begins: its folder, its settings, its first promise, its closed days."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from nextstep.changes.new_record import new_id, path_of
from nextstep.cli import invocation
from nextstep.cli.machine_zone import machine_zone
from nextstep.cli.own_name import self_at
from nextstep.cli.session import decide_now, working_folder
from nextstep.dates.workdays import add_working_days
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.closed_days import Closed, Closing, close_days, stated_place
from nextstep.files.disk import read_tree
from nextstep.files.editor_schemas import SCHEMA_FOLDER, modeline, write_schemas
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.new_ledger import Newcomer, commitment_text, settings_text
from nextstep.files.writing import create, make_folder, replace
from nextstep.model.source import Source
from nextstep.render.init_words import PROCESSES, Begun
from nextstep.repo.paths import SETTINGS
from nextstep.repo.place import find_ledger, place_of
from nextstep.repo.writing_git import run_write

_FIRST = "first promise"
_YEARS_AHEAD = 2


class _Start(Struct, frozen=True):
    """Where and when a ledger is begun: its folder, its zone, today, and who begins it.

    ``schemas`` says whether new files name a schema, which is then written too.
    """

    root: str
    zone: str
    today: date
    person: Newcomer | None
    schemas: bool

    def text(self, path: str, kind: str, text: str) -> bytes:
        """Return what a new file holds."""
        return f"{modeline(path, kind) if self.schemas else ''}{text}".encode()


def begin_ledger(
    directory: str | None,
    *,
    holidays: str | None,
    no_git: bool,
    no_schema: bool,
    today: str | None,
) -> Begun:
    """Write what a ledger lacks, and return what was written, kept and left for people to do.

    With ``no_schema`` the files come without the schemas by which an editor completes them.

    Raises NextstepError where no ledger can be, or the place of the holidays is unknown.
    """
    root = _root(directory)
    zone = machine_zone(os.environ).removeprefix("Etc/")
    now = decide_now(today or os.environ.get("NEXTSTEP_TODAY"), zone)
    plan = None if holidays is None else _holidays(holidays, root, now.today)
    _make_root(root)
    repository, git_trouble = _repository(root, no_git=no_git)
    start = _Start(root, zone, now.today, self_at(place_of(root)), schemas=not no_schema)
    written, kept, closed = _write(start, plan)
    return Begun(
        root=root,
        here=root == os.path.realpath(working_folder()),
        today=now.today,
        written=written,
        kept=kept,
        zone=zone,
        person=start.person,
        repository=repository,
        git_trouble=git_trouble,
        closing=plan,
        closed=closed,
        shadows=_above(root),
        elsewhere=os.environ.get("NEXTSTEP_DIR"),
    )


def _root(directory: str | None) -> str:
    """Return the folder of the ledger; NextstepError where none can be."""
    base = os.path.join(working_folder(), invocation.current().directory or "")
    root = os.path.realpath(os.path.join(base, directory or ""))
    if os.path.lexists(root) and not os.path.isdir(root):
        raise NextstepError(f"`{directory}` is not a folder", "name a folder, or leave it out")
    if ".git" in root.split(os.sep) or _is_bare(root):
        raise NextstepError(f"{root} is inside a git repository's own files", "name another folder")
    if directory is None and not os.path.lexists(os.path.join(root, SETTINGS)):
        above = _above(root)
        if above is not None:
            raise NextstepError(
                f"this folder belongs to the ledger in {above}",
                "use that one, or name a folder for another: nextstep init DIR",
            )
    return root


def _is_bare(root: str) -> bool:
    return all(os.path.exists(os.path.join(root, name)) for name in ("HEAD", "objects", "refs"))


def _above(root: str) -> str | None:
    """Return the ledger that commands in this folder would read if it had none of its own."""
    try:
        place = find_ledger(os.path.dirname(root), environ={})
    except NextstepError:
        return None
    inside = place_of(os.path.dirname(root)).toplevel == place_of(root).toplevel
    return place.root if inside else None


def _make_root(root: str) -> None:
    try:
        os.makedirs(root, exist_ok=True)
    except OSError as error:
        message = f"the folder {root} cannot be made: {error.strerror}"
        raise NextstepError(message, "name a folder that you may write to") from None


def _repository(root: str, *, no_git: bool) -> tuple[str, str]:
    """Make a repository where there is none; return what there is now, and what went wrong."""
    if place_of(root).toplevel is not None:
        return "there", ""
    if no_git:
        return "none", ""
    try:
        run_write(root, ["init", "--quiet"], os.environ)
    except NextstepError as error:
        return "none", error.message
    return "new", ""


def _write(
    start: _Start, plan: Closing | None
) -> tuple[tuple[str, ...], tuple[str, ...], Closed | None]:
    """Write what is missing; return the paths that are new, those that were there, the days."""
    before = _ledger(start.root)
    settings = settings_text(start.zone, start.person, plan)
    settings_are_new = not os.path.lexists(os.path.join(start.root, SETTINGS))
    is_empty = not (before.commitments or before.runs or before.processes or before.faulty)
    written, kept, closed, schemas = [], [], None, []
    if start.schemas and (settings_are_new or is_empty):
        schemas = [path for path, what in write_schemas(start.root).items() if what == "new"]
    if create(start.root, SETTINGS, start.text(SETTINGS, "settings", settings)):
        written.append(SETTINGS)
        if plan is not None:
            closed = Closed(data=b"", added=tuple(sorted(plan.days)), dropped=(), own=())
    else:
        kept.append(SETTINGS)
        if plan is not None:
            closed = _close(start.root, plan)
    if is_empty:
        path = path_of(new_id(_FIRST, ()), start.today)
        due = add_working_days(start.today, 1, before.calendar)
        person = start.person if SETTINGS in written else None
        create(start.root, path, start.text(path, "commitment", commitment_text(person, due)))
        written.append(path)
        if make_folder(start.root, PROCESSES):
            written.append(f"{PROCESSES}/")
    if schemas:
        written.append(f"{SCHEMA_FOLDER}/")
    return tuple(written), tuple(kept), closed


def _ledger(root: str) -> Ledger:
    try:
        return load_ledger(read_tree(root), root=os.path.basename(root))
    except OSError as error:
        message = f"the folder {root} cannot be read: {error.strerror}"
        raise NextstepError(message, "name a folder that you may read") from None


def _close(root: str, plan: Closing) -> Closed:
    source = _settings(root)
    closed = close_days(source, plan)
    if closed.data != source.data:
        replace(root, SETTINGS, closed.data, before=source.data)
    return closed


def _settings(root: str) -> Source:
    """Return the settings as they are; NextstepError where they are no file that can be read."""
    found = next((one for one in read_tree(root).sources if one.path == SETTINGS), None)
    if found is None:
        raise NextstepError(f"{SETTINGS} is not a file that can be read", "put a plain file there")
    return found


def _holidays(code: str, root: str, today: date) -> Closing:
    """Return the days of a place: from the first year that was written before, else this one."""
    from nextstep.dates.public_holidays import public_holidays

    stated = stated_place(_settings(root)) if os.path.lexists(os.path.join(root, SETTINGS)) else {}
    first, last = date(today.year, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31)
    old = "-".join(filter(None, (stated.get("country"), stated.get("subdivision"))))
    old_first, old_last = _range(stated, first, last)
    if old.casefold() == code.casefold():
        first, last = min(first, old_first), max(last, old_last)
    found = public_holidays(code, first, last)
    place = {"country": found.country, "subdivision": found.subdivision}
    place |= {"from": str(first), "to": str(last)}
    return Closing(
        days=found.days,
        place={name: value for name, value in place.items() if value is not None},
        former=_former(old, old_first, old_last) if old else (),
    )


def _range(stated: Mapping[str, str], first: date, last: date) -> tuple[date, date]:
    try:
        return date.fromisoformat(stated["from"]), date.fromisoformat(stated["to"])
    except (KeyError, ValueError):
        return first, last


def _former(code: str, first: date, last: date) -> frozenset[date]:
    """Return the days that the place written in the file has; none for one that is not known."""
    from nextstep.dates.public_holidays import public_holidays

    try:
        return frozenset(public_holidays(code, first, last).days)
    except NextstepError:
        return frozenset()

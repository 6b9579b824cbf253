"""What a ledger has to offer on a command line, from a glance at its files.

A record that is read wrongly here costs nothing but a word that is not offered: commands read the
files in full, and say so.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from nextstep.files.disk import read_file, read_tree
from nextstep.model.source import Source
from nextstep.render.safe_text import safe_text
from nextstep.repo.paths import SETTINGS
from nextstep.repo.place import find_ledger, user_settings_folder
from nextstep.reports.handles import Names, plan_of

if TYPE_CHECKING:
    from nextstep.model.people import Settings

Offer: TypeAlias = tuple[str, str]

_FIELD = re.compile(
    rb"(?m)^(what|title|process|for|who|due|part_of):[ \t]+(?:[>|][^\n]*\n+[ \t]+)?(\S.*?)\r?$"
)
_ENDS = re.compile(rb"\bevent: *[\"']?(closed|reopened|undone)\b")
_WORK = "(?:do|approve|mark)"
_STEP = re.compile(
    rf"(?m)^ *- *\{{? *id: *([^\s,}}#]+)(?:, *{_WORK}: *([^,}}\n]+)|.*\n +{_WORK}: *(.+))?"
)
_ROLES = re.compile(rb"(?m)^roles:[ \t]*\[([^\]\n]*)\]")
_LONGEST = 72
_LAST = "9"
_DOT = " \u00b7 "


class _Glance(NamedTuple):
    """What a few lines of a file say, each as it is written."""

    id: str
    words: str
    who: str
    due: str
    part_of: str
    is_process: bool
    is_closed: bool
    roles: tuple[str, ...]


def offers(kind: str, begin: str, words: Sequence[str], directory: str | None) -> Iterable[Offer]:
    """Return what can stand where a word of this kind is typed.

    ``begin`` is what is typed of it already, ``words`` the arguments before it. Raises
    NextstepError or OSError where there is no ledger that can be read.
    """
    named = os.path.expanduser(directory) if directory else None
    place = find_ledger(
        os.getcwd(), directory=named, settings_folder=user_settings_folder, environ=os.environ
    )
    if place.bare:
        return ()
    if kind == "step":
        return _steps(place.root, words[0]) if words else ()
    if kind in {"person", "reader"}:
        people = [*_people(_settings(place.root))]
        return people if kind == "person" or not people else [*people, ("me", "you")]
    return _glanced(kind, place.root, begin)


def _glanced(kind: str, root: str, begin: str) -> Iterable[Offer]:
    """Return what a look into every file has to offer."""
    glances = [_glance(one) for one in read_tree(root).sources if one.path != SETTINGS]
    if kind == "role":
        return _roles(_settings(root), glances)
    if kind == "party":
        settings = _settings(root)
        return (*_people(settings), *_roles(settings, glances), *_processes(glances))
    if kind == "process":
        return _processes(glances)
    if kind == "plan":
        return (*_plans(glances), *_processes(glances))
    return _records(glances, begin)


def _records(glances: Sequence[_Glance], begin: str) -> Iterator[Offer]:
    """Yield what to type for each record: what is open first, by its date, then processes.

    What is closed is offered only where something was typed of it.
    """
    names = Names([*(one.id for one in glances), *(plan for plan, _ in _plans(glances))])
    for one in sorted(glances, key=lambda one: (one.is_closed, one.is_process, one.due or _LAST)):
        if one.is_closed and not begin:
            continue
        handle = names.shortest(one.id)
        kind = "process" if one.is_process else ""
        about = _DOT.join(filter(None, (kind, one.words, one.who, one.due)))
        yield handle, about
        if begin and handle != one.id:
            yield one.id, about
    yield from _plans(glances)


def _plans(glances: Sequence[_Glance]) -> Iterator[Offer]:
    known = {one.id for one in glances}
    members: dict[str, int] = {}
    for one in glances:
        if one.part_of:
            plan = plan_of(one.part_of)
            members[plan] = members.get(plan, 0) + 1
    for plan, number in sorted(members.items()):
        if plan not in known:
            yield plan, f"a plan of {number}"


def _processes(glances: Sequence[_Glance]) -> Iterator[Offer]:
    return ((one.id, one.words) for one in glances if one.is_process)


def _glance(source: Source) -> _Glance:
    fields: dict[bytes, str] = {}
    for name, value in _FIELD.findall(source.data):
        fields.setdefault(name, _text(value))
    title = fields.get(b"what") or fields.get(b"title") or fields.get(b"process", "")
    customer = fields.get(b"for")
    words = f"{title} for {customer}" if customer else title
    ends = _ENDS.findall(source.data)
    is_process = source.path.startswith("processes/")
    return _Glance(
        id=source.id,
        words=words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}...",
        who="" if is_process else fields.get(b"who", ""),
        due="" if is_process else fields.get(b"due", ""),
        part_of=fields.get(b"part_of", ""),
        is_process=is_process,
        is_closed=bool(ends) and ends[-1] == b"closed",
        roles=_listed(source.data) if is_process else (),
    )


def _text(value: bytes) -> str:
    """Return a plain or quoted text as it is meant, nearly; of several lines the first."""
    text = value.decode(errors="replace")
    if text[0] in "'\"" and (end := text.rfind(text[0])) > 0:
        return safe_text(text[1:end])
    return safe_text(text.partition(" #")[0].rstrip())


def _settings(root: str) -> Settings | None:
    """Return the settings of a ledger, None where it has none."""
    from nextstep.files.load import load
    from nextstep.model.people import Settings

    data = _read(root, SETTINGS)
    record = load(Source(SETTINGS, data)).record if data is not None else None
    return record if isinstance(record, Settings) else None


def _people(settings: Settings | None) -> Iterator[Offer]:
    """Yield the people who are there, then those who left."""
    people = settings.people.values() if settings else ()
    for one in sorted(people, key=lambda one: one.left is not None):
        about = (one.name, one.team or one.org, "left" if one.left else None)
        yield one.id, safe_text(_DOT.join(filter(None, about)))


def _roles(settings: Settings | None, glances: Sequence[_Glance]) -> Iterator[Offer]:
    """Yield the roles that have a card, then those that only processes name."""
    cards = settings.roles if settings else {}
    for id_, role in cards.items():
        yield id_, safe_text(role.result or "")
    named = (role for one in glances for role in one.roles)
    yield from ((role, "") for role in sorted(set(named) - cards.keys()))


def _listed(data: bytes) -> tuple[str, ...]:
    found = _ROLES.search(data)
    return tuple(one.strip() for one in _text(found[1]).split(",")) if found and found[1] else ()


def _steps(root: str, typed: str) -> Iterator[Offer]:
    """Yield the steps of the run or process that is meant by what was typed of it."""
    paths = {os.path.basename(path).rpartition(".")[0]: path for path in _paths(root)}
    found = Names(paths).matching(typed)
    data = _read(root, paths[found[0]]) if len(found) == 1 else None
    if data is None:
        return
    _, _, listed = data.decode(errors="replace").partition("\nsteps:")
    listed, _, _ = listed.partition("\nlog:")
    for match in _STEP.finditer(listed):
        yield match[1], safe_text((match[2] or match[3] or "").strip())


def _paths(root: str) -> Iterator[str]:
    for name in ("processes", "commitments"):
        for folder, _, files in os.walk(os.path.join(root, name)):
            inside = os.path.relpath(folder, root)
            yield from (f"{inside}/{file}" for file in files if file.endswith((".yaml", ".yml")))


def _read(root: str, path: str) -> bytes | None:
    """Return what a file holds, None where no plain file is there."""
    folder = os.open(os.path.join(root, os.path.dirname(path)), os.O_RDONLY | os.O_DIRECTORY)
    try:
        return read_file(folder, os.path.basename(path))
    except FileNotFoundError:
        return None
    finally:
        os.close(folder)

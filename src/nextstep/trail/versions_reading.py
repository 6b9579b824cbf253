"""Reading the commits of a history, and what there is to tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from msgspec import Struct

from nextstep.repo.history import Commit, Progress, is_elsewhere, read_log
from nextstep.repo.history_changes import kind_of
from nextstep.repo.history_view import View
from nextstep.repo.paths import FOLDERS, text_of
from nextstep.trail.versions_one import OneRecord
from nextstep.trail.versions_plan import Logs, Plan, plan, story
from nextstep.trail.versions_records import Names, log_lines
from nextstep.trail.versions_supply import Supply

_CAME = (
    "The ledger came to this folder from another one in commit {:.10}: "
    "what its files said there before is not told."
)


class Found(Struct, frozen=True):
    """The commits of a history, what there is to tell of them, and what may be missing.

    Of the history of one record only the commits that matter to it: ``places`` are theirs among
    all, of which there are ``count``. ``borders`` are the ids of commits before which more happened than is told.
    """

    commits: Sequence[Commit]
    places: Sequence[int]
    count: int
    plan: Plan
    doubts: tuple[str, ...]
    borders: frozenset[str]


def read_plan(view: View, only: str | None, progress: Progress | None) -> Found:
    """Return what there is to tell of all records or of one.

    Also for one record the whole history is read unless less is sure to do: it may have lain
    elsewhere, under another id, or been made again. Raises NextstepError when git cannot read.
    """
    if only is not None and (one := one_record(view).read(only, progress)) is not None:
        log, told = one
        return Found(log.commits, log.places, log.count, told, view.doubts, view.borders)
    names = Names(view.place)
    commits = read_log(view, _below(view), progress)
    every = plan(commits, names, view.borders, _logs(view))
    came = frozenset(_came_from_elsewhere(view, commits, every))
    doubts = (*view.doubts, *map(_CAME.format, sorted(came)), *_led_away(commits, names))
    told = every if only is None else Plan(story(every.planned, only), every.same)
    places = range(len(commits))
    return Found(commits, places, len(commits), told, doubts, view.borders | came)


def one_record(view: View) -> OneRecord:
    """Return what reads a history for the sake of one record."""
    return OneRecord(view, Names(view.place), _below(view), _logs(view))


def _below(view: View) -> list[str]:
    return [f"{view.place.prefix}{folder}/" for folder in FOLDERS]


def _logs(view: View) -> Logs:
    """Return what reads the lines of the logs in contents."""

    def logs(entries: Iterable[bytes]) -> dict[bytes, frozenset[bytes]]:
        asked = list(entries)
        with closing(Supply(view, asked)) as supply:
            return {entry: log_lines(supply.take(entry) or b"") for entry in asked}

    return logs


def _came_from_elsewhere(view: View, commits: Sequence[Commit], every: Plan) -> Iterator[str]:
    """Yield the commit before which the files of the first records lay in another folder."""
    if not every.planned:
        return
    first = every.planned[0].commit
    blobs = {one.new for one in every.planned if one.commit == first and one.new is not None}
    beside = view.place.prefix or f"{FOLDERS[1]}/"
    if is_elsewhere(view, blobs, commits[first].parents, beside):
        yield commits[first].id


def _led_away(commits: Sequence[Commit], names: Names) -> Iterator[str]:
    """Say which folders were links or other repositories, so that nothing in them is known."""
    folders = {
        change.path: kind
        for commit in commits
        for change in commit.changes
        if change.new is not None
        and (kind := kind_of(change.new)) is not None
        and names.of(change.path) is None
        and (kind == "submodule" or b"." not in change.path.rpartition(b"/")[2])
    }
    for path, kind in sorted(folders.items()):
        what = "a link" if kind == "link" else "another repository"
        yield f"`{text_of(path)}` was {what} for a time: what it led to is not told."

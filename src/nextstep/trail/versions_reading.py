"""Reading the commits that tell of all records, or no more of them than one record needs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import TypeAlias

from nextstep.repo.history import (
    Change,
    Commit,
    Progress,
    paths_at_tip,
    read_commits,
    read_log,
)
from nextstep.repo.history_view import View
from nextstep.repo.paths import FOLDERS
from nextstep.trail.versions_plan import Plan, plan, story
from nextstep.trail.versions_records import Names, Planned, log_lines
from nextstep.trail.versions_supply import Supply

Found: TypeAlias = tuple[Sequence[Commit], Plan]


class Reading:
    """How to read the commits of a history and what there is to tell of them.

    ``progress`` is called with how many were read.
    """

    def __init__(self, view: View, progress: Progress | None) -> None:
        """Read nothing yet."""
        self._view = view
        self._progress = progress
        self._names = Names(view.place)
        self._below = [f"{view.place.prefix}{folder}/" for folder in FOLDERS]

    def everything(self) -> Found:
        """Return all commits, and all passages. Raises NextstepError when git cannot read."""
        commits = list(read_log(self._view, self._below, self._progress))
        return commits, plan(commits, self._names, self._view.borders, self._logs)

    def one(self, only: str) -> Found:
        """Return all commits, and the passages that led to one record.

        No more is read than its paths, and where its file came or went the whole commit: it may
        have lain elsewhere. Of a record that is not there any more everything is read.
        """
        paths = {
            path
            for path in paths_at_tip(self._view, self._below)
            if (name := self._names.of(path)) is not None and name.id == only
        }
        while paths:
            commits = self._with_whole_ends(paths)
            planned = plan(commits, self._names, self._view.borders, self._logs, only)
            if any(_may_have_other_id(one) for one in planned.planned):
                break
            found = {name.raw for one in planned.planned for name in (one.was, one.name) if name}
            if found <= paths:
                return commits, planned
            paths |= found
        every_commit, every = self.everything()
        return every_commit, Plan(story(every.planned, only), every.same)

    def _with_whole_ends(self, paths: Iterable[bytes]) -> list[Commit]:
        """Read the commits with the changes to some paths, and all of those where one began."""
        below = [os.fsdecode(path) for path in sorted(paths)]
        commits = list(read_log(self._view, below, self._progress))
        ends = [commit.id for commit in commits if any(map(_is_end, commit.changes))]
        whole = read_commits(self._view, ends, self._below)
        return [whole.get(commit.id, commit) for commit in commits]

    def _logs(self, entries: Iterable[bytes]) -> dict[bytes, frozenset[bytes]]:
        asked = list(entries)
        with closing(Supply(self._view, asked)) as supply:
            return {entry: log_lines(supply.take(entry) or b"") for entry in asked}


def _may_have_other_id(one: Planned) -> bool:
    """Whether a merge made a file that no side had: another one may have become this one in it."""
    return one.in_merge and one.was is None and not any(one.parents)


def _is_end(change: Change) -> bool:
    return change.old is None or change.new is None

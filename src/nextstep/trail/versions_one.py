"""The history of one record, read without that of all others where that is sure to be all of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from nextstep.repo.history import Commit, Progress, is_elsewhere, paths_at_tip, read_again
from nextstep.repo.history_of_files import FilesLog, read_log_of
from nextstep.repo.history_view import View
from nextstep.trail.versions_plan import Logs, Plan, plan, story
from nextstep.trail.versions_records import Names, Planned

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What `add` ends an id with: it is drawn, so that no other file is ever called so.
_DRAWN = re.compile(r"-(?=[a-z]*[0-9])[0-9a-hjkmnp-tv-z]{4}")
_AT = re.compile(rb"\bat: *[\"']?(\d{4}-\d\d-\d\d)T")


class OneRecord:
    """Reads a history for the sake of one record.

    ``below`` are the folders of the ledger.
    """

    def __init__(self, view: View, names: Names, below: Sequence[str], logs: Logs) -> None:
        """Read nothing yet."""
        self._view, self._names, self._below, self._logs = view, names, below, logs

    def read(self, only: str, progress: Progress | None) -> tuple[FilesLog, Plan] | None:
        """Return the commits that matter to a record and what is to be told; None if not surely all.

        Only the paths are compared on which it lies, and whole commits where its file came or
        went: there it may have lain elsewhere, or under another id. It is all if the id is one
        that is never given twice, and nothing in the file is older than its first commit.
        """
        paths = self._paths(only) if _DRAWN.search(only, len(only) - 5) else set()
        while paths:
            wanted = [os.fsdecode(one) for one in sorted(paths)]
            log = read_log_of(self._view, wanted, progress)
            commits = log.commits
            self._widen(commits)
            planned = plan(commits, self._names, self._view.borders, self._logs)
            told = story(planned.planned, only)
            found = {name.raw for one in told for name in (one.was, one.name) if name}
            if found <= paths:
                is_all = all(self._is_new(one, commits) for one in told if one.was is None)
                return (log, Plan(told, planned.same)) if is_all else None
            paths |= found
        return None

    def _paths(self, only: str) -> set[bytes]:
        return {
            path
            for path in paths_at_tip(self._view, self._below)
            if (name := self._names.of(path)) is not None and name.id == only
        }

    def _widen(self, commits: list[Commit]) -> None:
        """Put the whole of each commit in its place in which a file came or went."""
        ends = [number for number, commit in enumerate(commits) if _is_end(commit)]
        whole = read_again(self._view, [commits[number] for number in ends], self._below)
        for number, commit in zip(ends, whole, strict=True):
            commits[number] = commit

    def _is_new(self, one: Planned, commits: Sequence[Commit]) -> bool:
        """Whether a file that came is sure to be new: all that it tells happened in those days."""
        commit = commits[one.commit]
        seconds = commit.author.seconds
        if one.in_merge or one.new is None or seconds is None:
            return False
        days = _days(self._logs([one.new]).get(one.new, ()))
        try:
            first = (_EPOCH + timedelta(seconds=seconds) - _DAY).date()
        except OverflowError:
            return False
        beside = self._view.place.prefix or self._below[-1]
        return (
            bool(days)
            and min(days) >= first
            and not is_elsewhere(self._view, {one.new}, commit.parents, beside)
        )


def _is_end(commit: Commit) -> bool:
    """Whether a file came or went in a commit that is no merge."""
    changes = commit.changes
    return (
        len(changes) > 0
        and len(commit.parents) <= 1
        and any(one.old is None or one.new is None for one in changes)
    )


def _days(lines: Iterable[bytes]) -> list[date]:
    found = []
    for line in lines:
        for day in _AT.findall(line):
            try:
                found.append(date.fromisoformat(day.decode()))
            except ValueError:
                return []
    return found

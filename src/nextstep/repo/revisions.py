"""Which commit is meant by a revision or by a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer
from nextstep.repo.git import read
from nextstep.repo.paths import text_of
from nextstep.repo.place import Place
from nextstep.repo.unreadable import cannot_read


class Commit(Struct, frozen=True):
    """A commit: its id, and when it was committed, in seconds since 1970 as its author says."""

    id: str
    seconds: int


def find_commit(place: Place, revision: str, *, zone: tzinfo, environ: Mapping[str, str]) -> Commit:
    """Return the commit that a revision or a day names.

    A revision is anything that git takes for a commit, or a day such as 2026-11-20: then the last
    commit on the way of HEAD's first parents that is not later than the end of that day in
    ``zone``. Where a branch or tag has such a name, `refs/tags/2026-11-20` means it. Raises
    NextstepError when there is no such commit, no history yet, or git cannot read it.
    """
    if place.toplevel is None and not place.bare:
        raise NextstepError(
            "this ledger is not in a git repository, so it has no history",
            "leave the revision away, or put the ledger into a repository with `git init`",
        )
    day = _day(revision)
    if day is not None:
        return _last_of_day(place, day, zone, environ)
    if revision.startswith("-") or not revision.isprintable() or not revision:
        raise NextstepError(
            f"`{text_of(revision.encode('utf-8', 'surrogateescape'))}` is not a revision",
            "name a commit, a branch, a tag or a day such as 2026-11-20",
        )
    answer = read(
        place,
        ["rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}"],
        environ,
    )
    if answer.status:
        raise _no_commit(place, revision, answer, environ)
    return _dated(place, answer.out.decode().strip(), environ)


def _day(revision: str) -> date | None:
    shape = "".join("9" if c in "0123456789" else c for c in revision)
    if shape != "9999-99-99":
        return None
    try:
        return date.fromisoformat(revision)
    except ValueError:
        raise NextstepError(
            f"`{revision}` is not a day of the calendar", "write a day such as 2026-11-20"
        ) from None


def _last_of_day(place: Place, day: date, zone: tzinfo, environ: Mapping[str, str]) -> Commit:
    if day == date.max:
        raise NextstepError(f"{day} is too late to count from", "name an earlier day")
    end = datetime.combine(day + timedelta(days=1), time(), zone).timestamp()
    answer = read(place, ["rev-list", "--first-parent", "--timestamp", "HEAD", "--"], environ)
    if answer.status:
        raise _no_commit(place, "HEAD", answer, environ)
    commit = None
    for line in answer.out.splitlines():
        seconds, _, name = line.partition(b" ")
        commit = Commit(name.decode(), int(seconds))
        if commit.seconds < end:
            return commit
    if _is_shallow(place, environ):
        raise NextstepError(
            f"this clone is shallow and holds no commit of {day} or before",
            "get the rest of its history with `git fetch --unshallow`",
        )
    raise NextstepError(f"there was no commit yet on {day}", "name a later day")


def _is_shallow(place: Place, environ: Mapping[str, str]) -> bool:
    answer = read(place, ["rev-parse", "--is-shallow-repository"], environ)
    return answer.out.strip() == b"true"


def _dated(place: Place, commit: str, environ: Mapping[str, str]) -> Commit:
    answer = read(place, ["rev-list", "--no-walk", "--timestamp", commit, "--"], environ)
    if answer.status:
        raise cannot_read(answer, environ)
    return Commit(commit, int(answer.out.partition(b" ")[0]))


def _no_commit(
    place: Place, revision: str, answer: Answer, environ: Mapping[str, str]
) -> NextstepError:
    """Say why a revision could not be found: no history yet, no such name, or git's own words."""
    known = ("Needed a single revision", "bad revision", "unknown revision", "ambiguous argument")
    if not any(words in answer.err for words in known):
        return cannot_read(answer, environ)
    head = read(place, ["rev-parse", "--verify", "--quiet", "HEAD"], environ)
    if head.status:
        return NextstepError(
            "there is no history yet: the repository has no commit",
            "leave the revision away, or commit first",
        )
    if _is_shallow(place, environ):
        return NextstepError(
            f"there is no commit `{revision}` in this clone, which is shallow",
            "get more of its history with `git fetch --deepen 1`, or all with `git fetch --unshallow`",
        )
    return NextstepError(
        f"there is no commit `{revision}` in this repository",
        "name a commit, a branch, a tag or a day such as 2026-11-20; `git log` lists commits",
    )

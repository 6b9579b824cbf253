"""The commits of a history that matter to some files, parents before children.

Two gits tell of them at once: one names all commits with their parents, the other compares trees
and says nothing of a commit that left the files as they were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from nextstep.repo.history import Commit, Progress, commits_of
from nextstep.repo.history_changes import SECONDS, Below, compared
from nextstep.repo.history_view import View
from nextstep.repo.later import Later

# Those that changed one of the files, on every branch, and all merges.
_CHANGED = ("--full-history", "--parents")

_UNTOLD = Commit("", (), (), (), ())


class FilesLog(Struct, frozen=True):
    """The commits that matter to some files.

    ``places`` are theirs among all commits of the history, of which there are ``count``.
    """

    commits: list[Commit]
    places: list[int]
    count: int


def read_log_of(view: View, paths: Sequence[str], progress: Progress | None = None) -> FilesLog:
    """Return the commits that changed some files, and how they come from each other.

    For that all merges are among them, all commits from which branches began, the newest and the
    oldest ones; unless they changed the files it is not said who signed them. Every other commit
    only stands between two that are listed, with the files as they were in the older one. Paths
    are from the top of the repository. Raises NextstepError when git cannot read.
    """
    below = Below(view, paths)
    listing = Later(lambda: _family(view, progress))
    told = {commit.id: commit for commit in commits_of(view, below, _CHANGED)}
    family = listing.result()
    nearest = _nearest(family, told)
    again = compared(view, list(_led_astray(family, told)), below)
    commits, places = [], []
    for place, (id_, *parents) in enumerate(family):
        if nearest[id_] == id_:
            own = told.get(id_, _UNTOLD)
            places.append(place)
            commits.append(
                Commit(
                    id=id_,
                    parents=tuple(parents),
                    signed=own.signed,
                    changes=again.get(id_, own.changes),
                    nearest=tuple([nearest[one] for one in parents if one in nearest]),
                )
            )
    return FilesLog(commits, places, len(family))


def _family(view: View, progress: Progress | None) -> list[list[str]]:
    """Return the ids of all commits, parents first, each with those of its parents."""
    words = ["rev-list", "--topo-order", "--parents", "--end-of-options", view.tip, "--"]
    answer = view.start(words).finish(SECONDS)
    if answer.status:
        raise view.why(answer)
    family = [line.split() for line in answer.out.decode().splitlines()]
    family.reverse()
    if progress is not None:
        progress(len(family), None)
    return family


def _nearest(family: Sequence[Sequence[str]], told: Mapping[str, Commit]) -> dict[str, str]:
    """Return for each commit the nearest one on the way back that counts, which may be itself."""
    children = Counter(chain.from_iterable(parents for _, *parents in family))
    nearest: dict[str, str] = {}
    for id_, *parents in family:
        counts = id_ in told or len(parents) != 1 or children[id_] != 1
        nearest[id_] = id_ if counts else nearest[parents[0]]
    return nearest


def _led_astray(
    family: Sequence[Sequence[str]], told: Container[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the merges, with their parents, that git did not compare with their first parent.

    It passes over a parent on whose way back the files never were, and takes the next one.
    """
    without = set()
    for id_, *parents in family:
        if not parents or parents[0] in without:
            if id_ not in told:
                without.add(id_)
            elif len(parents) > 1:
                yield id_, parents

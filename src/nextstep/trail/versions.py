"""Every version of every record that a history holds, in the order in which they came about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from nextstep.repo.history import Progress, Signed, new_since
from nextstep.repo.history_view import View, view_of
from nextstep.repo.mailmap import mailmap_of
from nextstep.repo.place import Place
from nextstep.trail.facts import How, Signature, Witness
from nextstep.trail.versions_plan import Plan
from nextstep.trail.versions_reading import Found, read_plan
from nextstep.trail.versions_records import Planned
from nextstep.trail.versions_supply import Supply


class Passage(Struct, frozen=True, kw_only=True):
    """A record's way from one version to the next, in one commit.

    ``id`` is the stem of its file, ``kind`` the folder: `commitments` or `processes`. ``path`` is
    where it lies from then on (None: gone), ``was_path`` where it lay (None: it was not there), both
    from the ledger's root. ``before`` and ``after`` are what the file said; None also where it was
    there and is no content to read, and ``unread`` says why `after` is not: `link`, `submodule`,
    `large`, `elsewhere` (only on the remote of a partial clone) or `missing` (lost). ``before_id`` is
    the other id whose file became this one.

    ``border``: what was there before is not in this clone, because this is the oldest commit of a
    shallow one, or the ledger lay in another folder, or the content is missing or elsewhere; the
    record may be much older.

    In a merge that did not simply take what one side had: ``parents`` are the contents on each
    side, in order, and ``base`` the one that they came from. Where ``base_known`` is False the
    clone does not reach back to it.
    """

    id: str
    kind: str
    path: str | None
    was_path: str | None
    before: bytes | None
    after: bytes | None
    witness: Witness
    before_id: str | None = None
    unread: str | None = None
    border: bool = False
    parents: tuple[bytes | None, ...] = ()
    base: bytes | None = None
    base_known: bool = True


class History:
    """What was read of a history.

    ``tip`` is the newest commit, ``commits`` how many there are, ``planned`` how many passages,
    ``first`` the oldest commit of a shallow clone. ``doubts`` are sentences about what can hide or
    change history here.
    """

    def __init__(self, view: View, found: Found) -> None:
        """Keep what `passages` has read."""
        commits = found.commits
        self._view, self._commits, self._plan = view, commits, found.plan
        self._borders = found.borders
        self.tip = commits[-1].id
        self._mailmap = mailmap_of(view, self.tip)
        self._places, self.commits = found.places, found.count
        self.planned = len(found.plan.planned)
        self.first = next((one.id for one in commits if one.id in view.borders), None)
        self.doubts = found.doubts

    def first_id(self, kind: str, id_: str) -> str:
        """Return the id that stands for all ids that a record ever had."""
        return self._plan.same.get((kind, id_), (kind, id_))[1]

    def passages(self, part: Callable[[str], bool] | None = None) -> Iterator[Passage]:
        """Yield the passages in the order of the graph, oldest first, reading as they are wanted.

        ``part`` chooses among records by the id that `first_id` gives. Contents that do not differ
        are one object. Raises NextstepError when git cannot go on.
        """
        planned = [
            one for one in self._plan.planned if part is None or part(self.first_id(*one.key))
        ]
        announced = (entry for one in planned for entry in _entries(one))
        with closing(Supply(self._view, announced)) as supply:
            for one in planned:
                yield self._passage(one, supply)

    def _passage(self, one: Planned, supply: Supply) -> Passage:
        before, after = supply.take(one.old), supply.take(one.new)
        base: bytes | None = None
        parents: tuple[bytes | None, ...] = ()
        if one.in_merge:
            base, *rest = [supply.take(entry) for entry in (one.base, *one.parents)]
            parents = tuple(rest)
        olds = (one.old, one.base, *one.parents)
        witness = self.witness(one.commit, "made in a merge" if one.in_merge else "commit")
        border = witness.commit in self._borders or not supply.is_here(olds)
        kind, id_ = one.key
        was_id = one.was.id if one.was is not None else id_
        return Passage(
            id=id_,
            kind=kind,
            path=one.name.path if one.name is not None else None,
            was_path=one.was.path if one.was is not None else None,
            before=before,
            after=after,
            witness=witness,
            before_id=was_id if was_id != id_ else None,
            unread=supply.why_not(one.new) if after is None else None,
            border=border,
            parents=() if border else tuple(parents),
            base=None if border else base,
            base_known=one.base_known,
        )

    @lru_cache(maxsize=256)  # noqa: B019 - of the commits that are being told
    def witness(self, number: int, how: How) -> Witness:
        """Return a commit of this history by its number among those that were listed."""
        commit = self._commits[number]
        author = self._signature(commit.author)
        committer = (
            author if commit.signed[:3] == commit.signed[3:] else self._signature(commit.committer)
        )
        return Witness(
            commit=commit.id,
            order=self._places[number],
            author=author,
            committer=committer,
            parents=commit.parents,
            how=how,
        )

    def _signature(self, signed: Signed) -> Signature:
        label = self._mailmap.label(signed.name, signed.email)
        return Signature(signed.name, signed.email, _moment(signed.seconds), label)


def passages(  # noqa: PLR0913 - each of them narrows what is read
    place: Place,
    environ: Mapping[str, str],
    *,
    tip: str = "HEAD",
    since: str | None = None,
    only: str | None = None,
    progress: Progress | None = None,
) -> History:
    """Read which versions the history of ``tip`` holds, of all records or of ``only`` one.

    ``since``: tell only of commits that this one does not come from. ``progress`` is called with
    how many commits were read. Raises NextstepError outside a repository, without a commit, and
    when git cannot read.
    """
    view = view_of(place, tip, environ)
    found = read_plan(view, only, progress)
    if since is not None:
        news = new_since(view, since)
        told = [one for one in found.plan.planned if found.commits[one.commit].id in news]
        found = replace(found, plan=Plan(told, found.plan.same))
    return History(view, found)


def _entries(one: Planned) -> tuple[bytes | None, ...]:
    return (one.old, one.new, one.base, *one.parents) if one.in_merge else (one.old, one.new)


def _moment(seconds: int | None) -> datetime | None:
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None

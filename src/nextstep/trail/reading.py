"""The whole trail of a ledger: every version read, every fact told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from nextstep.files.ledger import Ledger
from nextstep.repo.place import Place
from nextstep.trail.events import Teller
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.versions import History, passages


def read_trail(  # noqa: PLR0913 - each of them narrows what is read
    place: Place,
    environ: Mapping[str, str],
    *,
    ledger: Ledger,
    tip: str = "HEAD",
    since: str | None = None,
    only: str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Trail:
    """Return all facts of the history of ``tip``, of all records or of ``only`` one.

    ``ledger`` gives the people and the zone. ``since``: tell only what came after that commit.
    Raises NextstepError outside a repository, without a commit, and when git cannot read.
    """
    history = passages(place, environ, tip=tip, since=since, only=only, progress=progress)
    ids: dict[str, dict[str, None]] = {}
    facts = list(_told(history, Teller(ledger.settings.people, ledger.timezone), ids))
    return Trail(
        facts=tuple(_by_last_id(facts, history, ids, ledger)),
        tip=history.tip,
        commits=history.commits,
        first=history.first,
        doubts=history.doubts,
    )


def _told(history: History, teller: Teller, ids: dict[str, dict[str, None]]) -> Iterator[Fact]:
    """Yield the facts, and keep in ``ids`` which ones each record had, the newest last."""
    for passage in history.passages():
        key = _key(history, passage.kind, passage.id)
        had = ids.setdefault(key, {})
        had.pop(passage.id, None)
        had[passage.id] = None
        yield from teller.facts_of(passage, key)


def _key(history: History, folder: str, id_: str) -> str:
    return f"{folder}/{history.first_id(folder, id_)}"


def _by_last_id(
    facts: Iterable[Fact], history: History, ids: Mapping[str, Collection[str]], ledger: Ledger
) -> Iterator[Fact]:
    """Yield the facts under the id that their record has now, or had last."""
    last = {key: _last_id(had, ledger) for key, had in ids.items() if len(had) > 1}
    if not last:
        yield from facts
        return
    for fact in facts:
        folder = "processes" if fact.kind == "process" else "commitments"
        id_ = last.get(_key(history, folder, fact.id), fact.id)
        yield fact if id_ == fact.id else replace(fact, id=id_)


def _last_id(had: Collection[str], ledger: Ledger) -> str:
    there = {*ledger.commitments, *ledger.runs, *ledger.processes}
    *_, last = had
    return next((id_ for id_ in had if id_ in there), last)

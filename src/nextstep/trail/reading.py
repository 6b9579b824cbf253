"""The whole trail of a ledger: every version read, every fact told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from nextstep.files.ledger import Ledger
from nextstep.repo.later import Later
from nextstep.repo.place import Place
from nextstep.trail.events import Teller
from nextstep.trail.facts import Fact, Trail
from nextstep.trail.halves import WORTH_IT, Part, in_halves, second_core
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
    whole: Callable[[], Ledger] | None = None,
) -> Trail:
    """Return all facts of the history of ``tip``, of all records or of ``only`` one.

    ``ledger`` gives the people and the zone, and the names of records; where it has only settings,
    ``whole`` gives all of it, and is asked while git lists the commits. ``since``: tell only what
    came after that commit.
    Raises NextstepError outside a repository, without a commit, and when git cannot read.
    """
    later = None if whole is None else Later(whole)
    history = passages(place, environ, tip=tip, since=since, only=only, progress=progress)
    if later is not None:
        ledger = later.result()  # before there is another process: it would not have the thread
    in_two = only is None and history.planned > WORTH_IT and second_core()
    facts = _told(history, ledger, in_two=in_two)
    return Trail(
        facts=tuple(_by_last_id(facts, history, ledger)),
        tip=history.tip,
        commits=history.commits,
        first=history.first,
        doubts=history.doubts,
    )


def _told(history: History, ledger: Ledger, *, in_two: bool) -> list[Fact]:
    """Return the facts, commit by commit, in each by path; by one process or two."""

    def tell(part: Part | None) -> Iterator[Fact]:
        teller = Teller(ledger.settings.people, ledger.timezone)
        for passage in history.passages(part):
            yield from teller.facts_of(passage, _key(history, passage.kind, passage.id))

    facts = list(in_halves(tell, history.witness) if in_two else tell(None))
    facts.sort(key=lambda one: (one.witness.order, one.path, one.id))
    return facts


def _key(history: History, folder: str, id_: str) -> str:
    return f"{folder}/{history.first_id(folder, id_)}"


def _by_last_id(facts: Sequence[Fact], history: History, ledger: Ledger) -> Iterator[Fact]:
    """Yield the facts under the id that their record has now, or had last."""
    had: dict[str, dict[str, None]] = {}
    for fact in facts:
        if fact.event == "renamed":
            had.setdefault(_key_of(fact, history), {})[fact.id] = None
    if not had:
        yield from facts
        return
    for fact in facts:
        ids = had.get(_key_of(fact, history))
        if ids is not None:
            ids.pop(fact.id, None)
            ids[fact.id] = None
    there = {*ledger.commitments, *ledger.runs, *ledger.processes, *ledger.beside}
    last = {key: _last_of(ids, there) for key, ids in had.items()}
    for fact in facts:
        id_ = last.get(_key_of(fact, history), fact.id)
        yield fact if id_ == fact.id else replace(fact, id=id_)


def _key_of(fact: Fact, history: History) -> str:
    return _key(history, "processes" if fact.kind == "process" else "commitments", fact.id)


def _last_of(ids: Collection[str], there: Collection[str]) -> str:
    *_, last = ids
    return next((id_ for id_ in ids if id_ in there), last)

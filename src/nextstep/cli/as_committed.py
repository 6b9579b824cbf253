"""Records as they were committed last, and what was changed in them by hand since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from nextstep.changes.by_hand import by_hand
from nextstep.changes.field_places import is_same, said_of
from nextstep.cli.only_writer import where_of
from nextstep.cli.session import Session
from nextstep.dates.zones import zone_of
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.load import load
from nextstep.model.commitment import Commitment, Record, Run
from nextstep.reports.check import is_below


def as_committed(session: Session, paths: Sequence[str] | None) -> Mapping[str, Record]:
    """Return the records that are not as they were committed, as they were then."""
    from nextstep.repo.trees import read_revision
    from nextstep.repo.uncommitted import uncommitted

    if session.repository is None or session.repository.unborn:
        return {}
    environ = dict(os.environ)
    ledger = session.ledger
    sources = [one.source.path for one in ledger.commitments.values()]
    sources += [one.source.path for one in ledger.runs.values()]
    chosen = [path for path in sources if paths is None or is_below(path, paths)]
    modified = uncommitted(session.place, chosen, environ) if chosen else {}
    if not modified:
        return {}
    snapshot = read_revision(session.place, "HEAD", zone=zone_of(ledger.timezone), environ=environ)
    loaded = [load(one).record for one in snapshot.sources if one.path in modified]
    return {one.id: one for one in loaded if isinstance(one, (Commitment, Run))}


def see_told(session: Session, paths: Iterable[str]) -> None:
    """Raise NextstepError where something in these files was changed by hand since, without an event.

    What is recorded after it would begin at a date, or at words, that no commit ever had.
    """
    ledger, zone = session.ledger, session.ledger.timezone
    for id_, before in as_committed(session, tuple(paths)).items():
        record = ledger.runs.get(id_) or ledger.commitments[id_]
        for change in by_hand(before, record, zone):
            if not is_same(said_of(before, change.field, zone), change.after):
                path = where_of(session).typed([record.source.path])
                raise NextstepError(
                    f"{record.source.path} was changed by hand, and no event says so: "
                    f"{change.words}; nothing was recorded",
                    f"write its event first: nextstep fmt --record --why TEXT {path}",
                )

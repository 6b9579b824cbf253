"""How tables are written: ledger after ledger, so that no more than one is in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from nextstep.cli.export_files import Sink
from nextstep.cli.output import complain, note
from nextstep.cli.progress import reading_history
from nextstep.cli.session import Session, open_session, working_folder
from nextstep.diagnostics.errors import NextstepError
from nextstep.render.export_rows import FORMATS
from nextstep.render.safe_text import safe_text
from nextstep.repo.place import find_ledger
from nextstep.reports.export import names_of
from nextstep.reports.export_columns import Origin, Table
from nextstep.reports.standing import standing
from nextstep.reports.unread import unread_files
from nextstep.trail.facts import Fact

_ROWS_AT_ONCE = 500


class Moment(Struct, frozen=True):
    """As of when: `--today` and `--as-of` as they were typed."""

    today: str | None
    as_of: str | None


class Export:
    """Some tables on their way to a sink, in one format."""

    def __init__(self, tables: Sequence[Table], form: str, sink: Sink) -> None:
        """Write nothing yet."""
        self._tables = tables
        self._sink = sink
        self._head, self._rows = FORMATS[form]
        self._begun = False

    def write(self, folders: Sequence[str], moment: Moment) -> bool:
        """Write the ledgers in these folders, or the one found from here, as far as can be read.

        Return whether all could be. Raises NextstepError where it is one ledger, and cannot.
        """
        if len(folders) <= 1:
            session = _opened(folders[0] if folders else None, moment)
            name = names_of(folders)[0] if folders else session.ledger.root
            return self._ledger(session, name, alone=len(self._tables) == 1)
        self._begin()
        whole = True
        for folder, name in zip(folders, names_of(folders), strict=True):
            try:
                session = _opened(folder, moment)
            except NextstepError as error:
                complain(f"{folder}: {error.message}", error.hint)
                whole = False
            else:
                whole &= self._ledger(session, name, alone=False)
        return whole

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            for table in self._tables:
                self._sink.write(table.name, self._head(table))

    def _ledger(self, session: Session, name: str, *, alone: bool) -> bool:
        """Write the tables of a ledger; ``alone``: a table that cannot be read is all there is."""
        self._begin()
        states = standing(session.ledger, session.now)
        origin = Origin(name, session.commit, states, lambda: _facts(session))
        whole = True
        for table in self._tables:
            rows = table.rows(origin)
            try:
                some = list(islice(rows, _ROWS_AT_ONCE))
            except NextstepError as error:
                if alone:
                    raise
                complain(f"{name}, {table.name}: {error.message}", error.hint)
                whole = False
                continue
            while some:
                self._sink.write(table.name, self._rows(table, some))
                some = list(islice(rows, _ROWS_AT_ONCE))
        unread = unread_files(session.ledger)
        for file in unread:
            note(f"! {safe_text(f'{name}: {file.path} could not be read: {file.message}')}")
        return whole and not unread


def _opened(folder: str | None, moment: Moment) -> Session:
    """Return the ledger in exactly this folder, or the one that is found from here."""
    if folder is None:
        return open_session(today=moment.today, as_of=moment.as_of)
    here = working_folder()
    place = find_ledger(here, directory=folder, environ=os.environ)
    if place.root != os.path.realpath(os.path.join(here, folder)):
        raise NextstepError(
            f"there is no ledger in exactly `{folder}`", f"the nearest one is in {place.root}"
        )
    return open_session(today=moment.today, as_of=moment.as_of, place=place)


def _facts(session: Session) -> Iterator[Fact]:
    """Yield what history tells up to the commit that was read."""
    from nextstep.trail.reading import read_trail

    with reading_history() as progress:
        trail = read_trail(
            session.place,
            os.environ,
            ledger=session.ledger,
            tip=session.commit or "HEAD",
            progress=progress,
        )
    yield from trail.facts

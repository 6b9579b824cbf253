"""The turn of a command that writes files and leaves the commit to people."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager

from nextstep.changes.saving import writing
from nextstep.changes.where import Where
from nextstep.cli.session import Session, typing_folder
from nextstep.dates.words import counted
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.writing import replace
from nextstep.model.source import Source


def only_writer(session: Session) -> AbstractContextManager[None]:
    """Be the only one who writes to the ledger meanwhile: nobody records between look and write.

    Raises NextstepError when it stays taken.
    """
    return writing(where_of(session))


def where_of(session: Session) -> Where:
    """Return where is written, with what belongs to the process: its folder and environment."""
    return Where(
        place=session.place,
        here=typing_folder(session.place),
        repository=session.repository,
        environ=dict(os.environ),
    )


def write_each(session: Session, files: Iterable[tuple[Source, bytes]]) -> None:
    """Write files of the ledger, each as it was read and as it is to be.

    Raises NextstepError for one that cannot be written, or was changed since it was read; it says
    how many before it are written then.
    """
    for written, (before, data) in enumerate(files):
        try:
            with only_writer(session):
                replace(session.place.root, before.path, data, before=before.data)
        except NextstepError as error:
            if not written:
                raise
            hint = "; ".join(
                filter(None, (f"{counted(written, 'file')} before it: written", error.hint))
            )
            raise NextstepError(error.message, hint, exit_code=error.exit_code) from None

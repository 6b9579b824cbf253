"""The turn of a command that writes files and leaves the commit to people."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager

from nextstep.changes.saving import Where, writing
from nextstep.cli.session import Session


def only_writer(session: Session) -> AbstractContextManager[None]:
    """Be the only one who writes to the ledger meanwhile: nobody records between look and write.

    Raises NextstepError when it stays taken.
    """
    return writing(
        Where(place=session.place, repository=session.repository, environ=dict(os.environ))
    )

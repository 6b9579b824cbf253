"""What was committed stays committed, in a crowd of others who commit without knowing of us.

git moves a branch first and writes the index after it. A plain `git commit` that has read the one
after and the other before commits the files as they were: right on top, and without a word.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence

from msgspec.structs import replace

from nextstep.changes.saving import Saved, Written, there_now, writing
from nextstep.changes.where import Where
from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.commit_git import Work
from nextstep.repo.committing import commit, was_taken_out
from nextstep.repo.interrupts import Held, held_back
from nextstep.repo.state import Repository
from nextstep.repo.uncommitted import NEW_TO_GIT, uncommitted


def keep_in(where: Where, files: Sequence[Written], message: str, saved: Saved) -> Saved:
    """See that what was committed stays, where others commit; return the commit that holds it.

    Do not hold the lock of `writing` meanwhile. What was taken out is committed once more, unless
    somebody has written the files since. Where even that fails, whoever writes to them next does it.
    """
    repository, commit_id = where.repository, saved.commit
    if repository is None or commit_id is None or not saved.crowded or saved.signum is not None:
        return saved
    paths = tuple(file.path for file in files)
    try:
        if not was_taken_out(_work(where, repository, Held()), paths, commit_id):
            return saved
        with writing(where), held_back() as held:
            found = uncommitted(where.place, paths, where.environ)
            if not found or any(there_now(where, file.path) != file.after for file in files):
                return saved
            new = [path for path in paths if found.get(path) == NEW_TO_GIT]
            made = commit(_work(where, repository, held), paths, message, new=new)
        return replace(saved, commit=made.id, signum=held.signum, other_words=made.other_words)
    except NextstepError:
        return saved
    except KeyboardInterrupt as end:
        return replace(saved, signum=getattr(end, "signum", signal.SIGINT))


def _work(where: Where, repository: Repository, held: Held) -> Work:
    return Work(
        place=where.place,
        repository=repository,
        environ=where.environ,
        held=held,
        patience=where.patience,
    )

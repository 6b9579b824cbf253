"""What a gate looks at: a file of the ledger, with the content that everybody can see."""

from __future__ import annotations

import os

from nextstep.changes.target import Target
from nextstep.cli.only_writer import where_of
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.contents import blobs_below
from nextstep.model.commitment import Run
from nextstep.repo.committed_path import is_committed
from nextstep.repo.uncommitted import IGNORED, NEW_TO_GIT, uncommitted
from nextstep.reports.checklist_items import is_path
from nextstep.runs.filled_paths import filled_path


def looked_at(session: Session, target: Target) -> tuple[str | None, str | None]:
    """Return the path and the content that a gate is about; neither where it names no file.

    Raises NextstepError where the file is not there, or is not the one that git has.
    """
    run = target.record(session.ledger)
    steps = run.steps if isinstance(run, Run) else ()
    step = next((one for one in steps if one.id == target.step), None)
    if not isinstance(run, Run) or step is None or step.approve is None:
        return None, None
    path = filled_path(step.approve, run.inputs, step.part)
    repository = session.repository
    form = repository.object_format if repository else "sha1"
    content = blobs_below(session.place.root, form)(path)
    if content is None and not is_path(path):
        return None, None
    if content is None:
        raise NextstepError(
            f"{path} is not there, and so nobody can have looked at it",
            f"put it there, or see what {target.step} of {target.handle} looks at",
        )
    if not content:
        raise NextstepError(f"{path} is too large to be compared", "approve a smaller file")
    if repository is not None:
        _see_committed(session, path)
    return path, content


def _see_committed(session: Session, path: str) -> None:
    environ = dict(os.environ)
    how = uncommitted(session.place, [path], environ).get(path)
    if how is None and is_committed(session.place, path, environ):
        return
    new = [path] if how == NEW_TO_GIT else []
    hint = f"commit it, and then approve it: {where_of(session).committing([path], new)}"
    if how in (None, IGNORED):
        hint = "take it out of .gitignore and commit it, and then approve it"
    raise NextstepError(
        f"{path} is not committed as it is now: others would not see what was approved", hint
    )

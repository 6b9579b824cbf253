"""Which two versions of a ledger are compared, and the review of them."""

from __future__ import annotations

import os

from msgspec import Struct

from nextstep.cli.earlier import earlier
from nextstep.cli.session import Session, contents_now, open_session
from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.bases import default_branch
from nextstep.reports.review import Review, Side, Version, review
from nextstep.reports.standing import standing
from nextstep.rules.catalogue import judge

_WORK_TREE = "work tree"


class Between(Struct, frozen=True):
    """What is compared: ``tip`` is None for the files of the work tree."""

    base: str | None
    tip: str | None


def between(typed: str | None) -> Between:
    """Return what `BASE`, `BASE..TIP` or `BASE...TIP` means; an empty side of a range is HEAD."""
    if not typed:
        return Between(None, None)
    for dots in ("...", ".."):
        base, found, tip = typed.partition(dots)
        if found:
            return Between(base or "HEAD", tip or "HEAD")
    return Between(typed, None)


def reviewed(typed: str | None, *, today: str | None) -> tuple[Session, Review]:
    """Return the session of the later version, and what it brings.

    Raises NextstepError where a side is no commit, or there is nothing to compare with.
    """
    asked = between(typed)
    session = open_session(today=today, as_of=asked.tip)
    base = asked.base or _usual_base(session)
    before = earlier(session, base, tip=asked.tip or "HEAD")
    is_past = session.ledger.revision is not None
    tip = asked.tip or ("HEAD" if is_past else _WORK_TREE)
    content = contents_now(session)
    old = Version(
        side=Side(commit=before.commit, revision=before.named),
        standing=standing(before.ledger, session.now),
        findings=judge(before.ledger, session.now).findings,
    )
    new = Version(
        side=Side(commit=session.commit if is_past else None, revision=tip),
        standing=standing(session.ledger, session.now, content=content),
        findings=judge(session.ledger, session.now, before.ledger, content=content).findings,
    )
    return session, review(old, new, is_shared=before.is_base)


def _usual_base(session: Session) -> str:
    """Return the branch that others work on; NextstepError where there is none."""
    if session.repository is None:
        raise NextstepError(
            f"there is nothing to compare with: {session.no_git}",
            "a review compares with an earlier commit: begin with `git init` and a commit",
        )
    if session.repository.head is None:
        raise NextstepError(
            "there is nothing to compare with: the repository has no commit yet",
            "commit first; a review compares with an earlier commit",
        )
    found = default_branch(session.place, dict(os.environ))
    if found is None:
        raise NextstepError(
            "there is no branch origin/HEAD, main or master to compare with",
            "name one: `nextstep review BRANCH`",
        )
    return found

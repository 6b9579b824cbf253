"""How every recording verb writes: who acts, the lock, the files, the commit, and the last line."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.applying import Applied, applied
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.recorded import Recorded
from nextstep.changes.saving import StaleError, Where, Written, save, writing
from nextstep.cli.listings import screen
from nextstep.cli.output import emit
from nextstep.cli.session import Session, again, contents_now
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.repo.committing import NotCommitted
from nextstep.repo.rescue import Rescue, rescued

_TRIES = 5


class Manner(Struct, frozen=True, kw_only=True):
    """How one command wants its change written: the options that all recording verbs share."""

    by: str | None = None
    message: str | None = None
    no_commit: bool = False
    dry_run: bool = False
    with_edits: bool = False
    json: bool = False
    today: str | None = None


def tell(recorded: Recorded, manner: Manner) -> None:
    """Print what was recorded."""
    if manner.json:
        from nextstep.render.recorded_words import recorded_json

        emit(recorded_json(recorded))
    else:
        from nextstep.render.recorded_words import recorded_text

        emit(recorded_text(recorded, screen()))


def actor_of(session: Session, by: str | None) -> Actor:
    """Return who acts: ``by``, else the person whose address git signs with.

    Raises NextstepError where that is nobody of this ledger.
    """
    people = session.ledger.settings.people
    me = session.me
    if me is None and not people:
        me = _own_name(session)
    if by is None:
        if me is None:
            raise NextstepError(
                "your address in git belongs to nobody in this ledger",
                "say who acted with --by PERSON, or add the address to `emails` in nextstep.yaml",
            )
        return Actor(by=me)
    if people and by not in people:
        from nextstep.diagnostics.nearness import write_instead

        hint = write_instead(by, people, "add them to `people` in nextstep.yaml")
        raise NextstepError(f"`{by}` is nobody in this ledger", hint)
    return Actor(by=by, recorded_by=me if me not in (None, by) else None)


def record(
    session: Session,
    manner: Manner,
    actor: Actor,
    draft_of: Callable[[Ledger], Draft],
    *,
    typed: Sequence[str] = (),
) -> Recorded:
    """Write what a verb drafts, and commit it; the typed words are safe from here on.

    ``draft_of`` is asked again where a file has changed since it was read. Raises NextstepError
    where it cannot be written; the message says where the words are kept.
    """
    place = session.place
    if place.bare:
        raise NextstepError(
            "this repository is bare: it has no files that could be changed",
            "clone it, and record there",
        )
    draft, ready = _worked_out(session, actor, draft_of, manner)
    if manner.dry_run:
        return Recorded(
            draft=draft, actor=actor, files=ready.files, diff=_diff(ready.files), dry_run=True
        )
    where = Where(place=place, repository=session.repository, environ=dict(os.environ))
    rescue = _rescue(session, ready, typed)
    try:
        with writing(where):
            for attempt in range(_TRIES):
                try:
                    commit = save(
                        where,
                        ready.files,
                        ready.message,
                        committed=not manner.no_commit,
                        with_edits=manner.with_edits,
                    )
                    break
                except StaleError as stale:
                    if attempt == _TRIES - 1:
                        raise NextstepError(f"{stale} is being changed", "try again") from None
                    draft, ready = _worked_out(again(session), actor, draft_of, manner)
    except NotCommitted as problem:
        raise _not_committed(problem, ready.files, rescue) from None
    except NextstepError as problem:
        hint = "\n  ".join(filter(None, (problem.hint, rescue.where())))
        raise NextstepError(problem.message, hint, exit_code=problem.exit_code) from None
    except KeyboardInterrupt:
        raise NextstepError("interrupted", rescue.where(), exit_code=130) from None
    rescue.forget()
    return Recorded(
        draft=draft,
        actor=actor,
        files=ready.files,
        commit=commit,
        remarks=_remarks(session, manner, commit),
    )


def _worked_out(
    session: Session, actor: Actor, draft_of: Callable[[Ledger], Draft], manner: Manner
) -> tuple[Draft, Applied]:
    draft = draft_of(session.ledger)
    if manner.message:
        draft = replace(draft, subject=manner.message)
    content = contents_now(session)
    return draft, applied(session.ledger, draft, actor, session.now, content=content)


def _own_name(session: Session) -> str:
    """Return what somebody is called in a ledger that names nobody: as `init` would call them."""
    from nextstep.files.new_ledger import newcomer
    from nextstep.repo.identity import who

    identity = who(session.place, os.environ)
    person = newcomer(identity.email, identity.name)
    return person.id if person else "me"


def _rescue(session: Session, ready: Applied, typed: Sequence[str]) -> Rescue:
    import platformdirs

    new = (file.after.decode() for file in ready.files if file.before is None)
    lines = [f"$ {shlex.join(['nextstep', *sys.argv[1:]])}", *typed, "", ready.message, *new]
    git_dir = session.repository.git_dir if session.repository else None
    state = platformdirs.user_state_dir()
    return rescued(git_dir, "\n".join(lines), state_folder=state)


def _diff(files: Sequence[Written]) -> str:
    import difflib

    pieces: list[str] = []
    for file in files:
        before = (file.before or b"").decode("utf-8", "replace").splitlines(keepends=True)
        after = file.after.decode("utf-8", "replace").splitlines(keepends=True)
        old = f"a/{file.path}" if file.before is not None else "/dev/null"
        pieces += difflib.unified_diff(before, after, old, f"b/{file.path}")
    return "".join(pieces)


def _not_committed(
    problem: NotCommitted, files: Sequence[Written], rescue: Rescue
) -> NextstepError:
    if problem.busy:
        return NextstepError(
            f"git is busy; nothing was changed: {problem.message}",
            f"try again\n  {rescue.where()}",
            exit_code=problem.exit_code,
        )
    paths = " ".join(shlex.quote(file.path) for file in files)
    return NextstepError(
        f"saved but not committed: {problem.message}",
        f"put right what git says, then: git commit -- {paths}\n  {rescue.where()}",
        exit_code=problem.exit_code,
    )


def _remarks(session: Session, manner: Manner, commit: str | None) -> tuple[str, ...]:
    repository = session.repository
    if repository is None:
        return (f"saved without history: {session.no_git}",)
    if manner.no_commit:
        return ("saved, and not committed",)
    if repository.detached:
        return (f"HEAD is detached: {(commit or '')[:7]} is on no branch yet",)
    return ()

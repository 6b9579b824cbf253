"""How every recording verb writes: who acts, the lock, the files, the commit, and the last line."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.applying import Applied, applied
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.moments import with_way_back
from nextstep.changes.newcomers import with_newcomers
from nextstep.changes.recorded import Recorded
from nextstep.changes.saving import (
    Saved,
    StaleError,
    Written,
    save,
    writing,
)
from nextstep.changes.staying import keep_in
from nextstep.cli.doubts import doubts
from nextstep.cli.listings import screen
from nextstep.cli.only_writer import where_of
from nextstep.cli.output import emit, is_obeyed, note, width
from nextstep.cli.own_name import own_name
from nextstep.cli.session import Session, again, contents_now
from nextstep.cli.to_type_next import to_type_next
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import INTERRUPTED
from nextstep.files.ledger import Ledger
from nextstep.repo.committing import NotCommitted
from nextstep.repo.interrupts import Interrupted
from nextstep.repo.rescue import Rescue, rescued, state_folder

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
    """Print what was recorded; of a dry run the diff, and beside it what it would come to."""
    if manner.json:
        from nextstep.render.recorded_words import recorded_json

        emit(recorded_json(recorded))
    else:
        from nextstep.render.recorded_words import recorded_text, told_lines

        if recorded.dry_run and recorded.draft.told:
            note("\n".join(told_lines(recorded, width())))
        emit(recorded_text(recorded, screen()))


def actor_of(session: Session, by: str | None) -> Actor:
    """Return who acts: ``by``, else the person whose address git signs with.

    Raises NextstepError where that is nobody of this ledger.
    """
    people = session.ledger.settings.people
    me = own_name(session) or (None if people else "me")
    if by is None:
        if me is None:
            _refuse_without_files(session)
            _refuse_without_git(session)
            raise NextstepError(
                "your address in git belongs to nobody in this ledger",
                "say who acted with --by PERSON, or add the address to `emails` in nextstep.yaml",
            )
        return Actor(by=me)
    if people and by not in people:
        from nextstep.changes.people_named import by_name
        from nextstep.diagnostics.nearness import write_instead

        likely = by_name(by, session.ledger.settings)
        hint = write_instead(by, people, "add them to `people` in nextstep.yaml")
        if likely:
            hint = f"write {', '.join(f'`{one}`' for one in likely)}"
        raise NextstepError(f"`{by}` is nobody in this ledger", hint)
    return Actor(by=by, recorded_by=me if me not in (None, by) else None)


def by_option(manner: Manner) -> Iterator[tuple[str, str]]:
    """Yield the option that names who acted, where it was given."""
    if manner.by:
        yield "--by", manner.by


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
    _refuse_without_files(session)
    if not (manner.no_commit or manner.dry_run):
        _refuse_without_git(session)
    draft, ready = _worked_out(session, actor, draft_of, manner)
    if manner.dry_run:
        return Recorded(
            draft=draft, actor=actor, files=ready.files, diff=_diff(session, ready), dry_run=True
        )
    rescue = _rescue(session, ready, typed)
    drafted = [(draft, ready)]
    with _words_kept(rescue, session, drafted):
        saved = _saved(session, manner, actor, draft_of, drafted)
    draft, ready = drafted[-1]
    rescue.forget()
    draft = to_type_next(draft, by=manner.by, me=session.me, no_commit=manner.no_commit)
    if saved.signum is not None:
        where = f"recorded in {saved.commit[:7]}" if saved.commit else "saved"
        raise NextstepError(
            f"interrupted, when it was already {where}",
            draft.then or "",
            exit_code=Interrupted(saved.signum).exit_code,
        )
    return Recorded(
        draft=draft,
        actor=actor,
        files=ready.files,
        commit=saved.commit,
        remarks=(*doubts(session, manner.today, draft), *_remarks(session, manner, saved)),
    )


def _refuse_without_files(session: Session) -> None:
    """Raise NextstepError where there is nothing to write to."""
    if session.place.bare:
        raise NextstepError(
            "this repository is bare: it has no files that could be changed",
            "clone it, and record there",
        )


def _refuse_without_git(session: Session) -> None:
    """Raise NextstepError where there is a repository, and git cannot be asked to commit to it."""
    if session.repository is None and session.place.toplevel is not None:
        raise NextstepError(
            f"git cannot be used here, so nothing was changed: {session.no_git}",
            "put that right, or save without a commit: --no-commit --by PERSON",
        )


def _saved(
    session: Session,
    manner: Manner,
    actor: Actor,
    draft_of: Callable[[Ledger], Draft],
    drafted: list[tuple[Draft, Applied]],
) -> Saved:
    """Write and commit what was drafted last, anew where somebody else wrote in between.

    What is drafted anew is put behind what was ``drafted``.
    """
    where = where_of(session)
    with writing(where):
        for _ in range(_TRIES):
            _, ready = drafted[-1]
            if manner.with_edits:
                from nextstep.cli.as_committed import see_told

                see_told(session, [one.path for one in ready.files if one.before is not None])
            try:
                saved = save(
                    where,
                    ready.files,
                    ready.message,
                    committed=not manner.no_commit,
                    with_edits=manner.with_edits,
                )
            except StaleError as stale:
                changing = str(stale)
                session = again(session)
                drafted.append(_worked_out(session, actor, draft_of, manner))
            else:
                break
        else:
            raise NextstepError(
                f"{changing} is being changed all the time; nothing was changed", "try again"
            )
    return keep_in(where, ready.files, ready.message, saved)


@contextmanager
def _words_kept(
    rescue: Rescue, session: Session, drafted: Sequence[tuple[Draft, Applied]]
) -> Iterator[None]:
    """Say where the words are, whatever keeps them from being written and committed.

    Of all that was ``drafted`` meanwhile the last is what was written.
    """
    try:
        yield
    except NotCommitted as problem:
        _, ready = drafted[-1]
        raise _not_committed(problem, session, ready.files, rescue) from None
    except NextstepError as problem:
        hint = "\n".join(filter(None, (problem.hint, rescue.where())))
        raise NextstepError(problem.message, hint, exit_code=problem.exit_code) from None
    except KeyboardInterrupt as end:
        code = end.exit_code if isinstance(end, Interrupted) else INTERRUPTED
        raise NextstepError(
            "interrupted; nothing was changed", rescue.where(), exit_code=code
        ) from None


def _worked_out(
    session: Session, actor: Actor, draft_of: Callable[[Ledger], Draft], manner: Manner
) -> tuple[Draft, Applied]:
    draft = with_newcomers(
        draft_of(session.ledger), session.newcomers, actor, said=session.newly_said
    )
    if manner.message:
        draft = replace(draft, subject=manner.message)
    content = contents_now(session)
    ready = applied(session.ledger, draft, actor, session.now, content=content)
    return with_way_back(draft, ready.moment), ready


def _rescue(session: Session, ready: Applied, typed: Sequence[str]) -> Rescue:
    new = (file.after.decode() for file in ready.files if file.before is None)
    lines = [f"$ {shlex.join(['nextstep', *sys.argv[1:]])}", *typed, "", ready.message, *new]
    git_dir = session.repository.git_dir if session.repository else None
    return rescued(git_dir, "\n".join(lines), state_folder=None if git_dir else state_folder())


def _diff(session: Session, ready: Applied) -> str:
    from nextstep.render.file_diff import file_diff

    base, shown = session.place.prefix, is_obeyed()
    return "".join(
        file_diff(one.path, one.before, one.after, base=base, shown=shown) for one in ready.files
    )


def _not_committed(
    problem: NotCommitted, session: Session, files: Sequence[Written], rescue: Rescue
) -> NextstepError:
    if problem.busy:
        return NextstepError(
            f"git is busy; nothing was changed: {problem.message}",
            f"try again\n{rescue.where()}",
            exit_code=problem.exit_code,
        )
    new = [file.path for file in files if file.before is None]
    command = where_of(session).committing([file.path for file in files], new)
    return NextstepError(
        f"saved but not committed: {problem.message}",
        f"put right what git says, then: {command}\n{rescue.where()}",
        exit_code=problem.exit_code,
    )


def _remarks(session: Session, manner: Manner, saved: Saved) -> tuple[str, ...]:
    repository = session.repository
    rewritten = (
        f"a hook of git has changed {path}: look at it with git diff HEAD~1 -- {path}"
        for path in saved.rewritten
    )
    if repository is None:
        return (f"saved without history: {session.no_git}",)
    if manner.no_commit:
        return ("saved, and not committed",)
    first = [f"git knows {path} from now on, with all that it says" for path in saved.first]
    if saved.other_words:
        # Two at a time share one file for their messages: nobody but a reader of the log is misled.
        first.append(
            f"the message of {(saved.commit or '')[:7]} is another one than was given, by a hook "
            "or by another git; what was recorded is in it"
        )
    if repository.detached:
        detached = f"HEAD is detached: {(saved.commit or '')[:7]} is on no branch yet"
        return (*rewritten, *first, detached)
    return (*rewritten, *first)

"""A file of the ledger through the editor: a copy is edited, judged, and put in its place."""

from __future__ import annotations

import os
import time

from msgspec import Struct
from msgspec.structs import replace as with_

from nextstep.cli.asking import Question, can_ask, choose
from nextstep.cli.chosen_paths import shown_base
from nextstep.cli.edit_events import with_events
from nextstep.cli.editors import editor_words, run_editor
from nextstep.cli.listings import screen
from nextstep.cli.only_writer import only_writer, where_of
from nextstep.cli.output import note
from nextstep.cli.private_copy import PrivateCopy, private_copy
from nextstep.cli.session import Session, contents_now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing, read_tree
from nextstep.files.ledger import load_ledger
from nextstep.files.writing import ChangedMeanwhile, replace
from nextstep.model.source import Source, id_of
from nextstep.render.edit_words import Edited, Elsewhere, elsewhere_words
from nextstep.render.findings_text import check_text
from nextstep.render.safe_text import safe_text
from nextstep.repo.committed_path import is_committed
from nextstep.repo.paths import LARGEST_FILE
from nextstep.reports.check import CheckReport, check_report
from nextstep.rules.catalogue import judge

AGAIN, KEEP, DISCARD = "edit", "keep", "discard"
ANSWERS = (AGAIN, KEEP, DISCARD)
_SPOKEN = ("edit again", "keep as it is", "discard")
_FLAG = "--if-wrong WORD"
_AT_ONCE = 1.0


class _Judged(Struct, frozen=True):
    """What is wrong with the edited file, and what it breaks in other files."""

    report: CheckReport
    elsewhere: Elsewhere

    @property
    def wrong(self) -> int:
        """How many errors there are."""
        return self.report.errors + self.elsewhere.errors

    @property
    def line(self) -> int | None:
        """The line of the first error."""
        errors = (one.finding for one in self.report.shown)
        spans = [one.span for one in errors if one.severity is Severity.ERROR and one.span]
        return spans[0].line if spans else None


class Wish(Struct, frozen=True, kw_only=True):
    """What is said beforehand: what to do about errors, and why a date was changed."""

    if_wrong: str | None = None
    why: str | None = None


def edit(session: Session, path: str, wish: Wish) -> Edited:
    """Let a person edit a file of the ledger, and return what came of it.

    A date that is another one then gets its event, where somebody says why. Raises NextstepError,
    which says where the typed words are, where they did not get into the ledger.
    """
    before = session.ledger.sources[path].data
    if len(before) > LARGEST_FILE:
        message = f"{path} is larger than {LARGEST_FILE // 1024} KiB"
        raise NextstepError(message, "no such file is read; divide it into several")
    if not os.access(os.path.dirname(os.path.join(session.place.root, path)), os.W_OK):
        message = f"{path} is in a folder that you may not write to"
        raise NextstepError(message, "give yourself the right to, or edit it in a clone")
    words = editor_words(session.place, os.environ, terminal=can_ask())
    with private_copy(os.path.basename(path), before) as copy:
        if can_ask():
            note(safe_text(f"A copy is edited: {copy.path}"))
        began = time.monotonic()
        judged = _until_answered(session, path, copy, words, wish)
        if judged is None:
            same = copy.read() == before
            at_once = same and time.monotonic() - began < _AT_ONCE
            return Edited(path, saved=False, same=same, at_once=at_once)
        _put(session, path, copy, before)
    report = judged.report
    return Edited(
        path,
        saved=True,
        errors=report.errors,
        warnings=report.warnings,
        elsewhere=judged.elsewhere,
        to_commit=_to_commit(session, path),
    )


def _until_answered(
    session: Session, path: str, copy: PrivateCopy, words: list[str], wish: Wish
) -> _Judged | None:
    """Edit until the file is right or is to be kept as it is; None where nothing is to change."""
    before = seen = copy.read()
    line, if_wrong = None, wish.if_wrong
    while True:
        data = _typed(copy, words, line)
        if data == before:
            return None
        recorded = with_events(session, Source(path, before), data, wish.why)
        if recorded != data:
            copy.write(recorded)
            data = recorded
        judged = _judge(session, path, data)
        _show(session, judged)
        if not judged.wrong:
            return judged
        if if_wrong == AGAIN and data == seen:
            raise NextstepError("it is still as it was", "mend it, or say --if-wrong keep")
        answer = _answer(judged, if_wrong)
        if answer != AGAIN:
            return judged if answer == KEEP else None
        line, seen = judged.line, data


def _typed(copy: PrivateCopy, words: list[str], line: int | None) -> bytes:
    """Return what the copy holds when the editor has ended."""
    copy.in_use = True
    try:
        run_editor(words, copy.path, line)
    except NextstepError:
        copy.in_use = False
        raise
    copy.in_use = False
    return copy.read()


def _answer(judged: _Judged, if_wrong: str | None) -> str:
    if if_wrong is not None:
        return if_wrong
    count = "1 error" if judged.wrong == 1 else f"{judged.wrong} errors"
    if not can_ask():
        message = f"there is {count}" if judged.wrong == 1 else f"there are {count}"
        raise NextstepError(message, "say --if-wrong edit, keep or discard")
    words = f"There {'is' if judged.wrong == 1 else 'are'} {count}. What now?"
    return choose(Question(words=words, flag=_FLAG), _SPOKEN).partition(" ")[0]


def _show(session: Session, judged: _Judged) -> None:
    """Print the findings of the file, beside the answer of the command."""
    if judged.report.shown:
        note(check_text(judged.report, screen(), base=shown_base(session)).rstrip("\n"))
    if judged.elsewhere.errors:
        note(safe_text(elsewhere_words(judged.elsewhere)))


def _judge(session: Session, path: str, data: bytes) -> _Judged:
    """Judge the ledger as it would be with the edited file in it."""
    listing = read_tree(session.place.root)
    sources = {**{one.path: one for one in listing.sources}, path: Source(path, data)}
    ordered = tuple(sources[name] for name in sorted(sources))
    ledger = load_ledger(Listing(ordered, listing.findings), root=session.ledger.root, timezone="")
    if not ledger.timezone:
        ledger = ledger.in_zone(session.ledger.timezone)
    content = contents_now(with_(session, ledger=ledger))
    verdict = judge(ledger, session.now, content=content)
    known = {_mark(one) for one in judge(session.ledger, session.now, content=content).findings}
    new = [
        one
        for one in verdict.findings
        if one.path != path and one.severity is Severity.ERROR and _mark(one) not in known
    ]
    report = check_report(ledger, session.now, verdict, paths=(path,))
    return _Judged(report, Elsewhere(len(new), len({one.path for one in new})))


def _mark(found: Diagnostic) -> tuple[str, str, str]:
    return found.path, found.code, found.message


def _put(session: Session, path: str, copy: PrivateCopy, before: bytes) -> None:
    try:
        with only_writer(session):
            replace(session.place.root, path, copy.read(), before=before)
    except ChangedMeanwhile as changed:
        hint = "take over from one into the other what is missing there, by hand"
        raise NextstepError(changed.message, hint, exit_code=changed.exit_code) from None


def _to_commit(session: Session, path: str) -> str | None:
    """Return the command that commits a file; None outside a repository."""
    if session.repository is None:
        return None
    is_new = not is_committed(session.place, path, os.environ)
    message = f"{'Add' if is_new else 'Change'} {id_of(path)}"
    return where_of(session).committing([path], [path] if is_new else [], message=message)

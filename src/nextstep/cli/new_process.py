"""How a process begins: the questions, a look at what they come to, and the file."""

from __future__ import annotations

import os

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Unfit
from nextstep.cli.interview import Flags, interview
from nextstep.cli.output import emit, note, width
from nextstep.cli.own_name import own_name
from nextstep.cli.session import Session, contents_now, open_session
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing
from nextstep.files.editor_schemas import SCHEMA_FOLDER, modeline
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.files.new_process import NewProcess, fault_of, id_of, path_of, process_text
from nextstep.files.writing import create
from nextstep.model.source import Source
from nextstep.render.cells import wrap
from nextstep.rules.catalogue import judge

_INTRODUCTION = (
    "Enter alone leaves a question for later, where that is possible. Ctrl-C writes nothing, and "
    "gives back what you typed."
)
_WIDEST = 80
_NAME = Question(words="What do people call it?", flag="NAME", example="Annual customer review")


def begin_process(name: str | None, flags: Flags, *, dry_run: bool) -> None:
    """Ask what no flag says, and write the file of a process; with ``dry_run`` print it.

    Raises NextstepError where it cannot be written, or would not pass the check.
    """
    session = open_session()
    if session.place.bare:
        raise NextstepError("a bare repository has no files to write to", "use a clone of it")
    answers = Answers()
    title, id_ = _named(name, session.ledger, answers)
    if answers.asks:
        note("\n".join((*wrap(_INTRODUCTION, min(width(), _WIDEST)), "")))
    with answers.given_back("new", "process", title, others=flags.said()):
        settings, me = session.ledger.settings, own_name(session)
        new = interview(id_, title, flags, answers, settings=settings, me=me)
        source = _source(new, session)
        found = _findings(source, session)
        _refuse(found)
        if dry_run:
            emit(source.data.decode())
            return
        if not create(session.place.root, source.path, source.data):
            raise NextstepError(f"{source.path} is there by now", "choose another name")
    _tell(new, source, found, session)


def _named(name: str | None, ledger: Ledger, answers: Answers) -> tuple[str, str]:
    """Return the title and the id of the process; NextstepError where its id is in use."""

    def read(text: str) -> str:
        fault = fault_of("title", text)
        if fault is not None:
            raise Unfit(*fault)
        id_ = id_of(text)
        if not id_:
            is_long = any(sign.isascii() and sign.isalnum() for sign in text)
            hint = "begin with a shorter word" if is_long else "use some letters of a-z"
            raise Unfit(f"no id can be made of `{text}`", hint)
        if any(id_ in known for known in (ledger.processes, ledger.commitments, ledger.runs)):
            raise Unfit(f"`{id_}` is there already", "choose another name")
        return text

    answers.demand([(_NAME, name)])
    title = answers.text(_NAME, name, read)
    answers.typed.clear()  # it stands before the flags
    id_ = id_of(title)
    return (id_.replace("-", " ").capitalize() if title == id_ else title), id_


def _source(new: NewProcess, session: Session) -> Source:
    path = path_of(new.id)
    schema = os.path.join(session.place.root, SCHEMA_FOLDER, "process.json")
    first_line = modeline(path, "process") if os.path.isfile(schema) else ""
    return Source(path, process_text(new, first_line=first_line).encode())


def _findings(source: Source, session: Session) -> list[Diagnostic]:
    """Return what `check` would find in the file if it were there."""
    ledger = session.ledger
    listing = Listing((*ledger.sources.values(), source), ())
    then = load_ledger(listing, root=ledger.root, timezone=ledger.timezone)
    verdict = judge(then, session.now, content=contents_now(session))
    return [one for one in verdict.findings if one.path == source.path]


def _refuse(found: list[Diagnostic]) -> None:
    """Raise NextstepError where the file would not pass the check."""
    for one in found:
        if one.severity is Severity.ERROR:
            raise NextstepError(one.message, one.hint)


def _tell(new: NewProcess, source: Source, found: list[Diagnostic], session: Session) -> None:
    from nextstep.cli.listings import screen
    from nextstep.render.new_words import new_process_page
    from nextstep.render.page_text import page_text

    page = new_process_page(
        new, source.path, found, ledger=session.ledger.root, is_kept=session.repository is not None
    )
    emit(page_text(page, screen()))

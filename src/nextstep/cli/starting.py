"""How a run starts: what is known and asked, a look at the plan, and the file."""

from __future__ import annotations

import os

import typer
from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.changes.start import Start, run_of, start
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, confirm
from nextstep.cli.only_writer import where_of
from nextstep.cli.output import emit, note
from nextstep.cli.recording import Manner, actor_of, by_option, record, tell
from nextstep.cli.session import Session, contents_now, open_session
from nextstep.cli.start_early import Possible, cannot_be_kept
from nextstep.cli.start_questions import FOR_WHOM, Questions, identified, pairs_of, requester
from nextstep.cli.start_wish import Wish, see_places
from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED, FOUND
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process
from nextstep.reports.readiness import Uncommitted, article, findings_of, readiness
from nextstep.reports.show import find
from nextstep.reports.standing import standing
from nextstep.reports.start_plan import Beginning, beginning
from nextstep.runs.under_settings import run_under

_GO_ON = Question(words="Start it?", flag="--yes")


def start_run(wish: Wish, manner: Manner) -> None:
    """Start a run as somebody wishes. Raises NextstepError where that cannot be."""
    see_places(wish)
    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    answers = Answers()
    words = ["start", *([wish.process] if wish.process else [])]
    answers.typed += wish.repeated()
    with answers.given_back(*words, others=(*wish.said(), *by_option(manner))):
        if wish.ad_hoc is not None:
            from nextstep.cli.ad_hoc import ad_hoc_start

            asked = ad_hoc_start(wish, session, answers, actor.by)
        else:
            asked = _asked(_wanted(wish), session, answers)
        plan = _looked_at(session, asked)
        if plan.faults and not wish.because:
            _show(plan, session, answers)
            raise cannot_be_kept(plan.faults)
        shown = _agreed(plan, session, answers, wish, manner)

        def draft(ledger: Ledger) -> Draft:
            made = start(ledger, asked, actor, session.now)
            return made if shown else replace(made, told=(*made.told, *plan.warnings))

        recorded = record(session, manner, actor, draft)
    tell(recorded, manner)


def show_readiness(wish: Wish, manner: Manner) -> None:
    """Print whether a process could be started; exit code 1 where something is missing."""
    from nextstep.cli.pages import print_page, reading_of
    from nextstep.files.contents import sizes_below
    from nextstep.render.beginning_words import readiness_json, readiness_page

    see_places(wish)
    session = open_session(today=manner.today)
    process = _process(wish, session)
    ready = readiness(
        session.ledger,
        process,
        session.now,
        sizes=sizes_below(session.place.root),
        committed=_uncommitted(session, process) or session.repository is not None,
    )
    if manner.json:
        emit(readiness_json(ready))
    else:
        reading = reading_of(session)
        print_page(readiness_page(ready, reading.head("ready?"), reading.origin_words), "text")
    if not ready.is_ready:
        raise typer.Exit(FOUND)


def _wanted(wish: Wish) -> Wish:
    """Return the wish with what a request says; the command line comes first."""
    if wish.from_request is None:
        return wish
    from nextstep.cli.requests import read_request

    request = read_request(wish.from_request)
    return replace(
        wish,
        process=wish.process or request.process,
        for_=wish.for_ or request.for_,
        requested_by=wish.requested_by or request.requested_by,
        inputs=(*request.inputs, *wish.inputs),
    )


def _asked(wish: Wish, session: Session, answers: Answers) -> Start:
    """Return what is started, with the answers to all that no flag said."""
    process = _process(wish, session)
    _refuse_to_start(process, session)
    questions = Questions(process, session, answers)
    given = pairs_of("--input", wish.inputs, "NAME=VALUE")
    inputs, open_inputs = questions.inputs(given)
    people, parts = questions.people(pairs_of("--assign", wish.assign, "ROLE=PERSON"))
    possible = Possible(session, process, because=wish.because)
    possible.see(inputs, is_all=not open_inputs)
    needed = [(question, None) for question in questions.demanded(open_inputs, parts)]
    answers.demand(needed)
    for_ = answers.text(FOR_WHOM, wish.for_) or None
    for number, one in enumerate(open_inputs if answers.asks else (), 1):
        inputs[one.name] = questions.ask_input(one)
        possible.see(inputs, is_all=number == len(open_inputs))
    for part in parts:
        people[part.name] = questions.ask_part(part)
    words = f"{for_ or ''} {process.title}"
    return identified(
        session,
        words,
        Start(
            id="",
            handle="",
            process=process.id,
            for_=for_,
            requested_by=requester(wish.requested_by, session),
            inputs={name: inputs[name] for name in process.inputs if inputs.get(name)},
            people=people,
            because=wish.because,
            object_format=session.repository.object_format if session.repository else "sha1",
        ),
    )


def _process(wish: Wish, session: Session) -> Process:
    if wish.process is None:
        active = [one.id for one in session.ledger.processes.values() if one.state == "active"]
        there = (
            f"there is {', '.join(sorted(active))}" if active else "begin one: nextstep new process"
        )
        raise NextstepError(
            "it is not said which process is started", f"{there}; or --ad-hoc TITLE"
        )
    found = find(session.ledger, wish.process, "start")
    if found.kind != "process":
        raise NextstepError(
            f"`{wish.process}` is a {found.kind}, and only a process is started",
            "`nextstep list --processes` shows which there are",
        )
    return session.ledger.processes[found.name]


def _refuse_to_start(process: Process, session: Session) -> None:
    """Raise NextstepError for a process that nobody should work by."""
    path = process.source.path
    errors = [
        found
        for found in findings_of(session.ledger, process, session.now)
        if found.severity is Severity.ERROR
    ]
    if errors:
        message = f"{process.id} has errors, the first: {errors[0].message}"
        raise NextstepError(message, f"see nextstep check {path}")
    if process.state != "active":
        hint = f"write `state: active` into {path} and commit it"
        if process.state == "retired":
            hint = "`nextstep list --processes` shows which are active"
        raise NextstepError(f"{process.id} is {article(process.state)}", hint)
    uncommitted = _uncommitted(session, process)
    if uncommitted is not None:
        raise NextstepError(uncommitted.said, f"commit it: {uncommitted.to_do}")


def _uncommitted(session: Session, process: Process) -> Uncommitted | None:
    """Return why a process is not the one that everybody has; None without a repository."""
    from nextstep.repo.uncommitted import NEW_TO_GIT, uncommitted

    if session.repository is None or session.place.bare:
        return None
    names = {process.id, process.based_on}
    paths = [one.source.path for one in session.ledger.processes.values() if one.id in names]
    found = uncommitted(session.place, paths, dict(os.environ))
    if not found:
        return None
    path, how = next(iter(found.items()))
    is_new = how == NEW_TO_GIT
    new = [path for path, how in found.items() if how == NEW_TO_GIT]
    return Uncommitted(
        said=f"{path} is not committed" if is_new else f"{path} has changes not committed",
        to_do=where_of(session).committing([*found], new),
    )


def _looked_at(session: Session, asked: Start) -> Beginning:
    """Return the plan as it would be written. Raises NextstepError where it has errors."""
    ledger, now = session.ledger, session.now
    run = run_of(ledger, asked, now)
    process = ledger.processes.get(asked.process or "")
    for found in findings_of(ledger, process, now, run) if process else ():
        if found.severity is Severity.ERROR:
            raise NextstepError(found.message, found.hint)
    known = standing(ledger, now, content=contents_now(session))
    return beginning(ledger, run, run_under(ledger.settings, run, now), now, known=known)


def _show(plan: Beginning, session: Session, answers: Answers) -> None:
    """Show the plan to who is asked: on standard error, as a question is."""
    from nextstep.cli.listings import screen
    from nextstep.cli.pages import reading_of
    from nextstep.render.beginning_words import beginning_page
    from nextstep.render.page_text import page_text

    if answers.asks:
        note(f"\n{page_text(beginning_page(plan, reading_of(session).origin_words), screen())}")


def _agreed(
    plan: Beginning, session: Session, answers: Answers, wish: Wish, manner: Manner
) -> bool:
    """Return whether the plan was shown and agreed to; a no ends the command.

    Raises NextstepError where nobody can be asked and no flag says it.
    """
    if wish.yes or manner.dry_run:
        return False
    answers.demand([(_GO_ON, None)])
    _show(plan, session, answers)
    if not confirm(_GO_ON.words, _GO_ON.flag, default=True):
        raise NextstepError("nothing was started", exit_code=DECLINED)
    return True

"""Work without a process: its owner, and its steps one a line."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.changes.draft import due_text
from nextstep.changes.run_plan import Plain
from nextstep.changes.start import Start
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Unfit, read_flag
from nextstep.cli.output import note
from nextstep.cli.session import Session
from nextstep.cli.start_questions import identified, requester
from nextstep.cli.start_wish import Wish
from nextstep.cli.typed_people import one_person
from nextstep.dates.problem import DateProblem
from nextstep.dates.typed import parse_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.new_process import fault_of, step_id

_SIGN = "|"
_LEAST, _MOST = 3, 4
_STEPS = Question(
    words="The steps in order, one a line: do | who | by when. An empty line ends.",
    flag="--step STEP",
    example="Pack the boxes | raj | fri",
)


def ad_hoc_start(wish: Wish, session: Session, answers: Answers, me: str) -> Start:
    """Return the run of work that has no process. Raises NextstepError where steps are missing."""
    title = wish.ad_hoc or ""
    fault = fault_of("title", title)
    if fault is not None:
        raise NextstepError(*fault)
    person = one_person(session.ledger.settings)
    owner = read_flag("--owner", wish.owner, person) if wish.owner else me
    answers.demand([(_STEPS, wish.steps or None)])
    answers.typed = [pair for pair in answers.typed if pair[0] != _STEPS.name]
    steps = _steps(wish.steps, session, answers)
    if not steps:
        raise NextstepError("a run needs a step", f"name one with {_STEPS.flag}")
    asked = Start(
        id="",
        handle="",
        ad_hoc={"title": title, "owner": owner, "steps": steps},
        for_=wish.for_,
        requested_by=requester(wish.requested_by, session),
        because=wish.because,
    )
    return identified(session, f"{wish.for_ or ''} {title}", asked)


def _steps(given: Sequence[str], session: Session, answers: Answers) -> list[Plain]:
    steps: list[Plain] = []

    def read(line: str) -> str:
        steps.append(_step(line, steps, session))
        if answers.asks and not given:
            due = steps[-1].get("due") or steps[-1].get("rule")
            note(f"  {steps[-1]['id']}, {due}")
        return line

    answers.lines(_STEPS, given, read)
    return steps


def _step(line: str, before: Sequence[Plain], session: Session) -> Plain:
    """Return the step that a line tells; each comes after the one above it."""
    parts = [part.strip() for part in line.split(_SIGN)]
    if not _LEAST <= len(parts) <= _MOST or not all(parts):
        raise Unfit(f"`{line}` has {len(parts)} parts", "write do | who | by when, such as fri")
    do, who, when = parts[:_LEAST]
    ids = {step["id"] for step in before}
    said: Plain = {"id": step_id(do, ids.__contains__), "do": _fit("do", do)}
    said["who"] = one_person(session.ledger.settings)(who)
    said["after"] = [before[-1]["id"]] if before else []
    said |= _due(when, session, ids)
    if len(parts) == _MOST:
        said["done_when"] = _fit("done_when", parts[-1])
    return said


def _due(text: str, session: Session, ids: set[str]) -> Plain:
    """Return the date of a step, or the rule that it counts from."""
    try:
        return {"due": due_text(parse_typed(text, session.now, session.ledger.calendar))}
    except DateProblem as problem:
        from nextstep.files.new_process import time_names

        if fault_of("due", text, step=True) is None and ids.issuperset(time_names(text)):
            return {"rule": text}
        raise Unfit(problem.message, problem.hint) from None


def _fit(name: str, text: str) -> str:
    fault = fault_of(name, text, step=True)
    if fault is not None:
        raise Unfit(*fault)
    return text

"""The questions of `nextstep change` and `nextstep assign`, and how their answers are read."""

from __future__ import annotations

from nextstep.changes.changeable import is_day
from nextstep.changes.newly_dated import due_in_file
from nextstep.changes.people_named import person_named
from nextstep.changes.target import Target
from nextstep.cli.asking import Question, Reader, Unfit
from nextstep.cli.session import Session
from nextstep.cli.typed_dates import due_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Run
from nextstep.model.process import VACANT

VALUE = Question(words="What is it from now on?", flag="VALUE")
WHY = Question(words="Why?", flag="--why TEXT")


def value_reader(session: Session, target: Target, field: str) -> Reader:
    """Return the reader of a new value: a person, a date where dates count from it, or words."""
    record = target.record(session.ledger)

    def read(text: str) -> str:
        try:
            if field == "who" or field.startswith("people."):
                return cast(session, text)
            name = field.removeprefix("inputs.")
            if isinstance(record, Run) and is_day(record, name):
                return due_in_file(due_typed(text, session), session.ledger.timezone)
        except NextstepError as problem:
            raise Unfit(problem.message, problem.hint) from None
        return text

    return read


def cast(session: Session, text: str) -> str:
    """Return who is meant; nobody is ``vacant``. Raises NextstepError for an unknown name."""
    return VACANT if text == VACANT else person_named(text, session.ledger.settings)

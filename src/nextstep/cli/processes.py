"""Which process somebody means, and which of its reviews."""

from __future__ import annotations

from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question
from nextstep.cli.session import Session
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.process import Process
from nextstep.reports.handles import Handles

_ALL = "all"


def process_named(session: Session, typed: str) -> Process:
    """Return the process that is meant. Raises NextstepError where it is none, or may be several."""
    processes = session.ledger.processes
    if not processes:
        raise NextstepError("this ledger has no process", "nextstep new writes one")
    return processes[Handles(session.ledger, of_processes=True).find(typed)]


def review_kind(process: Process, said: str | None) -> str | None:
    """Return which review is meant, None for all. Raises NextstepError where it is not said."""
    kinds = [review.kind for review in process.reviews if review.kind]
    if said is None and (len(process.reviews) <= 1 or not kinds):
        return None
    if not kinds and said != _ALL:
        raise NextstepError(f"{process.id} has no kinds of review", "leave --kind out")
    question = Question(words="Which review?", flag="--kind KIND", known=(*kinds, _ALL))
    answers = Answers()
    answers.demand([(question, said)])
    kind = answers.word(question, said, (*kinds, _ALL))
    return None if kind == _ALL else kind


def object_format(session: Session) -> str:
    """Return how git names contents here."""
    return session.repository.object_format if session.repository else "sha1"

"""All that was offered to somebody, one after the other: accepted, returned, or left for later."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.cli.accepting import Wish, make_acceptance
from nextstep.cli.asking import Question, can_ask, choose
from nextstep.cli.output import emit, note
from nextstep.cli.recording import Manner, actor_of
from nextstep.cli.returning import Wish as Back
from nextstep.cli.returning import make_return
from nextstep.cli.session import Session, open_session
from nextstep.dates.words import counted, day_words, listed
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.render.safe_text import safe_text
from nextstep.reports.handles import Handles
from nextstep.reports.offers import Waiting, offered_to
from nextstep.reports.standing import standing

_ACCEPT, _RETURN, _LATER, _QUIT = "accept", "return", "later", "quit"


def accept_one_by_one(manner: Manner, given: Sequence[str]) -> None:
    """Ask about each offer; every answer is a commit of its own.

    Raises NextstepError where nobody can be asked, or flags are ``given``: nobody knows about
    which of the offers.
    """
    session = open_session(today=manner.today)
    actor = actor_of(session, manner.by)
    waiting = offered_to(standing(session.ledger, session.now), actor.by)
    if given:
        raise _about_nothing(session, given, waiting)
    if not waiting:
        emit(f"Nothing is offered to {safe_text(actor.by)}.\n")
        return
    if not can_ask():
        typed = _typed(session, waiting)
        raise NextstepError(
            f"{counted(len(waiting), 'thing')} offered, and nobody can be asked here",
            f"name one: {', '.join(f'nextstep accept {one}' for one in typed)}",
        )
    answered = 0
    for number, one in enumerate(waiting, 1):
        day = day_words(local_day(one.at, session.now.timezone), session.now.today)
        note(safe_text(f"{number} of {len(waiting)}: {one.title}, offered by {one.by} on {day}"))
        question = Question(words="What do you say?", flag="ID")
        said = choose(question, (_ACCEPT, _RETURN, _LATER, _QUIT))
        if said == _QUIT:
            break
        if said == _LATER:
            continue
        try:
            if said == _ACCEPT:
                make_acceptance(Wish(id=one.id, step=one.step, duty=one.duty), manner)
            else:
                make_return(Back(id=one.id, step=one.step), manner)
            answered += 1
        except NextstepError as problem:
            note(
                safe_text(
                    f"  {problem.message}; {problem.hint}" if problem.hint else problem.message
                )
            )
    emit(f"{answered} of {len(waiting)} answered.\n")


def _typed(session: Session, waiting: Sequence[Waiting]) -> list[str]:
    """Return what names each offer on the command line."""
    handles = Handles(session.ledger)
    return [" ".join(filter(None, (handles.shortest(one.id), one.step))) for one in waiting]


def _about_nothing(
    session: Session, given: Sequence[str], waiting: Sequence[Waiting]
) -> NextstepError:
    """Return the refusal of flags that are about one offer, where none is named."""
    those = f", one of {', '.join(_typed(session, waiting))}" if waiting else ""
    return NextstepError(
        f"nothing says what {listed(given, 'and')} {'is' if len(given) == 1 else 'are'} about",
        f"name it: nextstep accept ID{those}",
    )

"""How a commitment went: it is quoted, then asked for, and each answer leads to its own verb."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from nextstep.changes.block import Block, block
from nextstep.changes.close import Close, close
from nextstep.changes.coaching import coaching_for
from nextstep.changes.done import Done, done_later
from nextstep.changes.draft import Draft
from nextstep.changes.drop import drop
from nextstep.changes.log_lines import Actor
from nextstep.changes.move import Move, move
from nextstep.changes.note import with_note
from nextstep.changes.openness import commitment_now, see_agreed, see_not_closed, see_theirs
from nextstep.changes.recorded import Recorded
from nextstep.changes.rhythm import comes_next
from nextstep.changes.target import Target
from nextstep.changes.wording import due_words
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, choose
from nextstep.cli.end_flags import OF_COMMITMENT, left_over, see_answers, see_places
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.next_reply import NEXT, next_asked
from nextstep.cli.quoting import quote
from nextstep.cli.recording import Manner, by_option, record
from nextstep.cli.replies import (
    CHANGE_NOW,
    CLOSING,
    DROPPED,
    ENDS,
    HELP,
    HOW_IT_WENT,
    LATER,
    LEARNED_NOW,
    NEW_DATE,
    NOT_YET,
    ON,
    OUTCOME,
    SKIP,
    WAYS,
    WHY,
    WHY_BLOCKED,
    Said,
)
from nextstep.cli.session import Session
from nextstep.cli.typed_dates import due_typed, readable_date
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.reports.handles import Handles
from nextstep.runs.states import CommitmentStage

Verb = Callable[[Ledger], Draft]


class Talk(Struct, frozen=True, kw_only=True):
    """One look back: on what, who speaks, and what the command line says already."""

    newcomers: Newcomers
    target: Target
    actor: Actor
    said: Said
    manner: Manner
    answers: Answers

    @property
    def session(self) -> Session:
        """The session, with whoever was named for the first time until now."""
        return self.newcomers.session


def close_commitment(talk: Talk, *, may_skip: bool = False) -> Recorded | None:
    """Ask how a commitment went and record it; None where it is passed over."""
    _see_open(talk)
    end = talk.said.end()
    ends = (end,) if end else _ends(talk)
    see_places(talk.said, OF_COMMITMENT, talk.target, *ends, what="" if end else "a commitment")
    see_answers(talk.said, talk.session.ledger, talk.target)
    if end is None:
        talk.answers.demand([(Question(words=HOW_IT_WENT, flag=WAYS), None)])
    if end is None or _is_short(talk, end):
        quote(talk.session, [talk.target], talk.actor, talk.answers)
    if end is None:
        words = (*_ends(talk), SKIP) if may_skip else _ends(talk)
        end = choose(Question(words=HOW_IT_WENT, flag=WAYS), words)
    if end == SKIP:
        return None
    return written(talk, end, _keeping_all)


def _ends(talk: Talk) -> tuple[str, ...]:
    """Return how it may have gone: what is done already cannot be not yet done."""
    session = talk.session
    state = commitment_now(session.ledger, talk.target.id, session.now)
    return (*CLOSING, DROPPED) if state.stage is CommitmentStage.DONE else ENDS


def written(talk: Talk, end: str, verb: Callable[[Talk, str], Verb]) -> Recorded:
    """Ask for what the end of something needs, and record it; an interrupt gives the words back."""
    flag = [] if end in (NOT_YET, "done") else [f"--{end.replace(' ', '-')}"]
    again = ("done", *talk.target.words.split(), *flag, *talk.said.switches())
    others = (*talk.said.flags(), *by_option(talk.manner))
    with talk.answers.given_back(*again, others=others):
        draft = verb(talk, end)
        typed = [answer for _, answer in talk.answers.typed]
        return record(talk.session, talk.manner, talk.actor, draft, typed=typed)


def _keeping_all(talk: Talk, end: str) -> Verb:
    """Return what records an end, with a note of what was typed before it was known which one."""
    verb = _verb_of(talk, end)
    left = left_over(talk.said, OF_COMMITMENT, end).words
    return (lambda ledger: with_note(verb(ledger), talk.target.id, left)) if left else verb


def _verb_of(talk: Talk, end: str) -> Verb:
    """Return what records an end of a commitment, or that it has not come to one."""
    target, actor, now = talk.target, talk.actor, talk.session.now
    if end == LATER:
        done = Done(proof=talk.said.proof)
        return lambda ledger: done_later(ledger, target, done, actor, now)
    if end == NOT_YET:
        return moving(talk)
    if end == HELP:
        return blocking(talk)
    if end == DROPPED:
        return dropping(talk)
    told = _looked_back(talk, end)
    return lambda ledger: close(ledger, target, told, actor, now)


def moving(talk: Talk) -> Verb:
    """Ask for another date and why: it is not done yet."""
    said, answers, session = talk.said, talk.answers, talk.session
    answers.demand([(NEW_DATE, said.not_yet), (WHY, said.why)])
    date = answers.text(NEW_DATE, said.not_yet, readable_date(session, [talk.target]))
    why = answers.text(WHY, said.why)
    told = Move(to=due_typed(date, session), why=why)
    return lambda ledger: move(ledger, (talk.target,), told, talk.actor, session.now)


def dropping(talk: Talk) -> Verb:
    """Ask why it is given up; what was learned is kept with it."""
    said, now = talk.said, talk.session.now
    talk.answers.demand([(WHY, said.why)])
    why = talk.answers.text(WHY, said.why)
    told = {"learned": said.learned, "change": said.change, "feedback": said.feedback}
    return lambda ledger: drop(ledger, [talk.target], why, talk.actor, now, told=told)


def blocking(talk: Talk) -> Verb:
    """Ask what is in the way, and who could help."""
    said, answers = talk.said, talk.answers
    answers.demand([(WHY_BLOCKED, said.why)])
    why = answers.text(WHY_BLOCKED, said.why)
    on = answers.text(ON, said.on if said.why is None else said.on or "")
    told = Block(why=why, on=on or None)
    return lambda ledger: block(ledger, talk.target, told, talk.session.now)


def coached(talk: Talk, found: Commitment | Run) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what was learned, what might change, and the answers to a ledger's own questions."""
    said, answers = talk.said, talk.answers
    asked = coaching_for(talk.session.ledger, found)
    learned = answers.text(LEARNED_NOW, said.learned) if asked.learned or said.learned else ""
    change = answers.text(CHANGE_NOW, said.change) if asked.change or said.change else ""
    given = [*said.answer, *([None] * len(asked.own))]
    own = tuple(
        (question, answers.text(_own(question), one))
        for question, one in zip(asked.own, given, strict=False)
    )
    return learned, change, own


def _own(question: str) -> Question:
    return Question(words=question, flag="--answer TEXT", optional=True, open_="nothing")


def _looked_back(talk: Talk, result: str) -> Close:
    said, answers, session = talk.said, talk.answers, talk.session
    commitment = session.ledger.commitments[talk.target.id]
    comes = _comes(session, commitment)
    needed: list[tuple[Question, object]] = [(OUTCOME, said.outcome)]
    if not comes:
        needed.append((NEXT, said.nothing_further or said.next_ or None))
    answers.demand(needed)
    outcome = answers.text(OUTCOME, said.outcome)
    learned, change, own = coached(talk, commitment)
    follow = next_asked(answers, said, talk.target, talk.newcomers, talk.actor, again=comes)
    return Close(
        result=result,
        outcome=outcome,
        learned=learned or None,
        change=change or None,
        answers=own,
        step=follow.step,
        next_ids=follow.ids,
        nothing_further=follow.nothing_further,
        or_note=said.or_note,
    )


def _comes(session: Session, commitment: Commitment) -> str:
    """Return what comes next by itself, for what comes again; nothing where nothing does."""
    again = comes_next(session.ledger, commitment, session.now)
    if isinstance(again, str):
        return f"{Handles(session.ledger).shortest(again)}, which is there already"
    return f"{due_words(again.due, session.ledger.timezone)} again" if again else ""


def _see_open(talk: Talk) -> None:
    """Raise NextstepError where nobody needs to be asked: it is over, or not theirs to say."""
    session, said = talk.session, talk.said
    state = commitment_now(session.ledger, talk.target.id, session.now)
    if said.or_note:
        return
    see_agreed(state, talk.target)
    see_not_closed(state.closed, talk.target, session.ledger, session.now, words=said.words)
    see_theirs("done", state, talk.target, talk.actor)


def _is_short(talk: Talk, end: str) -> bool:
    """Return whether the flags leave something to be asked."""
    said = talk.said
    if end in CLOSING:
        return said.outcome is None or not (said.next_ or said.nothing_further)
    return end in (NOT_YET, HELP, DROPPED) and said.why is None

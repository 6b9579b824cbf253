"""How a run went: each expectation, what the customer said, what came of it, what is next."""

from __future__ import annotations

from collections.abc import Mapping

from nextstep.changes.close_run import MET, CloseRun, close_run, see_ready, suggested
from nextstep.changes.openness import run_now, see_not_closed
from nextstep.changes.recorded import Recorded
from nextstep.cli.asking import Question
from nextstep.cli.closing import Talk, Verb, coached, dropping, written
from nextstep.cli.end_flags import OF_RUN, see_answers, see_places
from nextstep.cli.next_reply import NEXT, next_asked
from nextstep.cli.output import note
from nextstep.cli.quoting import look_of
from nextstep.cli.replies import CLOSING, DROPPED, FEEDBACK, HOW_IT_WENT, OUTCOME
from nextstep.diagnostics.errors import NextstepError
from nextstep.runs.states import RunState

_EXPECTS = "--expects 'NUMBER: met'"


def look_back(talk: Talk) -> Recorded:
    """Ask how a run went, and close it."""
    session, target = talk.session, talk.target
    ledger = session.ledger
    end = talk.said.end()
    if end not in (None, *CLOSING, DROPPED):
        raise NextstepError(
            f"{target.handle} is a run, and that is said of its steps",
            f"nextstep done {target.handle} STEP --{end.replace(' ', '-')}",
        )
    state = run_now(ledger, target.id, session.now)
    closed = None if talk.said.or_note else state.closed
    see_not_closed(closed, target, ledger, session.now, words=talk.said.words)
    if end != DROPPED and state.is_live:
        see_ready(state, target)
    meant = (end,) if end else CLOSING
    see_places(talk.said, OF_RUN, target, *meant, what="" if end else "a run that is closed")
    see_answers(talk.said, ledger, target)
    return written(talk, end or "done", lambda talk, _: _verb(talk, end, state))


def _verb(talk: Talk, end: str | None, state: RunState) -> Verb:
    target, actor, now = talk.target, talk.actor, talk.session.now
    if end == DROPPED:
        return dropping(talk)
    told = _told(talk, end, state)
    return lambda ledger: close_run(ledger, target, told, actor, now)


def _told(talk: Talk, end: str | None, state: RunState) -> CloseRun:
    said, answers = talk.said, talk.answers
    run = talk.session.ledger.runs[talk.target.id]
    given = _given(said.expects, tuple(one.text for one in state.expects))
    met = [(Question(words=one.text, flag=_EXPECTS), given.get(one.text)) for one in state.expects]
    follow_flag = said.nothing_further or said.next_ or None
    answers.demand([*met, (OUTCOME, said.outcome), (NEXT, follow_flag)])
    answers.typed += [("--expects", one) for one in said.expects]
    _quote(talk, state)
    expects = {one.text: _met(talk, one.text, given.get(one.text)) for one in state.expects}
    feedback = answers.text(FEEDBACK, said.feedback)
    result = end or _result(talk, state, expects)
    outcome = answers.text(OUTCOME, said.outcome)
    learned, change, own = coached(talk, run)
    follow = next_asked(answers, said, talk.target, talk.newcomers, talk.actor)
    return CloseRun(
        result=result,
        outcome=outcome,
        expects=expects,
        feedback=feedback or None,
        learned=learned or None,
        change=change or None,
        answers=own,
        step=follow.step,
        next_ids=follow.ids,
        nothing_further=follow.nothing_further,
        or_note=said.or_note,
    )


def _quote(talk: Talk, state: RunState) -> None:
    if not talk.answers.asks:
        return
    from nextstep.render.promise_words import run_lines

    run = talk.session.ledger.runs[talk.target.id]
    note("\n".join(run_lines(run, state, look_of(talk.session, talk.actor))))


def _met(talk: Talk, text: str, given: str | None) -> str:
    """Return ``met`` for an expectation, or what was short."""
    if given is not None:
        return given
    question = Question(
        words=f"They expected: {text}. Was it met?",
        flag=_EXPECTS,
        default="yes",
        example="yes, or what was short",
    )
    answer = talk.answers.text(question, None)
    talk.answers.typed[-1] = ("--expects", f"{text}: {_as_met(answer)}")
    return _as_met(answer)


def _as_met(answer: str) -> str:
    return MET if answer.casefold() in {"y", "yes", MET, "true"} else answer


def _result(talk: Talk, state: RunState, expects: Mapping[str, str]) -> str:
    question = Question(words=HOW_IT_WENT, flag="--kept", default=suggested(state, expects))
    found = talk.answers.word(question, None, CLOSING)
    if talk.answers.asks:
        talk.answers.typed.pop()  # it is a flag without a value, and asked again
    return found


def _given(flags: tuple[str, ...], expected: tuple[str, ...]) -> dict[str, str]:
    """Return what flags say of each expectation, which they name by its number or its words."""
    found: dict[str, str] = {}
    for flag in flags:
        if flag in {"all: met", "all"}:
            found |= dict.fromkeys(expected, MET)
            continue
        name, _, said = (
            flag.rpartition(":") if flag.rpartition(":")[0] in expected else (flag.partition(":"))
        )
        name, said = name.strip(), said.strip()
        if name.isdigit() and 0 < int(name) <= len(expected):
            name = expected[int(name) - 1]
        if name not in expected or not said:
            listed = "; ".join(f"{number}: {text}" for number, text in enumerate(expected, 1))
            raise NextstepError(
                f"--expects `{flag}` is none of what was expected",
                f"write --expects '1: met', of {listed}" if expected else "leave --expects out",
            )
        found[name] = _as_met(said)
    return found

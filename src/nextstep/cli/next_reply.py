"""What is next, because of that: a new next step on one line, an id, or nothing and why."""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.action_items import LineReader
from nextstep.changes.add import NextStep, needs_consent
from nextstep.changes.log_lines import Actor
from nextstep.changes.openness import commitment_now, run_now
from nextstep.changes.people_named import person_named
from nextstep.changes.target import Target
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, Unfit, ask
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.replies import Said
from nextstep.cli.session import Session
from nextstep.cli.typed_dates import due_typed
from nextstep.diagnostics.errors import NextstepError
from nextstep.model.commitment import Commitment, Run
from nextstep.model.time import DueWord
from nextstep.reports.handles import Handles

NEXT = Question(
    words="What is next, because of that?",
    flag="--next TEXT, or --nothing-further WHY",
    example="compare the logs @raj wed; an id; nothing, because ...",
)
_BECAUSE = Question(words="Nothing further, because?", flag="--nothing-further WHY")
_NOTHING = re.compile(r"(?i)nothing(?: further)?\b[\s,:;.-]*(?:because\b[\s,:]*)?(.*)")


class Next(Struct, frozen=True, kw_only=True):
    """What is next: a ``step`` that is not there yet, ids, or the reason why nothing is."""

    step: NextStep | None = None
    ids: tuple[str, ...] = ()
    nothing_further: str | None = None


def next_asked(
    answers: Answers,
    said: Said,
    target: Target,
    newcomers: Newcomers,
    actor: Actor,
    *,
    again: str = "",
) -> Next:
    """Return what is next, from the flags or asked. ``again`` says what comes next by itself."""
    if said.nothing_further is not None:
        if not said.nothing_further:
            raise NextstepError("--nothing-further is empty", "write --nothing-further WHY")
        return Next(nothing_further=said.nothing_further)
    record = target.record(newcomers.session.ledger)

    def read(text: str) -> str:
        if not said.next_ and _is_bare(text):
            text = f"nothing, because {ask(_BECAUSE)}"
        try:
            newcomers.knowing(lambda session: _read(text, record, session, actor))
        except NextstepError as problem:
            raise Unfit(problem.message, problem.hint) from None
        return text

    question = _question(again)
    if not said.next_:
        found = [answers.text(question, None, read)] if answers.asks or not again else []
    else:
        found = [answers.text(question, one, read) for one in said.next_]
    replies = [_read(text, record, newcomers.session, actor) for text in found if text]
    return newcomers.knowing(lambda session: _one(replies, said, record, session, actor))


def _question(again: str) -> Question:
    if not again:
        return NEXT
    return Question(
        words=NEXT.words, flag=NEXT.flag, example=NEXT.example, optional=True, open_=again
    )


def _one(
    replies: list[Next], said: Said, record: Commitment | Run, session: Session, actor: Actor
) -> Next:
    """Return several replies as one, with what flags of their own say of the new step."""
    steps = [reply.step for reply in replies if reply.step]
    if len(steps) > 1:
        raise NextstepError(
            "--next says two new next steps", "take one of them to nextstep add --follows"
        )
    step = steps[0] if steps else None
    if step is None and (said.next_who or said.next_due):
        raise NextstepError(
            "--next-who and --next-due need a new next step", "say it with --next TEXT"
        )
    if step is not None:
        who = person_named(said.next_who, session.ledger.settings) if said.next_who else step.who
        due = due_typed(said.next_due, session) if said.next_due else step.due
        step = _step(replace(step, who=who, due=due), record, session, actor)
    nothing = next((reply.nothing_further for reply in replies if reply.nothing_further), None)
    return Next(
        step=step, ids=tuple(id_ for reply in replies for id_ in reply.ids), nothing_further=nothing
    )


def _read(text: str, record: Commitment | Run, session: Session, actor: Actor) -> Next:
    nothing = _NOTHING.fullmatch(text.strip())
    if nothing is not None:
        if _is_bare(text):
            raise NextstepError(
                "nothing is a good answer, with its reason", "type nothing, because ..."
            )
        return Next(nothing_further=nothing[1].strip())
    if " " not in text.strip():
        return Next(ids=(_known(text.strip(), record, session),))
    item = LineReader(session.ledger.settings, session.now, session.ledger.calendar).item(text)
    left = re.search(r"(?:^| )(@\S+.*)", item.what)
    if left is not None:
        raise NextstepError(
            f"`{left[1]}` is not a person and a date",
            "end with the person and the date, such as @raj wed; or leave the @ out",
        )
    said = NextStep(
        what=item.what, who=item.who, with_=item.with_, outcome=item.outcome, due=item.due
    )
    return Next(step=_step(said, record, session, actor))


def _is_bare(text: str) -> bool:
    """Return whether a reply says that nothing is next, and not why."""
    nothing = _NOTHING.fullmatch(text.strip())
    return nothing is not None and not nothing[1].strip()


def _known(text: str, record: Commitment | Run, session: Session) -> str:
    """Return the id that is meant by one word."""
    ledger = session.ledger
    found = [
        name
        for name in Handles(ledger).matching(text)
        if name in ledger.commitments or name in ledger.runs
    ]
    if len(found) == 1 and found[0] != record.id:
        _see_open(found[0], text, session)
        return found[0]
    if found == [record.id]:
        raise NextstepError(f"`{text}` is this one", "name another")
    raise NextstepError(
        f"`{text}` is no id of this ledger"
        if not found
        else f"`{text}` may be {len(found)} things",
        "write a next step in more words, an id, or: nothing, because ...",
    )


def _see_open(id_: str, text: str, session: Session) -> None:
    """Raise NextstepError where nothing can come next of it any more."""
    ledger, now = session.ledger, session.now
    state = (run_now if id_ in ledger.runs else commitment_now)(ledger, id_, now)
    if state.closed is not None:
        raise NextstepError(
            f"`{text}` is closed already",
            "write what is open, a next step in more words, or: nothing, because ...",
        )


def _step(said: NextStep, record: Commitment | Run, session: Session, actor: Actor) -> NextStep:
    """Return what was said as a next step between the same people, which comes out of a record.

    Whom it names beside who has it joins them.
    """
    person = said.who or actor.by
    parties = (record.who or "", *record.with_) if isinstance(record, Commitment) else ()
    others = (*(parties if person == actor.by else (actor.by, *parties)), *said.with_)
    return replace(
        said,
        who=person,
        with_=tuple(dict.fromkeys(one for one in others if one and one != person)),
        due=None if said.due is DueWord.NONE else said.due,
        part_of=record.part_of,
        follows=record.id,
        proposed=needs_consent(session.ledger, person, actor),
    )

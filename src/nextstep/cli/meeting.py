"""`nextstep add --meeting`: the next steps of a meeting, typed one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from msgspec.structs import replace

from nextstep.changes.action_items import Item, LineReader, without_bullet
from nextstep.changes.add import NextStep, add, people_and_date
from nextstep.changes.draft import Draft, due_text
from nextstep.changes.log_lines import Actor
from nextstep.changes.people_named import person_named
from nextstep.changes.recorded import Recorded
from nextstep.cli.action_lines import none_agreed, step_from
from nextstep.cli.adding import (
    DUE,
    SO,
    Flags,
    refuse_contradiction,
    step_of,
)
from nextstep.cli.answers import IN_A_FILE, Answers
from nextstep.cli.asking import Question, Reader, Unfit, ask
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.output import emit, note
from nextstep.cli.pasting import waiting_lines
from nextstep.cli.recording import Manner, actor_of, by_option, record, tell
from nextstep.cli.session import Session, open_session
from nextstep.cli.typed_dates import due_typed, readable_date
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.files.ledger import Ledger
from nextstep.render.commands import quoted
from nextstep.render.recorded_words import recorded_json
from nextstep.render.safe_text import safe_text


def add_meeting(flags: Flags, manner: Manner) -> None:
    """Ask for next steps until an empty line, and write them in one commit."""
    refuse_contradiction(flags)
    if flags.what is not None:
        raise NextstepError(
            "a meeting is asked for its next steps one by one",
            f"leave `{flags.what}` out, or write --source in place of --meeting",
        )
    answers = Answers()
    newcomers = Newcomers(open_session(today=manner.today), flags.new_person, answers)
    actor = actor_of(newcomers.session, manner.by)
    meeting = flags.meeting or ""
    if not answers.asks:
        raise NextstepError(
            "nobody can be asked here",
            f"give the next steps, one a line: nextstep add --meeting {quoted(meeting)} - --yes",
        )
    typed: list[str] = []
    with _given_back(typed, flags, manner, answers):
        steps = list(_asked(flags, typed, newcomers, actor))
        session = newcomers.session
        if not steps:
            _nothing_agreed(meeting, manner, actor)

        def draft(ledger: Ledger) -> Draft:
            return add(ledger, steps, actor, session.now)

        recorded = record(session, manner, actor, draft, typed=typed)
    tell(recorded, manner)


def _nothing_agreed(meeting: str, manner: Manner, actor: Actor) -> NoReturn:
    """Say that a meeting came to nothing, and end: there was nothing to write."""
    told = none_agreed(meeting)
    if manner.json:
        emit(recorded_json(Recorded(draft=Draft(told=(told,)), actor=actor, files=())))
    else:
        emit(f"{safe_text(told)}\n")
    raise typer.Exit(DECLINED)


def _asked(
    flags: Flags, typed: list[str], newcomers: Newcomers, actor: Actor
) -> Iterator[NextStep]:
    """Yield next steps as they are typed; ``typed`` takes the lines that would say them again."""
    base = newcomers.knowing(lambda session: step_of(flags, session, actor))
    question = Question(
        words="Next step?",
        flag="-",
        example="Send Lena the offer @dev fri",
        optional=True,
        open_="no more",
        known=tuple(f"@{one}" for one in newcomers.session.ledger.settings.people),
    )

    def fits(text: str) -> str:
        try:
            newcomers.knowing(lambda session: _read(text, session))
        except NextstepError as unclear:
            raise Unfit(unclear.message, unclear.hint) from None
        return text

    for line in _lines(question, fits):
        typed.append(f"- [ ] {line}")
        item = _completed(_read(line, newcomers.session), base, flags, newcomers, actor)
        typed[-1] = _line(item)
        session = newcomers.session
        step = step_from(item, base, flags, session, actor)
        note(safe_text(f"  {step.what}: {people_and_date(session.ledger, step, session.now)}"))
        yield step


def _lines(question: Question, fits: Reader) -> Iterator[str]:
    """Yield lines as they are typed, until an empty one; of several pasted at once each in turn."""
    while said := ask(question, lambda text: text if "\n" in text else fits(text)):
        lines = [line for line in (*said.splitlines(), *waiting_lines()) if line.strip()]
        if len(lines) == 1:
            yield said
            continue
        note(f"{len(lines)} lines came at once. Each is a next step:")
        for line in lines:
            try:
                fitting = fits(without_bullet(line))
            except Unfit as unfit:
                note(safe_text(f"Not taken: {line.strip()}: {unfit.message}; {unfit.hint}"))
                continue
            note(safe_text(f"- {fitting}"))
            yield fitting


def _read(line: str, session: Session) -> Item:
    """Return what a line says. Raises NextstepError for what is unclear."""
    return LineReader(session.ledger.settings, session.now, session.ledger.calendar).item(line)


def _completed(
    item: Item, base: NextStep, flags: Flags, newcomers: Newcomers, actor: Actor
) -> Item:
    """Return what a line says, with what it leaves open asked."""
    people = newcomers.session.ledger.settings.people
    who = item.who or flags.who
    if not who and len(people) > 1:
        question = Question(
            words="Who?", flag="--who PERSON", default=actor.by, known=tuple(people)
        )
        who = ask(question, newcomers.one())
    session = newcomers.session
    outcome = item.outcome or base.outcome or ask(SO)
    due = base.due if item.due is None else item.due
    if due is None:
        said = ask(DUE, readable_date(session))
        due = due_typed(said, session) if said else None
    named = person_named(who, session.ledger.settings) if who else None
    return replace(item, who=named, outcome=outcome or None, due=due)


def _line(item: Item) -> str:
    """Return the line that says a next step again."""
    people = (f"@{one}" for one in (item.who, *item.with_) if one)
    outcome = f"so that {item.outcome}" if item.outcome else ""
    due = due_text(item.due) if item.due is not None else ""
    return " ".join(filter(None, ("- [ ]", item.what, outcome, *people, due)))


@contextmanager
def _given_back(typed: list[str], flags: Flags, manner: Manner, answers: Answers) -> Iterator[None]:
    """Print what says it all again where it comes to nothing."""
    try:
        yield
    except (KeyboardInterrupt, NextstepError) as end:
        kept = isinstance(end, NextstepError) and end.exit_code in IN_A_FILE
        if typed and not kept:
            options = (*flags.said(), *by_option(manner))
            again = answers.command("add", "-", *flags.switches(), others=options)
            lines = "\n".join([f"{again} <<'END'", *map(safe_text, typed), "END"])
            note(f"\nNothing was written. To go on with what you typed:\n{lines}")
        raise

"""How a next step comes together: from options, and from questions for what they leave open."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from nextstep.changes.add import NextStep, add, needs_consent
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.people_named import people_named, person_named
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.recording import Manner, actor_of, by_option, record, tell
from nextstep.cli.session import Session, open_session
from nextstep.cli.typed_dates import due_typed, readable_date
from nextstep.dates.problem import DateProblem
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.time import DueWord

WHAT = Question(words="What is to be done?", flag="WHAT", example="Send Lena the offer")
SO = Question(words="So that?", flag="--so OUTCOME", example="she can decide", optional=True)
DUE = Question(
    words="By when?",
    flag="--due DATE",
    example="fri, 3bd, 2026-11-27",
    optional=True,
    open_="no date yet",
)


class Flags(Struct, frozen=True, kw_only=True):
    """What the command line said: None where nothing, an empty text to leave something open."""

    what: str | None = None
    who: str | None = None
    with_: tuple[str, ...] | None = None
    so: str | None = None
    due: str | None = None
    partner: str | None = None
    source: str | None = None
    part_of: str | None = None
    after: tuple[str, ...] = ()
    follows: str | None = None
    repeat: str | None = None
    meeting: str | None = None
    proposed: bool = False
    agreed: bool = False
    how: str | None = None
    new_person: tuple[str, ...] = ()

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield each option that was given with its value."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if name == "what" or isinstance(value, bool):
                continue
            if name == "with_":
                value = None if value is None else ", ".join(value)
            for one in [value] if isinstance(value, str) else value or ():
                yield f"--{name.rstrip('_').replace('_', '-')}", one

    def switches(self) -> list[str]:
        """Return the options without a value that were given."""
        given = {"--proposed": self.proposed, "--agreed": self.agreed}
        return [name for name, is_given in given.items() if is_given]


def add_one(flags: Flags, manner: Manner) -> None:
    """Capture one next step, asking for what no option says."""
    answers = Answers()
    newcomers = Newcomers(open_session(today=manner.today), flags.new_person, answers)
    actor = actor_of(newcomers.session, manner.by)
    refuse_contradiction(flags)
    answers.demand([(WHAT, flags.what), (SO, flags.so), (DUE, flags.due)])
    what = answers.text(WHAT, flags.what)
    again = ("add", what, *flags.switches())
    with answers.given_back(*again, others=(*flags.said(), *by_option(manner))):
        answers.typed = [pair for pair in answers.typed if pair[0] != WHAT.name]
        step = _asked(flags, what, answers, newcomers, actor)
        session = newcomers.session

        def draft(ledger: Ledger) -> Draft:
            return add(ledger, [step], actor, session.now)

        typed = [what, *(f"{name} {answer}" for name, answer in answers.typed)]
        recorded = record(session, manner, actor, draft, typed=typed)
    tell(recorded, manner)


def refuse_contradiction(flags: Flags) -> None:
    """Raise NextstepError where the options say two things."""
    if flags.proposed and flags.agreed:
        raise NextstepError("it is either proposed or agreed", "leave out --proposed or --agreed")
    if flags.meeting is not None and not flags.meeting.strip():
        raise NextstepError("--meeting is empty", "write --meeting NAME")
    if flags.meeting is not None and flags.source is not None:
        raise NextstepError("the meeting is the source", "leave out --meeting or --source")


def step_of(flags: Flags, session: Session, actor: Actor) -> NextStep:
    """Return what the options alone say of a next step; ``what`` may be empty.

    In a ledger that names nobody it is the one person's, and needs no name either: what git calls
    them today may not be what it calls them tomorrow.
    """
    from nextstep.reports.filters import names_nobody
    from nextstep.reports.handles import Handles

    ledger, settings = session.ledger, session.ledger.settings
    mine = None if names_nobody(ledger) else actor.by
    who = person_named(flags.who, settings) if flags.who else mine
    due = due_typed(flags.due, session) if flags.due else None
    if flags.repeat:
        _rhythm(flags.repeat)
    handles = Handles(ledger) if flags.after or flags.follows else None
    return NextStep(
        what=flags.what or "",
        who=who,
        with_=others(people_named(flags.with_ or (), settings), who),
        outcome=flags.so or None,
        due=None if due is DueWord.NONE else due,
        partner=person_named(flags.partner, settings) if flags.partner else None,
        source=flags.source or flags.meeting or None,
        part_of=flags.part_of or None,
        after=tuple(handles.find(one) for one in flags.after if one) if handles else (),
        follows=handles.find(flags.follows) if handles and flags.follows else None,
        repeat=flags.repeat or None,
        proposed=flags.proposed or (not flags.agreed and needs_consent(ledger, who, actor)),
        how=flags.how or None,
    )


def _asked(
    flags: Flags, what: str, answers: Answers, newcomers: Newcomers, actor: Actor
) -> NextStep:
    """Return a next step for which all that is open was asked."""
    from msgspec.structs import replace

    # What cannot be taken is said before anything is asked.
    known = newcomers.knowing(lambda session: step_of(flags, session, actor))
    given = None if flags.with_ is None else ", ".join(flags.with_)
    question = with_question(known.who, newcomers.session, actor)
    people = answers.text(question, given, newcomers.several())
    session = newcomers.session
    outcome = answers.text(SO, flags.so)
    due = answers.text(DUE, flags.due, readable_date(session))
    return replace(
        known,
        what=what,
        with_=others(people_named([people], session.ledger.settings), known.who),
        outcome=outcome or None,
        due=step_of(replace(flags, due=due), session, actor).due,
    )


def with_question(who: str | None, session: Session, actor: Actor) -> Question:
    """Return the question with whom it is agreed: for somebody else, with who writes it down."""
    known = tuple(sorted(session.ledger.settings.people))
    if who in (None, actor.by):
        return Question(
            words="With whom?",
            flag="--with PERSON",
            optional=True,
            open_="a promise to yourself",
            known=known,
        )
    return Question(
        words="With whom?", flag="--with PERSON", default=actor.by, optional=True, known=known
    )


def others(people: tuple[str, ...], who: str | None) -> tuple[str, ...]:
    """Return the people without the one who has it, each once."""
    return tuple(one for one in dict.fromkeys(people) if one != who)


def _rhythm(text: str) -> None:
    from nextstep.dates.recurrence import parse_recurrence

    try:
        parse_recurrence(text)
    except DateProblem as problem:
        raise NextstepError(problem.message, problem.hint) from None

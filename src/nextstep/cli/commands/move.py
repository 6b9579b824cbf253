"""`nextstep move`: another date is agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from nextstep.cli.verbs import verb

if TYPE_CHECKING:
    from nextstep.changes.draft import Draft
    from nextstep.cli.recording import Manner
    from nextstep.files.ledger import Ledger


@verb
def command(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID [STEP] DATE",
            help="What is moved, and to when: 2026-11-27, fri, next tue, 3bd. Several ids, or "
            "several steps of one run, may share a date.",
        ),
    ],
    to: Annotated[
        str | None, typer.Option(metavar="DATE", help="The date, if it is not the last word.")
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    agreed_by: Annotated[
        list[str] | None,
        typer.Option("--agreed-by", metavar="PERSON", help="Who on the other side agreed."),
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Agree another date.

    Whoever has it may move it; others need --agreed-by. The old date, who moved it and why stay in
    the log. In a run the dates that count from it move with it.

    \b
    EXAMPLES
      nextstep move k3f9 fri --why "Finance closes on Thursday"
      nextstep move m3xs 3bd --why "The keys are late" --agreed-by dev --by kim
      nextstep move 7qhd compile 2026-11-27 --why "One page is still open"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.move import Move, move, see_movable
    from nextstep.changes.people_named import people_named
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.moving import TO, WHY, meant
    from nextstep.cli.quoting import quote
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.typed_dates import due_typed, readable_date

    session = open_session(today=manner.today)
    moved = meant(session, words, to)
    actor = actor_of(session, manner.by)
    consent = people_named(agreed_by or (), session.ledger.settings)
    if moved.date is None or why is None:
        see_movable(session.ledger, moved.targets, consent, actor, session.now)
        see_beforehand(session, manner, *(one.id for one in moved.targets))
    answers = Answers()
    answers.demand([(TO, moved.date), (WHY, why)])
    others = [("--agreed-by", one) for one in agreed_by or ()]
    others += by_option(manner)
    if moved.date is None or why is None:
        quote(session, moved.targets, actor, answers)
    with answers.given_back("move", *moved.words, others=others):
        date = answers.text(TO, moved.date, readable_date(session, moved.targets))
        reason = answers.text(WHY, why)
        asked = Move(
            to=due_typed(date, session),
            why=reason,
            agreed_by=consent,
        )

        def draft(ledger: Ledger) -> Draft:
            return move(ledger, moved.targets, asked, actor, session.now)

        recorded = record(session, manner, actor, draft, typed=[reason])
    tell(recorded, manner)

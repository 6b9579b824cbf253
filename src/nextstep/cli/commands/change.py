"""`nextstep change`: something else than a date is agreed anew."""

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
    id_: Annotated[str, typer.Argument(metavar="ID", help="A commitment or a run.")],
    field: Annotated[
        str,
        typer.Argument(
            metavar="FIELD",
            help="what, outcome, or who while it is only proposed; of a run an input or a role.",
        ),
    ],
    value: Annotated[
        str | None, typer.Argument(metavar="VALUE", help="What it is from now on.")
    ] = None,
    *,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="The reason.")] = None,
    agreed_by: Annotated[
        list[str] | None,
        typer.Option("--agreed-by", metavar="PERSON", help="Who on the other side agreed."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Do not ask whether the dates that follow are right.")
    ] = False,
    manner: Manner,
) -> None:
    """Change what was agreed: the words, an input of a run, who plays a role.

    Where dates of a run count from an input, those that nobody moved by hand follow; they are
    shown first. A date is moved with `move`; all other fields are for `edit`.

    \b
    EXAMPLES
      nextstep change k3f9 outcome "Globex agrees" --why "It was put off"
      nextstep change 7qhd meeting_date 2026-12-17 --why "Lena is away" --yes
      nextstep change 7qhd legal nora --why "She took over the reading"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.change import Change, change, see_changeable
    from nextstep.changes.changeable import field_meant
    from nextstep.changes.people_named import people_named
    from nextstep.cli.answers import Answers
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.changing import VALUE, WHY, value_reader
    from nextstep.cli.recording import actor_of, by_option, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.shown_first import brief, shown_first
    from nextstep.cli.targets import target_of

    session = open_session(today=manner.today)
    target = target_of(session, id_)
    meant = field_meant(session.ledger, target.record(session.ledger), field, target.handle)
    actor = actor_of(session, manner.by)
    consent = people_named(agreed_by or (), session.ledger.settings)
    if value is None or why is None:
        nothing = Change(field=meant, value=value or "PERSON", agreed_by=consent)
        see_changeable(session.ledger, target, nothing, actor, session.now)
        see_beforehand(session, manner, target.id)
    answers = Answers()
    answers.demand([(VALUE, value), (WHY, why)])
    others = [*(("--agreed-by", one) for one in agreed_by or ()), *by_option(manner)]
    with answers.given_back("change", id_, field, others=others):
        asked = Change(
            field=meant,
            value=answers.text(VALUE, value, value_reader(session, target, meant)),
            why=answers.text(WHY, why),
            agreed_by=consent,
        )
        first = change(session.ledger, target, asked, actor, session.now)
        shown = shown_first(first, answers, manner, yes=yes)

        def draft(ledger: Ledger) -> Draft:
            return brief(change(ledger, target, asked, actor, session.now), shown=shown)

        recorded = record(session, manner, actor, draft, typed=[asked.value, asked.why or ""])
    tell(recorded, manner)

"""`nextstep note`: a few words are kept with what they are about."""

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
        typer.Argument(metavar="ID... [TEXT]", help="What it is about, one or several; the words."),
    ],
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The words, where every argument is an id.")
    ] = None,
    step: Annotated[
        str | None, typer.Option(metavar="STEP", help="The step of a run that it is about.")
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Keep a few words with a next step, a run or a step of it, or a process.

    Nothing else changes: who has it, its date and whether it is open stay as they are. With several
    ids the same words are kept with each, in one commit.

    \b
    EXAMPLES
      nextstep note k3f9 "Lena asked for the March figures first"
      nextstep note k3f9 w8tj "Both are away until Monday"
      nextstep note 7qhd compile "The template has a new cover"
    """  # noqa: D301 - click reads this \b as "leave these lines as they are"
    from nextstep.changes.note import note
    from nextstep.cli.answers import Answers
    from nextstep.cli.asking import Question
    from nextstep.cli.beforehand import see_beforehand
    from nextstep.cli.recording import actor_of, record, tell
    from nextstep.cli.session import open_session
    from nextstep.cli.targets import is_step_alone, is_step_of, target_of, targets_of

    ids, said = (words, text) if text is not None or len(words) == 1 else (words[:-1], words[-1])
    session = open_session(today=manner.today)
    if step is None and len(ids) > 1 and is_step_of(session, *ids[:2]):
        ids, step = [ids[0], *ids[2:]], ids[1]
    elif step is text is None and said and len(ids) == 1 and is_step_alone(session, ids[0], said):
        step, said = said, None
    targets = targets_of(session, ids, processes=step is None)
    if step is not None:
        targets = tuple(target_of(session, one, step) for one in ids)
    actor = actor_of(session, manner.by)
    answers = Answers()
    question = Question(words="What is worth keeping?", flag="--text TEXT")
    answers.demand([(question, said)])
    if said is None:
        see_beforehand(session, manner, *(one.id for one in targets))
    said = answers.text(question, said)

    def draft(ledger: Ledger) -> Draft:
        return note(ledger, targets, said)

    tell(record(session, manner, actor, draft, typed=[said]), manner)

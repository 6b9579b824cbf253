"""`nextstep add -`: a list of action items, read from standard input and shown before it is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer
from msgspec.structs import replace

from nextstep.changes.action_items import Item, LineReader, PassedBy, passed_words
from nextstep.changes.add import NextStep, add, needs_consent
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.cli.adding import Flags, others, refuse_contradiction, step_of
from nextstep.cli.answers import Answers
from nextstep.cli.asking import can_ask, confirm
from nextstep.cli.listings import screen
from nextstep.cli.newcomers import Newcomers
from nextstep.cli.output import is_terminal, note
from nextstep.cli.recording import Manner, actor_of, record, tell
from nextstep.cli.session import Session, open_session
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.files.ledger import Ledger
from nextstep.render.action_words import understood_text
from nextstep.render.safe_text import safe_text

_MOST_BYTES = 256 * 1024


def add_lines(flags: Flags, manner: Manner, *, yes: bool) -> None:
    """Capture every next step of a list; ask whether it is meant so, unless ``yes`` says it is."""
    refuse_contradiction(flags)
    session = Newcomers(open_session(today=manner.today), flags.new_person, Answers()).session
    actor = actor_of(session, manner.by)
    base = step_of(flags, session, actor)
    text = _given()
    reader = LineReader(session.ledger.settings, session.now, session.ledger.calendar)
    read = reader.lines(text)
    items = [one for one in read if isinstance(one, Item)]
    passed = [one for one in read if isinstance(one, PassedBy)]
    if not items:
        _nothing(flags, passed)
    steps = [step_from(item, base, flags, session, actor) for item in items]
    if not (yes or manner.dry_run):
        _ask(items, steps, passed, session)

    def draft(ledger: Ledger) -> Draft:
        drafted = add(ledger, steps, actor, session.now)
        return replace(drafted, told=(*drafted.told, *passed_words(passed)))

    tell(record(session, manner, actor, draft, typed=[text]), manner)


def step_from(item: Item, base: NextStep, flags: Flags, session: Session, actor: Actor) -> NextStep:
    """Return the next step of a line; what it leaves open comes from the options.

    A line that names nobody is nobody's yet, where there is more than one who could have it.
    """
    alone = len(session.ledger.settings.people) <= 1
    who = item.who or (base.who if alone or flags.who else None)
    with_ = (*item.with_, *base.with_)
    if who not in (None, actor.by):
        with_ = (*with_, actor.by)
    consent = needs_consent(session.ledger, who, actor)
    return replace(
        base,
        what=item.what,
        who=who,
        with_=others(with_, who),
        outcome=item.outcome or base.outcome,
        due=base.due if item.due is None else item.due,
        proposed=flags.proposed or (consent and not (flags.agreed and who)),
    )


def none_agreed(meeting: str) -> str:
    """Return what is said of a meeting that came to nothing."""
    return f"{meeting} ended without a next step."


def _given() -> str:
    """Return what standard input holds. Raises NextstepError for what is no text, or too much."""
    if is_terminal(sys.stdin):
        note("One next step a line, such as: - [ ] Send Lena the offer @dev fri. Ctrl-D ends.")
    data = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        message = "standard input holds more than 256 KiB"
        raise NextstepError(message, "give a part of it at a time")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"standard input is not UTF-8, byte {error.start}"
        raise NextstepError(message, "save the list as UTF-8") from None


def _nothing(flags: Flags, passed: Sequence[PassedBy]) -> None:
    """End where no line gives a next step."""
    for line in passed_words(passed):
        note(safe_text(line))
    if flags.meeting is not None:
        note(safe_text(none_agreed(flags.meeting)))
        raise typer.Exit(DECLINED)
    raise NextstepError(
        "no line gives a next step", "write such as: - [ ] Send Lena the offer @dev fri"
    )


def _ask(
    items: Sequence[Item], steps: Sequence[NextStep], passed: Sequence[PassedBy], session: Session
) -> None:
    """Show what was understood, and go on only where it is meant so."""
    numbered = [(item.number, step) for item, step in zip(items, steps, strict=True)]
    shown = understood_text(numbered, passed_words(passed), session.ledger, session.now, screen())
    note(shown.rstrip("\n"))
    _listen_to_the_terminal()
    if not can_ask():
        raise NextstepError(
            "nothing was written: nobody can be asked here", "add --yes to write it"
        )
    count = f"{len(steps)} next steps" if len(steps) > 1 else "it"
    if not confirm(f"Write {count}?", "--yes", default=True):
        note("Nothing was written.")
        raise typer.Exit(DECLINED)


def _listen_to_the_terminal() -> None:
    """Take answers from the terminal where standard input was the list."""
    if is_terminal(sys.stdin) or not is_terminal(sys.stderr):
        return
    try:
        sys.stdin = open("/dev/tty", encoding="utf-8")  # noqa: SIM115 - open until the end
    except OSError:
        return

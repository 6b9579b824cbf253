"""How the notes that ask are printed and kept: one, or all that somebody follows up."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from nextstep.changes.ask import Asking, ask, who_is_asked
from nextstep.changes.draft import Draft
from nextstep.changes.log_lines import Actor
from nextstep.changes.recorded import Recorded
from nextstep.cli.asking import Question, can_ask, choose
from nextstep.cli.listings import screen
from nextstep.cli.output import emit, note
from nextstep.cli.recording import Manner, actor_of, record
from nextstep.cli.session import Session, again, open_session
from nextstep.cli.targets import target_of
from nextstep.dates.words import counted
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.render.ask_words import asked_json, mail_address, note_text
from nextstep.render.recorded_words import recorded_text
from nextstep.render.safe_text import safe_text
from nextstep.reports.follow_ups import FollowUp, asking_of, follow_up, to_ask
from nextstep.reports.standing import Standing, standing

_SENT = Question(words="Is it sent?", flag="--yes", default="yes")


class _Desk(Struct, frozen=True, kw_only=True):
    """Who asks, in which ledger, and how it is written."""

    session: Session
    standing: Standing
    actor: Actor
    manner: Manner
    mailto: bool

    def note(self, asking: Asking) -> FollowUp:
        """Return what the note says. Raises NextstepError where nobody is to be asked."""
        ledger, now = self.session.ledger, self.session.now
        who = who_is_asked(ledger, asking.target, self.actor, now)
        return follow_up(self.standing, asking.target, who, self.actor.by)

    def keep(self, askings: Sequence[Asking]) -> Recorded:
        """Write down that it was asked."""

        def draft(ledger: Ledger) -> Draft:
            return ask(ledger, askings, self.actor, self.session.now)

        return record(self.session, self.manner, self.actor, draft)

    def anew(self) -> _Desk:
        """Return the desk with the ledger as it is now, after something was kept."""
        session = again(self.session)
        return replace(self, session=session, standing=standing(session.ledger, session.now))

    def show(self, said: FollowUp) -> None:
        """Print a note."""
        emit(mail_address(said) if self.mailto else note_text(said))


def ask_about(id_: str, step: str | None, manner: Manner, *, mailto: bool) -> None:
    """Print the note about one thing, and keep that it was asked."""
    desk = _desk(manner, mailto=mailto)
    asking = asking_of(desk.standing, target_of(desk.session, id_, step))
    said = desk.note(asking)
    recorded = desk.keep([asking])
    if manner.json:
        emit(asked_json([said], [recorded]))
        return
    desk.show(said)
    _tell(recorded)


def ask_all(manner: Manner, *, mailto: bool, yes: bool) -> None:
    """Go through all that somebody follows up; with ``yes`` keep that all of it was asked."""
    desk = _desk(manner, mailto=mailto)
    askings = list(to_ask(desk.standing, desk.actor.by))
    if not askings:
        _nothing(manner, desk.actor)
    elif yes or manner.dry_run:
        _at_once(desk, askings)
    elif can_ask() and not manner.json:
        _one_after_another(desk, askings)
    else:
        words = ", ".join(f"nextstep ask {one.target.words}" for one in askings)
        count = "one is" if len(askings) == 1 else f"{len(askings)} are"
        raise NextstepError(
            f"{count} to be asked, and nobody can be asked here whether it is sent",
            f"add --yes for all of them, or name one: {words}",
        )


def _desk(manner: Manner, *, mailto: bool) -> _Desk:
    session = open_session(today=manner.today)
    return _Desk(
        session=session,
        standing=standing(session.ledger, session.now),
        actor=actor_of(session, manner.by),
        manner=manner,
        mailto=mailto,
    )


def _nothing(manner: Manner, actor: Actor) -> None:
    if manner.json:
        emit(asked_json([], []))
    else:
        who = "you follow" if actor.types else f"{safe_text(actor.by)} follows"
        emit(f"Nothing that {who} up is due and not asked about yet.\n")


def _at_once(desk: _Desk, askings: Sequence[Asking]) -> None:
    notes = [desk.note(asking) for asking in askings]
    recorded = desk.keep(askings)
    if desk.manner.json:
        emit(asked_json(notes, [recorded]))
        return
    for number, said in enumerate(notes):
        if number and not desk.mailto:
            emit("\n---\n\n")
        desk.show(said)
    _tell(recorded)


def _one_after_another(desk: _Desk, askings: Sequence[Asking]) -> None:
    asked = 0
    for number, asking in enumerate(askings, 1):
        note(f"{number} of {len(askings)}: {safe_text(asking.target.words)}\n")
        desk.show(desk.note(asking))
        note("")
        answer = choose(_SENT, ("yes", "skip", "quit"))
        if answer == "quit":
            break
        if answer == "yes":
            _tell(desk.keep([asking]))
            desk = desk.anew()
            asked += 1
    left = len(askings) - asked
    note(f"Asked {counted(asked, 'time')}; {left or 'nothing'} left to ask.")


def _tell(recorded: Recorded) -> None:
    """Say beside the note what was recorded, so that the note alone can be piped on."""
    note(recorded_text(recorded, screen()).rstrip("\n"))

"""How all that somebody has is offered at once: it is shown, agreed to, and one commit."""

from __future__ import annotations

from nextstep.changes.offer_all import AllOf, held_by, not_agreed, offer_all
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, confirm, read_flag
from nextstep.cli.offer_flags import ALL, see_places
from nextstep.cli.offer_wish import Wish
from nextstep.cli.offering import TO
from nextstep.cli.output import note
from nextstep.cli.recording import Manner, actor_of, record, tell
from nextstep.cli.session import open_session
from nextstep.cli.typed_people import one_person
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.render.safe_text import safe_text

_GO_ON = Question(words="Offer all of it?", flag="--yes")


def offer_everything(wish: Wish, manner: Manner) -> None:
    """Offer all that somebody has to whoever covers. Raises NextstepError where that is nothing."""
    session = open_session(today=manner.today)
    if wish.id is not None:
        raise NextstepError("--all-of names everything of somebody", f"leave `{wish.id}` out")
    see_places(wish, ALL)
    read = one_person(session.ledger.settings)
    person = read_flag("--all-of", wish.all_of or "", read)
    actor = actor_of(session, manner.by or person)
    answers = Answers()
    answers.demand([(TO, wish.to)])
    to = answers.text(TO, wish.to, read)
    if to == person:
        raise NextstepError(f"{to} has it already", "name who covers")
    asked = AllOf(person=person, to=to)
    proposed = not_agreed(session.ledger, person, session.now)
    if not (wish.yes or manner.dry_run) and held_by(session.ledger, asked, session.now):
        answers.demand([(_GO_ON, None)])
        titles = [one.title for one in held_by(session.ledger, asked, session.now)]
        note("\n".join(map(safe_text, [f"{person} has:", *(f"  {one}" for one in titles)])))
        if not confirm(_GO_ON.words, _GO_ON.flag, default=True):
            raise NextstepError("nothing was offered", exit_code=DECLINED)
    recorded = record(session, manner, actor, lambda ledger: offer_all(ledger, asked, session.now))
    tell(recorded, manner)
    for title in proposed:
        note(f"Not offered, only proposed: {safe_text(title)}")

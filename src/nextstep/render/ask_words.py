"""The note that asks how it went: as text for a chat or a mail, as an address, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from nextstep.changes.recorded import Recorded
from nextstep.changes.wording import due_words
from nextstep.dates.words import counted, day_words
from nextstep.render.json import document, plain
from nextstep.render.safe_record import safe_record
from nextstep.reports.follow_ups import FollowUp
from nextstep.reports.parties import Party

_QUESTIONS = ("How did it go?", "What was the outcome?", "What is next, because of that?")
_HOW = {"call": "on a call", "mail": "by mail", "chat": "in the chat", "meeting": "in a meeting"}
_LONGEST_SUBJECT = 60


def note_text(follow_up: FollowUp) -> str:
    """Return the note in plain text, to be sent by whatever means people talk."""
    said = safe_record(follow_up)
    lines = [f"{_first_name(said.who)},", "", _agreed(said), "", f'  "{said.what}"']
    if said.outcome:
        lines.append(f"  {'so that' if said.step is None else 'done when'}: {said.outcome}")
    lines += [f"  {_due(said)}", "", *_QUESTIONS, "", said.asker.name or said.asker.id or ""]
    return "\n".join(lines) + "\n"


def mail_address(follow_up: FollowUp) -> str:
    """Return the note as a `mailto:` address, which opens it in a mail program."""
    said = safe_record(follow_up)
    title = said.what
    if len(title) > _LONGEST_SUBJECT:
        title = f"{title[:_LONGEST_SUBJECT].rpartition(' ')[0]} ..."
    body = note_text(follow_up).replace("\n", "\r\n")
    receiver = quote(said.who.mail or "", safe="@")
    return f"mailto:{receiver}?subject={quote(f'How did it go: {title}', safe='')}&body={quote(body, safe='')}\n"


def asked_json(follow_ups: Sequence[FollowUp], recorded: Sequence[Recorded]) -> str:
    """Return the document `nextstep.ask/1`: the notes, and the commits that say they were asked."""
    return document(
        "nextstep.ask/1",
        {
            "notes": [
                {
                    "id": one.id,
                    "step": one.step,
                    "who": one.who.id,
                    "mail": one.who.mail,
                    "due": plain(one.due),
                    "text": note_text(one),
                    "mailto": mail_address(one).rstrip("\n"),
                }
                for one in follow_ups
            ],
            "commits": [one.commit for one in recorded if one.commit is not None],
            "dry_run": any(one.dry_run for one in recorded),
        },
    )


def _agreed(said: FollowUp) -> str:
    """Return who agreed what follows, when, with whom and how."""
    if said.part_of is not None:
        since = f" It has been with you since {day_words(said.since, None)}." if said.since else ""
        return f"this is yours in {said.part_of}.{since}"
    if said.agreed_by is None or said.agreed_on is None:
        return "it is written down that you do this:"
    who = "you" if said.agreed_by.id == said.who.id else _called(said, said.agreed_by)
    others = " and ".join(_called(said, one) for one in said.agreed_with)
    how = f", {_HOW.get(said.how, said.how)}" if said.how else ""
    day = day_words(said.agreed_on, None)
    return f"on {day} {who} {f'agreed with {others}' if others else 'promised'}{how}:"


def _called(said: FollowUp, party: Party) -> str:
    if party.id == said.who.id:
        return "you"
    if party.id == said.asker.id:
        return "I" if said.agreed_by is not None and party.id == said.agreed_by.id else "me"
    return party.name or party.id or "nobody"


def _due(said: FollowUp) -> str:
    return ", ".join(_dates(said))


def _dates(said: FollowUp) -> Iterator[str]:
    yield (
        f"by {due_words(said.due, said.timezone)}" if said.due is not None else "no date was agreed"
    )
    if said.moved:
        times = "once" if said.moved == 1 else counted(said.moved, "time")
        before = said.first_due
        first = f" from {due_words(before, said.timezone)}" if before is not None else ""
        yield f"moved {times}{first}"
        if said.move_agreed_by:
            yield f"agreed by {' and '.join(_called(said, one) for one in said.move_agreed_by)}"


def _first_name(party: Party) -> str:
    return (party.name or party.id or "").split()[0]

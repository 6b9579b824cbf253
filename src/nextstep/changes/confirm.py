"""A process was looked at again and is still right; somebody has learned it."""

from __future__ import annotations

from msgspec import Struct

from nextstep.changes.draft import Draft, Edit, Entry, Value
from nextstep.changes.field_places import review_places
from nextstep.changes.log_lines import Actor
from nextstep.changes.run_plan import version_of
from nextstep.changes.wording import quoted
from nextstep.dates.now import Now
from nextstep.dates.problem import DateProblem
from nextstep.dates.words import day_words
from nextstep.dates.workdays import add_days
from nextstep.dates.zones import local_day
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.model.process import Process, Review
from nextstep.model.source import Keys
from nextstep.runs.leading import leaders, leads


class Confirmation(Struct, frozen=True, kw_only=True):
    """A process that is still right: in its reviews of ``kind``, all of them where that is None."""

    id: str
    kind: str | None = None
    text: str | None = None
    object_format: str = "sha1"


def confirm(ledger: Ledger, answers: Confirmation, actor: Actor, now: Now) -> Draft:
    """Return what confirms a process as it is now. Raises NextstepError for who does not own it."""
    process = ledger.processes[answers.id]
    if not leads(process, ledger.settings, actor.by):
        names = leaders(process, ledger.settings)
        raise NextstepError(
            f"{' or '.join(names)} may confirm {process.id}, and {actor.by} may not",
            f"--by {names[0]} writes down what {names[0]} said",
        )
    today = local_day(now.instant, ledger.timezone) if not now.bare else now.today
    fields: dict[Keys, Value | None] = {}
    told = [f"{quoted(process)} is confirmed by {actor.by}."]
    for place, review in zip(review_places(process), process.reviews, strict=True):
        if answers.kind in (None, review.kind):
            fields[place] = today.isoformat()
            told += _next(ledger, review, now)
    entry = Entry(
        event="confirmed",
        values={"version": version_of(process, answers.object_format), "text": answers.text},
    )
    return Draft(
        told=tuple(told),
        then=f"nextstep undo {process.id}",
        edits=(Edit(id=process.id, entries=(entry,), fields=fields),),
    )


def _next(ledger: Ledger, review: Review, now: Now) -> list[str]:
    if review.every is None:
        return []
    try:
        day = add_days(now.today, review.every, ledger.calendar)
    except DateProblem:
        return []
    what = f" of {review.kind}" if review.kind else ""
    return [f"The next look{what} is due {day_words(day, None)}."]


class Training(Struct, frozen=True, kw_only=True):
    """Somebody who has learned a process."""

    id: str
    person: str
    object_format: str = "sha1"


def trained(ledger: Ledger, answers: Training) -> Draft:
    """Return what records that somebody has learned a process as it is now."""
    process: Process = ledger.processes[answers.id]
    version = version_of(process, answers.object_format)
    entry = Entry(event="trained", values={"person": answers.person, "version": version})
    return Draft(
        told=(f"{answers.person} has learned {quoted(process)}.",),
        then=f"nextstep undo {process.id}",
        edits=(Edit(id=process.id, entries=(entry,)),),
    )

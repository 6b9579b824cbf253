"""The words for one row: when it is due, where it stands, what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.words import day_words, distance, listed
from nextstep.dates.zones import local_day, local_time
from nextstep.model.calendar import Calendar
from nextstep.model.time import Due, DueWord
from nextstep.render.listing import Item, Tone
from nextstep.reports.rows import After, Row

_TIMES = {1: "once", 2: "twice"}
_LONGEST_LIST = 3
_OPENINGS = frozenset(
    "A All An Both Each Every Everybody Everyone Everything He It No Nobody None Nothing One Our She "
    "Some Somebody That The Their There These They This Those We What Who Whoever You "
    "Your".split()
)
_TELLING = ("waiting", "ready")
_ENDED = ("closed", "dropped", "finished")


class Speech(Struct, frozen=True, kw_only=True):
    """To whom the words are said and when: ``reader`` is None for everybody.

    ``you`` tells that the reader is the one who asks, so that they are addressed. ``states`` asks
    for the state of a row in words, where no heading implies it.
    """

    today: date
    calendar: Calendar
    reader: str | None
    you: bool
    states: bool = False

    @property
    def name(self) -> str:
        """How the reader is called: you, or by name."""
        return "you" if self.you else (self.reader or "")

    def day(self, day: date) -> str:
        """Return ``Fri 20 Nov``."""
        return day_words(day, self.today)

    def moment(self, due: date) -> str:
        """Return ``Fri 20 Nov``, with the clock time in the ledger's zone for an instant."""
        words = self.day(local_day(due, self.calendar.timezone))
        if not isinstance(due, datetime):
            return words
        return f"{words} {local_time(due, self.calendar.timezone):%H:%M}"


def item_of(row: Row, speech: Speech) -> Item:
    """Return a row in words."""
    return Item(
        handle=row.handle,
        title=_title(row, speech),
        when=when(row, speech),
        tone=_tone(row, speech),
        details=tuple(_details(row, speech)),
    )


def when(row: Row, speech: Speech) -> str:
    """Return the date that matters about a row: due, offered, proposed, agreed, closed."""
    if row.state in _ENDED or (row.state == "done" and row.kind == "commitment"):
        ended = row.result or row.state
        return f"{ended} {speech.day(row.reached_on)}" if row.reached_on else ended
    if row.offered_on and (row.why == "offered" or row.state == "offered"):
        return _offered(row, speech)
    if row.state == "proposed":
        return f"proposed {speech.day(row.reached_on)}" if row.reached_on else "proposed"
    if row.due is None or row.due is DueWord.NONE:
        return "" if row.kind == "run" else _undated(row, speech)
    if row.kept and not isinstance(row.due, DueWord):
        return f"promise kept, due {speech.moment(row.due)}"
    if row.kind == "run":
        grace = row.kept is None
    else:
        grace = row.kind == "step" and may_have_grace(row.state, optional=row.optional)
    return due_words(row.due, speech, overdue=row.overdue, grace=grace)


def may_have_grace(state: str, *, optional: bool) -> bool:
    """Return whether a step can be past its date and have time left: it is owed, and not done."""
    return state in _TELLING and not optional


def due_words(due: Due, speech: Speech, *, overdue: bool, grace: bool = False) -> str:
    """Return ``was due Fri 20 Nov, 1 working day ago`` or ``due Wed 25 Nov, in 2 days``.

    ``grace`` tells that what is past and not overdue has time left; a commitment never has.
    """
    if isinstance(due, DueWord):
        return "as soon as possible" if due is DueWord.ASAP else "no date, by agreement"
    day = local_day(due, speech.calendar.timezone)
    words, away = speech.moment(due), distance(day, speech.today, speech.calendar)
    if (overdue and day <= speech.today) or (day < speech.today and not grace):
        return f"was due {words}, {away}"
    if day < speech.today:
        return f"due {words}, {away}, in its grace"
    return f"due {away}, {words}" if day == speech.today else f"due {words}, {away}"


def named(people: tuple[str, ...]) -> str:
    """Return ``ana``, ``ana and sue`` or ``ana, sue and 3 others``."""
    if len(people) > _LONGEST_LIST + 1:
        return f"{', '.join(people[:_LONGEST_LIST])} and {len(people) - _LONGEST_LIST} others"
    return listed(people, "and") or "nobody"


def times(count: int) -> str:
    """Return ``once``, ``twice``, ``3 times``."""
    return _TIMES.get(count, f"{count} times")


def _title(row: Row, speech: Speech) -> str:
    """Return what it is, after who has it where that is not the reader."""
    what = f"{row.what} for {row.customer}" if row.kind == "run" and row.customer else row.what
    if row.why == "offered" and row.offered_to:
        return what
    is_solo = speech.reader is None and speech.you
    if is_solo or (speech.reader and speech.reader in row.who):
        return what
    return f"{named(row.who)}: {what}"


def _tone(row: Row, speech: Speech) -> Tone:
    if row.state in _ENDED:
        return Tone.PAST
    if row.overdue:
        return Tone.OVERDUE
    if isinstance(row.due, DueWord) or row.due is None:
        return Tone.PLAIN
    day = local_day(row.due, speech.calendar.timezone)
    return Tone.TODAY if day == speech.today else Tone.PLAIN


def _offered(row: Row, speech: Speech) -> str:
    words = f"offered {speech.day(row.offered_on)}" if row.offered_on else "offered"
    if row.answer_by is None:
        return words
    day = local_day(row.answer_by, speech.calendar.timezone)
    if day == speech.today and not isinstance(row.answer_by, datetime):
        return f"{words}, answer by today"
    verb = "answer was due" if day < speech.today else "answer by"
    return f"{words}, {verb} {speech.moment(row.answer_by)}"


def _undated(row: Row, speech: Speech) -> str:
    if row.due_missing:
        return f"no date until {named(row.due_missing)} is known"
    if row.due is DueWord.NONE:
        return "no date, by agreement"
    if row.agreed_on is None:
        return "no date agreed"
    whom = f" with {named(row.whom)}" if row.whom else ""
    return f"agreed {speech.day(row.agreed_on)}{whom}"


def _details(row: Row, speech: Speech) -> Iterator[str]:
    yield from _question(row, speech)
    if speech.states and row.state in _TELLING:
        yield row.state
    if row.kind == "plan":
        yield f"{row.open_parts} of {row.parts} open"
    elif row.kind == "step":
        yield from _step_details(row, speech)
    else:
        yield from _agreement(row, speech)
    if row.approved_then_changed:
        yield "approved, then changed"
    if row.waits_for and row.kind != "run":
        held = (
            f"{held.handle} ({named(held.who)})" if held.who else held.handle
            for held in row.waits_for
        )
        yield f"waits for {', '.join(held)}"
    if row.missing and row.state not in _ENDED:
        back = "" if row.why == "returned" else f"returned {times(max(row.rounds, 1))}, "
        yield f"{back}missing: {', '.join(row.missing)}"
    if row.blocked is not None:
        yield _blocked(row)
    if row.moved:
        agreed = f", agreed by {named(row.agreed_by)}" if row.agreed_by else ""
        yield f"moved {times(row.moved)}{agreed}"


def _question(row: Row, speech: Speech) -> Iterator[str]:
    """Yield what is asked of the reader beyond the date."""
    if row.past == "accept_within" and row.past_since:
        yield f"no answer since {speech.day(row.past_since)}: what does it need?"
    elif row.past and row.past_since:
        yield f"past its date, to be told since {speech.day(row.past_since)}: what does it need?"
    if row.why == "close" or row.state == "ready to close":
        yield "every step is finished: what came of it?"
    elif row.why == "stalled":
        yield "nobody can act on it now: what is next?"
    elif row.why == "promise":
        yield "the promise is past its date: what does the customer know?"
    elif row.why == "returned":
        between = named((*row.who, *(row.offered_to or filter(None, (row.reached_by,)))))
        yield f"returned {times(row.rounds)} between {between}: is the hand-off list right?"
    elif row.why in ("look back", "ask"):
        yield "how did it go?"
    elif row.why == "help":
        yield f"asks {speech.name} for help"


def _agreement(row: Row, speech: Speech) -> Iterator[str]:
    """Yield with whom something was agreed, for what outcome, and who passed it on."""
    is_promise = row.kind == "commitment"
    if row.from_ and row.since:
        yield f"{_has(row, speech)} since {speech.day(row.since)}, from {row.from_}"
    if row.offered_to and row.why == "offered":
        yield (
            f"from {row.reached_by} to {named(row.offered_to)}"
            if row.reached_by
            else f"to {named(row.offered_to)}"
        )
    elif row.offered_to:
        yield f"offered to {named(row.offered_to)}"
    elif row.state == "proposed" and row.reached_by:
        yield f"proposed by {row.reached_by}"
    elif row.whom and not when(row, speech).endswith(f"with {named(row.whom)}"):
        yield (
            f"to {named(row.whom)}"
            if row.kind == "commitment"
            else f"asked for by {named(row.whom)}"
        )
    if row.outcome:
        yield (
            f"so that {inside(row.outcome)}" if is_promise else f"provides {inside(row.outcome)}"
        )
    elif is_promise:
        yield "no outcome"
    if row.kind == "run" and row.waits_for:
        held = (f"{held.handle} ({named(held.who)})" for held in row.waits_for)
        yield f"now {', '.join(held)}"


def _step_details(row: Row, speech: Speech) -> Iterator[str]:
    """Yield of which run a step is, since when it is whose, and what comes after."""
    yield f"{row.title} for {row.customer}" if row.customer else str(row.title)
    if row.state == "waiting" or row.state in _ENDED:
        return
    if row.optional:
        yield "may be skipped"
    if row.vacant:
        yield f"{row.role or 'the role'} is vacant"
    if row.why == "offered":
        yield _passing(row)
    elif row.offered_to:
        yield f"offered to {named(row.offered_to)}"
    elif row.since:
        giver = f", from {row.from_}" if row.from_ and row.from_ not in row.who else ""
        yield f"{_has(row, speech)} since {speech.day(row.since)}{giver}"
    if row.state == "done":
        yield "done, not handed over"
    if row.then:
        yield f"{_then(row, speech)} {', '.join(map(_follower, row.then))}"


def inside(sentence: str) -> str:
    """Return a sentence as it goes on after other words: an opening article begins small."""
    first = sentence.partition(" ")[0]
    return first.lower() + sentence[len(first) :] if first in _OPENINGS else sentence


def _passing(row: Row) -> str:
    giver = f"from {row.reached_by} " if row.reached_by else ""
    return f"{giver}to {named(row.offered_to)}"


def _then(row: Row, speech: Speech) -> str:
    """Return what stands before the steps that come next: after the reader, or just then."""
    if row.why == "offered" or speech.reader is None or speech.reader not in row.who:
        return "then"
    return f"after {speech.name}:"


def _has(row: Row, speech: Speech) -> str:
    if speech.reader is not None and speech.reader in row.who:
        return "yours" if speech.you else f"{speech.reader}'s"
    return f"with {named(row.who)}"


def _follower(after: After) -> str:
    if after.vote:
        return f"{named(after.who)} {'approve' if len(after.who) > 1 else 'approves'}"
    return f"{after.step} ({named(after.who) if after.who else 'nobody yet'})"


def _blocked(row: Row) -> str:
    words = f"blocked: {row.blocked}" if row.blocked else "blocked"
    return f"{words} (on {row.blocked_on})" if row.blocked_on else words

"""The page that tells what happened to one record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nextstep.dates.words import counted
from nextstep.model.time import Due, DueWord
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, facts, line
from nextstep.render.party_words import link_words
from nextstep.render.row_words import Speech, due_words, named, times
from nextstep.render.trail_words import (
    counting_words,
    due_text,
    edit_words,
    entry_words,
    evidence_words,
    known_words,
)
from nextstep.reports.trail_entries import TrailEntry
from nextstep.reports.trail_moves import Dates, due_of
from nextstep.reports.trail_story import Story, Weighed

_BEGINNINGS = ("agreed", "proposed", "started")
_ENDINGS = ("done", "offered", "accepted", "approved", "closed")
_OVER = ("closed", "dropped", "finished")


def story_page(story: Story, reading: Reading) -> Page:
    """Return the page about what happened to a record."""
    speech = reading.speech
    state = story.stands.state if story.stands else "deleted" if story.topic.gone else ""
    return Page(
        head=reading.head(f"trail of {story.handle}", state),
        origin=reading.origin_words,
        title=story.what or story.topic.id,
        lead=tuple(_lead(story)),
        blocks=tuple(_blocks(story, speech)),
        alarms=(*reading.alarms, *_alarms(story, speech)),
        foot=Remark(_summary(story, speech)) if story.entries else None,
    )


def _lead(story: Story) -> Iterator[Item]:
    if story.title:
        yield line(story.title)
    if not story.entries:
        cut = story.known.first or story.known.doubts
        yield line("No commit that is here tells of it." if cut else "No commit tells of it yet.")


def _blocks(story: Story, speech: Speech) -> Iterator[Part]:
    rows = [_item(one, story, speech) for one in story.entries]
    yield from facts("", (*rows, _today(story, speech)) if rows else ())
    yield from block("WHAT CAME OF IT", (line(link_words(one, speech)) for one in story.next))


def _item(entry: TrailEntry, story: Story, speech: Speech) -> Item:
    words, counting = entry_words(entry, speech), counting_words(entry)
    if entry is story.entries[0] and entry.event in _BEGINNINGS:
        words = _beginning(entry, words, story, speech)
    if entry.step and story.topic.step is None:
        words = f"{entry.step}: {words}"
    if not counting and entry.event in _ENDINGS:
        counting = _in_time(entry, story)
    return Item(
        handle=speech.day(entry.on) if entry.on else "no day",
        title=words,
        when=counting,
        tone=Tone.PLAIN if entry.counts else Tone.PAST,
        details=(*edit_words(entry), *evidence_words(entry, speech)),
    )


def _beginning(entry: TrailEntry, words: str, story: Story, speech: Speech) -> str:
    """Return how it was agreed: with whom, where, and for when."""
    who, verb = entry.values.get("who") or entry.by, f"by {entry.by}"
    if who != entry.by:
        words = words if not entry.logged else words.replace(verb, f"{verb} for {who}", 1)
        verb = f"for {who}"
    others = tuple(one for one in story.agreed_with if one not in (entry.by, who))
    if others:
        words = words.replace(verb, f"{verb} with {named(others)}", 1)
    first = due_of(entry.values.get("due")) or _first_date(story)
    return f"{words}, due {due_text(first, speech)}" if isinstance(first, date) else words


def _first_date(story: Story) -> Due | None:
    """Return the date of the beginning where that fact does not say it."""
    dates = story.dates
    if dates is None or (story.known_since is not None and not dates.moved):
        return None
    return dates.first


def _in_time(entry: TrailEntry, story: Story) -> str:
    """Return of the event with which the work was there whether that was in time."""
    stands = story.stands
    if stands is None or stands.on_time is None or entry.at != stands.ended_at:
        return ""
    if stands.on_time:
        return "in time"
    if not stands.late:
        return "after it was due"
    return f"{counted(stands.late, 'working day')} after it was due"


def _today(story: Story, speech: Speech) -> Item | None:
    """Return where it stands today, where it is not over."""
    stands = story.stands
    if stands is None or stands.state in _OVER or story.topic.gone:
        return None
    offered = f", offered to {named(stands.offered_to)}" if stands.offered_to else ""
    words = f"{stands.state}{offered}"
    if stands.due is not None:
        words += f", {due_words(stands.due, speech, overdue=stands.overdue)}"
    elif story.topic.kind == "commitment":
        words += ", no date agreed"
    tone = Tone.OVERDUE if stands.overdue else Tone.PLAIN
    return Item(handle=speech.day(speech.today), title=words, tone=tone)


def _alarms(story: Story, speech: Speech) -> Iterator[Remark]:
    for words, command in known_words(story.known, speech):
        yield Remark(words, command)
    count = story.weighed.uncommitted
    if count:
        verb = "is" if count == 1 else "are"
        yield Remark(f"{counted(count, 'line')} of the log {verb} not committed yet")


def _summary(story: Story, speech: Speech) -> str:
    weighed = story.weighed
    words = f"{counted(weighed.events, 'event')} in {counted(weighed.commits, 'commit')}"
    return " ".join((f"{words}, {_by_whom(story)}.", *_date_words(story, speech)))


def _by_whom(story: Story) -> str:
    """Return whether those who are named in the events made the commits themselves."""
    weighed = story.weighed
    parts = []
    if weighed.earlier:
        parts.append(f"{_of_all(weighed.earlier, weighed)} from before what is here")
    elif weighed.by_others:
        parts.append(f"{weighed.by_others} written down by somebody else than who acted")
    elif weighed.by_strangers:
        parts.append(
            f"{weighed.by_strangers} committed by somebody whom nextstep.yaml does not name"
        )
    elif weighed.unknowable:
        of = "" if weighed.events == 1 else f"{_of_all(weighed.unknowable, weighed)} "
        parts.append(f"{of}by somebody without an address in nextstep.yaml")
    elif weighed.events == 1:
        parts.append("by the person it names")
    else:
        parts.append(f"{'both' if weighed.events == 2 else 'all'} by the person they name")  # noqa: PLR2004 - two are both
    if weighed.file_only:
        parts.append(f"{weighed.file_only} in the file only")
    if weighed.claimed:
        parts.append(f"{weighed.claimed} in the log only")
    if weighed.undone:
        parts.append(f"{weighed.undone} undone since")
    return ", ".join(parts)


def _of_all(count: int, weighed: Weighed) -> str:
    return "all" if count == weighed.events else str(count)


def _date_words(story: Story, speech: Speech) -> Iterator[str]:
    """Yield how the date went. Of what is older than the history here nobody knows all moves."""
    dates, since = story.dates, story.known_since
    if dates is None:
        return
    as_known = "" if since is None else " as far as is known"
    if dates.first is None and dates.now is None:
        if dates.moved:
            late = _late_of_many(dates) if dates.moved_late else ""
            yield f"Dates were moved {times(dates.moved)}{as_known}{late}."
        return
    if not dates.moved:
        if isinstance(dates.now, date):
            never = f"no move of it known since {speech.day(since)}" if since else "never moved"
            yield f"Due {due_text(dates.now, speech)}, {never}."
        return
    late = "" if not dates.moved_late else _late(dates)
    moved = f"moved {times(dates.moved)}{as_known}{late}."
    if dates.first is None:
        yield f"Now due {due_text(dates.now, speech)}, {moved}"
        return
    first = "First date" if since is None else "First known date"
    yield (f"{first} {due_text(dates.first, speech)}, now {distance_words(dates, speech)}, {moved}")


def _late_of_many(dates: Dates) -> str:
    if dates.moved == 1:
        return ", after it was due"
    often = "each time" if dates.moved_late == dates.moved else times(dates.moved_late)
    return f", {often} after they were due"


def _late(dates: Dates) -> str:
    if dates.moved == 1:
        return ", after it was due"
    return f", {times(dates.moved_late)} after it was due"


def distance_words(dates: Dates, speech: Speech) -> str:
    """Return how far a date went: ``2 days later``, or the word that stands instead of a day."""
    if dates.days is None:
        return due_text(dates.now, speech)
    if dates.days == 0:
        return "the same day again" if not isinstance(dates.now, DueWord) else "the same"
    return f"{counted(abs(dates.days), 'day')} {'later' if dates.days > 0 else 'earlier'}"

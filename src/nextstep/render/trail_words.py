"""What happened, in words: an entry of the trail, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from nextstep.dates.words import counted
from nextstep.model.events import EventValue
from nextstep.model.time import DueWord
from nextstep.render.event_words import event_words
from nextstep.render.row_words import Speech
from nextstep.reports.show_links import Happening
from nextstep.reports.trail import Known
from nextstep.reports.trail_entries import Entry
from nextstep.reports.trail_moves import due_of

_SHOWN_OF_A_HASH = 7
_LONGEST_VALUE = 60
_A_DAY = 1
_REASONED = frozenset({"moved", "changed", "skipped", "reopened"})


def entry_words(entry: Entry, speech: Speech) -> str:
    """Return what happened and who did it, without the step."""
    say = _WORDS.get(entry.event)
    if say is not None:
        return say(entry, speech)
    if not entry.logged and entry.event in _FROM_THE_FILE:
        return _FROM_THE_FILE[entry.event](entry, speech)
    return event_words(happening_of(entry), speech)


def happening_of(entry: Entry, **more: EventValue) -> Happening:
    """Return an entry as an event of a log, with more values."""
    return Happening(
        at=entry.at or "",
        on=entry.on or date.min,
        clock=entry.clock,
        by=entry.by,
        event=entry.event,
        step=entry.step,
        values={**entry.values, **more},
        late=entry.late,
        undone=entry.undone,
        impossible=entry.impossible,
    )


def counting_words(entry: Entry) -> str:
    """Return whether it counts; of a moved date, whether that date was over."""
    if entry.undone:
        return "undone since"
    if entry.impossible:
        return "impossible, does not count"
    if entry.late is None:
        return ""
    return "after it was due" if entry.late else "before it was due"


def evidence_words(entry: Entry, speech: Speech) -> Iterator[str]:
    """Yield what is to be known about how an event is witnessed; nothing where all is plain."""
    commit = entry.commit[:_SHOWN_OF_A_HASH]
    if not entry.logged and entry.event in _FROM_THE_FILE:
        reason = ", no reason given" if entry.event in _REASONED else ""
        yield f"in the file only{reason}"
    elif entry.logged and not entry.seen:
        yield "in the log only, the file did not change"
    if entry.how == "made in a merge":
        yield f"made in merge {commit} itself"
    elif entry.how == "dropped by a merge":
        yield f"dropped by merge {commit}"
    if entry.recorded_by not in (None, entry.by, entry.values.get("recorded_by")):
        yield f"committed by {entry.recorded_by}"
    if entry.together > 1:
        yield f"{counted(entry.together, 'event')} in one commit, {commit}"
    elif entry.on and entry.authored_on and abs((entry.on - entry.authored_on).days) > _A_DAY:
        yield f"committed {speech.day(entry.authored_on)}"


def known_words(known: Known, speech: Speech) -> Iterator[tuple[str, str]]:
    """Yield what of history is not known, each with the command that helps, or none."""
    if known.first is not None:
        day = f" ({speech.day(known.first_on)})" if known.first_on else ""
        commit = known.first[:_SHOWN_OF_A_HASH]
        words = f"history before commit {commit}{day} is not here: this clone is shallow"
        yield words, "git fetch --unshallow"
    for doubt in known.doubts:
        yield doubt, "nextstep audit"


def due_text(value: EventValue | None, speech: Speech) -> str:
    """Return a due of an event in words, also where it is there as text alone."""
    due = due_of(value)
    if due is None:
        return plain(value) or "no date"
    if isinstance(due, DueWord):
        return "as soon as possible" if due is DueWord.ASAP else "no date"
    return speech.moment(due)


def quoted(value: EventValue | None) -> str:
    """Return a value between quotes, shortened where it is long."""
    text = value if isinstance(value, str) else plain(value)
    if len(text) > _LONGEST_VALUE:
        text = f"{text[: _LONGEST_VALUE - 3].rstrip()}..."
    return f'"{text}"'


def plain(value: EventValue | None) -> str:
    """Return a value as text."""
    if isinstance(value, tuple):
        return ", ".join(part if isinstance(part, str) else ": ".join(part) for part in value)
    return "" if value is None else str(value)


def _moved(entry: Entry, speech: Speech) -> str:
    words = "moved"
    if "from" in entry.values:
        words += f" from {due_text(entry.values['from'], speech)}"
    return f"{words} to {due_text(entry.values.get('to'), speech)} by {entry.by}"


def _changed(entry: Entry, _: Speech) -> str:
    before, after = entry.values.get("from"), entry.values.get("to")
    words = f"{entry.by} changed {plain(entry.values.get('field')) or 'it'}"
    if before is not None:
        words += f" from {quoted(before)}"
    return f"{words} to {quoted(after)}" if after is not None else words


def _begun(entry: Entry, _: Speech) -> str:
    return f"written down by {entry.by}"


def _edited(entry: Entry, _: Speech) -> str:
    fields = entry.values.get("fields") or entry.values.get("field")
    return f"{entry.by} edited {plain(fields) or 'the file'}"


def _renamed(entry: Entry, _: Speech) -> str:
    before, after = entry.values.get("from"), entry.values.get("to")
    words = f"renamed by {entry.by}"
    if before:
        words += f" from {plain(before)}"
    return f"{words} to {plain(after)}" if after else words


def _about_a_line(words: str) -> Callable[[Entry, Speech], str]:
    """Return the words for what happened to a line of the log, and what it said."""

    def say(entry: Entry, speech: Speech) -> str:
        event = entry.values.get("event")
        line = f", {event}" if isinstance(event, str) else ""
        when = f" of {speech.day(entry.on)}" if entry.on else ""
        return f"{words.format(by=entry.author)}{when}{line} by {entry.by}"

    return say


def _simple(words: str) -> Callable[[Entry, Speech], str]:
    return lambda entry, _: words.format(by=entry.by)


_FROM_THE_FILE: Mapping[str, Callable[[Entry, Speech], str]] = {
    "moved": _moved,
    "changed": _changed,
    "agreed": _begun,
    "proposed": _begun,
    "started": _begun,
}
_WORDS: Mapping[str, Callable[[Entry, Speech], str]] = {
    "deleted": _simple("{by} deleted the file"),
    "recreated": _simple("{by} wrote the file again"),
    "renamed": _renamed,
    "edited": _edited,
    "unread": _simple("{by} left the file so that it could not be read"),
    "unlogged": _about_a_line("a line was taken out of the log by {by}: that"),
    "rewritten": _about_a_line("a line of the log was rewritten by {by}: that"),
}
"""What only history knows. The values of these are of the trail's own making."""

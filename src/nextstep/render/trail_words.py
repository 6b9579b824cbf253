"""What happened, in words: an entry of the trail, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from nextstep.dates.words import counted
from nextstep.dates.zones import local_day, local_time
from nextstep.model.events import EventValue
from nextstep.model.time import DueWord
from nextstep.render.event_words import event_words
from nextstep.render.row_words import Speech
from nextstep.reports.show_links import Happening
from nextstep.reports.trail import Known
from nextstep.reports.trail_entries import TrailEntry, is_of_the_file
from nextstep.reports.trail_moves import due_of

_SHOWN_OF_A_HASH = 7
_LONGEST_VALUE = 60
_A_DAY = 1
_MOST_FIELDS = 4
_AT = "at"


def entry_words(entry: TrailEntry, speech: Speech) -> str:
    """Return what happened and who did it, without the step."""
    if entry.how == "dropped by a merge" and entry.event in _PUT_BACK:
        return f"{_PUT_BACK[entry.event](entry, speech)} (merged by {entry.by})"
    say = _WORDS.get(entry.event)
    if say is None and not entry.logged:
        say = _FROM_THE_FILE.get(entry.event)
    if say is not None:
        return say(entry, speech)
    return event_words(happening_of(entry), speech)


def happening_of(entry: TrailEntry) -> Happening:
    """Return an entry as an event of a log."""
    return Happening(
        at=entry.at or "",
        on=entry.on or date.min,
        clock=entry.clock,
        by=entry.by,
        event=entry.event,
        step=entry.step,
        values=entry.values,
        late=entry.late,
        undone=entry.undone,
        impossible=entry.impossible,
    )


def edit_words(entry: TrailEntry) -> Iterator[str]:
    """Yield of an edit what each field was and is."""
    if entry.event == "edited":
        was, now = (_pairs(entry.values.get(name)) for name in ("from", "to"))
        yield from (_edit(name, was.get(name), now.get(name)) for name in _fields(entry))


def counting_words(entry: TrailEntry) -> str:
    """Return whether it counts; of a moved date, whether that date was over."""
    if entry.undone:
        return "undone since"
    if entry.impossible:
        return "impossible, does not count"
    if entry.late is None or entry.how == "dropped by a merge":
        return ""
    return "after it was due" if entry.late else "before it was due"


def evidence_words(entry: TrailEntry, speech: Speech) -> Iterator[str]:
    """Yield what is to be known about how an event is witnessed; nothing where all is plain."""
    commit = entry.commit[:_SHOWN_OF_A_HASH]
    if entry.earlier:
        yield "from before what is here"
        return
    if entry.how == "dropped by a merge":
        return
    if entry.back:
        yield "its line left the log with it, as by git revert"
    elif is_of_the_file(entry):
        yield "in the file only, no reason given"
    elif entry.logged and not entry.seen:
        yield "in the log only, the file shows no such change"
    if entry.how == "made in a merge":
        yield f"made in merge {commit} itself"
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


def quoted(value: EventValue | None, *, whole: bool = False) -> str:
    """Return a value between quotes, shortened where it is long and not wanted as a whole."""
    text = value if isinstance(value, str) else plain(value)
    if len(text) > _LONGEST_VALUE and not whole:
        text = f"{text[: _LONGEST_VALUE - 3].rstrip()}..."
    return f'"{text}"'


def plain(value: EventValue | None) -> str:
    """Return a value as text."""
    if isinstance(value, tuple):
        return ", ".join(part if isinstance(part, str) else ": ".join(part) for part in value)
    return "" if value is None else str(value)


def _moved(entry: TrailEntry, speech: Speech) -> str:
    words = "moved back" if entry.back else "moved"
    if "from" in entry.values:
        words += f" from {due_text(entry.values['from'], speech)}"
    return f"{words} to {due_text(entry.values.get('to'), speech)} by {entry.by}"


def _changed(entry: TrailEntry, _: Speech) -> str:
    before, after = entry.values.get("from"), entry.values.get("to")
    words = f"{entry.by} changed {plain(entry.values.get('field')) or 'it'}"
    words += " back" if entry.back else ""
    if before is not None:
        words += f" from {quoted(before)}"
    return f"{words} to {quoted(after)}" if after is not None else words


def _begun(entry: TrailEntry, _: Speech) -> str:
    who = entry.values.get("who")
    words = f"written down by {entry.by}"
    return f"{words} for {who}" if isinstance(who, str) and who != entry.by else words


def _started(entry: TrailEntry, speech: Speech) -> str:
    process, customer = (plain(entry.values.get(name)) for name in ("process", "for"))
    began = entry.values.get("started")
    words = f"started by {entry.by}"
    if isinstance(began, date):
        day = local_day(began, speech.calendar.timezone)
        if entry.on and abs((entry.on - day).days) > _A_DAY:
            words = f"written down by {entry.by}, started {speech.day(day)}"
    if process:
        words += f" from {process}"
    return f"{words} for {customer}" if customer else words


def _edited(entry: TrailEntry, _: Speech) -> str:
    return f"{entry.by} edited {_edits(entry)}"


def _edits(entry: TrailEntry) -> str:
    """Return which fields were edited."""
    names = _fields(entry)
    shown = names[:_MOST_FIELDS]
    more = len(names) - len(shown)
    rest = f" and {counted(more, 'other field')}" if more else ""
    return f"{', '.join(shown)}{rest}" or "the file"


def _fields(entry: TrailEntry) -> list[str]:
    fields = entry.values.get("fields")
    return [one for one in fields if isinstance(one, str)] if isinstance(fields, tuple) else []


def _edit(field: str, before: str | None, after: str | None) -> str:
    was, now = (quoted(value, whole=True) for value in (before, after))
    if before is None:
        return f"{field}: {now}" if after else field
    return f"{field} from {was} to {now}" if after is not None else f"{field} away, which was {was}"


def _pairs(value: EventValue | None) -> Mapping[str, str]:
    if not isinstance(value, tuple):
        return {}
    return {pair[0]: pair[1] for pair in value if not isinstance(pair, str)}


def _renamed(entry: TrailEntry, _: Speech) -> str:
    before, after = (plain(entry.values.get(name)) for name in ("from", "to"))
    old, new = before.rpartition("/"), after.rpartition("/")
    if old[0] == new[0]:
        return f"{entry.by} renamed the file from {old[2]} to {new[2]}"
    if old[2] == new[2]:
        return f"{entry.by} moved the file from {old[0]} to {new[0]}"
    return f"{entry.by} moved the file from {before} to {after}"


def _unlogged(entry: TrailEntry, speech: Speech) -> str:
    return f"{entry.by} took a line out of the log{_of_the_line(entry, speech)}"


def _relogged(entry: TrailEntry, speech: Speech) -> str:
    return f"{entry.by} put a line of the log back{_of_the_line(entry, speech)}"


def _rewritten(entry: TrailEntry, speech: Speech) -> str:
    names = [name for name in _fields(entry) if name != _AT]
    said = "".join(f", {name}" for name in names)
    was = _pairs(entry.values.get("from")).get(_AT)
    if was is not None:
        said += f", its time, which was {_day_and_time(was, speech)}"
    return f"{entry.by} rewrote a line of the log{said}{_of_the_line(entry, speech)}"


def _day_and_time(at: str, speech: Speech) -> str:
    """Return ``Tue 17 Nov 09:02`` of an instant that is there as text."""
    instant, zone = datetime.fromisoformat(at), speech.calendar.timezone
    return f"{speech.day(local_day(instant, zone))} {local_time(instant, zone):%H:%M}"


def _of_the_line(entry: TrailEntry, speech: Speech) -> str:
    line = entry.line
    if line is None:
        return ""
    clock = f" {line.clock}" if _AT in _fields(entry) else ""
    return f": {speech.day(line.on)}{clock}, {event_words(line, speech)}"


def _put_back(what: str) -> Callable[[TrailEntry, Speech], str]:
    """Return the words for what a merge did not take over from one of its sides."""

    def say(entry: TrailEntry, speech: Speech) -> str:
        merge = f"merge {entry.commit[:_SHOWN_OF_A_HASH]}"
        if entry.event == "moved":
            before, after = (due_text(entry.values.get(name), speech) for name in ("from", "to"))
            return f"{merge} put the date back from {before} to {after}"
        if entry.event == "changed":
            return f"{merge} put {plain(entry.values.get('field'))} back{_as_it_is(entry)}"
        if entry.event == "edited":
            return f"{merge} put back {_edits(entry)}"
        verb = "kept" if entry.event == "recreated" else "dropped"
        verb = "put back" if entry.event == "relogged" else verb
        return f"{merge} {verb} {what}{_of_the_line(entry, speech)}"

    return say


def _as_it_is(entry: TrailEntry) -> str:
    after = entry.values.get("to")
    return f" to {quoted(after)}" if after is not None else ""


def _simple(words: str) -> Callable[[TrailEntry, Speech], str]:
    return lambda entry, _: words.format(by=entry.by)


_FROM_THE_FILE: Mapping[str, Callable[[TrailEntry, Speech], str]] = {
    "moved": _moved,
    "changed": _changed,
    "agreed": _begun,
    "proposed": _begun,
    "started": _started,
    "written": _begun,
}
"""What the contents tell where no line of the log does."""
_WORDS: Mapping[str, Callable[[TrailEntry, Speech], str]] = {
    "deleted": _simple("{by} deleted the file"),
    "recreated": _simple("{by} wrote the file again"),
    "renamed": _renamed,
    "edited": _edited,
    "unread": _simple("{by} left the file so that it could not be read"),
    "unlogged": _unlogged,
    "relogged": _relogged,
    "rewritten": _rewritten,
}
"""What only history knows."""
_PUT_BACK: Mapping[str, Callable[[TrailEntry, Speech], str]] = {
    "moved": _put_back("a date"),
    "changed": _put_back("a change"),
    "edited": _put_back("an edit"),
    "deleted": _put_back("the file"),
    "recreated": _put_back("the file, which one side had deleted"),
    "unlogged": _put_back("a line of the log"),
    "relogged": _put_back("a line of the log that one side had taken out"),
    "rewritten": _put_back("other words of a line of the log"),
}
"""What a merge dropped."""

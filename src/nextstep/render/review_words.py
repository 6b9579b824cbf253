"""What was done to a record, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from nextstep.dates.words import counted, ordinal
from nextstep.model.time import Due, DueWord
from nextstep.render.event_words import event_words
from nextstep.render.review_edit_words import edit_words, setting_words
from nextstep.render.row_words import Speech, inside, named, times
from nextstep.reports.review_changes import Change
from nextstep.reports.review_late import Late
from nextstep.reports.review_processes import DELETED, NEW
from nextstep.reports.show_links import Happening
from nextstep.runs.facts import Closed

LABELS: Mapping[str, str] = {"handed": "hand-off"}
"""How a kind of change is called where that is not its own name."""

_ORDINALS = {1: "first", 2: "second", 3: "third"}
_RESULTS = {"partly": "partly kept"}


def change_words(change: Change, speech: Speech) -> tuple[str, tuple[str, ...]]:
    """Return what a change is about, and what was done in a sentence each."""
    title = f"{change.title} (was {change.was})" if change.was else change.title
    subject = f"{change.step} in {title}" if change.step else title
    return subject, tuple(filter(None, _SENTENCES[change.kind](change, speech)))


def late_words(late: Late, speech: Speech) -> str:
    """Return what is late now, or will be."""
    what = f"the promise of {late.title}" if late.promise else late.title
    what = f"{late.step} in {what}" if late.step else what
    days = counted(late.by, "working day")
    if late.now:
        away = f"{days} ago" if late.by else "over since then"
        return f"{what}: was due {speech.day(late.due)}, {away}"
    until = speech.day(late.until) if late.until else ""
    waits = f"waits for {late.because}, due {until}" if late.because else f"due {until}"
    by = f", {days} too late" if late.by else ""
    return f"{what}: due {speech.day(late.due)}, but {waits}{by}"


def summary_words(
    promises: int, processes: int, *, proposals: int = 0, settings: bool = False
) -> str:
    """Return what changes in numbers: ``3 promises, 1 proposal and 1 process``.

    ``proposals`` are those of the promises that nobody has agreed to yet.
    """
    agreed = promises - proposals
    parts = [counted(agreed, "promise")] if agreed else []
    parts += [counted(proposals, "proposal")] if proposals else []
    if processes:
        parts.append("1 process" if processes == 1 else f"{processes} processes")
    if settings:
        parts.append("the settings")
    return named(tuple(parts)) if parts else "no promise and no process"


def _moved(change: Change, speech: Speech) -> Iterator[str]:
    if change.was_due is None:
        words = f"due {_day(change.due, speech)} now, where no date was agreed"
    elif change.due is None:
        words = f"no date any more, where it was due {_day(change.was_due, speech)}"
    else:
        words = f"from {_day(change.was_due, speech)} to {_day(change.due, speech)}"
    if change.taken_back:
        yield f"{words}: a move was taken back."
        return
    if not change.by:
        yield f"{words}, and its log does not say so."
        return
    words += f", for the {_ordinal(change.times)} time"
    words += ", after it was due" if change.late else ""
    words += f". By {named(change.by)}"
    words += f", agreed by {named(change.agreed_by)}" if change.agreed_by else ""
    yield f"{words}: {'; '.join(change.why)}" if change.why else f"{words}. No reason given."


def _new(change: Change, speech: Speech) -> Iterator[str]:
    others = tuple(name for name in change.concerns if name not in change.who)
    parts = [named(change.who)] if change.who else ["nobody yet"]
    parts += [f"with {named(others)}"] if others else []
    parts.append(_by(change.due, speech) if change.due else "no date agreed")
    parts += [f"moved {times(change.times)} already"] if change.times else []
    shown = change.state in ("open", "proposed") or change.closed
    parts += [] if shown else [str(change.state)]
    parts.append(f"so that {inside(change.outcome)}" if change.outcome else "no outcome")
    yield ", ".join(parts)
    if change.closed is not None:
        yield _ended(change)


def _proposed(change: Change, speech: Speech) -> Iterator[str]:
    """Yield what was proposed; of something new what it is, and that nobody has promised it."""
    if change.happened:
        yield from _happened(change, speech)
        return
    yield from _new(change, speech)
    yield f"it is nobody's promise until {named(change.who) or 'somebody'} agrees"


def _started(change: Change, speech: Speech) -> Iterator[str]:
    parts = [f"{named(change.who)} answers for it" if change.who else "nobody answers for it"]
    parts += [f"promised {_by(change.due, speech)}"] if change.due else []
    parts += [f"provides {inside(change.outcome)}"] if change.outcome else []
    yield ", ".join(parts)


def _deleted(change: Change, speech: Speech) -> Iterator[str]:
    if change.closed is not None:
        yield f"its file is gone; it was closed as {_result(change.closed)}"
        return
    words = f"its file is gone while it was {change.state}, with {named(change.who)}"
    yield f"{words}, due {_day(change.due, speech)}" if change.due else words


def _closed(change: Change, _: Speech) -> Iterator[str]:
    yield _ended(change)


def _ended(change: Change) -> str:
    closed = change.closed
    if closed is None:
        return "closed, and opened again"
    words = _result(closed)
    if change.on_time is not None:
        words += ", on time" if change.on_time else ", after it was due"
    parts = [words]
    if closed.outcome:
        parts.append(f"Outcome: {closed.outcome}")
    elif not closed.why:
        parts.append("No outcome said")
    parts += [f"Because: {closed.why}"] if closed.why else []
    parts += [f"Learned: {closed.learned}"] if closed.learned else []
    if change.next:
        parts.append("Next: " + "; ".join(one.what or one.id for one in change.next))
    elif closed.nothing_further:
        reason = "" if closed.nothing_further == "yes" else f": {closed.nothing_further}"
        parts.append(f"Nothing further{reason}")
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _result(closed: Closed) -> str:
    return _RESULTS.get(closed.result or "", closed.result or "closed")


def _happened(change: Change, speech: Speech) -> Iterator[str]:
    yield "; ".join(event_words(one, speech) for one in change.happened)


def _changed(change: Change, speech: Speech) -> Iterator[str]:
    for one in change.happened:
        yield event_words(one, speech)
    yield from map(edit_words, change.edits)


def _log(change: Change, speech: Speech) -> Iterator[str]:
    for one in change.happened:
        yield f"taken out of its log, {speech.day(one.on)}: {event_words(one, speech)}"
    yield from (_rewritten(two.before, two.after, speech) for two in change.rewritten)


def _rewritten(before: Happening, after: Happening, speech: Speech) -> str:
    """Return what a line says now and said before: the words, the time, or which value."""
    was, now = (f'"{event_words(one, speech)}"' for one in (before, after))
    if before.at != after.at:
        was, now = (
            f"{words} ({speech.day(one.on)} {one.clock})"
            for words, one in ((was, before), (now, after))
        )
    if was != now:
        return f"its log says {now}, and said {was}"
    fields = {**before.values, **after.values}
    others = (one for one in fields if before.values.get(one) != after.values.get(one))
    return f"its log says {now} with another {named(tuple(others))}"


def _process(change: Change, speech: Speech) -> Iterator[str]:
    if change.state == NEW:
        provides = f", provides {inside(change.outcome)}" if change.outcome else ""
        yield f"a new process, {named(change.who)} answers for it{provides}"
    elif change.state == DELETED:
        yield f"its file is gone; {named(change.who)} answered for it"
    else:
        yield from _changed(change, speech)


def _settings(change: Change, _: Speech) -> Iterator[str]:
    yield from map(setting_words, change.edits)


_SENTENCES: Mapping[str, Callable[[Change, Speech], Iterable[str]]] = {
    "deleted": _deleted,
    "log": _log,
    "moved": _moved,
    "changed": _changed,
    "handed": _happened,
    "closed": _closed,
    "reopened": _happened,
    "new": _new,
    "started": _started,
    "proposed": _proposed,
    "agreed": _happened,
    "done": _happened,
    "noted": _happened,
    "process": _process,
    "settings": _settings,
}


def _ordinal(number: int) -> str:
    return _ORDINALS.get(number) or ordinal(number)


def _by(due: Due, speech: Speech) -> str:
    return _day(due, speech) if isinstance(due, DueWord) else f"by {_day(due, speech)}"


def _day(due: Due | None, speech: Speech) -> str:
    if isinstance(due, DueWord):
        return "as soon as possible" if due is DueWord.ASAP else "no date, by agreement"
    return speech.moment(due) if due is not None else "no date"

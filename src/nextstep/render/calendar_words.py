"""What an entry of a calendar says, on lines on which nothing acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nextstep.render.safe_text import safe_text
from nextstep.reports.calendar import CalendarReport, Entry, Wish

_ASKS = "How did it go"
_SHOWN_FILES = 10


def title_of(report: CalendarReport) -> str:
    """Return the name of the whole calendar: ``acme: dev``."""
    wish = report.wish
    words = [*wish.scope.words]
    if wish.me:
        name = report.names.get(wish.me, wish.me)
        words.insert(0, f"followed up by {name}" if wish.follow_ups else name)
    return safe_text(f"{report.root}: {', '.join(words)}" if words else report.root)


def question(entry: Entry, report: CalendarReport) -> str:
    """Return the words of an event: a question on the day, by name where others are asked."""
    what = _what(entry)
    if entry.kind == "mark":
        return safe_text(what)
    name = _asked(entry, report)
    return safe_text(f"{_ASKS}, {name}?: {what}" if name else f"{_ASKS}?: {what}")


def task(entry: Entry, report: CalendarReport) -> str:
    """Return the words of a todo: what is to be done, then what is to be asked."""
    if report.wish.follow_ups or (entry.is_done and entry.over is None):
        return question(entry, report)
    name = _asked(entry, report)
    return safe_text(f"{name}: {_what(entry)}" if name else _what(entry))


def description(entry: Entry, report: CalendarReport) -> str:
    """Return what else is known, one fact a line, and what to type for more."""
    return "\n".join(_without_tags(safe_text(line)) for line in _facts(entry, report.names))


def unread_title(report: CalendarReport) -> str:
    """Return the words of the entry that stands for files that could not be read."""
    many = len(report.unread)
    files = "1 file" if many == 1 else f"{many} files"
    return safe_text(f"{files} of {report.root} could not be read: nextstep check")


def unread_description(report: CalendarReport) -> str:
    """Return the paths of the files that could not be read."""
    paths = [file.path for file in report.unread[:_SHOWN_FILES]]
    more = len(report.unread) - len(paths)
    lines = [*paths, f"and {more} more"] if more else paths
    return "\n".join(_without_tags(safe_text(line)) for line in lines)


def _what(entry: Entry) -> str:
    return f"{entry.what} ({entry.customer})" if entry.customer else entry.what


def _asked(entry: Entry, report: CalendarReport) -> str:
    """Return who is asked, empty where that is whose calendar it is."""
    wish: Wish = report.wish
    if wish.me is not None and not wish.follow_ups:
        return ""
    return _named(entry.who, report.names)


def _facts(entry: Entry, names: Mapping[str, str]) -> Iterator[str]:
    if entry.over is not None:
        yield f"Over: {entry.over}"
    elif entry.is_done:
        yield "The work is done"
    if entry.outcome:
        yield f"{'Promised' if entry.kind == 'run' else 'So that'}: {entry.outcome}"
    if entry.who:
        yield f"Who: {_named(entry.who, names)}"
    if entry.with_:
        yield f"With: {_named(entry.with_, names)}"
    if entry.asker and entry.asker not in entry.who:
        yield f"Asks how it went: {_named((entry.asker,), names)}"
    if entry.title:
        yield f"Part of: {entry.title}"
    yield f"More: nextstep show {entry.handle}"


def _named(people: tuple[str, ...], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in people)


def _without_tags(line: str) -> str:
    """Return a line in which no tag begins: some calendars show a description as HTML."""
    first, *rest = line.split("<")
    return first + "".join(f"< {part}" if _begins_tag(part) else f"<{part}" for part in rest)


def _begins_tag(part: str) -> bool:
    return part[:1].isalpha() or part[:1] in ("/", "!", "?")

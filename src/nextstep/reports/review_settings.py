"""What the settings of a ledger say otherwise than before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from nextstep.dates.words import WEEKDAYS
from nextstep.model.people import Settings
from nextstep.repo.paths import SETTINGS
from nextstep.reports.review_changes import Change, Edit

_NAMED = ("people", "roles", "coaching")


def settings_changed(before: Settings, after: Settings) -> Iterator[Change]:
    """Yield what the settings say otherwise."""
    edits = (
        *(edit for name in _NAMED for edit in _entries(name, before, after)),
        *_severities(before.rules, after.rules),
        *_calendar(before, after),
        *_value("partner", before.partner, after.partner),
        *_value("requires", before.requires, after.requires),
    )
    if edits:
        source = after.source or before.source
        path = source.path if source else SETTINGS
        yield Change(
            kind="settings",
            record="settings",
            id="settings",
            handle="",
            path=path,
            title=path,
            edits=edits,
        )


def _entries(name: str, before: Settings, after: Settings) -> Iterator[Edit]:
    """Yield the people or roles that came, went, or are described in another way."""
    old: Mapping[str, object] = getattr(before, name)
    new: Mapping[str, object] = getattr(after, name)
    gone = tuple(one for one in old if one not in new)
    added = tuple(one for one in new if one not in old)
    if gone or added:
        yield Edit(field=name, step=None, before=None, after=None, gone=gone, added=added)
    for one in old:
        if one in new and old[one] != new[one]:
            yield Edit(
                field=f"{name}.{one}", step=None, before=None, after=_told(old[one], new[one])
            )


def _told(old: object, new: object) -> str | None:
    """Return the names of the fields in which two records differ."""
    if not (isinstance(old, Struct) and isinstance(new, Struct)):
        return None
    names = (one for one in new.__struct_fields__ if getattr(old, one) != getattr(new, one))
    return ", ".join(name.rstrip("_") for name in names)


def _severities(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Edit]:
    for rule in sorted({*before, *after}):
        yield from _value(f"rules.{rule}", before.get(rule), after.get(rule))


def _calendar(before: Settings, after: Settings) -> Iterator[Edit]:
    old, new = before.calendar, after.calendar
    if before.source is not None and after.source is not None:
        yield from _value("timezone", old.timezone, new.timezone)
    gone = tuple(day.isoformat() for day in sorted(set(old.closed) - set(new.closed)))
    added = tuple(day.isoformat() for day in sorted(set(new.closed) - set(old.closed)))
    if gone or added:
        yield Edit(
            field="calendar.closed", step=None, before=None, after=None, gone=gone, added=added
        )
    if old.workweek != new.workweek:
        yield from _value("calendar.workweek", _days(old.workweek), _days(new.workweek))


def _days(workweek: Iterable[int]) -> str:
    return ", ".join(WEEKDAYS[day] for day in sorted(workweek))


def _value(field: str, before: str | None, after: str | None) -> Iterator[Edit]:
    if before != after:
        yield Edit(field=field, step=None, before=before, after=after)

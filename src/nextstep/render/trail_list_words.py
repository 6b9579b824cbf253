"""The page of what happened in a ledger, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nextstep.dates.words import counted
from nextstep.render.commands import command, quoted
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading
from nextstep.render.row_words import Speech
from nextstep.render.trail_words import counting_words, entry_words, evidence_words, known_words
from nextstep.reports.trail import Asked, TrailReport
from nextstep.reports.trail_entries import TrailEntry


def trail_page(report: TrailReport, reading: Reading) -> Page:
    """Return the page of what happened, newest first, a block a day."""
    speech = reading.speech
    days = groupby(report.entries, key=lambda one: one.on)
    return Page(
        head=reading.head(*limit_words(report.asked, speech)),
        origin=reading.origin_words,
        title=_title(report, speech),
        blocks=tuple(
            Part(speech.day(day) if day else "No day is known", tuple(_items(found, speech)))
            for day, found in days
        ),
        alarms=(
            *reading.alarms,
            *(Remark(*words) for words in known_words(report.known, speech)),
            *_unplaced(report),
        ),
        foot=_foot(report),
    )


def limit_words(asked: Asked, speech: Speech) -> Iterator[str]:
    """Yield what was asked for, for the first line."""
    if asked.id:
        yield f"{asked.id} {asked.step}" if asked.step else asked.id
    if asked.who:
        yield asked.who
    yield from asked.scope.words
    if asked.events:
        yield " and ".join(asked.events)
    if asked.between:
        yield "..".join(asked.between)
    if asked.since and asked.until:
        yield f"{speech.day(asked.since)} to {speech.day(asked.until)}"
    elif asked.since:
        yield f"since {speech.day(asked.since)}"
    elif asked.until:
        yield f"until {speech.day(asked.until)}"


def _title(report: TrailReport, speech: Speech) -> str:
    """Return how many events there are; not of somebody else."""
    if not report.entries:
        return _nothing(report, speech)
    if report.asked.who is not None and not report.asked.you:
        return "What happened"
    return counted(len(report.entries), "event")


def _items(found: Iterable[TrailEntry], speech: Speech) -> Iterator[Item]:
    """Yield the rows of a day. What a row is about is said once where several follow each other."""
    before = None
    for one in found:
        words, about = entry_words(one, speech), (one.id, one.step)
        title = (one.title,) if one.step and one.title else ()
        what = (one.what, *title) if about != before else ()
        yield Item(
            handle=one.handle,
            title=f"{one.step}: {words}" if one.step else words,
            when=counting_words(one),
            tone=Tone.PLAIN if one.counts else Tone.PAST,
            details=(*what, *evidence_words(one, speech)),
        )
        before = about


def _nothing(report: TrailReport, speech: Speech) -> str:
    if report.known.commits == 0:
        return "No commit tells of anything in this ledger yet."
    if report.earlier and report.asked.since:
        return f"Nothing of it happened since {speech.day(report.asked.since)}."
    return "Nothing of it happened."


def _unplaced(report: TrailReport) -> Iterator[Remark]:
    if report.unplaced:
        asked = report.asked
        yield Remark(
            f"{counted(report.unplaced, 'event')} of records that are gone cannot be placed: "
            "no file says any more what they belong to",
            _again(asked, _options(asked, scope=False)),
        )


def _foot(report: TrailReport) -> Remark | None:
    hidden = []
    if report.earlier:
        hidden.append(f"{report.earlier} earlier")
    if report.later:
        hidden.append(f"{report.later} later")
    if report.undated:
        hidden.append(f"{report.undated} of which no day is known")
    if hidden:
        wider = ("--since", report.earliest.isoformat() if report.earliest else None)
        options = (*_options(report.asked, days=False), wider)
        return Remark(f"Not shown: {', '.join(hidden)}.", _again(report.asked, options))
    first = report.entries[0] if report.entries else None
    if first is None or report.asked.id:
        return None
    return Remark("The story of the first of them:", f"nextstep trail {first.handle}")


def _again(asked: Asked, options: Iterable[tuple[str, str | None]]) -> str:
    """Return the command that asks for the same with other options."""
    words = [quoted(word) for word in (asked.id, asked.step) if word]
    return command(" ".join(["trail", *words]), *options)


def _options(
    asked: Asked, *, scope: bool = True, days: bool = True
) -> Iterator[tuple[str, str | None]]:
    """Yield the options that ask for the same; without ``days`` those of the days are left out."""
    yield "--who", asked.who
    yield "--process", asked.scope.process if scope else None
    yield "--part-of", asked.scope.part_of if scope else None
    for event in asked.events:
        yield "--event", event
    yield "--between", "..".join(asked.between) if asked.between else None
    if days and asked.chosen:
        yield "--since", asked.since.isoformat() if asked.since else None
        yield "--until", asked.until.isoformat() if asked.until else None

"""The report of `nextstep slips` in words."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.dates.words import counted
from nextstep.render.commands import command
from nextstep.render.listing import Item, Remark, Tone
from nextstep.render.page import Page, Part, Reading, block, fact, facts, line
from nextstep.render.row_words import Speech, due_words, named, times
from nextstep.render.trail_story_words import distance_words
from nextstep.render.trail_words import due_text, known_words
from nextstep.reports.slips import SlipsReport, SlipsWanted
from nextstep.reports.slips_carried import Carried
from nextstep.reports.slips_entries import MovedDate, Slip
from nextstep.reports.slips_tallies import Tallies, Tally

_MOST_DAYS = 3
_OFTEN = 2


def slips_page(report: SlipsReport, reading: Reading) -> Page:
    """Return the page of moved dates, those moved after they were due first."""
    speech = reading.speech
    return Page(
        head=reading.head(*_limits(report.wanted, speech)),
        origin=reading.origin_words,
        title=_title(report, speech),
        blocks=tuple(_blocks(report, speech)),
        alarms=(
            *reading.alarms,
            *(Remark(*words) for words in known_words(report.known, speech)),
            *_unplaced(report),
        ),
        foot=_foot(report),
    )


def _limits(wanted: SlipsWanted, speech: Speech) -> Iterator[str]:
    if wanted.who:
        yield wanted.who
    yield from wanted.scope.words
    if wanted.step:
        yield f"step {wanted.step}"
    if wanted.since and wanted.until:
        yield f"{speech.day(wanted.since)} to {speech.day(wanted.until)}"
    elif wanted.since:
        yield f"since {speech.day(wanted.since)}"
    elif wanted.until:
        yield f"until {speech.day(wanted.until)}"


def _title(report: SlipsReport, speech: Speech) -> str:
    """Return how much was moved; not of somebody else."""
    if not report.slips:
        return _nothing(report.wanted, speech)
    if report.tallies is None:
        return "Dates that were moved"
    return _tally_words(report.tallies.all)


def _blocks(report: SlipsReport, speech: Speech) -> Iterator[Part]:
    late = [one for one in report.slips if one.is_late]
    planned = [one for one in report.slips if not one.is_late]
    for heading, slips in (("MOVED AFTER IT WAS DUE", late), ("MOVED IN TIME", planned)):
        yield from block(heading, (row for one in slips for row in _rows(one, speech)))
    yield from block("CARRIED OVER", (_carried(one, speech) for one in report.carried))
    if report.tallies is not None:
        yield from _tallied(report.tallies)


def _rows(slip: Slip, speech: Speech) -> Iterator[Item]:
    """Yield a moved date, how far it went and how often, and a line for each move."""
    yield Item(
        handle=slip.handle,
        title=f"{named(slip.who)}: {slip.what}" if slip.who else slip.what,
        when=_how_far(slip, speech),
        tone=Tone.OVERDUE if slip.overdue else Tone.PLAIN,
        details=tuple(_details(slip, speech)),
    )
    for move in slip.inside:
        yield line(_move(move, speech))


def _how_far(slip: Slip, speech: Speech) -> str:
    dates = slip.dates
    far = distance_words(dates, speech)
    if dates.days and dates.working_days is not None:
        working = abs(dates.working_days)
        far = f"{far} ({counted(working, 'working day')})"
    return f"from {due_text(dates.first, speech)}, now {far}" if dates.first else f"now {far}"


def _details(slip: Slip, speech: Speech) -> Iterator[str]:
    if slip.title:
        yield slip.title
    dates = slip.dates
    words = f"moved {times(dates.moved)}"
    if dates.moved_late:
        words += f", {'' if dates.moved == 1 else f'{times(dates.moved_late)} '}after it was due"
    if len(slip.inside) < dates.moved:
        words += f" ({len(slip.inside)} of them in these days)"
    yield words
    yield _state(slip, speech)


def _state(slip: Slip, speech: Speech) -> str:
    if slip.state is None:
        return "its file is gone"
    if slip.state in ("open", "ready", "waiting") and slip.dates.now is not None:
        return due_words(slip.dates.now, speech, overdue=slip.overdue)
    return slip.state


def _move(move: MovedDate, speech: Speech) -> str:
    """Return when, to when and why a date was moved, in the words of who moved it."""
    on = f"on {speech.day(move.on)}" if move.on else "on a day that is not known"
    late = ", after it was due," if move.late else ""
    agreed = f", agreed by {named(move.agreed_by)}" if move.agreed_by else ""
    reason = f": {move.why}" if move.why else ", no reason given"
    there = "" if move.logged else ", in the file only"
    return f"moved {on}{late} to {due_text(move.to, speech)} by {move.by}{there}{agreed}{reason}"


def _carried(one: Carried, speech: Speech) -> Item:
    shown = [speech.day(day) for day in one.days[-_MOST_DAYS:]]
    more = len(one.days) - len(shown)
    days = f"{', '.join(shown)}{f' and {more} before' if more else ''}"
    when = due_words(one.due, speech, overdue=one.overdue) if one.due else "no date agreed"
    return Item(
        handle=one.handle,
        title=f"{one.who}: {one.what}" if one.who else one.what,
        when=when,
        tone=Tone.OVERDUE if one.overdue else Tone.PLAIN,
        details=(
            f"from {one.meeting}, open since {speech.day(one.began_on)}",
            f"{counted(len(one.days), 'later day')} with new next steps from there: {days}",
        ),
    )


def _tallied(tallies: Tallies) -> Iterator[Part]:
    processes = [one for one in tallies.by_process if one.process or len(tallies.by_process) > 1]
    yield from block("BY PROCESS AND STEP", (_of_process(one, tallies) for one in processes))
    often = [one for one in tallies.by_reason if one.moves >= _OFTEN or one.why is None]
    rest = len(tallies.by_reason) - len(often)
    rows = [fact(times(one.moves), _reason(one)) for one in often]
    if rows and rest:
        rows.append(fact("once each", counted(rest, "other reason")))
    yield from facts("BY REASON", rows)


def _of_process(one: Tally, tallies: Tallies) -> Item:
    """Return the moves of a process, and which of its steps they were of."""
    words = _tally_words(one)
    steps = (step for step in tallies.by_step if one.process and step.process == one.process)
    return Item(
        handle=one.process or "no process",
        title=words,
        details=tuple(f"{step.step} {times(step.moves)}{_late_words(step)}" for step in steps),
    )


def _late_words(one: Tally) -> str:
    if not one.late:
        return ""
    return f", {'' if one.moves == 1 else f'{times(one.late)} '}after it was due"


def _reason(one: Tally) -> str:
    return f"{one.why or 'no reason given'}{_late_words(one)}"


def _tally_words(one: Tally) -> str:
    """Return ``9 dates moved 12 times, 4 of them after they were due``."""
    words = f"{counted(one.dates, 'date')} moved {times(one.moves)}"
    if not one.late:
        return words
    if one.moves == 1:
        return f"{words}, after it was due"
    return f"{words}, {times(one.late)} after {'it was' if one.dates == 1 else 'they were'} due"


def _nothing(wanted: SlipsWanted, speech: Speech) -> str:
    if wanted.since and wanted.until is None:
        return f"No date of these was moved since {speech.day(wanted.since)}."
    return "No date of these was moved."


def _unplaced(report: SlipsReport) -> Iterator[Remark]:
    if report.unplaced:
        wanted = report.wanted
        since, until = (
            day.isoformat() if day and wanted.chosen else None
            for day in (wanted.since, wanted.until)
        )
        yield Remark(
            f"{counted(report.unplaced, 'move')} of records that are gone cannot be placed: "
            "no file says any more what they belong to",
            command("slips", ("--who", wanted.who), ("--since", since), ("--until", until)),
        )


def _foot(report: SlipsReport) -> Remark | None:
    hidden = []
    if report.earlier:
        hidden.append(f"{counted(report.earlier, 'move')} before")
    if report.later:
        hidden.append(f"{counted(report.later, 'move')} after")
    if hidden:
        since = report.earliest.isoformat() if report.earliest else None
        wanted = report.wanted
        wider = command(
            "slips",
            ("--who", wanted.who),
            ("--process", wanted.scope.process),
            ("--part-of", wanted.scope.part_of),
            ("--step", wanted.step),
            ("--since", since),
        )
        return Remark(f"Not shown: {', '.join(hidden)} these days.", wider)
    if report.slips:
        return Remark(
            "Moving before is planning, after is a slip. The story of the first of them:",
            f"nextstep trail {report.slips[0].handle}",
        )
    return None

"""The report of `nextstep due` in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nextstep.dates.words import day_words
from nextstep.dates.zones import local_day
from nextstep.model.time import DueWord
from nextstep.render.as_of import still_as_of
from nextstep.render.commands import command
from nextstep.render.listing import Block, Listing, Origin, Remark
from nextstep.render.row_words import Speech, item_of
from nextstep.render.safe_record import safe_record
from nextstep.render.source_words import alarm, origin_words
from nextstep.reports.due import DueReport, Question, Stranger
from nextstep.reports.due_entries import Section
from nextstep.reports.rows import Row

_URGENT = (Section.NEEDS, Section.ACCEPT, Section.FOLLOW_UP)
FIRST = 'nextstep add "Send Lena the offer"'
"""The command that begins a ledger."""
_SETTINGS = "nextstep edit settings"
_ADDRESS = "git config --global user.email you@example.org"
_HIDDEN = {
    Section.LATER: "due later",
    Section.WAITING: "waiting",
    Section.NOBODY: "that nobody has",
}


def due_listing(report: DueReport, origin: Origin) -> Listing:
    """Return the listing of what is due; every text in it is safe."""
    report, origin = safe_record(report), safe_record(origin)
    question = report.question
    speech = Speech(
        today=report.today,
        calendar=report.calendar,
        reader=question.me,
        you=question.you or report.solo,
    )
    headings = _headings(speech)
    message = _message(report, speech)
    if message is None and question.stranger is not None:
        message = _how_to_be_somebody(question.stranger)
    listing = Listing(
        head=tuple(_head(report, speech)),
        origin=origin_words(origin, report.calendar.timezone),
        blocks=tuple(
            Block(headings[section.name], tuple(item_of(row, speech) for row in section.rows))
            for section in report.sections
        ),
        message=message,
        alarms=tuple(map(alarm, report.unread)),
        foot=_foot(report),
    )
    return still_as_of(listing, origin.as_of)


def _headings(speech: Speech) -> Mapping[Section, str]:
    name = speech.name.upper()
    return {
        Section.NEEDS: f"NEEDS {name}" if name else "NEEDS DOING",
        Section.ACCEPT: "ACCEPT OR RETURN",
        Section.FOLLOW_UP: _follow_up(speech).upper(),
        Section.LATER: "DUE LATER",
        Section.WAITING: "WAITING FOR OTHERS" if name else "WAITING",
        Section.NO_DATE: "NO DATE AGREED",
        Section.NOBODY: "NOBODY HAS IT",
    }


def _follow_up(speech: Speech) -> str:
    if speech.you:
        return "you follow up"
    return f"{speech.name} follows up" if speech.name else "to follow up"


def _head(report: DueReport, speech: Speech) -> Iterator[str]:
    yield day_words(report.today, None)
    if not report.solo:
        is_stranger = report.question.stranger is not None
        yield speech.reader or ("everybody, you are not known here" if is_stranger else "everybody")
    yield from report.question.scope.words
    if report.question.overdue:
        yield "overdue only"
    needs, accept, follow = (len(report.rows(section)) for section in _URGENT)
    counts = []
    if needs:
        verb = "needs" if needs == 1 else "need"
        counts.append(f"{needs} {verb} {speech.name or 'doing'}")
    if accept:
        counts.append(f"{accept} to accept")
    if follow:
        counts.append(f"{follow} {_follow_up(speech)}")
    if counts:
        yield ", ".join(counts)


def _how_to_be_somebody(stranger: Stranger) -> Remark:
    """Return why the ledger does not know who asks, and what makes them one of its people."""
    if not stranger.named:
        return Remark(
            "To see your own, name yourself in `people`, and as `who` of what is yours:", _SETTINGS
        )
    if stranger.email is None:
        return Remark("To see what is yours, tell git your address:", _ADDRESS)
    words = f"To see what is yours, write {stranger.email} below your name:"
    return Remark(words, _SETTINGS)


def _message(report: DueReport, speech: Speech) -> Remark | None:
    """Say that nothing is urgent, and what comes next; an empty day is a good answer."""
    if any(report.rows(section) for section in _URGENT):
        return None
    limits = "".join(f" in {words}" for words in report.question.scope.words)
    if report.total == 0 and not report.unread:
        return Remark("Nothing is written down here yet. The first of it:", FIRST)
    if report.question.overdue:
        return Remark(f"Nothing is overdue{limits}.")
    subject = speech.name or "anybody"
    words = f"Nothing needs {subject} today{limits}."
    if report.unread:
        words = f"Nothing that could be read needs {subject} today{limits}."
    if report.ahead is None:
        return Remark(words)
    return Remark(f"{words} {_next(report.ahead, speech)}", f"nextstep show {report.ahead.handle}")


def _next(row: Row, speech: Speech) -> str:
    """Return the words for what comes next: ``Next: Thu 26 Nov, compile for Globex``."""
    what = row.what
    if row.step:
        what = f"{row.step} for {row.customer}" if row.customer else f"{row.step}, {row.title}"
    if row.due is None or isinstance(row.due, DueWord):
        return f"Next: {what}."
    return f"Next: {speech.day(local_day(row.due, speech.calendar.timezone))}, {what}."


def _foot(report: DueReport) -> Remark | None:
    """Say what is not shown, else where to look next."""
    question = report.question
    if question.overdue and report.hidden:
        return Remark(f"Not shown: {sum(report.hidden.values())} not overdue.", _wider(question))
    if report.hidden:
        counts = [
            f"{count} {_hidden(section, question)}" for section, count in report.hidden.items()
        ]
        return Remark(f"Not shown: {', '.join(counts)}.", _wider(question))
    first = next((section.rows[0] for section in report.sections), None)
    if first is None:
        return _how_to_be_somebody(question.stranger) if question.stranger else None
    return Remark("All about the first of them:", f"nextstep show {first.handle}")


def _hidden(section: Section, question: Question) -> str:
    others = section is Section.WAITING and question.me is not None
    return f"{_HIDDEN[section]} for others" if others else _HIDDEN[section]


def _wider(question: Question) -> str:
    """Return the command that shows what this one left out."""
    return command(
        "due",
        ("--all", question.everything or not question.overdue),
        ("--who", None if question.you else "all" if question.everybody else question.me),
        ("--role", question.scope.role),
        ("--process", question.scope.process),
        ("--part-of", question.scope.part_of),
        ("--within", question.within if question.overdue else None),
    )

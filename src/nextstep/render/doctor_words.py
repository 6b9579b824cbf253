"""The report of `nextstep doctor`."""

from __future__ import annotations

from nextstep.render.listing import Item, Tone
from nextstep.render.page import Page, Part
from nextstep.reports.doctor import DoctorReport
from nextstep.reports.doctor_lines import Level, Line

FORMATS = ("text", "json")
_SIGNS = {Level.OK: "ok  ", Level.NOTE: "note", Level.MEND: "!   "}
_TONES = {Level.OK: Tone.PLAIN, Level.NOTE: Tone.TODAY, Level.MEND: Tone.OVERDUE}


def doctor_page(report: DoctorReport) -> Page:
    """Return the report as a page: one line a thing, with what to type below it."""
    from nextstep.dates.words import day_words

    widest = max(len(line.name) for line in report.lines)
    return Page(
        head=(day_words(report.today, None), "doctor"),
        origin=(report.timezone,),
        title=_title(report),
        blocks=(Part("", tuple(_item(line, widest) for line in report.lines), labels=True),),
    )


def doctor_json(report: DoctorReport) -> str:
    """Return a `nextstep.doctor/1` document."""
    from nextstep.render.json import document

    return document(
        "nextstep.doctor/1",
        {
            "today": report.today,
            "timezone": report.timezone,
            "folder": report.folder,
            "works": not report.stops,
            "items": report.lines,
        },
    )


def _title(report: DoctorReport) -> str:
    mend, notes = report.count(Level.MEND), report.count(Level.NOTE)
    if report.stops:
        return "Nothing works here yet."
    parts = [f"{mend} to mend (!)"] if mend else []
    parts += [f"{notes} to know (note)"] if notes else []
    return f"It works. {', '.join(parts)}." if parts else "It works, and nothing is missing."


def _item(line: Line, widest: int) -> Item:
    todo = (f"-> {line.todo}",) if line.todo else ()
    return Item(
        handle=f"{_SIGNS[line.level]}  {line.name:<{widest}}",
        title=line.text,
        tone=_TONES[line.level],
        details=todo,
    )

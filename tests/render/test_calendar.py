"""Whatever a ledger holds, a calendar holds the entries that it should, and nothing acts in it."""

from __future__ import annotations

from unicodedata import category

import pytest
from hypothesis import example, given

from nextstep.render.calendar_ical import KINDS, calendar_ical
from nextstep.reports.calendar import Wish, calendar_report
from nextstep.reports.standing import standing
from tests.render.test_nothing_acts import ACTING, HOSTILE, NOW, hostile_ledger

FIELDS = set(
    "BEGIN VERSION PRODID X-WR-CALNAME X-PUBLISHED-TTL REFRESH-INTERVAL UID DTSTAMP LAST-MODIFIED "
    "SEQUENCE SUMMARY DESCRIPTION DTSTART TRANSP DUE STATUS END".split()
)


def unfolded(content: bytes) -> list[str]:
    assert max(map(len, content.split(b"\r\n"))) <= 75
    return content.replace(b"\r\n ", b"").decode().removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize("kind", KINDS)
@given(text=HOSTILE)
@example(text="x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:PROCEDURE")
@example(text='x\\nEND:VEVENT;,:"\\')
@example(text="<img src=x onerror=alert(1)><a href='https://x.example'>here</a>")
@example(text="é" * 80)
def test_no_text_of_a_ledger_begins_a_line_of_a_calendar(kind: str, text: str) -> None:
    report = calendar_report(standing(hostile_ledger(text), NOW), Wish())
    lines = unfolded(calendar_ical(report, kind, None))
    component = "VEVENT" if kind == "events" else "VTODO"
    assert lines.count(f"BEGIN:{component}") == lines.count(f"END:{component}") == 3
    assert {line.partition(":")[0].partition(";")[0] for line in lines} <= FIELDS
    assert not {char for line in lines for char in line if category(char) in ACTING} - {"\u200d"}


def test_a_description_has_no_tag_for_those_who_show_it_as_html() -> None:
    report = calendar_report(standing(hostile_ledger("<b>x</b> 1<2 <!-- y"), NOW), Wish())
    shown = "".join(unfolded(calendar_ical(report, "events", None)))
    assert "DESCRIPTION:So that: < b>x< /b> 1<2 < !-- y" in shown

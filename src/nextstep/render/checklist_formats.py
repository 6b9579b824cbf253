"""A checklist in each format of `nextstep checklist`."""

from __future__ import annotations

from nextstep.render.json import document, plain
from nextstep.render.page import Reading
from nextstep.reports.checklist_customer import CustomerPage
from nextstep.reports.checklist_records import Checklist

FORMATS = ("text", "markdown", "html", "json")
SCHEMA = "nextstep.checklist/1"


def checklist_json(checklist: Checklist, reading: Reading) -> str:
    """Return a `nextstep.checklist/1` document."""
    speech = reading.speech
    return document(
        SCHEMA,
        {
            "today": speech.today,
            "timezone": speech.calendar.timezone,
            "commit": reading.origin.commit,
            "kind": checklist.kind,
            "checklist": {
                name: value for name, value in plain(checklist).items() if name != "kind"
            },
            "unread": reading.unread,
        },
    )


def customer_json(view: CustomerPage, reading: Reading) -> str:
    """Return a `nextstep.checklist/1` document of kind ``customer``: nothing from inside."""
    speech = reading.speech
    return document(
        SCHEMA,
        {
            "today": speech.today,
            "timezone": speech.calendar.timezone,
            "kind": "customer",
            "customer": view,
        },
    )

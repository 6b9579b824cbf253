"""A digest in each format of `nextstep digest`."""

from __future__ import annotations

from nextstep.render.json import document, plain
from nextstep.render.page import Page, Reading
from nextstep.reports.digest import Digest

FORMATS = ("text", "markdown", "html", "mail", "json")
SCHEMA = "nextstep.digest/1"
_ELSEWHERE = ("subject", "period", "today", "calendar", "unread")


def digest_json(digest: Digest, reading: Reading) -> str:
    """Return a `nextstep.digest/1` document."""
    content = {name: value for name, value in plain(digest).items() if name not in _ELSEWHERE}
    return document(
        SCHEMA,
        {
            "today": digest.today,
            "timezone": digest.calendar.timezone,
            "commit": reading.origin.commit,
            "for": {"kind": digest.subject.kind, "name": digest.subject.name},
            "period": {
                "name": digest.period.name,
                "first": digest.period.first,
                "last": digest.period.last,
            },
            **content,
            "unread": digest.unread,
        },
    )


def page_of(digest: Digest, reading: Reading, *, learned: bool) -> Page:
    """Return the digest as a page, or what was learned alone."""
    from nextstep.render.as_of import still_as_of
    from nextstep.render.digest_words import digest_page, learned_page

    page = learned_page(digest, reading) if learned else digest_page(digest, reading)
    return still_as_of(page, reading.origin.as_of)

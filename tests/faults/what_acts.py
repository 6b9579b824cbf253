"""What in an output acts on its reader, format by format: nothing of it may come from a ledger."""

from __future__ import annotations

import csv
import email
import io
import json
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.faults.every_output import acting_in

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_PLAIN_IN_MARKDOWN = frozenset(
    "inline text text_special softbreak hardbreak strong_open strong_close paragraph_open"
    " paragraph_close heading_open heading_close bullet_list_open bullet_list_close"
    " list_item_open list_item_close code_inline html_inline hr em_open em_close".split()
)
_OURS_IN_MARKDOWN = re.compile(
    r"</?(?:br|sub|details)>|<summary>Show the flow</summary>|<!-- nextstep:review -->|\s"
)
_LINKED = re.compile(r"@\w|(?<!&)#\d|\bGH-\d|https?://\w|www\.\w|(?<!\d):[a-z]+:", re.IGNORECASE)
_TAGS = frozenset(
    "html head meta title style body main nav section h1 h2 h3 p ul ol li dl dt dd div span strong"
    " a br code".split()
)
_ATTRIBUTES = frozenset(
    "lang charset http-equiv content name class dir id href role aria-label aria-labelledby"
    " aria-hidden".split()
)
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_HEADERS = "From To Subject Date Message-ID Auto-Submitted MIME-Version Content-Type".split()
_LONGEST_CALENDAR_LINE = 75
_ENTRIES = {
    *("BEGIN END PRODID VERSION X-WR-CALNAME X-PUBLISHED-TTL REFRESH-INTERVAL UID".split()),
    *(
        "DTSTAMP LAST-MODIFIED SEQUENCE SUMMARY DESCRIPTION DTSTART DURATION TRANSP STATUS DUE COMPLETED".split()
    ),
}


def acting(form: str, shown: str) -> list[str]:
    """Return everything in an output that acts on whoever reads it in this format."""
    found = list(_KINDS.get(form, _nothing)(shown))
    seen = shown.replace("\r\n", "\n") if form in ("csv", "ical") else shown
    found += [f"character {char!r}" for char in sorted(acting_in(form, seen))]
    ours = r"(?!(?:error|warning) file=)" if form == "github" else ""
    found += re.findall(rf"^\s*::{ours}\w.*", shown, re.MULTILINE)
    if form not in _QUOTED:
        found += re.findall(r"##\[.*", shown)
    return found


_QUOTED = ("json", "jsonl", "sarif", "gitlab")
"""Formats that programs read, and that say every text as it is."""


def _nothing(_: str) -> Iterator[str]:
    yield from ()


def _json(shown: str) -> Iterator[str]:
    json.loads(shown)
    yield from ()


def _jsonl(shown: str) -> Iterator[str]:
    """A line that is no object of the same names as the first is one of somebody else."""
    names = {tuple(json.loads(line)) for line in shown.splitlines()}
    if len(names) != 1:
        yield f"{len(names)} kinds of lines"


def _tsv(shown: str) -> Iterator[str]:
    """A line break or tab of a ledger makes no row and no column."""
    columns = {line.count("\t") for line in shown.split("\n")[:-1]}
    if len(columns) > 1:
        yield f"rows of {columns} columns"


def _csv(shown: str) -> Iterator[str]:
    rows = list(csv.reader(io.StringIO(shown, newline="")))
    if len({len(row) for row in rows}) != 1:
        yield "rows of several lengths"
    yield from (cell for row in rows for cell in row if cell.startswith(_FORMULA))


def _markdown(shown: str) -> Iterator[str]:
    yield from re.findall(r"\$.*|^\s*/[a-z].*", shown, re.MULTILINE)
    for token in _tokens(_MARKDOWN.parse(shown)):
        if token.type in ("html_block", "html_inline"):
            yield from filter(None, [_OURS_IN_MARKDOWN.sub("", token.content)])
        elif token.type == "fence":
            yield from [] if token.info == "mermaid" else [f"fence {token.content}"]
            yield from re.findall(
                r"^ *(?:click|href|%%).*|javascript:.*|<(?!br/>).*", token.content
            )
        elif token.type not in _PLAIN_IN_MARKDOWN:
            yield f"{token.type} {token.content} {token.attrs}"
        elif token.type in ("text", "text_special"):
            yield from _LINKED.findall(token.content)


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _tokens(token.children or [])


class _Tags(HTMLParser):
    """Collects what is no plain element of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.styles += tag == "style"
        if tag not in _TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in _ATTRIBUTES or (name == "href" and not (value or "").startswith("#")):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"<!--{data}")


def _html(shown: str) -> Iterator[str]:
    tags = _Tags()
    tags.feed(shown)
    tags.close()
    yield from tags.found
    if tags.styles != 1 or shown.count("</main>") != 1:
        yield "the page ends before its end"


def _mail(shown: str) -> Iterator[str]:
    message = email.message_from_string(shown, policy=default)
    assert isinstance(message, EmailMessage)
    yield from (str(one) for one in message.defects)
    if list(message.keys()) != _HEADERS:
        yield f"headers {message.keys()}"
    if len(message["To"].addresses) != 1 or len(message["From"].addresses) != 1:
        yield "other addresses"
    yield from acting_in("text", message["Subject"])
    text, page = list(message.iter_parts())
    for form, part in (("text", text), ("html", page)):
        yield from acting(form, part.get_content())


def _ical(shown: str) -> Iterator[str]:
    import icalendar

    lines = shown.split("\r\n")
    yield from (line for line in lines if len(line.encode()) > _LONGEST_CALENDAR_LINE)
    names = {re.split("[;:]", line)[0] for line in re.sub("\r\n ", "", shown).split("\r\n")}
    yield from names - _ENTRIES - {""}
    calendar = icalendar.Calendar.from_ical(shown)
    yield from {str(part.name) for part in calendar.walk()} - {"VCALENDAR", "VEVENT", "VTODO"}
    yield from (str(fault) for part in calendar.walk() for fault in part.errors)


def _codeowners(shown: str) -> Iterator[str]:
    owned = r"#.*|/processes/[\w-]+\.yaml dev@acme\.example"
    yield from (line for line in shown.splitlines() if not re.fullmatch(owned, line))


_KINDS: dict[str, Callable[[str], Iterator[str]]] = {
    "json": _json,
    "sarif": _json,
    "gitlab": _json,
    "jsonl": _jsonl,
    "tsv": _tsv,
    "csv": _csv,
    "markdown": _markdown,
    "html": _html,
    "mail": _mail,
    "ical": _ical,
    "codeowners": _codeowners,
}

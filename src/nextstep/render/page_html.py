"""A page as HTML: for a browser, a phone or paper. Nothing of a ledger's words acts in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from nextstep.render.html import element, escape, html_page
from nextstep.render.listing import Box, Item, Remark, Tone
from nextstep.render.page import Page, Part, Section
from nextstep.render.safe_record import safe_record

_CONTENTS_FROM = 3
"""So many sections need a list of what there is."""
_LOOKS = {
    Box.TICKED: "is-ticked",
    Box.THERE: "is-ticked",
    Box.MISSING: "is-missing",
    Box.OPEN: "is-open",
}


def page_html(page: Page) -> str:
    """Return a page as one HTML file."""
    page = safe_record(page)
    title = " · ".join(filter(None, (page.title, *page.head[1:])))
    return html_page(title, element("main", "\n" + "\n".join(_body(page)) + "\n"))


def _body(page: Page) -> Iterator[str]:
    about = " · ".join(map(escape, (*page.head, *page.origin)))
    yield element("p", about, class_="about")
    yield element("h1", escape(page.title), dir="auto")
    yield from map(_lead, page.lead)
    for part in page.blocks:
        yield _part(part, "h2")
    if len(page.sections) >= _CONTENTS_FROM:
        yield _contents(page.sections)
    for number, section in enumerate(page.sections, start=1):
        yield _section(section, f"s{number}")
    for part in page.tail:
        yield _part(part, "h2")
    for alarm in page.alarms:
        yield element("p", f"<strong>!</strong> {_remark(alarm)}", class_="alarm", dir="auto")
    if page.foot is not None:
        yield element("p", _remark(page.foot), class_="foot screen", dir="auto")


def _contents(sections: Iterable[Section]) -> str:
    """Return links to the sections, large enough for a thumb."""
    links = (
        element("li", element("a", _link(section), href=f"#s{number}"))
        for number, section in enumerate(sections, start=1)
    )
    return element("nav", element("ul", "".join(links), role="list"), aria_label="On this page")


def _link(section: Section) -> str:
    place = element("span", escape(section.place), class_="quiet") * bool(section.place)
    return f"{element('span', escape(section.title), dir='auto')}{place}"


def _section(section: Section, name: str) -> str:
    kind = f"{name}-kind"
    inner = [
        element(
            "p", " · ".join(map(escape, filter(None, _place(section)))), class_="kind", id=kind
        ),
        element("h2", escape(section.title), id=name, dir="auto"),
        *map(_lead, section.lead),
        *(_part(part, "h3") for part in section.blocks),
    ]
    return element("section", "\n" + "\n".join(inner) + "\n", aria_labelledby=f"{name} {kind}")


def _place(section: Section) -> tuple[str, str]:
    return section.kind.capitalize(), section.place


def _lead(item: Item) -> str:
    return element("p", escape(item.title), class_=_classes("lead", item.tone), dir="auto")


def _part(part: Part, heading: str) -> str:
    inner = [element(heading, escape(part.heading.capitalize()), dir="auto")] * bool(part.heading)
    return element("div", "\n".join([*inner, _rows(part)]), class_="part")


def _rows(part: Part) -> str:
    """Return the rows as boxes to tick, as labels with their facts, or as a list."""
    if all(item.box is not None for item in part.items):
        return element("ul", "".join(map(_box, part.items)), class_="boxes", role="list")
    if part.labels and all(item.handle for item in part.items):
        by_label = groupby(part.items, key=lambda item: item.handle)
        return element("dl", "".join(_fact(label, tuple(items)) for label, items in by_label))
    return element("ul", "".join(map(_row, part.items)), class_="rows", role="list")


def _fact(label: str, items: tuple[Item, ...]) -> str:
    told = "".join(
        element("dd", f"{_title(item)}{_more(item)}{_blank(item)}", dir="auto") for item in items
    )
    return element("div", f"{element('dt', escape(label))}{told}")


def _box(item: Item) -> str:
    """Return a thing to tick: what the box shows is said in words, too."""
    box = item.box or Box.OPEN
    look = _LOOKS[box]
    sign = element("span", "", class_=f"box {look}", aria_hidden="true")
    said = element("span", f"{box.value}: ", class_="unseen")
    words = element("strong" if item.strong else "span", escape(item.title))
    return element("li", f"{sign}{element('div', f'{said}{words}{_more(item)}', dir='auto')}")


def _row(item: Item) -> str:
    handle = f"{element('strong', escape(item.handle))} " if item.handle else ""
    return element("li", f"{handle}{_title(item)}{_more(item)}{_blank(item)}", dir="auto")


def _title(item: Item) -> str:
    """Return the words; their tone shows here where there is no date to show it."""
    if item.when or item.tone is Tone.PLAIN:
        return escape(item.title)
    return element("span", escape(item.title), class_=_classes("", item.tone))


def _more(item: Item) -> str:
    """Return the date and the details, on a line of their own."""
    parts = [element("span", escape(item.when), class_=_classes("when", item.tone))] * bool(
        item.when
    )
    parts += map(escape, item.details)
    look = "quiet late" if item.box is Box.MISSING else "quiet"
    return element("div", " · ".join(parts), class_=look) if parts else ""


def _blank(item: Item) -> str:
    return element("span", "", class_="blank", aria_hidden="true") if item.blank else ""


def _classes(name: str, tone: Tone) -> str:
    said = {Tone.OVERDUE: "late", Tone.TODAY: "today", Tone.PAST: "quiet"}.get(tone, "")
    return " ".join(filter(None, (name, said)))


def _remark(remark: Remark) -> str:
    command = f" {element('code', escape(remark.command))}" if remark.command else ""
    return f"{escape(remark.text)}{command}"

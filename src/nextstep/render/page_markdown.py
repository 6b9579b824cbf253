"""A page as Markdown, in which nothing of a ledger's words acts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nextstep.render.listing import Item, Remark
from nextstep.render.markdown import escape
from nextstep.render.page import Page, Part
from nextstep.render.safe_record import safe_record


def page_markdown(page: Page) -> str:
    """Return a page as Markdown: a heading a block, a fact or a row an item of a list."""
    page = safe_record(page)
    lines = [
        " · ".join(map(escape, (*page.head, *page.origin))),
        "",
        f"## {escape(page.title)}",
        "",
    ]
    if page.lead:
        lines += ["<br>\n".join(escape(item.title) for item in page.lead), ""]
    lines += _blocks(page.blocks, "###")
    for section in page.sections:
        lines += [f"### {escape(section.kind.capitalize())}: {escape(section.title)}", ""]
        lead = [*filter(None, [section.place]), *(item.title for item in section.lead)]
        if lead:
            lines += ["<br>\n".join(map(escape, lead)), ""]
        lines += _blocks(section.blocks, "####")
    lines += _blocks(page.tail, "###")
    lines += [f"**!** {_remark(one)}\n" for one in page.alarms]
    if page.foot is not None:
        lines += [_remark(page.foot), ""]
    return "\n".join(lines[:-1] if not lines[-1] else lines).rstrip("\n") + "\n"


def _blocks(blocks: Iterable[Part], heading: str) -> Iterator[str]:
    """Yield blocks. The sign of a list changes where no heading parts it from the one before."""
    sign = "*"
    for block in blocks:
        if block.heading:
            words = block.heading
            yield f"{heading} {escape(words.capitalize() if words.isupper() else words)}"
            yield ""
        sign = "*" if sign == "-" and not block.heading else "-"
        for item in block.items:
            yield f"{sign} {_item(item)}"
        yield ""


def _item(item: Item) -> str:
    """Return an item of a list; one to tick is an item of a forge's task list."""
    label = f"**{escape(item.handle)}** " if item.handle else ""
    if item.box is not None:
        label = "[x] " if item.box.is_ticked else "[ ] "
    when = f" - {escape(item.when)}" if item.when else ""
    details = f"\n  <br>{' · '.join(map(escape, item.details))}" if item.details else ""
    blank = " \\_\\_\\_\\_\\_\\_" if item.blank else ""
    title = f"**{escape(item.title)}**" if item.strong else escape(item.title)
    return f"{label}{title}{when}{blank}{details}"


def _remark(remark: Remark) -> str:
    command = f" (`{remark.command.replace('`', '')}`)" if remark.command else ""
    return f"{escape(remark.text)}{command}"

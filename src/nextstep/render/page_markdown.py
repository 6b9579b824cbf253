"""A page as Markdown, in which nothing of a ledger's words acts."""

from __future__ import annotations

from nextstep.render.listing import Item, Remark
from nextstep.render.markdown import escape
from nextstep.render.page import Page
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
    for block in page.blocks:
        if block.heading:
            lines += [f"### {escape(block.heading.capitalize())}", ""]
        lines += [*map(_item, block.items), ""]
    lines += [f"**!** {_remark(one)}\n" for one in page.alarms]
    if page.foot is not None:
        lines += [_remark(page.foot), ""]
    return "\n".join(lines[:-1] if not lines[-1] else lines).rstrip("\n") + "\n"


def _item(item: Item) -> str:
    label = f"**{escape(item.handle)}** " if item.handle else ""
    when = f" - {escape(item.when)}" if item.when else ""
    details = f"\n  <br>{' · '.join(map(escape, item.details))}" if item.details else ""
    return f"- {label}{escape(item.title)}{when}{details}"


def _remark(remark: Remark) -> str:
    command = f" (`{remark.command.replace('`', '')}`)" if remark.command else ""
    return f"{escape(remark.text)}{command}"

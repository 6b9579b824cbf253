"""Text made inert for Markdown, on any forge: it shows as it is and does nothing."""

from __future__ import annotations

import re

from nextstep.render.listing import Listing, Remark

_NOTHING = "&#8203;"
"""A space of no width, written out: it keeps a forge from seeing a mention or a link."""

_ACTING = re.compile(
    r"""
      (?P<at>[@#]|(?<=\bGH)-(?=\d)|:(?=//)|(?<=www)\.|:(?=[\w+-]+:))   # mentions, links, pictures
    | (?P<mark>[\\`*_{}\[\]()~|!^=+\-])      # Markdown's own signs
    | (?P<entity>[&<>$"'])                   # HTML, and mathematics between dollars
    | (?P<list>^\s*\d+(?=[.)]))              # a numbered list
    """,
    re.VERBOSE | re.IGNORECASE,
)


def escape(text: str) -> str:
    """Return one line of safe text as Markdown in which nothing acts.

    Mentions, issue numbers, links, HTML, tables, code, comments and pictures stay what was
    written, to the eye.
    """
    return _ACTING.sub(_inert, text.strip(" "))


def listing_markdown(listing: Listing) -> str:
    """Return a listing as Markdown: a heading a block, a row an item of a list."""
    head = " · ".join(map(escape, (*listing.head, *listing.origin)))
    lines = [head, ""]
    if listing.message is not None:
        lines += [_remark(listing.message), ""]
    for block in listing.blocks:
        if block.heading:
            lines += [f"### {escape(block.heading.capitalize())}", ""]
        for item in block.items:
            when = f" - {escape(item.when)}" if item.when else ""
            lines.append(f"- **{escape(item.handle)}** {escape(item.title)}{when}")
            if item.details:
                lines.append(f"  <br>{' · '.join(map(escape, item.details))}")
        lines.append("")
    for alarm in listing.alarms:
        lines += [f"**!** {_remark(alarm)}", ""]
    if listing.foot is not None:
        lines += [_remark(listing.foot), ""]
    return "\n".join(lines[:-1]) + "\n"


def _inert(found: re.Match[str]) -> str:
    sign = found.group()
    if found.lastgroup == "entity":
        return f"&#{ord(sign)};"
    if found.lastgroup == "at":
        return f"{sign}{_NOTHING}"
    if found.lastgroup == "list":
        return f"{sign}{_NOTHING}"
    return f"\\{sign}"


def _remark(remark: Remark) -> str:
    if not remark.command:
        return escape(remark.text)
    return f"{escape(remark.text)} (`{remark.command.replace('`', '')}`)"

"""The pages of docs/ as a site that can be searched without a network: `nox -s site`."""

from __future__ import annotations

from typing import Any

project = "nextstep"
author = "The nextstep maintainers"
extensions = ["myst_parser"]
exclude_patterns = ["site", "man", "**/__pycache__"]
html_theme = "furo"
html_title = "nextstep"
html_show_sphinx = False
html_copy_source = False
myst_heading_anchors = 4
suppress_warnings = ["misc.highlighting_failure"]  # examples of what is wrong are no good YAML

PARTS = {
    "index": (
        ("Learn it", "tutorial/*"),
        ("Get something done", "how-to/*"),
        ("Look something up", "reference/*"),
        ("Understand it", "explanation/*"),
        ("", "reference/commands/index"),
        ("", "reference/files/index"),
        ("", "reference/reports/index"),
        ("", "reference/rules/index"),
    ),
    "reference/commands/index": (("", "*"),),
    "reference/files/index": (("", "*"),),
    "reference/rules/index": (("", "*"),),
}
"""What stands below a page in the list of all pages: a caption, and which pages."""


def _with_contents(_app: Any, name: str, source: list[str]) -> None:
    """Add to a page the pages below it; in the Markdown itself they are links."""
    for caption, pages in PARTS.get(name, ()):
        options = ":hidden:\n:glob:\n" + (f":caption: {caption}\n" if caption else "")
        source[0] += f"\n\n```{{toctree}}\n{options}\n{pages}\n```\n"


def setup(app: Any) -> None:
    """Say to Sphinx what is done to a page before it is read."""
    app.connect("source-read", _with_contents)

"""Write the reference pages from the program; with --check say which of them are out of date.

python docs/generate.py            write docs/reference/{commands,files,reports,rules,schemas}/, the page
                                   about tables, the manual in docs/man/, and the words that the tab
                                   key offers
python docs/generate.py --check    exit code 1 if a page would change
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import command_pages
import completion_words
import export_page
import file_pages
import man_pages
import report_pages
import rule_pages
import schema_files

DOCS = Path(__file__).resolve().parent
FOLDERS = {
    "reference/commands": command_pages,
    "reference/files": file_pages,
    "reference/reports": report_pages,
    "reference/rules": rule_pages,
    "reference/schemas": schema_files,
    "man": man_pages,
}


def pages() -> dict[Path, str]:
    """Return every generated page by its path, and the one module that is generated."""
    alone = {one.PLACE: one.text() for one in (completion_words, export_page)}
    written = {
        DOCS / folder / name: text
        for folder, module in FOLDERS.items()
        for name, text in module.pages().items()
    }
    return written | alone


def stale(wanted: Mapping[Path, str]) -> list[Path]:
    """Return the pages that are missing, different, or no longer made."""
    there = {path for folder in FOLDERS for path in (DOCS / folder).glob("*.*")}
    changed = {
        path
        for path, text in wanted.items()
        if not path.exists() or path.read_text("utf-8") != text
    }
    return sorted(changed | (there - wanted.keys()))


def main(arguments: list[str]) -> int:
    """Write or check the pages."""
    wanted = pages()
    out_of_date = stale(wanted)
    if arguments == ["--check"]:
        for path in out_of_date:
            print(f"{os.path.relpath(path)} is not what the program says")
        if out_of_date:
            print("write them with: python docs/generate.py")
        return 1 if out_of_date else 0
    for path in out_of_date:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    print(f"{len(wanted)} pages, {len(out_of_date)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

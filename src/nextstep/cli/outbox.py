"""A folder with a file for each person."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from urllib.parse import quote

from nextstep.cli.output import is_terminal, note
from nextstep.dates.words import counted
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.writing import put
from nextstep.render.safe_text import safe_text

_ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "mail": "eml", "json": "json"}


def write_outbox(folder: str, texts: Iterable[tuple[str, str]], form: str) -> None:
    """Write each text that says something to a file named as its person, whole or not at all.

    Somebody who watches is told how many; cron, which mails whatever is said, is not. Raises
    NextstepError when the folder cannot be written to.
    """
    count = 0
    try:
        os.makedirs(folder, exist_ok=True)
        for name, text in texts:
            if text:
                place = os.path.join(folder, f"{quote(name, safe='')}.{_ENDINGS[form]}")
                put(place, text.encode())
                count += 1
    except OSError as error:
        message = f"{safe_text(folder)} cannot be written: {error.strerror}"
        raise NextstepError(message, "name a folder that is yours") from None
    if is_terminal(sys.stderr):
        note(f"{counted(count, 'file')} written to {safe_text(folder)}.")

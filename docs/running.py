"""The program in forks of the script: imported once, and not anew for each command of a page."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from tests.commands import in_a_fork
from tests.conversation import Program

__all__ = ["Program", "in_a_fork", "plain_words"]


def plain_words(command: str) -> list[str] | None:
    """Return the words of a command that is the program's own; None where a shell has to act."""
    if set("|&;<>()$`*?~#\\!{}\n") & set(command):
        return None
    program, *words = shlex.split(command)
    return words if program == "nextstep" else None

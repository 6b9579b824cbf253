"""Words that somebody typed when their terminal went away: kept in a file."""

from __future__ import annotations

import os

from nextstep.cli.session import find_place
from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.rescue import rescued, state_folder
from nextstep.repo.state import ask


def keep(command: str) -> str:
    """Keep the command that says it all again, and return where it is, or why it could not be."""
    try:
        repository = ask(find_place(), os.environ, identity=False).facts().repository
        git_dir = repository.git_dir if repository else None
        kept = rescued(git_dir, f"$ {command}\n", state_folder=None if git_dir else state_folder())
    except NextstepError as error:
        return error.message
    return kept.where()

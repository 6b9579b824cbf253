"""git as its user runs it, with hooks, signing and identity: for what is written."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Child, begin
from nextstep.repo.git import find_git

_SECONDS = 600.0
_LOCAL_TO_A_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_CONFIG GIT_CONFIG_COUNT "
    "GIT_CONFIG_PARAMETERS GIT_DIR GIT_GRAFT_FILE GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE "
    "GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE GIT_NO_REPLACE_OBJECTS GIT_OBJECT_DIRECTORY "
    "GIT_PREFIX GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_WORK_TREE"
).split()


def run_write(
    folder: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    given: bytes | None = None,
) -> str:
    """Run git as the user would, with their hooks, signing and identity, and return its output.

    ``environ`` loses only what ties it to another repository, as inside a hook; ``given`` is what
    git reads. Raises NextstepError without git, when it fails, or takes longer than ten minutes.
    """
    child = start_write(folder, arguments, environ, reads=given is not None)
    answer = child.finish(_SECONDS, given)
    if answer.status:
        raise NextstepError(f"`{_called(arguments)}` failed: {answer.err}", "see what git says")
    return answer.out.decode("utf-8", "backslashreplace")


def start_write(
    folder: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    reads: bool = False,
    said: int = subprocess.PIPE,
) -> Child:
    """Start git as `run_write` does; ``reads``: it gets input from us. Raises OSError, too.

    ``said`` is the file that takes all it says, if not us.
    """
    environment = {k: v for k, v in environ.items() if k not in _LOCAL_TO_A_REPOSITORY}
    command = [find_git(environ), "-C", folder, *arguments]
    return begin(command, environment, reads=reads, said=said)


def _called(arguments: Sequence[str]) -> str:
    """Return how a command is named to people: without the settings before its verb."""
    words = list(arguments)
    while words[0] == "-c":
        del words[:2]
    return f"git {words[0]}"

"""git for reading: fixed verbs, a bare environment, nothing of the repository run.

A repository may come from anybody, and its settings can name programs for almost everything that
git does. So reading uses plumbing that needs no such program, and switches off what it can.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.child import Answer, Child, begin
from nextstep.repo.place import Place

if TYPE_CHECKING:
    from git.cmd import Git

OLDEST = (2, 31)
"""The oldest git that compares a merge with its first parent alone where it lists commits."""

READING_VERBS = frozenset(
    "cat-file config diff-tree for-each-ref log ls-tree rev-list rev-parse".split()
)

_KEPT = (
    "HOME USER LOGNAME PATH TMPDIR LD_LIBRARY_PATH XDG_CONFIG_HOME SUDO_UID "
    "GIT_CONFIG_GLOBAL GIT_CONFIG_SYSTEM GIT_CONFIG_NOSYSTEM"
).split()
_SET = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_HARDENING = (
    "--no-pager",
    "--no-optional-locks",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "advice.graftFileDeprecated=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", f"core.attributesFile={os.devnull}"),
    *("-c", "core.bigFileThreshold=1m"),
    *("-c", "core.commitGraph=false"),  # a file beside the commits that could tell them otherwise
    *("-c", "core.quotePath=false"),
    *("-c", "log.follow=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never"),
)


def start(
    place: Place,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    reads: bool = False,
    past_shallow: bool = False,
) -> Child:
    """Start a reading git as a plain child process: no more than that is imported.

    ``environ`` is the environment of the program. ``reads``: it gets input from us.
    ``past_shallow``: git looks behind the commits that the file `shallow` calls the first. Raises
    NextstepError without git.
    """
    known = _environment(place, environ, past_shallow=past_shallow)
    return begin([find_git(environ), *_command(place, arguments)], known, reads=reads)


def read(
    place: Place,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    given: bytes | None = None,
    timeout: float = 60.0,
) -> Answer:
    """Run a reading git to its end through GitPython, and return what it left.

    ``given`` is what git reads on its standard input. Raises NextstepError without git or when it
    takes longer than ``timeout`` seconds.
    """
    return through_gitpython(place, arguments, environ, reads=given is not None).finish(
        timeout, given
    )


def through_gitpython(
    place: Place,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    reads: bool = False,
) -> Child:
    """Start a reading git as `start` does, by GitPython's executor; ``reads``: it gets our input.

    GitPython hands its own environment to the child and can only add to it, so `env -i` stands
    before git and takes all of it away.
    """
    program = find_git(environ)
    known = _environment(place, environ)
    clean = [f"{name}={value}" for name, value in known.items()]
    running = _gitpython()(place.folder).execute(
        ["/usr/bin/env", "-i", *clean, program, *_command(place, arguments)],
        as_process=True,
        istream=subprocess.PIPE if reads else subprocess.DEVNULL,
    )
    process, running.proc = running.proc, None  # else it is ended when `running` is forgotten
    if process is None:
        raise NextstepError("git ended before it could answer", "try again")
    return Child(process)


def find_git(environ: Mapping[str, str]) -> str:
    """Return the path of git. A folder of PATH that is not absolute is passed over.

    Such a folder is looked for inside whatever repository is read, where anybody can put a `git`.
    """
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, "git")
        if os.path.isabs(folder) and os.access(program, os.X_OK) and os.path.isfile(program):
            return program
    raise NextstepError("git is not installed, or not on the PATH", "install git 2.31 or later")


def git_version(environ: Mapping[str, str]) -> tuple[int, ...]:
    """Return the numbers of git's version, such as ``(2, 39, 5)``; empty when it tells none."""
    child = begin([find_git(environ), "version"], {"PATH": environ.get("PATH", ""), **_SET})
    words = child.finish(10.0).out.decode("ascii", "replace").split()
    numbers = []
    for part in "".join(words[2:3]).split("."):  # git says "git version N"
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def why_failed(answer: Answer, environ: Mapping[str, str]) -> str:
    """Return why git could not answer: that it is too old, or its own words."""
    version = git_version(environ)
    if version and version < OLDEST:
        return f"git {'.'.join(map(str, version))} is too old; 2.31 or later is needed"
    return answer.err or f"git ended with status {answer.status}"


def _command(place: Place, arguments: Sequence[str]) -> list[str]:
    if arguments[0] not in READING_VERBS:
        raise ValueError(f"{arguments[0]} is not a verb that only reads")
    bare = "all" if place.bare else "explicit"
    found = f"safe.bareRepository={bare}"
    return ["-C", place.folder, *_HARDENING, "-c", found, *arguments]


def _environment(
    place: Place, environ: Mapping[str, str], *, past_shallow: bool = False
) -> dict[str, str]:
    """Return what git may know: the user and their settings, not where it was started from.

    The ceiling keeps git from taking a repository further up for one that is broken here.
    """
    environment = {name: environ[name] for name in _KEPT if name in environ}
    if past_shallow:
        environment["GIT_SHALLOW_FILE"] = os.devnull
    return {**environment, **_SET, "GIT_CEILING_DIRECTORIES": os.path.dirname(place.folder)}


def _gitpython() -> type[Git]:
    try:
        from git.cmd import Git
    except ImportError as error:
        raise NextstepError(
            f"GitPython could not be started: {str(error).strip().splitlines()[0]}",
            "install git 2.31 or later, and see that `git version` works",
        ) from None
    return Git

"""The one place that starts git: fixed verbs, a bare environment, nothing of the repository run.

A repository may come from anybody, and its settings can name programs for almost everything that
git does. So reading uses plumbing that needs no such program, and switches off what it can.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.place import Place

if TYPE_CHECKING:
    from git.cmd import Git

OLDEST = (2, 30)
"""The oldest git that knows `--end-of-options` in all of the verbs below."""

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
_LOCAL_TO_A_REPOSITORY = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_CONFIG GIT_CONFIG_COUNT "
    "GIT_CONFIG_PARAMETERS GIT_DIR GIT_GRAFT_FILE GIT_IMPLICIT_WORK_TREE GIT_INDEX_FILE "
    "GIT_INTERNAL_SUPER_PREFIX GIT_NAMESPACE GIT_NO_REPLACE_OBJECTS GIT_OBJECT_DIRECTORY "
    "GIT_PREFIX GIT_REPLACE_REF_BASE GIT_SHALLOW_FILE GIT_WORK_TREE"
).split()


class Answer(Struct, frozen=True):
    """What a git that has ended left: its exit status, its output and its words."""

    status: int
    out: bytes
    err: str


class Child:
    """A git that is running. Nobody waits for it before `finish`."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def finish(self, timeout: float, given: bytes | None = None) -> Answer:
        """Wait for the end, at most ``timeout`` seconds; ``given`` is what git reads.

        Raises NextstepError when git takes longer; it is ended then.
        """
        try:
            out, err = self._process.communicate(given, timeout=timeout)
        except subprocess.TimeoutExpired:
            self.end()
            raise NextstepError(
                f"git did not answer within {timeout:g} seconds",
                "look at what `.git/config` includes, and at the disk that holds the repository",
            ) from None
        return Answer(self._process.returncode, out, _words(err))

    def ended(self, timeout: float, given: bytes, said: int) -> Answer:
        """Wait until git itself ends, whatever it has started; it speaks to the file ``said``.

        A hook may leave a program behind that keeps the output open for as long as it likes.
        Raises NextstepError when git takes longer than ``timeout`` seconds; it is ended then.
        """
        try:
            with suppress(BrokenPipeError), self._process.stdin or nullcontext() as stream:
                if stream is not None:
                    stream.write(given)
            _wait_without_looking(self._process, timeout)
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.end()
            raise NextstepError(
                f"git did not answer within {timeout:g} seconds", "see what its hooks wait for"
            ) from None
        with open(said, "rb", closefd=False) as file:
            file.seek(0)
            return Answer(status, b"", _words(file.read()))

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield the output as it comes, at most ``size`` bytes at once."""
        out = self._process.stdout
        while out is not None and (chunk := out.read(size)):
            yield chunk

    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Return what git reads from us and what it writes to us."""
        to_git, from_git = self._process.stdin, self._process.stdout
        if to_git is None or from_git is None:
            raise ValueError("this git was not started to be talked to")
        return to_git, from_git

    def ended_early(self) -> Answer:
        """Return what was left by a git that ended while we talked to it, its output aside."""
        err = self._process.stderr
        words = _words(err.read()) if err is not None else ""
        return Answer(self._process.wait(), b"", words)

    def first_bytes(self, count: int, timeout: float) -> bytes:
        """Return the first bytes of the output and end git, however much more there would be."""
        from threading import Timer

        watch = Timer(timeout, self._process.kill)
        watch.start()
        try:
            out = self._process.stdout
            return out.read(count) if out is not None else b""
        finally:
            watch.cancel()
            self.end()

    def tell(self, signum: int) -> None:
        """Send git a signal, if it still runs."""
        self._process.send_signal(signum)

    def end(self) -> None:
        """End git if it still runs. Its children, if it has any, may keep its output open."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


def _wait_without_looking(process: subprocess.Popen[bytes], timeout: float) -> None:
    """Wait for the end of a process where the system tells it.

    Python looks again and again, up to 50 ms apart: as long as the commit itself takes.
    """
    if not hasattr(os, "pidfd_open"):
        return
    try:
        descriptor = os.pidfd_open(process.pid)
    except OSError:  # an old kernel, or one that does not allow it
        return
    import select

    try:
        select.select([descriptor], [], [], timeout)
    finally:
        os.close(descriptor)


def start(place: Place, arguments: Sequence[str], environ: Mapping[str, str]) -> Child:
    """Start a reading git as a plain child process: no more than that is imported.

    ``environ`` is the environment of the program. Raises NextstepError without git.
    """
    program = find_git(environ)
    return _child([program, *_command(place, arguments)], _environment(place, environ))


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
    past_shallow: bool = False,
) -> Child:
    """Start a reading git by GitPython's executor; ``reads``: it gets input from us.

    ``past_shallow``: it looks behind the commits that the file `shallow` calls the first.

    GitPython hands its own environment to the child and can only add to it, so `env -i` stands
    before git and takes all of it away.
    """
    program = find_git(environ)
    clean = [f"{name}={value}" for name, value in _environment(place, environ).items()]
    if past_shallow:
        clean.append(f"GIT_SHALLOW_FILE={os.devnull}")
    running = _gitpython()(place.folder).execute(
        ["/usr/bin/env", "-i", *clean, program, *_command(place, arguments)],
        as_process=True,
        istream=subprocess.PIPE if reads else subprocess.DEVNULL,
    )
    process, running.proc = running.proc, None  # else it is ended when `running` is forgotten
    if process is None:
        raise NextstepError("git ended before it could answer", "try again")
    return Child(process)


def run_write(
    folder: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    given: bytes | None = None,
) -> str:
    """Run git as `write` does, and return its output. Raises NextstepError when git fails."""
    answer = write(folder, arguments, environ, given=given)
    if answer.status:
        raise NextstepError(f"`{_called(arguments)}` failed: {answer.err}", "see what git says")
    return answer.out.decode("utf-8", "backslashreplace")


def write(
    folder: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    given: bytes | None = None,
    timeout: float = 600.0,
) -> Answer:
    """Run git as the user would, with their hooks, signing and identity, and return what it left.

    ``environ`` loses only what ties it to another repository, as inside a hook; ``given`` is what
    git reads. Raises NextstepError without git or when it takes longer than ``timeout`` seconds.
    """
    child = start_write(folder, arguments, environ, reads=given is not None)
    return child.finish(timeout, given)


def start_write(
    folder: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    reads: bool = False,
    said: int = subprocess.PIPE,
) -> Child:
    """Start git as `write` does; ``reads``: it gets input from us. Raises OSError, too.

    ``said`` is the file that takes all it says, if not us.
    """
    environment = {k: v for k, v in environ.items() if k not in _LOCAL_TO_A_REPOSITORY}
    command = [find_git(environ), "-C", folder, *arguments]
    return _child(command, environment, reads=reads, said=said)


def find_git(environ: Mapping[str, str]) -> str:
    """Return the path of git. A folder of PATH that is not absolute is passed over.

    Such a folder is looked for inside whatever repository is read, where anybody can put a `git`.
    """
    for folder in environ.get("PATH", os.defpath).split(os.pathsep):
        program = os.path.join(folder, "git")
        if os.path.isabs(folder) and os.access(program, os.X_OK) and os.path.isfile(program):
            return program
    raise NextstepError("git is not installed, or not on the PATH", "install git 2.30 or later")


def git_version(environ: Mapping[str, str]) -> tuple[int, ...]:
    """Return the numbers of git's version, such as ``(2, 39, 5)``; empty when it tells none."""
    child = _child([find_git(environ), "version"], {"PATH": environ.get("PATH", ""), **_SET})
    words = child.finish(10.0).out.decode("ascii", "replace").split()
    numbers = []
    for part in words[2].split(".") if len(words) > 2 else []:  # noqa: PLR2004 - "git version N"
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def why_failed(answer: Answer, environ: Mapping[str, str]) -> str:
    """Return why git could not answer: that it is too old, or its own words."""
    version = git_version(environ)
    if version and version < OLDEST:
        return f"git {'.'.join(map(str, version))} is too old; 2.30 or later is needed"
    return answer.err or f"git ended with status {answer.status}"


def _called(arguments: Sequence[str]) -> str:
    """Return how a command is named to people: without the settings before its verb."""
    words = list(arguments)
    while words[0] == "-c":
        del words[:2]
    return f"git {words[0]}"


def _child(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    reads: bool = False,
    said: int = subprocess.PIPE,
) -> Child:
    return Child(
        subprocess.Popen(  # noqa: S603 - a list without a shell; the program is an absolute path
            command,
            env=environment,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    )


def _command(place: Place, arguments: Sequence[str]) -> list[str]:
    if arguments[0] not in READING_VERBS:
        raise ValueError(f"{arguments[0]} is not a verb that only reads")
    bare = "all" if place.bare else "explicit"
    found = f"safe.bareRepository={bare}"
    return ["-C", place.folder, *_HARDENING, "-c", found, *arguments]


def _environment(place: Place, environ: Mapping[str, str]) -> dict[str, str]:
    """Return what git may know: the user and their settings, not where it was started from.

    The ceiling keeps git from taking a repository further up for one that is broken here.
    """
    environment = {name: environ[name] for name in _KEPT if name in environ}
    return {**environment, **_SET, "GIT_CEILING_DIRECTORIES": os.path.dirname(place.folder)}


def _gitpython() -> type[Git]:
    try:
        from git.cmd import Git
    except ImportError as error:
        raise NextstepError(
            f"GitPython could not be started: {str(error).strip().splitlines()[0]}",
            "install git 2.30 or later, and see that `git version` works",
        ) from None
    return Git


def _words(err: bytes) -> str:
    return err.decode("utf-8", "backslashreplace").strip()

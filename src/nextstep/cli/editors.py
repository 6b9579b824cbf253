"""The editor: which one, how it is told to wait and at which line to begin, and its end."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.chosen_editor import chosen_editor
from nextstep.repo.place import Place

_VARIABLES = ("VISUAL", "EDITOR")
_PLUS = frozenset(
    "vi vim nvim view vimx gvim mvim ex nano pico emacs emacsclient kak micro joe jed mg ne vis".split()
)
_GOTO = frozenset("code code-insiders codium vscodium cursor windsurf".split())
_COLON = frozenset("subl hx helix zed zeditor atom".split())
_WAIT = dict.fromkeys((*_GOTO, "subl", "zed", "zeditor", "atom"), "--wait") | {
    "gvim": "--nofork",
    "mvim": "--nofork",
}
_SHORT = {"--wait": "-w", "--nofork": "-f"}
_NOT_FOUND = 127


def editor_words(place: Place, environ: Mapping[str, str], *, terminal: bool) -> list[str]:
    """Return the words of the editor: $VISUAL, else $EDITOR, else what git uses, else vi.

    Raises NextstepError where a quote is not closed, or vi would have no terminal.
    """
    for name in _VARIABLES:
        if environ.get(name, "").strip():
            return _split(environ[name], f"${name}")
    chosen = chosen_editor(place, environ)
    if chosen:
        return _split(chosen, "git's core.editor")
    if not terminal:
        message = "there is no terminal for an editor here, and none is named"
        raise NextstepError(message, "name one that needs no terminal: EDITOR=...")
    return ["vi"]


def command_line(words: Sequence[str], path: str, line: int | None) -> list[str]:
    """Return what is started: an editor in a window is told to wait, a known one where to begin."""
    name = os.path.basename(words[0])
    wait = _WAIT.get(name)
    told = list(words)
    if wait and not {wait, _SHORT[wait]} & set(words):
        told.append(wait)
    if line is None:
        return [*told, path]
    if name.partition(".")[0] in _PLUS:
        return [*told, f"+{line}", path]
    if name in _GOTO:
        return [*told, "--goto", f"{path}:{line}"]
    return [*told, f"{path}:{line}" if name in _COLON else path]


def run_editor(words: Sequence[str], path: str, line: int | None) -> None:
    """Run the editor and wait for its end. Ctrl-C is the editor's meanwhile.

    Raises NextstepError when it cannot be started or fails.
    """
    told = command_line(words, path, line)
    with _interrupts_left_to_the_editor() as theirs:
        try:
            child = os.posix_spawnp(told[0], told, os.environ, setsigdef=theirs)
        except OSError as error:
            raise _not_there(words[0], str(error.strerror)) from None
        _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == _NOT_FOUND:
        raise _not_there(words[0], "No such file or directory")
    if code:
        how = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
        raise NextstepError(f"the editor `{words[0]}` {how}", "nothing in the ledger was changed")


@contextmanager
def _interrupts_left_to_the_editor() -> Iterator[list[int]]:
    """Ignore what the keyboard sends to both; yield what the editor is to heed again."""
    heeded = {
        number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGQUIT)
    }
    try:
        yield [number for number, was in heeded.items() if was is not signal.SIG_IGN]
    finally:
        for number, was in heeded.items():
            signal.signal(number, signal.SIG_DFL if was is None else was)


def _split(text: str, name: str) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError:
        raise NextstepError(f"{name} has a quote that is not closed: {text}", "close it") from None
    if not words or not words[0]:
        raise NextstepError(f"{name} names no program: {text}", "write the name of an editor")
    return words


def _not_there(name: str, why: str) -> NextstepError:
    return NextstepError(
        f"the editor `{name}` could not be started: {why}", "name another one: EDITOR=..."
    )

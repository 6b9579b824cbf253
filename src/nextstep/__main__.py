"""Where the program begins: `nextstep`, `git nextstep` and `python -m nextstep`."""

import gc
import os
import sys
from contextlib import suppress

from nextstep import __version__


def main() -> None:
    """Answer `--version` at once; anything else is the command line's, which costs more to load."""
    gc.disable()  # a short process: looking for cycles costs a fifth of its time
    if sys.argv[1:] == ["--version"] and _told(f"nextstep {__version__}\n"):
        return
    if sys.argv[1:2] == ["--complete"]:
        _complete(sys.argv[2:])
    if sys.argv[1:2] == ["--show-completion"] and _script_is_told(sys.argv[2:]):
        return
    from nextstep.cli.app import run

    code = run(sys.argv[1:])
    with suppress(OSError, ValueError, AttributeError):  # nobody is left to be told
        sys.stderr.flush()
    os._exit(code)  # all is written; taking the process apart first costs a tenth of its time


def _complete(arguments: list[str]) -> None:
    """Answer the tab key. Whatever goes wrong, the line that is being typed stays as it is."""
    with suppress(Exception):
        from nextstep.cli.complete.completing import completions

        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        _told(completions(arguments[0], arguments[1:]))
    os._exit(0)


def _script_is_told(arguments: list[str]) -> bool:
    """Return whether the script of a shell could be printed; if not, the command line says why."""
    from nextstep.cli.complete.scripts import SCRIPTS

    return len(arguments) == 1 and arguments[0] in SCRIPTS and _told(SCRIPTS[arguments[0]])


def _told(text: str) -> bool:
    """Return whether a text could be printed; if not, the command line says why."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, AttributeError):  # no room, nobody who reads, or no stream at all
        return False
    return True


if __name__ == "__main__":
    main()

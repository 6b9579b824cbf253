"""Where the program begins: `nextstep`, `git nextstep` and `python -m nextstep`."""

import gc
import os
import sys
from contextlib import suppress

from nextstep import __version__


def main() -> None:
    """Answer `--version` at once; anything else is the command line's, which costs more to load."""
    gc.disable()  # a short process: looking for cycles costs a fifth of its time
    if sys.argv[1:] == ["--version"] and _version_is_told():
        return
    from nextstep.cli.app import run

    code = run(sys.argv[1:])
    with suppress(OSError, ValueError, AttributeError):  # nobody is left to be told
        sys.stderr.flush()
    os._exit(code)  # all is written; taking the process apart first costs a tenth of its time


def _version_is_told() -> bool:
    """Return whether the version could be printed; if not, the command line says why."""
    try:
        sys.stdout.write(f"nextstep {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):  # no room, nobody who reads, or no stream at all
        return False
    return True


if __name__ == "__main__":
    main()

"""Where the program begins: `nextstep`, `git nextstep` and `python -m nextstep`."""

import gc
import sys

from nextstep import __version__


def main() -> None:
    """Answer `--version` at once; anything else is the command line's, which costs more to load."""
    gc.disable()  # a short process: looking for cycles costs a fifth of its time
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"nextstep {__version__}\n")
        return
    from nextstep.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

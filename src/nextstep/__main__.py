"""Where the program begins: `nextstep`, `git nextstep` and `python -m nextstep`."""

import sys
from typing import NoReturn

from nextstep import __version__


def main() -> NoReturn:
    """Answer `--version` at once; anything else is the command line's, which costs more to load."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"nextstep {__version__}\n")
        sys.exit(0)
    from nextstep.cli.app import run_and_exit

    run_and_exit()


if __name__ == "__main__":
    main()

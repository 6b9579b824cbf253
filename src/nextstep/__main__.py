"""Run the command line with `python -m nextstep`."""

from nextstep.cli.app import main

if __name__ == "__main__":
    main()

"""The two streams: the answer goes to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from nextstep.cli import invocation
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import BROKEN_PIPE, CANNOT
from nextstep.render.cells import cells
from nextstep.render.safe_text import safe_text

_DEFAULT_WIDTH = 80
_COMMAND = " nextstep "


def emit(text: str) -> None:
    """Print the answer. What the stream's encoding lacks becomes a backslash escape.

    Ends the process silently with 141 when nobody reads any more, and raises NextstepError when
    the answer cannot be written.
    """
    stream = _answers()
    _reconfigure(stream)
    with _written(stream):
        stream.write(text)
        stream.flush()


def emit_bytes(content: bytes) -> None:
    """Print an answer that is a file with an encoding and line ends of its own. Ends as `emit`."""
    stream = _answers()
    with _written(stream):
        stream.buffer.write(content)
        stream.flush()


def _answers() -> TextIO:
    """Return standard output; NextstepError where it is closed."""
    stream = sys.stdout
    if stream is None or stream.closed:
        message = "standard output is closed"
        raise NextstepError(message, "nothing was printed; open it, or redirect to a file")
    return stream


@contextmanager
def _written(stream: TextIO) -> Iterator[None]:
    """Turn what fails in writing to a stream into how the program ends."""
    try:
        yield
    except BrokenPipeError:
        _silence(stream)
        raise SystemExit(BROKEN_PIPE) from None
    except OSError as error:
        _silence(stream)
        message = f"the answer could not be written: {error.strerror}"
        raise NextstepError(message, "make room, or redirect to another file") from None


def complain(message: str, hint: str = "") -> None:
    """Print what cannot be done, and what to do about it, on standard error.

    Further lines, such as those of a diff, are indented: none looks as if it began a message. On a
    terminal sentences are broken between words; what is copied or compared, a command or a diff, is
    not.
    """
    first, *more = f"nextstep: {message}".split("\n")
    lines = _folded(safe_text(first))
    lines += (f"  {safe_text(line)}" for line in more)
    for line in hint.rstrip("\n").split("\n") if hint else ():
        lines += _folded(f"  {safe_text(line)}")
    note("\n".join(lines).rstrip("\n"))


def _folded(text: str) -> list[str]:
    """Return a sentence as lines that fit a terminal; no command in it is broken."""
    is_command = text.startswith(("  nextstep ", "  git "))
    if is_command or not is_terminal(sys.stderr) or cells(text) <= width():
        return [text]
    if _COMMAND in text:
        first, *more = text.split("; ")
        return [first, *(f"  {part}" for part in more)]
    words, *rest = _whole(text.strip())
    lines = [text[: len(text) - len(text.lstrip())] + words]
    for word in rest:
        if cells(f"{lines[-1]} {word}") <= width():
            lines[-1] += f" {word}"
        else:
            lines.append(f"  {word}")
    return lines


def _whole(text: str) -> list[str]:
    """Return the words of a sentence; what stands in backticks is one of them."""
    words: list[str] = []
    for word in text.split(" "):
        if words and words[-1].count("`") % 2:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words


def note(text: str) -> None:
    """Print a remark on standard error; a stream that is gone is no reason to fail."""
    if sys.stderr is None or sys.stderr.closed:
        return
    _reconfigure(sys.stderr)
    try:
        print(text, file=sys.stderr)
    except OSError:
        _silence(sys.stderr)


def finish(code: int) -> int:
    """Flush the answer and return the exit code that is right now."""
    try:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return BROKEN_PIPE
    except OSError as error:
        _silence(sys.stdout)
        complain(f"the answer could not be written: {error.strerror}")
        return CANNOT
    return code


def is_terminal(stream: TextIO | None = None) -> bool:
    """Return whether a person reads standard output (or the stream given)."""
    stream = stream or sys.stdout
    return stream is not None and not stream.closed and stream.isatty()


def is_obeyed() -> bool:
    """Return whether what is printed is obeyed: by a terminal, or by the service of a job."""
    return is_terminal() or any(os.environ.get(name) for name in ("GITHUB_ACTIONS", "TF_BUILD"))


def width() -> int:
    """Return how many columns there are: COLUMNS, else the terminal's, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError, AttributeError):
        return _DEFAULT_WIDTH
    return columns or _DEFAULT_WIDTH


def colored(stream: TextIO | None = None) -> bool:
    """Return whether to use colour on standard output, or the stream given.

    --color decides, then the variables everybody agrees on, then whether it is a terminal.
    """
    wish = invocation.current().color
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        if os.environ.get(name, "0") not in {"", "0"}:
            return True
    if os.environ.get("CLICOLOR") == "0" or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def speaks_unicode() -> bool:
    """Return whether standard output can say `·`; if not, plain ASCII signs are used."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        "·".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _reconfigure(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None and stream.errors != "backslashreplace":
        reconfigure(errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    """Point the stream nowhere, so that Python's own flush at exit does not complain."""
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)

"""Questions on a terminal, one a line, for what no flag has answered.

Questions go to standard error and answers come from standard input, so that the answer of the
command can be piped. Where one of the two is no terminal nothing is asked: a script that waits for
somebody who is not there is worse than one that says which flag is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from msgspec import Struct

from nextstep.cli.output import colored, is_terminal, note, width
from nextstep.diagnostics.errors import NextstepError
from nextstep.render.cells import cells, wrap
from nextstep.render.safe_text import safe_text

_PROMPT = "> "
_GAP = 2
_FAINT, _PLAIN = "\x1b[2m", "\x1b[0m"


class Unfit(Exception):  # noqa: N818 - what is wrong with an answer, no fault of the program
    """An answer that cannot be taken: what is wrong with it, and what to write."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep what is wrong and what to write."""
        super().__init__(message)
        self.message = message
        self.hint = hint


Reader: TypeAlias = Callable[[str], str]
"""Takes an answer as it was typed and returns it as it is meant, or raises Unfit."""


class Question(Struct, frozen=True, kw_only=True):
    """What is asked, and the ``flag`` that answers it.

    All of it may hold what others wrote: where it is shown, what acts or hides is spelled out.
    ``example`` is shown, ``default`` is taken for an empty answer. An ``optional`` question may be
    left open: ``open_`` says what that means. ``known`` are the words that the tab key completes.
    """

    words: str
    flag: str
    example: str = ""
    default: str = ""
    optional: bool = False
    open_: str = "later"
    known: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The flag without what follows it."""
        return self.flag.partition(" ")[0]


def can_ask() -> bool:
    """Return whether somebody is there to answer."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def as_typed(text: str) -> str:
    """Return an answer that needs no look."""
    return text


def ask(question: Question, read: Reader = as_typed) -> str:
    """Return the answer to a question, asked again until it fits; empty where it was left open.

    Raises NextstepError that names the flag when the input ends, KeyboardInterrupt on Ctrl-C.
    """
    note(_asked(question))
    while True:
        answer = _line(question) or question.default
        if not answer and question.optional:
            return ""
        if not answer:
            _refuse(Unfit("an answer is needed here"))
            continue
        try:
            return read(answer)
        except Unfit as unfit:
            _refuse(unfit)


def choose(question: Question, words: Sequence[str]) -> str:
    """Return one of the words; its beginning is enough where no other begins like it."""

    def read(answer: str) -> str:
        meant = [word for word in words if word.startswith(answer.casefold())]
        if len(meant) != 1:
            raise Unfit(f"`{answer}` is none of them", f"type one of {', '.join(words)}")
        return meant[0]

    shown = "  ".join(f"[{word[0]}]{word[1:]}" for word in words)
    asked = Question(
        words=f"{question.words}  {shown}",
        flag=question.flag,
        default=question.default,
        known=tuple(words),
    )
    return ask(asked, read)


def confirm(words: str, flag: str, *, default: bool) -> bool:
    """Return whether the answer is yes; ``flag`` names what says it beforehand."""
    question = Question(words=words, flag=flag, default="yes" if default else "no")
    return choose(question, ("yes", "no")) == "yes"


def ask_lines(question: Question, read: Reader = as_typed) -> tuple[str, ...]:
    """Return the answers to a question that has several, one a line; an empty line ends them."""
    note(_asked(question))
    answers: list[str] = []
    while answer := _line(question):
        try:
            answers.append(read(answer))
        except Unfit as unfit:
            _refuse(unfit)
    return tuple(answers)


def read_flag(flag: str, value: str, read: Reader) -> str:
    """Return what a flag says, read as an answer would be; NextstepError where it does not fit."""
    try:
        return read(value)
    except Unfit as unfit:
        raise NextstepError(f"{flag}: {unfit.message}", unfit.hint) from None


def _asked(question: Question) -> str:
    """Return a question as it is shown: its words, then what helps to answer it."""
    asides = []
    if question.example:
        asides.append(f"such as: {question.example}")
    if question.default:
        asides.append(f"Enter: {question.default}")
    elif question.optional:
        asides.append(f"Enter: {question.open_}")
    lines = [part.rstrip() for part in wrap(safe_text(question.words), width())]
    if not asides:
        return "\n".join(lines)
    aside = safe_text(f"({'; '.join(asides)})")
    if cells(lines[-1]) + _GAP + cells(aside) <= width():
        lines[-1] += " " * _GAP + _faint(aside)
    else:
        lines += (" " * _GAP + _faint(part) for part in wrap(aside, width() - _GAP))
    return "\n".join(lines)


def _faint(text: str) -> str:
    return f"{_FAINT}{text}{_PLAIN}" if colored(sys.stderr) else text


def _refuse(unfit: Unfit) -> None:
    told = safe_text(f"{unfit.message}{': ' if unfit.hint else ''}{unfit.hint}")
    note("\n".join(" " * _GAP + line for line in wrap(told, width() - _GAP)))


def _line(question: Question) -> str:
    """Return one line from the terminal, without the blanks around it."""
    try:
        with _completing(question.known):
            return _typed().strip()
    except KeyboardInterrupt:
        note("")  # the prompt stands on this line
        raise
    except EOFError:
        note("")
        message = f"there is no answer to: {question.words}"
        raise NextstepError(message, f"say it with {question.flag}") from None
    except UnicodeDecodeError:
        _refuse(Unfit("this could not be read as text", "type it again"))
        return _line(question)


def _typed() -> str:
    if is_terminal(sys.stdout):
        return input(_PROMPT)  # with the keys of the line editor, which writes to standard output
    sys.stderr.write(_PROMPT)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


@contextmanager
def _completing(known: Sequence[str]) -> Iterator[None]:
    """Let the tab key complete these words; where there is no line editor, nothing changes."""
    try:
        import readline
    except ImportError:
        yield
        return
    editor: Any = readline  # its functions differ between GNU readline and libedit
    is_libedit = "libedit" in (editor.__doc__ or "")
    editor.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    editor.set_completer_delims("")
    editor.set_completer(lambda text, number: _nth(known, text, number))
    editor.set_auto_history(False)
    try:
        yield
    finally:
        editor.set_completer(None)


def _nth(known: Sequence[str], text: str, number: int) -> str | None:
    fitting = [word for word in known if word.startswith(text)]
    return fitting[number] if number < len(fitting) else None

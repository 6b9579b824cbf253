"""Answers from flags, and from questions for what no flag says, all of them kept.

What was typed can be given back as a command line, so that a Ctrl-C, an end of input or a disk that
is full costs nobody their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from nextstep.cli import invocation
from nextstep.cli.asking import (
    Question,
    Reader,
    as_typed,
    ask,
    ask_lines,
    can_ask,
    choose,
    read_flag,
)
from nextstep.cli.output import note
from nextstep.dates.words import listed
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import HUNG_UP, INTERRUPTED, NOT_COMMITTED, TERMINATED
from nextstep.render.commands import quoted
from nextstep.render.safe_text import safe_text

IN_A_FILE = (NOT_COMMITTED, HUNG_UP, INTERRUPTED, TERMINATED)
"""Exit codes of a failure that says itself where the words are kept."""


class Answers:
    """What was said so far: ``typed`` holds each flag with its value, in order."""

    def __init__(self) -> None:
        """Begin without an answer."""
        self.asks = can_ask()
        self.typed: list[tuple[str, str]] = []

    def demand(self, said: Iterable[tuple[Question, object]]) -> None:
        """Raise NextstepError that names every flag which is missing where nobody can be asked.

        ``said`` pairs a question with the value of its flag, None where it was not given.
        """
        lacking = [question.flag for question, value in said if value is None]
        if lacking and not self.asks:
            message = "nobody can be asked here, and something is not said"
            raise NextstepError(message, f"add {', '.join(lacking)}")

    def text(self, question: Question, given: str | None, read: Reader = as_typed) -> str:
        """Return the answer of the flag or of a person; empty where it is left open.

        Where nobody can be asked, the default. Raises NextstepError for a flag that does not fit.
        """
        if given is None:
            answer = self._asked(question, read)
        elif given:
            answer = read_flag(question.name, given, read)
        elif question.optional:
            answer = ""
        else:
            raise NextstepError(f"{question.name} is empty", f"write {question.flag}")
        if given is not None or self.asks:
            self.keep(question, answer)
        return answer

    def word(self, question: Question, given: str | None, words: Sequence[str]) -> str:
        """Return one of the words; the default where nobody can be asked."""
        if given is not None and given not in words:
            raise NextstepError(f"{question.name} takes {listed(words, 'or')}, not `{given}`")
        if given is None and not self.asks:
            return question.default
        answer = given or choose(question, words)
        self.keep(question, answer)
        return answer

    def lines(self, question: Question, given: Sequence[str], read: Reader) -> tuple[str, ...]:
        """Return several answers, of the flags or of a person; each is kept as it comes."""

        def keeping(text: str) -> str:
            answer = read(text)
            self.keep(question, answer)
            return answer

        if given or not self.asks:
            return tuple(read_flag(question.name, one, keeping) for one in given if one)
        return ask_lines(question, keeping)

    def keep(self, question: Question, answer: str) -> None:
        """Remember an answer."""
        self.typed.append((question.name, answer))

    def command(self, *words: str, others: Iterable[tuple[str, str]]) -> str:
        """Return the command line that says all of it again, each word as a shell takes it.

        ``others`` are the flags that were given, of which some were not looked at yet: of one
        that was given several times the first ones are kept first. What is answered without a
        flag stands at its place after ``words``.
        """
        seen = Counter(name for name, _ in self.typed)
        told = list(self.typed)
        for pair in others:
            if seen[pair[0]]:
                seen[pair[0]] -= 1
            else:
                told.append(pair)
        said = (pair if pair[0].startswith("-") else pair[1:] for pair in told)
        flags = (word for pair in said for word in pair)
        directory = invocation.current().directory
        begin = ["nextstep"] if directory is None else ["nextstep", "-C", directory]
        return " ".join(map(quoted, [*begin, *words, *flags]))

    @contextmanager
    def given_back(self, *words: str, others: Iterable[tuple[str, str]] = ()) -> Iterator[None]:
        """Print the command that says it all again where it comes to nothing: see `command`."""
        try:
            yield
        except (KeyboardInterrupt, NextstepError) as end:
            kept = isinstance(end, NextstepError) and end.exit_code in IN_A_FILE
            if self.asks and self.typed and not kept:
                again = self.command(*words, others=others)
                note(f"Nothing was written. To go on with what you typed:\n  {safe_text(again)}")
                _keep_from(end, again)
            elif self.asks and isinstance(end, KeyboardInterrupt):
                note("Nothing was written.")
            raise

    def _asked(self, question: Question, read: Reader) -> str:
        return ask(question, read) if self.asks else question.default


def _keep_from(end: BaseException, again: str) -> None:
    """Keep what was typed in a file where the terminal may be gone, and say in which."""
    from nextstep.repo.interrupts import Interrupted

    if isinstance(end, Interrupted):
        from nextstep.cli.kept_words import keep

        note(keep(again))

"""Answers that count on each other, each found after those that it counts on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

AskedT = TypeVar("AskedT", bound=Hashable)
AnswerT = TypeVar("AnswerT")


class InTurn(Generic[AskedT, AnswerT]):
    """What was asked so far, with its answers: a chain of them may be longer than calls go deep.

    What counts on itself in the end has no answer.
    """

    def __init__(
        self,
        counts_on: Callable[[AskedT], Iterator[AskedT]],
        answer: Callable[[AskedT], AnswerT | None],
    ) -> None:
        """Answer nothing yet. ``answer`` may ask here what ``counts_on`` does not foresee."""
        self._counts_on = counts_on
        self._answer = answer
        self._answers: dict[AskedT, AnswerT | None] = {}
        self._asking: dict[AskedT, Iterator[AskedT]] = {}

    def forget(self) -> None:
        """Answer everything anew."""
        self._answers.clear()

    def of(self, asked: AskedT) -> AnswerT | None:
        """Return an answer, None where there is none."""
        if self._is_new(asked):
            self._work_out(asked)
        return self._answers.get(asked)

    def _work_out(self, asked: AskedT) -> None:
        begun = len(self._asking)
        self._asking[asked] = self._counts_on(asked)
        while len(self._asking) > begun:
            asked, before = next(reversed(self._asking.items()))
            ahead = next(filter(self._is_new, before), None)
            if ahead is not None:
                self._asking[ahead] = self._counts_on(ahead)
            else:
                self._answers[asked] = self._answer(asked)
                del self._asking[asked]

    def _is_new(self, asked: AskedT) -> bool:
        return asked not in self._answers and asked not in self._asking

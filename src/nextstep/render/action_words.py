"""What was understood of a list, line by line, before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nextstep.changes.add import NextStep, people_and_date
from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.render.cells import wrap
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen


def understood_text(
    steps: Sequence[tuple[int, NextStep]],
    passed: Sequence[str],
    ledger: Ledger,
    now: Now,
    screen: Screen,
) -> str:
    """Return each next step with the number of its line, then what became of the other lines."""
    width = len(str(max(number for number, _ in steps)))
    lines: list[str] = []
    for number, step in steps:
        lines += _step(f"{number:>{width}}  ", step, ledger, now, screen)
    for words in passed:
        lines += wrap(safe_text(words), screen.columns)
    return "\n".join(lines) + "\n"


def _step(sign: str, step: NextStep, ledger: Ledger, now: Now, screen: Screen) -> Iterator[str]:
    facts = [people_and_date(ledger, step, now)]
    if step.outcome:
        facts.insert(0, f"so that: {step.outcome}")
    for text in (step.what, *facts):
        for line in wrap(safe_text(text), screen.columns - len(sign)):
            yield sign + line
            sign = " " * len(sign)

"""What was agreed, quoted before somebody says how it went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from nextstep.changes.wording import echoed
from nextstep.dates.now import Now
from nextstep.dates.words import counted, day_words
from nextstep.dates.zones import local_day
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.render.cells import wrap
from nextstep.render.safe_text import safe_text
from nextstep.runs.states import CommitmentState, RunState
from nextstep.runs.timing import is_overdue

_HOW = {"call": "on a call", "mail": "by mail", "meeting": "in a meeting"}


class Look(Struct, frozen=True, kw_only=True):
    """Who looks back and when, on lines how many ``columns`` wide."""

    reader: str
    now: Now
    calendar: Calendar
    columns: int


def promise_lines(commitment: Commitment, state: CommitmentState, look: Look) -> tuple[str, ...]:
    """Return the words that were agreed, with whom, what for, and by when."""
    lines = [_agreed(commitment, state, look)]
    lines += [f"so that: {commitment.outcome}"] if commitment.outcome else []
    return _wrapped([*lines, *_when(state, look)], look)


def run_lines(run: Run, state: RunState, look: Look) -> tuple[str, ...]:
    """Return what a run promised, and whether that was kept."""
    lines = [f'"{run.title}{f" for {run.for_}" if run.for_ else ""}": every step is finished.']
    if run.promise is not None:
        promised = state.promise_due
        due = f" ({echoed(promised, look.now, look.calendar)})" if promised else ""
        kept = {True: " It was kept.", False: " It was late.", None: ""}[state.promise_kept]
        lines.append(f"It promised: {run.promise.text}{due}.{kept}")
    return _wrapped(lines, look)


def _agreed(commitment: Commitment, state: CommitmentState, look: Look) -> str:
    who = "You" if state.who in (None, look.reader) else state.who
    others = " and ".join("you" if one == look.reader else one for one in state.with_)
    aside = []
    if state.agreed is not None:
        day = local_day(state.agreed.at, look.calendar.timezone)
        aside.append(day_words(day, look.now.today))
        aside += [_HOW.get(state.agreed.how, state.agreed.how)] if state.agreed.how else []
    when = f" ({', '.join(aside)})" if aside else ""
    return f'{who} {f"agreed with {others}" if others else "said"}{when}: "{commitment.what}"'


def _when(state: CommitmentState, look: Look) -> Iterator[str]:
    if state.due is None:
        words = ["no date was agreed"]
    else:
        verb = "was due" if is_overdue(state.due, look.now, look.calendar) else "due"
        words = [f"{verb} {echoed(state.due, look.now, look.calendar)}"]
    if state.moves:
        times = "once" if len(state.moves) == 1 else counted(len(state.moves), "time")
        agreed = " and ".join(state.moves[-1].agreed_by)
        words.append(f"moved {times}{f', agreed by {agreed}' if agreed else ''}")
    if state.done is not None:
        day = local_day(state.done.at, look.calendar.timezone)
        words.append(f"done {day_words(day, look.now.today)}")
    yield "; ".join(words)
    if state.blocked is not None:
        yield f"blocked: {state.blocked.why or 'help is needed'}"


def _wrapped(lines: Iterable[str], look: Look) -> tuple[str, ...]:
    return tuple(part for line in lines for part in wrap(safe_text(line), look.columns))

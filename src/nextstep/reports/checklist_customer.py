"""A page for the customer: what happens next, who does it, by when. Nothing from inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from nextstep.dates.rule_words import length_words
from nextstep.dates.zones import local_day
from nextstep.model.commitment import Run
from nextstep.model.process import Process, Step
from nextstep.model.time import Anchor, Due, DueWord, Offset
from nextstep.reports.checklist_hands import Hands, roles_of
from nextstep.reports.parties import Party, party
from nextstep.reports.rows import day_of
from nextstep.reports.show import Subject
from nextstep.reports.standing import Standing
from nextstep.runs.facts import Met
from nextstep.runs.filled_paths import filled_path
from nextstep.runs.states import How, RunStage, RunState, StepStage, StepState

_PASSED_OVER = (How.SKIPPED, How.WAIVED, How.NOT_NEEDED)


class CustomerContact(Struct, frozen=True, kw_only=True):
    """Whom the customer asks: a name and how to reach them, and until when they are away."""

    name: str
    mail: str | None = None
    away_until: date | None = None


class CustomerStep(Struct, frozen=True, kw_only=True):
    """Something that is done for the customer.

    ``state`` is ``done`` (``on`` a day), ``now`` or ``later``; what is ``passing`` is done, and the
    next one has not taken it yet. ``who`` are names. ``maybe`` tells that it may turn out not to be
    needed, ``date`` that it is a day and no work. In a process ``after`` is the number of the step
    that ``length`` counts from; 0 is the beginning.
    """

    what: str
    state: str | None
    who: tuple[str, ...]
    due: Due | None = None
    late: bool = False
    passing: bool = False
    on: date | None = None
    maybe: bool = False
    date: bool = False
    length: str | None = None
    after: int | None = None


class CustomerPage(Struct, frozen=True, kw_only=True):
    """What a customer may know of a run, or of a process before anything has begun.

    ``promised`` is in words with its date; ``kept`` is None until it is decided. ``ended`` is the
    day on which it was closed, ``stopped`` whether that was before it was finished.
    """

    kind: str
    title: str
    for_: str | None
    provides: str | None
    promised: str | None
    due: Due | None = None
    kept: bool | None = None
    expects: tuple[Met, ...] = ()
    steps: tuple[CustomerStep, ...] = ()
    contacts: tuple[CustomerContact, ...] = ()
    ended: date | None = None
    stopped: bool = False


def customer_page(standing: Standing, meant: Subject) -> CustomerPage:
    """Return the page for the customer of a run or a process."""
    if meant.kind == "process":
        return _of_process(standing, standing.ledger.processes[meant.name])
    return _of_run(standing, meant.name)


def _of_run(standing: Standing, name: str) -> CustomerPage:
    run, state = standing.ledger.runs[name], standing.runs[name]
    zone = standing.now.timezone
    return CustomerPage(
        kind="run",
        title=run.title,
        for_=run.for_,
        provides=run.provides,
        promised=run.promise.text if run.promise else None,
        due=state.promise_due,
        kept=state.promise_kept,
        expects=state.expects,
        steps=tuple(_steps(standing, run, state)) if state.stage is not RunStage.DROPPED else (),
        contacts=_contacts(standing, state.owner or run.owner, state.deputy or run.deputy),
        ended=day_of(state.closed.at, zone) if state.closed else None,
        stopped=state.stage is RunStage.DROPPED,
    )


def _steps(standing: Standing, run: Run, state: RunState) -> Iterator[CustomerStep]:
    """Yield what is done and to do; parts of a fan-out are one. What turned out unneeded is not."""
    groups: dict[str, list[StepState]] = {}
    for one in state.steps.values():
        groups.setdefault(one.step.base, []).append(one)
    for parts in groups.values():
        needed = [one for one in parts if one.how not in _PASSED_OVER]
        words = _words(needed[0].step) if needed else None
        if words:
            names = ", ".join(one.step.part for one in needed if one.step.part)
            yield _step(standing, needed, filled_path(words, run.inputs, names or None))


def _words(step: Step) -> str | None:
    """Return what the customer reads of a step; None where it is nothing that they read of.

    A mark, and the work that keeps the promise, concern them also where no words are written.
    """
    return step.for_customer or step.mark or (step.do if step.keeps_promise else None)


def _step(standing: Standing, parts: Sequence[StepState], words: str) -> CustomerStep:
    zone, step = standing.now.timezone, parts[0].step
    done = all(one.is_finished for one in parts)
    is_now = any(one.is_next for one in parts)
    people = (one.done.by if one.done else None for one in parts) if done else ()
    named = [name for name in people if name] or [who for one in parts for who in one.who]
    ends = [day_of(one.finished_on or one.finished_at, zone) for one in parts] if done else []
    return CustomerStep(
        what=words,
        state="done" if done else "now" if is_now and step.mark is None else "later",
        who=() if step.mark is not None else _names(standing, named),
        due=None if done else _latest(parts, zone),
        late=not done and any(one.overdue for one in parts),
        passing=not done and all(_is_passing(one) for one in parts),
        on=max((day for day in ends if day), default=None),
        maybe=step.optional or any(one.waiting and one.waiting.inputs for one in parts),
        date=step.mark is not None,
    )


def _is_passing(state: StepState) -> bool:
    return state.is_finished or state.stage in (StepStage.DONE, StepStage.OFFERED)


def _latest(parts: Sequence[StepState], zone: str) -> Due | None:
    """Return the last date of the parts that are not finished; None where one has none."""
    dues = [one.due for one in parts if not one.is_finished]
    dated = [due for due in dues if due is not None and not isinstance(due, DueWord)]
    if len(dated) < len(dues):
        return dues[0] if len(dues) == 1 else None
    return max(dated, key=lambda due: (local_day(due, zone), str(due)), default=None)


def _names(standing: Standing, people: Sequence[str]) -> tuple[str, ...]:
    known = standing.ledger.settings.people
    found = (known[one].name if one in known else None for one in dict.fromkeys(people))
    return tuple(name or one for name, one in zip(found, dict.fromkeys(people), strict=True))


def _contacts(standing: Standing, *names: str | None) -> tuple[CustomerContact, ...]:
    """Return who can be asked: the owner; who covers or stands in while the owner is away."""
    settings, today = standing.ledger.settings, standing.now.today
    found = [one for name in names if (one := party(settings, name, today)) and one.id]
    if not found:
        return ()
    first = found[0]
    if first.away is None:
        return (_contact(first),)
    cover = party(settings, first.away.cover, today) or (found[1] if len(found) > 1 else None)
    return (_contact(first), *((_contact(cover),) if cover and cover.id != first.id else ()))


def _contact(someone: Party) -> CustomerContact:
    return CustomerContact(
        name=someone.name or someone.id or "",
        mail=someone.mail,
        away_until=someone.away.last if someone.away else None,
    )


def _of_process(standing: Standing, process: Process) -> CustomerPage:
    shown = [(step, words) for step in process.steps if (words := _words(step))]
    numbers = {step.id: number for number, (step, _) in enumerate(shown, start=1)}
    hands = Hands(standing.ledger.settings, standing.now.today, roles=roles_of(process))
    return CustomerPage(
        kind="process",
        title=process.title,
        for_=None,
        provides=process.provides,
        promised=process.promise.text if process.promise else None,
        expects=tuple(Met(text) for text in process.expects),
        steps=tuple(
            _planned(step, words, _players(step, process, hands), numbers) for step, words in shown
        ),
        contacts=_contacts(standing, process.owner, process.deputy),
    )


def _players(step: Step, process: Process, hands: Hands) -> tuple[str, ...]:
    """Return the names of those who may do a step; a mark is done by nobody."""
    if step.mark is not None:
        return ()
    people = [one for who in step.who or process.who for one in hands.of(who).who]
    return tuple(filter(None, dict.fromkeys(one.name or one.id for one in people)))


def _planned(step: Step, words: str, who: tuple[str, ...], numbers: dict[str, int]) -> CustomerStep:
    length, counts_from = _frame(step, numbers)
    return CustomerStep(
        what=words,
        state=None,
        who=who,
        maybe=step.optional or step.when is not None,
        date=step.mark is not None,
        length=length,
        after=counts_from,
    )


def _frame(step: Step, numbers: dict[str, int]) -> tuple[str | None, int | None]:
    """Return how long after the beginning or after which step; nothing where a fact decides it."""
    expression = step.rule.expression if step.rule else None
    if not isinstance(expression, Offset) or expression.length.count < 0:
        return None, None
    anchor: Anchor = expression.anchor
    if anchor.name == "start":
        return length_words(expression.length), 0
    if anchor.name in numbers and anchor.event == "finished":
        return length_words(expression.length), numbers[anchor.name]
    return None, None

"""What a checklist holds: who hands what to whom, by when, and what must be there."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from nextstep.model.process import Roadblock
from nextstep.model.time import Day, Due
from nextstep.reports.parties import Party
from nextstep.reports.rows import After
from nextstep.reports.show_promise import PromiseView
from nextstep.reports.show_steps import StepLine


class Hand(Struct, frozen=True, kw_only=True):
    """Who gives or receives: the role, where there is one, and the people who hold it now."""

    role: str | None = None
    who: tuple[Party, ...] = ()


class ChecklistItem(Struct, frozen=True, kw_only=True):
    """One thing that has to be there.

    ``state`` is ``there`` or ``missing`` where a machine looked, ``ticked`` where somebody said so,
    ``accepted`` where the receiver signed for it, ``gap`` where it was handed over without it, else
    ``open``. ``looks_at`` is the path, the input or the condition that a machine looks at (``check``:
    ``file``, ``input`` or ``holds``), ``value`` what is known as that input. ``looked`` tells whether it could look, None
    in a process, where nothing is there yet. ``when`` says in which cases the thing is asked for,
    where that is not known yet. It was missing in ``missing_in`` of the last ``returns`` of this
    step.
    """

    item: str
    critical: bool = False
    state: str = "open"
    check: str | None = None
    looks_at: str | None = None
    looked: bool | None = None
    value: str | None = None
    when: str | None = None
    missing_in: int = 0
    returns: int = 0


class Answer(Struct, frozen=True, kw_only=True):
    """What the receiver said to the offer of ``giver``. ``event`` is accepted or returned."""

    event: str
    on: date
    by: str
    giver: str | None = None
    missing: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    why: str | None = None
    readback: str | None = None


class Offered(Struct, frozen=True, kw_only=True):
    """An offer without an answer: by when it is to be answered, and what goes along openly."""

    on: date
    by: str
    to: tuple[str, ...]
    answer_by: Day | None = None
    gaps: tuple[str, ...] = ()
    watch_for: str | None = None
    duty: bool = False


class Gate(Struct, frozen=True, kw_only=True):
    """What is looked at and who decides.

    ``there`` is None where nobody looked or no path is named. ``returns_to`` is where a no leads.
    ``voted`` is empty while the votes are hidden.
    """

    looks_at: str | None
    there: bool | None
    need: str | None
    votes: int
    votes_needed: int
    voted: tuple[str, ...]
    blind: bool
    returns_to: tuple[str, ...]
    max_rounds: int | None
    stops: bool
    changed_since: bool


class Following(Struct, frozen=True, kw_only=True):
    """A step that comes straight after: who does it, by when, and when it is done.

    ``who`` are people in a run and roles in a process. ``due`` is None where no date is known yet,
    and where it is finished.
    """

    step: str
    what: str
    who: tuple[str, ...]
    vote: bool
    state: str | None
    due: Due | None
    overdue: bool
    frame: str | None
    done_when: str | None


class Card(Struct, frozen=True, kw_only=True):
    """The checklist of one step, or of a commitment that is passed on.

    ``handle`` is what to type after `nextstep checklist`. ``kind`` is ``handoff``, ``tell``,
    ``step``, ``gate``, ``mark`` or ``commitment``. It is the step ``number`` of ``of``: parts of a
    fan-out count as one, marks not at all. ``standing`` is where the step of a run stands, None in
    a process. ``frame`` is what the date comes from, in words; ``answer_within`` a length in words.
    ``next`` comes straight after it, ``after_you`` is all that is left to do after it.
    """

    handle: str
    kind: str
    step: str | None = None
    part: str | None = None
    number: int | None = None
    of: int = 0
    what: str
    outcome: str | None = None
    standing: StepLine | None = None
    state: str | None = None
    due: Due | None = None
    overdue: bool = False
    frame: str | None = None
    answer_within: str | None = None
    when: str | None = None
    because: str | None = None
    from_: Hand = Hand()
    to: Hand = Hand()
    told: tuple[Hand, ...] = ()
    with_: tuple[str, ...] = ()
    offered: Offered | None = None
    answer: Answer | None = None
    must_include: tuple[ChecklistItem, ...] = ()
    items: tuple[ChecklistItem, ...] = ()
    how: str | None = None
    template: str | None = None
    done_when: str | None = None
    proof: str | None = None
    proof_given: str | None = None
    watch_for: tuple[str, ...] = ()
    readback: bool = False
    critical: bool = False
    gate: Gate | None = None
    next: tuple[Following, ...] = ()
    after_you: tuple[After, ...] = ()


class Target(Struct, frozen=True, kw_only=True):
    """A target of a process beside what its finished runs came to: ``reached`` in so many ``runs``.

    ``reached`` is None where the program cannot count it.
    """

    name: str
    target: str
    reached: int | None = None
    runs: int = 0


class Checklist(Struct, frozen=True, kw_only=True):
    """The checklists of a run, a process or a commitment (``kind``).

    ``step`` is the one that was asked for; without it ``cards`` are all that is handed over.
    ``promise`` is what they serve. ``looked`` tells whether files could be looked at.
    """

    kind: str
    handle: str
    id: str
    path: str
    title: str
    for_: str | None = None
    step: str | None = None
    state: str | None = None
    owner: Party | None = None
    deputy: Party | None = None
    promise: PromiseView | None = None
    cards: tuple[Card, ...] = ()
    targets: tuple[Target, ...] = ()
    roadblocks: tuple[Roadblock, ...] = ()
    looked: bool = False

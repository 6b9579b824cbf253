"""A written way of working, and the parts that a run copies from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field

from nextstep.model.conditions import Condition
from nextstep.model.events import Event
from nextstep.model.source import Source
from nextstep.model.time import Due, Length, Rule

RESERVED = frozenset(
    "owner deputy partner all each none asap vacant start due done offered accepted".split()
)
VACANT = "vacant"


FILE, INPUT, HOLDS = "file", "input", "holds"


class Check(Struct, frozen=True, kw_only=True):
    """What a machine can see: ``kind`` is ``file`` (a path), ``input`` (a name) or ``holds``.

    The ``target`` of the last one is a condition over the inputs, as it is written.
    """

    kind: str
    target: str


class Item(Struct, frozen=True, kw_only=True):
    """One thing of a list: of what must be handed over, or of what a step must tick off.

    Where its ``when`` does not hold it is not asked for.
    """

    item: str
    critical: bool = False
    check: Check | None = None
    when: Condition | None = None
    when_text: str | None = None


class Handoff(Struct, frozen=True, kw_only=True):
    """How a step's work passes on: to somebody who accepts it, or told to some (``tell``)."""

    to: str | None = None
    tell: tuple[str, ...] = ()
    accept_within: Length | None = None
    must_include: tuple[Item, ...] = ()
    readback: bool = False
    watch_for: str | None = None


class OnReturn(Struct, frozen=True, kw_only=True):
    """Where a gate sends work back: to a step, at most so many times; ``stop``: a no is final."""

    to: str | None = None
    max_rounds: int | None = None
    stop: bool = False


class Escalation(Struct, frozen=True, kw_only=True):
    """Whom to tell when something is so much past a limit: ``past`` is ``accept_within`` or ``due``.

    ``tell`` names people and roles, or ``owner`` and ``deputy``.
    """

    after: Length
    past: str = "due"
    tell: tuple[str, ...] = ("owner",)


class Step(Struct, frozen=True, kw_only=True):
    """One part of a process or of a run.

    Exactly one of ``do``, ``approve`` (what is looked at) and ``mark`` (a date nobody does) is set.
    ``for_customer`` is what the customer reads of it, where they read of it at all.
    ``rule`` says where the date comes from: in a process that is its ``due``. ``due`` is the date
    agreed in a run. ``who`` holds roles in a process and people in a run, where ``role`` keeps the
    role. ``after`` is None where the file does not say it. In a run the id of a part of a fan-out
    is ``step/part``.
    """

    id: str
    do: str | None = None
    approve: str | None = None
    mark: str | None = None
    for_customer: str | None = None
    how: str | None = None
    template: str | None = None
    who: tuple[str, ...] = ()
    role: str | None = None
    with_: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    after: tuple[str, ...] | None = None
    when: Condition | None = None
    when_text: str | None = None
    not_before: Rule | None = None
    rule: Rule | None = None
    due: Due | None = None
    until: Rule | None = None
    grace: Length | None = None
    done_when: str | None = None
    items: tuple[Item, ...] = ()
    proof: str | None = None
    handoff: Handoff | None = None
    need: str | None = None
    blind: bool = False
    on_return: OnReturn | None = None
    optional: bool = False
    critical: bool = False
    keeps_promise: bool = False
    undoes: str | None = None
    repeat: str | None = None
    escalate: tuple[Escalation, ...] = ()
    index: int = 0

    @property
    def base(self) -> str:
        """The id without its part: ``collect`` of ``collect/finance``."""
        return self.id.partition("/")[0]

    @property
    def part(self) -> str | None:
        """The part of a fan-out: ``finance`` of ``collect/finance``."""
        return self.id.partition("/")[2] or None

    @property
    def title(self) -> str:
        """What the step says is done, looked at or reached."""
        return self.do or self.approve or self.mark or self.id

    @property
    def is_gate(self) -> bool:
        """Whether the step is decided by votes."""
        return self.approve is not None or self.need is not None

    @property
    def is_handed_over(self) -> bool:
        """Whether somebody has to accept its work: to tell of it is not enough."""
        handoff = self.handoff
        return handoff is not None and (handoff.to is not None or not handoff.tell)


class Customer(Struct, frozen=True, kw_only=True):
    """For whom: ``kind`` is ``external`` or ``internal``."""

    who: str
    kind: str | None = None


class Promise(Struct, frozen=True, kw_only=True):
    """What the customer is promised, in words and with its date."""

    text: str
    rule: Rule | None = None


class Review(Struct, frozen=True, kw_only=True):
    """How often somebody looks at the process again, and when that was done last."""

    every: Length | None = None
    last: date | None = None
    kind: str | None = None


class Strength(Struct, frozen=True, kw_only=True):
    """How firmly the order is kept: ``advise`` or ``enforce``; after ``until`` it is advise."""

    level: str = "advise"
    until: date | None = None


class Roadblock(Struct, frozen=True, kw_only=True):
    """What gets in the way, and what to try."""

    what: str
    try_: str | None = None


class Process(Struct, frozen=True, kw_only=True):
    """A written way of working. Fields that a file leaves out are None or empty.

    ``when`` holds for all of it: where it does not, no step is needed.
    """

    id: str
    source: Source
    title: str
    state: str = "active"
    owner: str | None = None
    deputy: str | None = None
    customer: Customer | None = None
    provides: str | None = None
    expects: tuple[str, ...] = ()
    promise: Promise | None = None
    benefit: str | None = None
    inputs: tuple[str, ...] = ()
    when: Condition | None = None
    when_text: str | None = None
    roles: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    order: str = "given"
    cycle: str | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    reviews: tuple[Review, ...] = ()
    strength: Strength = field(default_factory=Strength)
    training: str | None = None
    because: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    roadblocks: tuple[Roadblock, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    based_on: str | None = None
    reason: str | None = None
    log: tuple[Event, ...] = ()

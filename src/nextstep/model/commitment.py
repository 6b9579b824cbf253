"""What is open between people: commitments, and runs of processes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from msgspec import Struct, field

from nextstep.model.conditions import Condition
from nextstep.model.events import Event
from nextstep.model.process import Customer, Escalation, Process, Promise, Roadblock, Step, Strength
from nextstep.model.source import Source
from nextstep.model.time import Due


class Commitment(Struct, frozen=True, kw_only=True):
    """An agreed next step outside a run. ``who`` and ``due`` are the current agreement.

    ``due_rule`` is not kept here: a commitment has a date, an instant, ``asap`` or none at all.
    """

    id: str
    source: Source
    what: str
    who: str | None = None
    with_: tuple[str, ...] = ()
    outcome: str | None = None
    due: Due | None = None
    partner: str | None = None
    origin: str | None = None
    part_of: str | None = None
    after: tuple[str, ...] = ()
    follows: str | None = None
    repeat: str | None = None
    log: tuple[Event, ...] = ()


class Run(Struct, frozen=True, kw_only=True):
    """A process carried out once. Self-contained: its state never reads the process.

    ``people`` maps a role, or ``role/part``, to a person or ``vacant``. ``version`` is the blob of
    the process file it was started from. A run without ``process`` is ad-hoc.
    """

    id: str
    source: Source
    title: str
    process: str | None = None
    version: str | None = None
    for_: str | None = None
    requested_by: str | None = None
    started: date | None = None
    customer: Customer | None = None
    provides: str | None = None
    owner: str | None = None
    deputy: str | None = None
    expects: tuple[str, ...] = ()
    promise: Promise | None = None
    promise_due: Due | None = None
    cycle: str | None = None
    strength: Strength = field(default_factory=Strength)
    when: Condition | None = None
    when_text: str | None = None
    because: Mapping[str, str] = field(default_factory=dict)
    escalate: tuple[Escalation, ...] = ()
    roadblocks: tuple[Roadblock, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    part_of: str | None = None
    follows: str | None = None
    origin: str | None = None
    log: tuple[Event, ...] = ()


Record: TypeAlias = Commitment | Run | Process
"""What a file in one of the two folders of a ledger holds."""

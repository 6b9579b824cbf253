"""What is told of a run besides where its steps stand."""

from __future__ import annotations

from msgspec import Struct

from nextstep.model.process import Escalation
from nextstep.model.time import Day


class Conformance(Struct, frozen=True, kw_only=True):
    """How a run kept to its process: ids of steps, in the order of the file.

    ``overridden`` are those done out of order with a reason while the order was enforced,
    ``gaps`` those handed over with something missing, ``ad_hoc`` a run of no written process.
    """

    skipped: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()
    not_needed: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()
    overridden: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    ad_hoc: bool = False


class Escalated(Struct, frozen=True):
    """Something is so much past a limit that somebody is to be told.

    ``past`` is ``due`` or ``accept_within``; ``since`` is the day or instant from which the rule
    applies; ``tell`` are the people, ``owner`` and ``deputy`` replaced by names where known.
    """

    step: str
    past: str
    since: Day
    tell: tuple[str, ...]
    rule: Escalation


class Unclear(Struct, frozen=True):
    """A ``rule``, ``not_before``, ``until``, ``when`` or ``promise`` that comes to nothing.

    ``step`` is None for the promise and for the ``when`` of the run; ``why`` is a message, values
    in backticks.
    """

    step: str | None
    field: str
    why: str

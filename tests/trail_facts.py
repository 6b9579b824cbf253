"""Histories written by hand: what a ledger's logs say, each event as if committed when it happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event, EventValue
from nextstep.model.process import Process
from nextstep.runs.timing import is_after
from nextstep.trail.facts import Fact, Signature, Trail, Witness

KINDS = {Commitment: "commitment", Run: "run", Process: "process"}


def signed(name: str, at: datetime | None) -> Signature:
    """A signature of somebody at that time."""
    return Signature(name=name, email=f"{name}@acme.example", at=at)


def witness(order: int, name: str, at: datetime | None, **more: object) -> Witness:
    """A commit that one person wrote and committed."""
    given: dict[str, object] = {
        "commit": f"{order:07x}".ljust(40, "0"),
        "order": order,
        "author": signed(name, at),
        "committer": signed(name, at),
        **more,
    }
    return Witness(**given)  # type: ignore[arg-type]


def fact_of(record: Commitment | Run | Process, event: Event, order: int, ledger: Ledger) -> Fact:
    """What a line of a log says, committed by who acted when it happened.

    With the first one stands what the record began with, as history tells it.
    """
    before = event.values.get("from")
    writer = event.text("recorded_by")
    late = is_after(event.at, before, ledger.calendar) if isinstance(before, date) else None
    return Fact(
        id=record.id,
        kind=KINDS[type(record)],  # type: ignore[arg-type]
        event=event.event,
        step=event.step,
        at=event.at,
        by=event.by,
        recorded_by=writer,
        values={**_first(record, event), **event.values},
        logged=event,
        seen=True,
        witness=witness(order, writer or event.by, event.at),
        path=record.source.path,
        what=record.what if isinstance(record, Commitment) else record.title,
        after_due=late if event.event == "moved" else None,
    )


def _first(record: Commitment | Run | Process, event: Event) -> dict[str, EventValue]:
    begins = event.event in {"agreed", "proposed"} and isinstance(record, Commitment)
    return {"with": record.with_} if begins and isinstance(record, Commitment) else {}


def history_of(ledger: Ledger) -> Trail:
    """What all the logs of a ledger say, in the order in which it happened."""
    records: list[Commitment | Run | Process] = [*ledger.commitments.values()]
    records += [*ledger.runs.values(), *ledger.processes.values()]
    lines = [(record, event) for record in records for event in record.log]
    lines.sort(key=lambda line: (line[1].at, line[0].id, line[1].canonical))
    facts = tuple(fact_of(*line, order, ledger) for order, line in enumerate(lines))
    tip = facts[-1].witness.commit if facts else "0" * 40
    return Trail(facts=facts, tip=tip, commits=len(facts))


def in_the_file(
    id_: str,
    event: str,
    by: str,
    at: datetime,
    *,
    order: int,
    values: Mapping[str, EventValue],
    how: str = "commit",
    late: bool | None = None,
) -> Fact:
    """What only the contents of a commitment's file tell."""
    return Fact(
        id=id_,
        kind="commitment",
        event=event,
        step=None,
        at=at,
        by=by,
        recorded_by=None,
        values=values,
        logged=None,
        seen=True,
        witness=witness(order, by, at, how=how),
        path=f"commitments/2026/11/{id_}.yaml",
        what="Send Lena the offer",
        after_due=late,
    )

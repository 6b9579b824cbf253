"""What does not agree in one commit and one record, told as one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from nextstep.files.ledger import Ledger
from nextstep.reports.audit_findings import (
    FILE,
    Disagreement,
    FieldChange,
    Kind,
    Sign,
    happening,
    signer,
)
from nextstep.reports.handles import Handles
from nextstep.trail.facts import Fact
from nextstep.trail.people import Signers


def together(signs: Iterable[Sign], ledger: Ledger, signers: Signers) -> Iterator[Disagreement]:
    """Yield one disagreement for what is of one kind, in one commit and one record.

    An address that nobody has is told once for each name that it was used for.
    """
    groups: dict[tuple[object, ...], list[Sign]] = {}
    for sign in signs:
        witness, fact = sign.fact.witness, sign.fact
        key: tuple[object, ...] = (sign.kind, witness.commit, fact.id, sign.person, sign.path)
        if sign.kind is Kind.UNRECORDED:
            key += (sign.again,)
        if sign.kind is Kind.UNKNOWN_ADDRESS:
            key = (sign.kind, witness.author.email.casefold(), sign.person)
        groups.setdefault(key, []).append(sign)
    handles = Handles(ledger) if groups else None
    for group in groups.values():
        yield _told(group, signers, handles, ledger.timezone)


def _told(
    group: list[Sign], signers: Signers, handles: Handles | None, timezone: str
) -> Disagreement:
    first, facts = group[0], [sign.fact for sign in group]
    fact = first.fact
    logged = (one.logged for one in facts)
    events = tuple(happening(event, timezone) for event in logged if event is not None)
    known = handles is not None and fact.id in handles.matching(fact.id)
    return Disagreement(
        kind=first.kind,
        commit=fact.witness.commit,
        author=signer(fact.witness.author, signers),
        committer=signer(fact.witness.committer, signers),
        how=fact.witness.how,
        record=fact.kind,
        id=fact.id,
        handle=handles.shortest(fact.id) if handles is not None and known else fact.id,
        what=fact.what,
        path=first.path or fact.path,
        events=events,
        changes=tuple(_changes(facts)),
        person=first.person,
        again=next((sign.again for sign in group if sign.again), None),
        count=len(group),
    )


def _changes(facts: Iterable[Fact]) -> Iterator[FieldChange]:
    """Yield what a file says otherwise without a line about it, and the words of a line.

    A file that came, went or lies elsewhere is a change of ``file``, from one path to another.
    """
    for fact in facts:
        if fact.event in ("rewritten", "edited"):
            before, after = (_pairs(fact, name) for name in ("from", "to"))
            for name in {**before, **after}:
                yield FieldChange(name, before.get(name), after.get(name))
        elif fact.logged is not None or fact.event == "unread":
            continue
        elif fact.event in ("moved", "changed"):
            field = fact.text("field") or (f"steps.{fact.step}.due" if fact.step else "due")
            yield FieldChange(field, _plain(fact, "from"), _plain(fact, "to"))
        elif fact.event == "renamed":
            yield FieldChange(FILE, fact.text("from"), fact.text("to"))
        elif fact.event == "deleted":
            yield FieldChange(FILE, fact.path, None)
        else:
            yield FieldChange(FILE, None, fact.path)


def _pairs(fact: Fact, name: str) -> dict[str, str]:
    said = fact.values.get(name)
    parts = said if isinstance(said, tuple) else ()
    return {part[0]: part[1] for part in parts if isinstance(part, tuple)}


def _plain(fact: Fact, name: str) -> str | None:
    value = fact.values.get(name)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) or value is None else str(value)

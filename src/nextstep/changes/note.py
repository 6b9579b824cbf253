"""A few words are kept with what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nextstep.changes.applying import record_of
from nextstep.changes.draft import Draft, Edit, Entry
from nextstep.changes.target import Target
from nextstep.changes.wording import quoted
from nextstep.files.ledger import Ledger


def note(ledger: Ledger, targets: Sequence[Target], text: str) -> Draft:
    """Return what notes the same words on one or several records."""
    records = [record_of(ledger, target.id) for target in targets]
    return Draft(
        told=tuple(
            f"Noted on {quoted(record, target.step)}."
            for record, target in zip(records, targets, strict=True)
        ),
        then=f"nextstep show {targets[0].handle}",
        edits=tuple(
            Edit(
                id=target.id,
                entries=(Entry(event="noted", step=target.step, values={"text": text}),),
            )
            for target in targets
        ),
    )


def with_note(draft: Draft, id_: str, text: str) -> Draft:
    """Return a draft that also notes words on a record of which it writes an event."""
    noted = Entry(event="noted", values={"text": text})
    edits = (
        replace(edit, entries=(noted, *edit.entries)) if edit.id == id_ else edit
        for edit in draft.edits
    )
    return replace(draft, told=(*draft.told, f"Kept as a note: {text}"), edits=tuple(edits))

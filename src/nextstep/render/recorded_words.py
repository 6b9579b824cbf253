"""What was recorded, as lines for a person and as a document for a program."""

from __future__ import annotations

from nextstep.changes.recorded import Recorded
from nextstep.render.cells import wrap
from nextstep.render.listing import Remark
from nextstep.render.remarks import remark_lines
from nextstep.render.safe_record import safe_record
from nextstep.render.safe_text import safe_text
from nextstep.render.terminal import Screen

_SHORT = 7


def recorded_text(recorded: Recorded, screen: Screen) -> str:
    """Return what changed, and as the last line what to type next or to undo it."""
    draft = safe_record(recorded.draft)
    if recorded.dry_run:
        return f"{recorded.diff}Nothing was changed.\n"
    lines = [one for text in draft.told for one in wrap(text, screen.columns)]
    for text in map(safe_text, recorded.remarks):
        lines += remark_lines(Remark(f"{text[:1].upper()}{text[1:]}.", ""), screen, sign="! ")
    lines += remark_lines(Remark(_where(recorded), draft.then or ""), screen)
    return "\n".join(lines) + "\n"


def recorded_json(recorded: Recorded) -> str:
    """Return the document `nextstep.recorded/1`."""
    from nextstep.render.json import document

    draft = recorded.draft
    return document(
        "nextstep.recorded/1",
        {
            "commit": recorded.commit,
            "by": recorded.actor.by,
            "recorded_by": recorded.actor.recorded_by,
            "changed": [
                {
                    "id": edit.id,
                    "events": [
                        {"event": one.event, "step": one.step, **one.values} for one in edit.entries
                    ],
                }
                for edit in draft.edits
            ],
            "new": [{"id": new.id, "path": new.path} for new in draft.new],
            "new_people": [{"id": one.id, "name": one.name} for one in draft.people],
            "paths": [file.path for file in recorded.files],
            "told": draft.told,
            "remarks": recorded.remarks,
            "dry_run": recorded.dry_run,
        },
    )


def _where(recorded: Recorded) -> str:
    if recorded.commit is None:
        return f"Saved in {', '.join(file.path for file in recorded.files)}."
    return f"Recorded in {recorded.commit[:_SHORT]}."

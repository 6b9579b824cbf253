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


def told_lines(recorded: Recorded, columns: int) -> list[str]:
    """Return what changed, with each remark on a day or a person, in lines of so many columns."""
    return [one for text in safe_record(recorded.draft).told for one in wrap(text, columns)]


def recorded_text(recorded: Recorded, screen: Screen) -> str:
    """Return what changed, and as the last line what to type next or to undo it."""
    if recorded.dry_run:
        return f"{recorded.diff}Nothing was changed.\n"
    lines = told_lines(recorded, screen.columns)
    for text in map(safe_text, recorded.remarks):
        lines += remark_lines(Remark(f"{text[:1].upper()}{text[1:]}.", ""), screen, sign="! ")
    then = safe_text(recorded.draft.then or "")
    lines += remark_lines(Remark(_where(recorded), then), screen)
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

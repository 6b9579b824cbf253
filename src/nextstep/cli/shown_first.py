"""Dates that follow from a change are shown before anything is written."""

from __future__ import annotations

from msgspec.structs import replace

from nextstep.changes.draft import Draft
from nextstep.cli.answers import Answers
from nextstep.cli.asking import Question, confirm
from nextstep.cli.output import note
from nextstep.cli.recording import Manner
from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.exit_codes import DECLINED
from nextstep.render.safe_text import safe_text

_YES = Question(words="Write this down?", flag="--yes")


def shown_first(draft: Draft, answers: Answers, manner: Manner, *, yes: bool) -> bool:
    """Show what follows from a change, and return whether it was shown and agreed to.

    Nothing is asked where nothing follows. Raises NextstepError where nobody can be asked and
    ``yes`` is not said; it ends with 3 where the answer is no.
    """
    moves = any(entry.event == "moved" for edit in draft.edits for entry in edit.entries)
    follows = moves or any(("promise_due",) in edit.fields for edit in draft.edits)
    if not follows or yes or manner.dry_run:
        return False
    if not answers.asks:
        raise NextstepError(
            "other dates move with it, and nobody can be asked here",
            "see them with --dry-run, then say --yes",
        )
    note("\n".join(map(safe_text, draft.told[1:])))
    if not confirm(_YES.words, _YES.flag, default=True):
        raise NextstepError("nothing was changed", exit_code=DECLINED)
    return True


def brief(draft: Draft, *, shown: bool) -> Draft:
    """Return a draft that does not tell again what was shown."""
    return replace(draft, told=draft.told[:1]) if shown else draft

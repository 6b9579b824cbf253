"""What a person means who asks for the trail of something, also of what is gone."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.diagnostics.errors import NextstepError
from nextstep.diagnostics.nearness import did_you_mean
from nextstep.files.ledger import Ledger
from nextstep.model.source import id_of
from nextstep.reports.handles import Handles, Names
from nextstep.reports.step_names import find_step
from nextstep.reports.trail_story import Topic
from nextstep.reports.unread import unread_names
from nextstep.trail.facts import Fact


def topic_now(ledger: Ledger, typed: str, step: str | None) -> Topic | None:
    """Return what of the ledger is meant; None where nothing of that name is in it any more.

    Of a file that cannot be read now history is told as of any other. Raises NextstepError where
    a name may be several things, and for a step that a run does not have.
    """
    names = Handles(ledger)
    found = names.matching(typed)
    if not found:
        return None
    if len(found) > 1:
        names.find(typed)
    name = found[0]
    if name in ledger.runs and step is not None:
        run = ledger.runs[name]
        step = find_step(name, run.steps, step, names.shortest(name))
        return Topic(kind="step", id=name, step=step)
    kind = _kind(ledger, name)
    if step is not None:
        raise _no_step(typed, kind, names.shortest(name))
    return Topic(kind=kind, id=name)


def topic_before(facts: Sequence[Fact], ledger: Ledger, typed: str, step: str | None) -> Topic:
    """Return what of history is meant: a record that is gone, or has another name now.

    Raises NextstepError where history holds nothing of the name.
    """
    now = _names_then_and_now(facts)
    names = Names(now)
    if not typed or not names.matching(typed):
        message = f"there is no `{typed}` in this ledger, nor in its history"
        hint = did_you_mean(typed, list(now)) or "`nextstep list` shows what there is"
        raise NextstepError(message, hint)
    last = now[names.find(typed)]
    there = topic_now(ledger, last.id, step)
    if there is not None:
        return there
    if step is not None and last.kind != "run":
        raise _no_step(typed, last.kind, last.id)
    return Topic(kind="step" if step else last.kind, id=last.id, step=step, gone=True)


def _no_step(typed: str, kind: str, handle: str) -> NextstepError:
    return NextstepError(
        f"`{typed}` is a {kind}, and only the steps of a run have a trail of their own",
        f"type `nextstep trail {handle}`",
    )


def _names_then_and_now(facts: Sequence[Fact]) -> dict[str, Fact]:
    """Return by every id that records have or had the last fact of the record."""
    last = {fact.id: fact for fact in facts}
    renamed = (fact for fact in facts if fact.event == "renamed")
    then = {id_of(fact.text("from") or ""): last[fact.id] for fact in renamed}
    return {**then, **last}


def _kind(ledger: Ledger, name: str) -> str:
    if name in ledger.commitments:
        return "commitment"
    if name in ledger.runs:
        return "run"
    if name in ledger.processes:
        return "process"
    return "file" if name in unread_names(ledger) else "plan"

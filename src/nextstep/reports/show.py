"""What a person means who types `nextstep show`: a commitment, a run, a step, a plan, a process."""

from __future__ import annotations

from msgspec import Struct

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.ledger import Ledger
from nextstep.reports.handles import Handles
from nextstep.reports.step_names import find_step

_NOT_IN_A_NAME = frozenset("/\\")


class Subject(Struct, frozen=True):
    """What is shown: a ``kind`` (commitment, run, step, plan, process), its id, and the step's.

    ``part`` is one of a step of a process; in a run it belongs to the id of the step. A name that
    has no dot and is both a process and a plan means the process.
    """

    kind: str
    name: str
    step: str | None = None
    part: str | None = None


def subject(ledger: Ledger, typed: str, step: str | None = None) -> Subject:
    """Return what is meant; NextstepError says what else it may be, or what is near."""
    meant = find(ledger, typed)
    if step is None:
        return meant
    handle = Handles(ledger).shortest(meant.name)
    if meant.kind == "run":
        run = ledger.runs[meant.name]
        return Subject("step", meant.name, find_step(run.id, run.steps, step, handle))
    raise NextstepError(
        f"`{typed}` is a {meant.kind}, and only the steps of a run are shown one by one",
        f"type `nextstep show {handle}`",
    )


def find(ledger: Ledger, typed: str, command: str = "show") -> Subject:
    """Return the record, process or plan that is meant; hints tell how to type it to a command.

    A name is only ever compared with the names in the ledger: it is never a path.
    """
    handles = Handles(ledger)
    _refuse_paths(ledger, handles, typed, command)
    if not handles.matching(typed):
        _refuse_parties(ledger, typed)
        _refuse_with_nearest_ending(ledger, typed)
    name = handles.find(typed)
    return Subject(_kind(ledger, name), name)


def _kind(ledger: Ledger, name: str) -> str:
    if name in ledger.commitments:
        return "commitment"
    if name in ledger.runs:
        return "run"
    return "process" if name in ledger.processes else "plan"


def _refuse_paths(ledger: Ledger, handles: Handles, typed: str, command: str) -> None:
    if not typed or typed.startswith(("-", ".")) or _NOT_IN_A_NAME.intersection(typed):
        run, _, step = typed.partition("/")
        hint = "type the four characters or the name that `nextstep list` shows"
        if run and step and len(handles.matching(run)) == 1:
            hint = f"type the step as a word of its own: nextstep {command} {run} {step}"
        stem = typed.rpartition("/")[2].removesuffix(".yaml")
        if any(stem in names for names in (ledger.commitments, ledger.runs, ledger.processes)):
            hint = f"type its name: nextstep {command} {handles.shortest(stem)}"
        raise NextstepError(f"`{typed}` is not the name of anything in a ledger", hint)


def _refuse_parties(ledger: Ledger, typed: str) -> None:
    """Say so when what is asked for is a person or a role, which another command shows."""
    settings = ledger.settings
    for kind, names in (("person", settings.people), ("role", settings.roles)):
        if typed in names:
            raise NextstepError(f"`{typed}` is a {kind}", f"type `nextstep who {typed}`")


def _refuse_with_nearest_ending(ledger: Ledger, typed: str) -> None:
    """Say which four characters are near to those typed, where some are."""
    from difflib import get_close_matches

    endings = [name.rpartition("-")[2] for name in (*ledger.commitments, *ledger.runs)]
    near = get_close_matches(typed, endings, n=1, cutoff=0.7)
    if near:
        message = f"there is no `{typed}` in this ledger"
        raise NextstepError(message, f"did you mean `{near[0]}`?")

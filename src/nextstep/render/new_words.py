"""What `nextstep new process` wrote, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nextstep.dates.words import counted
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files.new_process import NewProcess
from nextstep.render.listing import Item, Remark
from nextstep.render.page import Page, facts


def new_process_page(
    new: NewProcess, path: str, found: Sequence[Diagnostic], *, ledger: str, is_kept: bool
) -> Page:
    """Return the page about a process that was begun.

    ``found`` are warnings about it; ``is_kept`` is true where the ledger is in a repository.
    """
    add = f"git add {path}"
    return Page(
        head=("new process",),
        origin=(ledger,),
        title=f"{new.title} begins, as a draft",
        blocks=tuple(facts("", _rows(new, path, found))),
        foot=Remark("Nothing is committed yet:", add) if is_kept else None,
    )


def _rows(new: NewProcess, path: str, found: Sequence[Diagnostic]) -> Iterator[Item]:
    yield Item(handle="written", title=path)
    if new.inputs:
        them = "it" if len(new.inputs) == 1 else "them"
        counted_from = (f"dates count from {them}",)
        yield Item(handle="asks for", title=", ".join(new.inputs), details=counted_from)
    if new.roles:
        yield Item(handle="roles", title=", ".join(new.roles))
    if new.steps:
        yield Item(handle="steps", title=", ".join(step.id for step in new.steps))
    else:
        yield Item(handle="steps", title="one example, to be replaced by your own")
    if found:
        yield Item(
            handle="look at",
            title=f"{counted(len(found), 'warning')}, the first: {found[0].message}",
            details=(f"nextstep check {path}",),
        )
    yield Item(handle="see it", title=f"nextstep show {new.id}")

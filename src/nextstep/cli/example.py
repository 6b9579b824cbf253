"""`nextstep init --example`: an invented company to look at, with a history of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping

from nextstep.changes.example.files import example_files
from nextstep.changes.example.history import LAST_DAY, example_history, example_settings
from nextstep.cli import invocation
from nextstep.cli.session import working_folder
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import read_tree
from nextstep.files.ledger import load_ledger
from nextstep.files.writing import create
from nextstep.render.example_words import Planted, Told
from nextstep.repo.git import find_git
from nextstep.repo.invented import plant
from nextstep.repo.place import place_of

_READER = "dev"
"""The person of the example for whom the pages of this project are written."""


def plant_example(directory: str | None, *, holidays: str | None, no_git: bool) -> Planted:
    """Write the example into an empty folder, with its history where there is git.

    Raises NextstepError where the folder is not empty or cannot be written to, or the example is
    asked for with the holidays of a place.
    """
    if holidays is not None:
        raise NextstepError(
            "the example has its own closed days", "leave out --holidays, or leave out --example"
        )
    root = _empty_folder(directory)
    files = example_files()
    around = place_of(root).toplevel
    trouble = _no_git()
    person = example_settings(files).people[_READER]
    reader = (person.name or person.id, person.emails[0])
    told = None if no_git or trouble else _with_history(root, files, reader)
    if told is None:
        for path, data in files.items():
            create(root, path, data)
    ledger = load_ledger(read_tree(root), root=os.path.basename(root))
    return Planted(
        root=root,
        shown=_shown(root),
        today=LAST_DAY,
        processes=len(ledger.processes),
        commitments=len(ledger.commitments),
        runs=len(ledger.runs),
        reader=reader,
        told=told,
        git_trouble=trouble,
        around=None if told is None else around,
        elsewhere=os.environ.get("NEXTSTEP_DIR"),
    )


def _empty_folder(directory: str | None) -> str:
    """Return the folder, made where it is missing; NextstepError where there is something in it."""
    base = os.path.join(working_folder(), invocation.current().directory or "")
    root = os.path.realpath(os.path.join(base, directory or ""))
    shown = directory or root
    if os.path.lexists(root) and not os.path.isdir(root):
        raise NextstepError(f"`{shown}` is not a folder", "name one that is new or empty")
    if ".git" in root.split(os.sep):
        raise NextstepError(f"{root} is inside a git repository's own files", "name another folder")
    try:
        os.makedirs(root, exist_ok=True)
        full = os.listdir(root)
    except OSError as error:
        message = f"the folder {root} cannot be made: {error.strerror}"
        raise NextstepError(message, "name a folder that you may write to") from None
    if full:
        raise NextstepError(
            f"there is something in `{shown}`, and the example wants a folder of its own",
            "name one that is new or empty: nextstep init --example DIR",
        )
    return root


def _shown(root: str) -> str:
    """Return the folder as one would type it: from here where it is below, else whole."""
    inside = os.path.relpath(root, os.path.realpath(working_folder()))
    return root if inside.startswith("..") else inside


def _no_git() -> str:
    """Return why there can be no history, or nothing."""
    try:
        find_git(os.environ)
    except NextstepError as error:
        return error.message
    return ""


def _with_history(root: str, files: Mapping[str, bytes], reader: tuple[str, str]) -> Told:
    """Make the repository, and return what there is to say about it."""
    history = example_history(files)
    plant(root, history, reader, os.environ)
    return Told(
        commits=len(history),
        merges=sum(len(commit.parents) > 1 for commit in history),
        people=len({commit.author.email for commit in history}),
        first=history[0].committer.at.date(),
        last=history[-1].committer.at.date(),
    )

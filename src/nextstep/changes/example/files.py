"""Where the example ledger is: inside the package, or at the top of the project it is built from."""

from __future__ import annotations

import os
from collections.abc import Mapping

from nextstep.diagnostics.errors import NextstepError
from nextstep.repo.paths import FOLDERS, SETTINGS

_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_INSTALLED = os.path.join(_PACKAGE, "example")
_PROJECT = os.path.dirname(os.path.dirname(_PACKAGE))


def example_files() -> Mapping[str, bytes]:
    """Return every file of the example ledger, by its path, in order.

    Raises NextstepError where the package was installed without it.
    """
    for root in (_INSTALLED, _PROJECT):
        if os.path.isfile(os.path.join(root, SETTINGS)):
            return {path: _content(root, path) for path in sorted(_paths(root))}
    raise NextstepError(
        "this nextstep was installed without the example", "install it from a wheel or a checkout"
    )


def _paths(root: str) -> list[str]:
    found = [SETTINGS]
    for top in FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            inside = os.path.relpath(folder, root).replace(os.sep, "/")
            found += [f"{inside}/{name}" for name in names if not name.startswith(".")]
    return found


def _content(root: str, path: str) -> bytes:
    with open(os.path.join(root, path), "rb") as file:
        return file.read()

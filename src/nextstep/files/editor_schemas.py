"""The schemas as files in a ledger, and the line by which a file names the one it follows.

Editors with the YAML language server read that line, so that completion and hover texts work for
everybody who has the ledger, without settings and without a network.
"""

from __future__ import annotations

import json
import os

from nextstep.diagnostics.errors import NextstepError
from nextstep.files.json_schema import DRAFT, KINDS_OF_FILE, schema_text
from nextstep.files.writing import create, replace

SCHEMA_FOLDER = ".nextstep/schemas"
"""Where the schemas of a ledger are; no reader of records looks into it."""

PLACES = {
    "commitment": "commitments/**/*.yaml",
    "run": "commitments/**/*.yaml",
    "process": "processes/**/*.yaml",
    "settings": "nextstep.yaml",
}
"""Which files are of a kind, as editors say it."""

EITHER = "commitments"
"""The schema of a whole folder: each of its files is a commitment or a run."""


def schema_files() -> dict[str, str]:
    """Return the text of every schema by the name of its file."""
    either = {
        "$schema": DRAFT,
        "title": "nextstep commitment or run",
        "anyOf": [{"$ref": "commitment.json"}, {"$ref": "run.json"}],
    }
    texts = {f"{kind}.json": schema_text(kind) for kind in KINDS_OF_FILE}
    return texts | {f"{EITHER}.json": json.dumps(either, indent=2) + "\n"}


def write_schemas(root: str, folder: str = f"{SCHEMA_FOLDER}/") -> dict[str, str]:
    """Write the schemas into a folder below ``root``, which ends with ``/`` or is empty.

    Returns ``new``, ``changed`` or ``as it was`` by path. Raises NextstepError when one cannot be
    written.
    """
    done = {}
    for name, text in schema_files().items():
        path, data = f"{folder}{name}", text.encode()
        if create(root, path, data):
            done[path] = "new"
            continue
        before = _bytes(root, path)
        if before is None:
            raise NextstepError(f"{path} is not a plain file", "move it away, and try again")
        done[path] = "as it was" if before == data else "changed"
        if before != data:
            replace(root, path, data, before=before)
    return done


def has_schemas(root: str) -> bool:
    """Return whether a ledger holds its schemas."""
    return os.path.isdir(os.path.join(root, SCHEMA_FOLDER))


def outdated_schemas(root: str) -> tuple[str, ...]:
    """Return the schemas of a ledger that are missing, or those of another version."""
    texts = schema_files()
    paths = {name: f"{SCHEMA_FOLDER}/{name}" for name in texts}
    return tuple(
        paths[name] for name, text in texts.items() if _bytes(root, paths[name]) != text.encode()
    )


def modeline(path: str, kind: str) -> str:
    """Return the first line of a file at ``path`` in the ledger: where its schema is."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{SCHEMA_FOLDER}/{kind}.json\n"


def _bytes(root: str, path: str) -> bytes | None:
    place = os.path.join(root, path)
    if os.path.islink(place) or not os.path.isfile(place):
        return None
    try:
        with open(place, "rb") as file:
            return file.read()
    except OSError:
        return None

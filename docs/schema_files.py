"""The JSON Schemas of the kinds of file, for editors: what `nextstep schema --write` writes."""

from __future__ import annotations

from nextstep.files.editor_schemas import schema_files


def pages() -> dict[str, str]:
    """Return the schemas by file name."""
    return schema_files()

"""The JSON Schemas of the four kinds of file, for editors."""

from __future__ import annotations

import json

from nextstep.files.json_schema import KINDS_OF_FILE, json_schema


def pages() -> dict[str, str]:
    """Return the schemas by file name."""
    return {
        f"{kind}.json": json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"
        for kind in KINDS_OF_FILE
    }

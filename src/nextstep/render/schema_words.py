"""What `nextstep schema` says about the schemas, and what it did with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nextstep import __version__
from nextstep.files.editor_schemas import EITHER, PLACES, SCHEMA_FOLDER, modeline
from nextstep.files.json_schema import KINDS_OF_FILE
from nextstep.render.listing import Item, Remark
from nextstep.render.page import Page, Part, facts, line

_EXAMPLE = "processes/offer.yaml"


def schemas_page() -> Page:
    """Return the page that lists the schemas and says how an editor uses them."""
    kinds = [
        Item(handle=kind, title=record.about, details=(PLACES[kind],))
        for kind, record in KINDS_OF_FILE.items()
    ]
    return Page(
        head=("schema",),
        origin=(f"nextstep {__version__}",),
        title="JSON Schemas (draft-07) of the four kinds of file",
        lead=(line("An editor completes, explains and underlines by them while you write."),),
        blocks=(
            Part("KINDS", tuple(kinds)),
            Part(
                f"IN THE FIRST LINE OF A FILE, HERE {_EXAMPLE}",
                (line(modeline(_EXAMPLE, "process").strip()),),
            ),
            Part("OR IN THE SETTINGS OF AN EDITOR (VS Code, settings.json)", tuple(_settings())),
        ),
        foot=Remark(
            f"Put them into {SCHEMA_FOLDER} of your ledger, and commit them:",
            "nextstep schema --write",
        ),
    )


def _settings() -> Iterator[Item]:
    by_place = {place: kind for kind, place in PLACES.items()} | {PLACES["run"]: EITHER}
    yield line('"yaml.schemas": {')
    last = len(by_place)
    for number, (place, name) in enumerate(by_place.items(), 1):
        comma = "," if number < last else ""
        yield line(f'"{SCHEMA_FOLDER}/{name}.json": "{place}"{comma}')
    yield line("}")


def written_page(done: Mapping[str, str], folder: str, *, committed: bool) -> Page:
    """Return the page about the schemas that were written; ``done`` says what became of each.

    ``committed`` is true where they belong to a repository.
    """
    new = any(what != "as it was" for what in done.values())
    add = Remark("Nothing is committed yet:", f"git add {SCHEMA_FOLDER}")
    return Page(
        head=("schema",),
        origin=(folder,),
        title="The schemas are written" if new else "The schemas are there already",
        blocks=tuple(
            facts("FILES", [Item(handle=what, title=path) for path, what in done.items()])
        ),
        foot=add if committed and new else None,
    )

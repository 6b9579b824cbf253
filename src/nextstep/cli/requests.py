"""A request for a run, as somebody hands it in: a small file of names and values."""

from __future__ import annotations

from msgspec import Struct

from nextstep.diagnostics.diagnostic import Severity
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.splice_tree import tree_of
from nextstep.files.syntax import Document, parse
from nextstep.model.source import Source

_LARGEST = 64 * 1024
_OF_YAML = ('"', "'", "[", "{", "|", ">")
_FORM = "write lines such as `for: Globex`, `requested_by: lena`, `tier: gold`"


class Request(Struct, frozen=True, kw_only=True):
    """What a request says: whatever is not named here is an input, as ``name=value``."""

    process: str | None = None
    for_: str | None = None
    requested_by: str | None = None
    inputs: tuple[str, ...] = ()


def read_request(path: str) -> Request:
    """Return what a request says: YAML, or a name and a value on each line.

    Raises NextstepError where it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise NextstepError(
            f"{path} cannot be read: {error.strerror}", "look at the path"
        ) from None
    if len(data) > _LARGEST:
        raise NextstepError(f"{path} is too long for a request", _FORM)
    said = _said(path, data)
    inputs = said.pop("inputs", {})
    if not isinstance(inputs, dict):
        raise NextstepError(f"{path}: `inputs` has no names", "write inputs: {tier: gold}")
    told = {**said, **inputs}
    for name, value in told.items():
        if not isinstance(value, str):
            raise NextstepError(f"{path}: `{name}` has more than one value", _FORM)
    known = {name: str(told.pop(name, "")) for name in ("process", "for", "requested_by")}
    return Request(
        process=known["process"] or None,
        for_=known["for"] or None,
        requested_by=known["requested_by"] or None,
        inputs=tuple(f"{name}={value}" for name, value in told.items()),
    )


def _said(path: str, data: bytes) -> dict[str, object]:
    document = parse(Source(path, data))
    if document.root is not None:
        found: dict[str, object] = tree_of(document.root)
        return found
    try:
        lines = [line.strip() for line in data.decode("utf-8-sig").splitlines()]
    except UnicodeDecodeError:
        raise NextstepError(f"{path} is not UTF-8", "save it as UTF-8") from None
    pairs = [line.partition(":") for line in lines if line and not line.startswith("#")]
    for name, sign, _ in pairs:
        if not sign or not name.strip():
            raise NextstepError(f"{path}: `{name}` has no value", _FORM)
    said: dict[str, object] = {}
    for name, value in ((name.strip(), value.strip()) for name, _, value in pairs):
        if name in said:
            raise NextstepError(f"{path}: `{name}` is said twice", "leave one of them out")
        if name.startswith(_OF_YAML) or value.startswith(_OF_YAML):
            raise _not_yaml(path, document)
        said[name] = value
    return said


def _not_yaml(path: str, document: Document) -> NextstepError:
    """Return what is wrong in a request that is meant as YAML, such as one with quotes."""
    for found in (one for one in document.findings if one.severity is Severity.ERROR):
        line = f":{found.span.line}" if found.span else ""
        return NextstepError(f"{path}{line}: {found.message}", found.hint)
    return NextstepError(f"{path} cannot be read", _FORM)

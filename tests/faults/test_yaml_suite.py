"""The cases by which YAML's own authors measure parsers: each is refused, or read as they say.

`NEXTSTEP_YAML_SUITE` names a checkout of the branch `data` of github.com/yaml/yaml-test-suite.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.diagnostics.diagnostic import Severity
from nextstep.files.load import load
from nextstep.files.syntax import parse
from nextstep.model.source import Source

pytestmark = pytest.mark.outside

LENIENT = {
    "9C9N": "brackets that go on at the left margin",
    "DK95/01": "a tab before the second line of a text in quotes",
    "QB6E": "a text in quotes that goes on at the left margin",
    "S98Z": "a first empty line indented further than the text",
    "SU5Z": "a comment at once after quotes",
    "X4QW": "a comment at once after the sign of a block",
}
"""What the authors refuse and libyaml reads, without another meaning."""
OTHERWISE = {"L24T/01": "a last line of blanks, without its end, in a block"}
"""What libyaml reads with another number of blanks at the end."""

_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\b": "\b", "\\\\": "\\"}


@pytest.fixture(scope="module")
def suite() -> dict[str, Path]:
    place = os.environ.get("NEXTSTEP_YAML_SUITE")
    if not place:
        pytest.skip("NEXTSTEP_YAML_SUITE is not set: the cases of YAML's authors are not here")
    root = Path(place)
    return {
        path.parent.relative_to(root).as_posix(): path.parent
        for path in sorted(root.rglob("in.yaml"))
        if path.relative_to(root).parts[0] not in {"name", "tags"}
    }


def values(node: Node) -> list[str]:
    if isinstance(node, ScalarNode):
        return [node.value]
    parts = node.value
    if isinstance(node, MappingNode):
        parts = [part for pair in node.value for part in pair]
    return [value for part in parts for value in values(part)]


def said(events: str) -> list[str]:
    """Return the scalars of a list of events, one a line: `=VAL :text`."""
    found = re.findall(r"^=VAL (?:[&<]\S+ )*[:'\"|>](.*)$", events, re.MULTILINE)
    return [re.sub(r"\\.", lambda sign: _ESCAPES[sign[0]], text) for text in found]


def test_every_case_is_refused_or_read_as_its_authors_say(suite: dict[str, Path]) -> None:
    assert len(suite) > 400
    lenient, otherwise, read = set(), set(), 0
    for name, folder in suite.items():
        source = Source("commitments/x.yaml", (folder / "in.yaml").read_bytes())
        document = parse(source)
        loaded = load(source)
        errors = [one for one in loaded.findings if one.severity is Severity.ERROR]
        assert (document.root is None) <= bool(errors)
        assert all(one.span is not None and one.hint for one in loaded.findings)
        if document.root is None:
            continue
        read += 1
        if (folder / "error").exists():
            lenient.add(name)
        elif values(document.root) != said((folder / "test.event").read_text()):
            otherwise.add(name)
    assert lenient == LENIENT.keys()
    assert otherwise == OTHERWISE.keys()
    assert read > 60

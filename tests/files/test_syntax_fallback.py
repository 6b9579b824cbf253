"""Without libyaml the reader uses ruamel's parser, and nobody can tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yaml.error import YAMLError
from yaml.nodes import Node

from nextstep.files import ruamel_nodes
from nextstep.files.syntax import parse
from nextstep.files.syntax_parser import HAS_LIBYAML
from nextstep.model.source import Source
from tests.files.test_syntax_mistakes import CUT, MISTAKES

EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "60"))

GOOD = b"""\
what: Send Globex the usage report
who: dev
with: [lena, "sam"]
due: 2026-11-20
log:
  - {at: 2026-11-12T15:10Z, by: dev, event: agreed, how: call}
  - at: 2026-11-17T09:02Z
    text: |
      two
      lines
"""
PIECES = [
    *"[]{},:-?&*!|>'\"%@`#~<= \t\n\r\\\0\x1b\x85\u2028\u200b\u202e\ufeffaé😀",
    *(
        ": ",
        " #",
        " #1",
        "- ",
        "? ",
        "\n  ",
        "\r\n",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "a: b",
    ),
    *("<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "!!int ", "|\n  ", '"\\e"', "{a: b, c}", "x: y\n"),
]

ACCEPTED = [
    "a:",
    "a: ",
    "a:\n",
    "a:  # c\nb: c\n",
    "a: b",
    "a: b # c",
    "a:\n    b: |\n      x\n  ",
    "a:\n    b: x\n  ",
    "a: b c\n  d\n",
    "a: {b: }",
    "a: {b:\n c}",
    "a: {b: ,c: d}",
    'a: {b : c, "d":e}',
    "a: [b: , c]",
    "a: [b, c,]\n",
    "a: [b,\n  c]",
    "a: []",
    "a:\n- \n- b",
    "a:\n-\n# c\n-",
    "a:\n  -\n  - b: c\n    d:\n",
    "? a\n: b",
    "? a",
    "a: |\n  x",
    "a: |\n  x\n\n\nb: c",
    "a: |+\n  x\n\n",
    "a: |2\n   x\n",
    "a: >-\n  x\n  y\n\n",
    "a: 'x\n  y'",
    'a: "x\\\n   y \\u00e9"',
    "---\na: b\n\n# end\n",
    "--- {a: b}",
    "a:\n  b: c\n\n# x\nd: e",
    "a: -1\nb: ?c\nd: e:f\n",
    "a:\r\n  b: c\r\n",
    "a: b\rc: d\r",
    "äö: ü 😀\nb:\n",
]


def tree(node: Node) -> object:
    """Return everything that a node says, for comparing."""
    places = [
        (mark and mark.index, mark and mark.line, mark and mark.column)
        for mark in (node.start_mark, node.end_mark)
    ]
    style = getattr(node, "style", None) or None, bool(getattr(node, "flow_style", None))
    return type(node).__name__, node.tag, style, places, parts(node.value)


def parts(value: object) -> object:
    """Return the value of a node, with nodes in it as `tree` has them."""
    if isinstance(value, Node):
        return tree(value)
    return [parts(part) for part in value] if isinstance(value, list | tuple) else value


def compared(text: str) -> bool:
    """Compare both parsers on a text that is accepted; return whether it was."""
    root = parse(Source("x.yaml", text.encode())).root
    if root is None:
        return False
    try:
        other = ruamel_nodes.compose(text.removeprefix("\ufeff").encode())
    except YAMLError:  # it is stricter with tabs and with blank lines that begin a block
        return False
    assert other is not None
    assert tree(other) == tree(root)
    return True


@pytest.mark.parametrize("text", [*ACCEPTED, GOOD.decode()])
def test_both_parsers_make_equal_nodes(text: str) -> None:
    assert HAS_LIBYAML
    assert compared(text)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 3),
    st.sampled_from([piece for piece in PIECES if "\t" not in piece]),
)
def test_both_parsers_make_equal_nodes_of_any_accepted_text(at: int, gone: int, piece: str) -> None:
    compared(GOOD[:at].decode() + piece + GOOD[at + gone :].decode())


def test_the_fallback_refuses_what_has_two_documents() -> None:
    with pytest.raises(YAMLError):
        ruamel_nodes.compose(b"a: b\n---\nc: d\n")


WITHOUT_LIBYAML = """
import json, sys
sys.modules["yaml._yaml"] = None
from nextstep.files.syntax import parse
from nextstep.files.syntax_parser import HAS_LIBYAML
from nextstep.model.source import Source
assert not HAS_LIBYAML
def found(text):
    return [(f.code, f.span.line) for f in parse(Source("x.yaml", text.encode())).findings]
print(json.dumps([found(text) for text in json.load(sys.stdin)]))
"""


def test_without_libyaml_the_same_findings_stand_in_the_same_lines() -> None:
    texts = [row[0] for row in [*MISTAKES, *CUT]] + [GOOD.decode(), "", "[" * 9999, "- " * 9999]
    texts += ["%YAML 1.3\n---\na: b\n", "a: !t b\n", "a: &a b\nc: *a\n", 'x: y\na: "\\U00110000"\n']
    # ruamel refuses a tab after unquoted text, which libyaml takes for a space.
    texts = [text for text in texts if "\t" not in text]
    child = subprocess.run(
        [sys.executable, "-c", WITHOUT_LIBYAML],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    there = dict(zip(texts, json.loads(child.stdout), strict=True))
    for text in texts:
        findings = parse(Source("x.yaml", text.encode())).findings
        here = [[found.code, found.span and found.span.line] for found in findings]
        assert there[text] == here, text

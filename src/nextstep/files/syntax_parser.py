"""The YAML library behind the reader: libyaml where PyYAML was built with it, else ruamel.

Only syntax is taken from it. No constructor is reached from here, and every node carries the same
tag, so that a scalar is the text that was written and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import is_

from yaml.events import Event
from yaml.nodes import Node

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

TAG = "text"

if HAS_LIBYAML:

    class _Composer(CParser):
        """The C parser with a resolver that does nothing: half of the time went there.

        The parser calls the three for each node, so they are the cheapest callables there are.
        """

        descend_resolver = staticmethod(is_)
        ascend_resolver = staticmethod(tuple)
        resolve = staticmethod(lambda _kind, _value, _implicit: TAG)

    def compose(data: bytes) -> Node | None:
        """Return the root node of UTF-8 bytes without a byte order mark, None without content.

        Composing recurses in C once for each level: the depth must have been bounded before.
        Raises yaml.YAMLError.
        """
        root: Node | None = _Composer(data).get_single_node()
        return root

    def read_events(data: bytes) -> Iterator[Event]:
        """Yield the parser's events one by one; nothing is kept, nothing recurses.

        Raises yaml.YAMLError.
        """
        parser = CParser(data)
        while (event := parser.get_event()) is not None:
            yield event

else:
    from nextstep.files.ruamel_nodes import compose, read_events

__all__ = ["HAS_LIBYAML", "TAG", "compose", "read_events"]

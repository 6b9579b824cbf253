"""How much a file may hold, and whether its nodes are surely what is accepted."""

from __future__ import annotations

from unicodedata import normalize

from yaml.nodes import MappingNode, Node, ScalarNode

from nextstep.repo.paths import LARGEST_FILE

MAX_BYTES = LARGEST_FILE  # more was not read: what there is of a longer file is no file
MAX_DEPTH = 12
MAX_NODES = 20_000
_LONG_KEY = 60  # a name longer than this comes once, and is not worth keeping


def is_strict(root: Node) -> bool:
    """Whether a tree is surely within the subset: keys that are words, once each, not too deep.

    Where the answer is no, a closer look may still find nothing wrong.
    """
    level = [root]
    for _ in range(MAX_DEPTH):
        deeper: list[Node] = []
        for node in level:
            if node.__class__ is not MappingNode:
                deeper += [item for item in node.value if item.__class__ is not ScalarNode]
                continue
            names = set()
            for key, value in node.value:
                if key.__class__ is not ScalarNode:
                    return False
                names.add(_FOLDED[key.value])
                if value.__class__ is not ScalarNode:
                    deeper.append(value)
                elif not value.value and node.flow_style:
                    return False
            if len(names) != len(node.value) or "" in names:
                return False
        if not deeper:
            return True
        level = deeper
    return False


def folded(key: str) -> str:
    """Return what two keys have in common that people take for the same one."""
    return normalize("NFC", normalize("NFC", key).casefold())


class _Folded(dict[str, str]):
    """Keys as they are compared; empty for one that needs a closer look."""

    def __missing__(self, key: str) -> str:
        name = "" if key in {"~", "<<"} else folded(key)
        if len(key) < _LONG_KEY:
            if len(self) > MAX_NODES:
                self.clear()
            self[key] = name
        return name


_FOLDED = _Folded()

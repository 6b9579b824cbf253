"""What the nodes of a file show: keys that are none, keys given twice, text that was cut."""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from nextstep.diagnostics.diagnostic import Diagnostic, Related
from nextstep.files import syntax_mistake_rules as mistakes
from nextstep.files import syntax_subset_rules as subset
from nextstep.files import syntax_text_rules as rules
from nextstep.files.nodes import span_of
from nextstep.files.syntax_characters import decoded_fault
from nextstep.files.syntax_events import merge_key_fault
from nextstep.files.syntax_limits import folded
from nextstep.files.syntax_places import START, excerpt, quoted
from nextstep.model.source import Source

_NOTHING = re.compile(r"(?:\s|#[^\r\n]*)*")
_CUTTING = re.compile(r"[ \t]+(#\w[^\r\n]*)")


def top_fault(source: Source, root: Node | None) -> Diagnostic:
    """Return why a file without a mapping at its top cannot be read."""
    bare = isinstance(root, ScalarNode) and not root.style
    if root is None or (not root.value and (bare or isinstance(root, MappingNode))):
        return rules.EMPTY.found(
            source.path,
            START,
            "the file is empty: it says nothing" if not source.data else "the file holds no fields",
            hint="write what is to be done: `what: ...`; or delete the file",
        )
    kind = "a text" if isinstance(root, ScalarNode) else "a list"
    return rules.NOT_A_MAPPING.found(
        source.path,
        span_of(root),
        f"the file holds {kind}, not fields with names",
        hint="write one file for each entry, with its fields at the top: `what: ...`"
        if kind == "a list"
        else "begin each field with its name and a colon: `what: ...`",
    )


def tree_faults(source: Source, text: str, root: MappingNode) -> Iterator[Diagnostic]:
    """Yield what is wrong with keys and with values that escapes made, in the order of the file."""
    escapes = "\\" in text
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MappingNode):
            yield from _key_faults(source, text, node)
            waiting += [part for pair in reversed(node.value) for part in reversed(pair)]
        elif isinstance(node, CollectionNode):
            waiting += reversed(node.value)
        elif escapes:
            fault = decoded_fault(source, node.value, span_of(node))
            if fault:
                yield fault


def _key_faults(source: Source, text: str, mapping: MappingNode) -> Iterator[Diagnostic]:
    seen: dict[str, Node] = {}
    previous: tuple[Node, Node] | None = None
    for key, value in mapping.value:
        if not isinstance(key, ScalarNode):
            yield subset.KEY_NOT_TEXT.found(
                source.path,
                span_of(key),
                "a list or a map stands where the name of a field belongs",
                hint="write one word before the colon; put quotes round it if it begins with a "
                "bracket",
            )
        elif not key.value or (key.value == "~" and not key.style):
            yield _empty_key(source, key)
        elif key.value == "<<" and not key.style:
            yield merge_key_fault(source, span_of(key))
        elif mapping.flow_style and (question := _question(source, text, key)):
            yield question
        elif mapping.flow_style and _is_bare(text, key, value):
            yield _comma(source, text, key, previous)
        elif (name := folded(key.value)) in seen:
            yield _duplicate(source, seen[name], key)
        else:
            seen[name] = key
        previous = (key, value)


def _question(source: Source, text: str, key: ScalarNode) -> Diagnostic | None:
    """Return what is wrong with a key in brackets that a question mark begins, as in `[?x]`.

    One parser takes the mark for a sign of its own and drops it, another for a part of the key.
    """
    start = key.start_mark.index
    if key.style or not (key.value[0] == "?" or text[start - 1] == "?"):
        return None
    word = f"?{key.value.removeprefix('?')}"
    return mistakes.UNQUOTED_START.found(
        source.path,
        span_of(key),
        f"`{excerpt(word)}` begins with `?`, which YAML keeps for itself",
        hint=f"put quotes round it: `{quoted(word)}`",
    )


def _empty_key(source: Source, key: ScalarNode) -> Diagnostic:
    return subset.EMPTY_KEY.found(
        source.path,
        span_of(key),
        "there is no name before this colon",
        hint="write the name of the field before the colon, or delete the line",
    )


def _duplicate(source: Source, first: Node, second: Node) -> Diagnostic:
    line = first.start_mark.line + 1
    if first.value == second.value:
        words = f"`{excerpt(second.value)}` is given twice; the first stands in line {line}"
    else:
        words = (
            f"`{excerpt(second.value)}` and `{excerpt(first.value)}` in line {line} are the same "
            "name, written in two ways"
        )
    return subset.DUPLICATE_KEY.found(
        source.path,
        span_of(second),
        words,
        hint="keep one of the two",
        related=(Related(source.path, span_of(first), "the first is here"),),
    )


def _is_bare(text: str, key: Node, value: Node) -> bool:
    """Whether no colon follows a key in braces, so that it has no value of its own."""
    if not isinstance(value, ScalarNode) or value.value or value.style:
        return False
    between = _NOTHING.match(text, key.end_mark.index)
    return not text.startswith(":", between.end() if between else key.end_mark.index)


def _comma(
    source: Source, text: str, key: ScalarNode, previous: tuple[Node, Node] | None
) -> Diagnostic:
    here = excerpt(key.value)
    if previous is None or not isinstance(previous[1], ScalarNode) or not previous[1].value:
        return mistakes.COMMA_MADE_KEY.found(
            source.path,
            span_of(key),
            f"`{here}` in braces has no value",
            hint=f"write `{here}: ...`, or a list in square brackets",
        )
    name, before = previous
    whole = text[before.start_mark.index : key.end_mark.index]
    if isinstance(before, ScalarNode) and before.style:
        whole = f"{before.value}, {key.value}"
    return mistakes.COMMA_MADE_KEY.found(
        source.path,
        span_of(key),
        f"the comma before `{here}` ended the text `{excerpt(before.value)}`",
        hint=f"put quotes round the whole text: `{name.value}: {quoted(whole)}`",
    )


def cut_sentences(source: Source, text: str, root: MappingNode) -> Iterator[Diagnostic]:
    """Yield a warning for each unquoted text that a number sign cut, as in `fix #12`."""
    if " #" not in text and "\t#" not in text:
        return
    waiting: list[Node] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MappingNode):
            waiting += [value for _, value in reversed(node.value)]
        elif isinstance(node, CollectionNode):
            waiting += reversed(node.value)
        elif isinstance(node, ScalarNode) and node.value and not node.style:
            match = _CUTTING.match(text, node.end_mark.index)
            if match:
                yield _cut(source, text, node, match)


def _cut(source: Source, text: str, node: Node, match: re.Match[str]) -> Diagnostic:
    span = span_of(node)
    column = span.end_column + match.start(1) - match.start()
    whole = text[node.start_mark.index : match.end()]
    place = type(span)(span.end_line, column, span.end_line, column + len(match.group(1)))
    return mistakes.CUT_BY_COMMENT.found(
        source.path,
        place,
        f"the text ends before `{excerpt(match.group(1))}`: what follows ` #` is a comment",
        hint=f"put quotes round the whole text: `{quoted(whole.rstrip())}`; for a comment, "
        "put a space after `#`",
    )

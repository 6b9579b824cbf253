"""The careful reading: every reason why a file is not accepted, each with its words and place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from yaml.nodes import MappingNode

from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files import syntax_text_rules as rules
from nextstep.files.syntax_characters import character_faults, decoding_fault
from nextstep.files.syntax_events import event_faults
from nextstep.files.syntax_limits import MAX_BYTES
from nextstep.files.syntax_lines import conflict_faults, line_end_findings
from nextstep.files.syntax_parser import compose
from nextstep.files.syntax_places import BYTE_ORDER_MARK, START
from nextstep.files.syntax_tree import cut_sentences, top_fault, tree_faults
from nextstep.model.source import Source

_MOST = 20


def read_with_care(source: Source) -> tuple[MappingNode | None, tuple[Diagnostic, ...]]:
    """Return the root of a file and warnings, or None and what is wrong, at most 20 findings."""
    faults = _first(_faults_of_bytes(source))
    if faults:
        return None, faults
    data = source.data.removeprefix(BYTE_ORDER_MARK)
    text = data.decode()
    warnings = line_end_findings(source, text)
    faults = _first(event_faults(source, text))
    if faults:
        return None, faults
    root = compose(data)
    if not isinstance(root, MappingNode) or not root.value:
        return None, (top_fault(source, root),)
    faults = _first(tree_faults(source, text, root))
    if faults:
        return None, faults
    return root, (*warnings, *_first(cut_sentences(source, text, root)))


def _faults_of_bytes(source: Source) -> Iterator[Diagnostic]:
    if len(source.data) > MAX_BYTES:
        yield _too_large(source)
        return
    undecodable = decoding_fault(source)
    if undecodable:
        yield undecodable
        return
    text = source.data.removeprefix(BYTE_ORDER_MARK).decode()
    yield from character_faults(source, text)
    yield from conflict_faults(source, text)


def _too_large(source: Source) -> Diagnostic:
    return rules.TOO_LARGE.found(
        source.path,
        START,
        f"the file has {len(source.data):,} bytes; at most {MAX_BYTES:,} are read",
        hint="keep long documents in a file of their own, and name its path here",
    )


def _first(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(islice(findings, _MOST))

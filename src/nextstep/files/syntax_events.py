"""What the parser's events show and its nodes hide: anchors, tags, documents, depth, amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml import events as happens
from yaml.error import Mark, YAMLError

from nextstep.diagnostics.diagnostic import Diagnostic, Span
from nextstep.files import syntax_subset_rules as rules
from nextstep.files import syntax_text_rules as text_rules
from nextstep.files.syntax_limits import MAX_DEPTH, MAX_NODES
from nextstep.files.syntax_mends import mend_of, tabs
from nextstep.files.syntax_mistakes import verdict_on
from nextstep.files.syntax_parser import read_events
from nextstep.files.syntax_places import excerpt, quoted, span_between, split_lines
from nextstep.files.syntax_problem import mistake_of
from nextstep.model.source import Source

_TAB_INDENT = re.compile(r" *\t[ \t]*(?=[^\s#])")


def event_faults(source: Source, text: str) -> Iterator[Diagnostic]:
    """Yield what the parser's events refuse, in the order of the file; the last may be an error.

    Neither depth nor amount costs more than the allowed one: reading stops there.
    """
    within = set[int]()
    refused = 0
    try:
        for fault in _Reading(source, text, within).faults():
            refused = fault.span.line if fault.span else 0
            yield fault
    except YAMLError as error:
        unread = _unread(source, text, error)
        # A sign that is refused may also be why the parser stops a few words later.
        if unread.span and unread.span.line != refused:
            yield unread
        return
    yield from _tab_faults(source, text, within)


def _unread(source: Source, text: str, error: YAMLError) -> Diagnostic:
    """Return the finding for an error of the parser; its own words are shown nowhere."""
    mistake = mistake_of(text, error)
    verdict = verdict_on(mistake)
    rule, span, message, hint = verdict
    return rule.found(source.path, span, message, hint=hint, mend=mend_of(mistake, verdict))


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, source: Source, text: str, quoted_lines: set[int]) -> None:
        self.source = source
        self.text = text
        self.quoted_lines = quoted_lines
        self.depth = 0
        self.nodes = 0
        self.documents = 0

    def faults(self) -> Iterator[Diagnostic]:
        for event in read_events(self.text.encode()):
            if isinstance(event, happens.NodeEvent):
                self.nodes += 1
                yield from self._of_node(event)
                if self.nodes > MAX_NODES:
                    yield self._too_many(event)
                    return
            if isinstance(event, happens.CollectionStartEvent):
                self.depth += 1
                if self.depth > MAX_DEPTH:
                    yield self._too_deep(event)
                    return
            elif isinstance(event, happens.CollectionEndEvent):
                self.depth -= 1
            elif isinstance(event, happens.DocumentStartEvent | happens.DocumentEndEvent):
                fault = self._of_document(event)
                if fault:
                    yield fault
                    return

    def _of_node(self, event: happens.NodeEvent) -> Iterator[Diagnostic]:
        start = _start(event).index
        if isinstance(event, happens.AliasEvent):
            yield self._alias(event)
            return
        if event.anchor is not None:
            at = self.text.index("&", start)
            yield self._anchor(at, at + 1 + len(event.anchor))
        if isinstance(event, happens.ScalarEvent | happens.CollectionStartEvent) and event.tag:
            at = self.text.index("!", start)
            yield self._tag(at, at + _word_length(self.text, at))
        if not isinstance(event, happens.ScalarEvent):
            return
        if event.style:
            self.quoted_lines.update(range(_start(event).line + 1, _end(event).line + 1))
        if event.value == "<<" and not event.style and self._is_key(event):
            yield merge_key_fault(self.source, span_between(self.text, start, start + 2))

    def _is_key(self, event: happens.ScalarEvent) -> bool:
        end = _end(event).index
        return self.text[end : end + 20].lstrip(" \t").startswith(":")

    def _anchor(self, start: int, end: int) -> Diagnostic:
        name = self.text[start:end]
        return rules.ANCHOR.found(
            self.source.path,
            span_between(self.text, start, end),
            f"`{excerpt(name)}` is a YAML anchor, and every value has one place only",
            hint=f"if it is text, put quotes round it: {_in_quotes(self.text, start)}; if not, "
            "delete it and write the value out where it is needed",
        )

    def _alias(self, event: happens.AliasEvent) -> Diagnostic:
        start, end = _start(event).index, _end(event).index
        return rules.ALIAS.found(
            self.source.path,
            span_between(self.text, start, end),
            f"`{excerpt(self.text[start:end])}` is a YAML alias, and nothing is copied by reference",
            hint=f"if it is text, put quotes round it: {_in_quotes(self.text, start)}; if not, "
            "write the value out here",
        )

    def _tag(self, start: int, end: int) -> Diagnostic:
        name = excerpt(self.text[start:end])
        return rules.TAG.found(
            self.source.path,
            span_between(self.text, start, end),
            f"`{name}` is a YAML tag, and every value is read as text",
            hint=f"delete `{name}`, or put quotes round it if it is text",
        )

    def _of_document(
        self, event: happens.DocumentStartEvent | happens.DocumentEndEvent
    ) -> Diagnostic | None:
        start = _start(event)
        if isinstance(event, happens.DocumentEndEvent):
            if not event.explicit:
                return None
            return rules.SEVERAL_DOCUMENTS.found(
                self.source.path,
                Span(start.line + 1, 1, start.line + 1, 4),
                "`...` ends the document before the end of the file",
                hint="delete the line `...`",
            )
        if event.version or event.tags:
            return directive_fault(self.source, self.text)
        self.documents += 1
        if self.documents == 1:
            return None
        return rules.SEVERAL_DOCUMENTS.found(
            self.source.path,
            Span(start.line + 1, start.column + 1, start.line + 1, start.column + 4),
            "a second document begins here, and a file holds one record",
            hint="move what follows `---` into a file of its own",
        )

    def _too_deep(self, event: happens.CollectionStartEvent) -> Diagnostic:
        at = _start(event).index
        return rules.TOO_DEEP.found(
            self.source.path,
            span_between(self.text, at, at + 1),
            f"lists and maps stand {self.depth} deep in each other here; at most {MAX_DEPTH} do",
            hint="write it flatter: no field needs so many levels",
        )

    def _too_many(self, event: happens.Event) -> Diagnostic:
        at = _start(event).index
        return text_rules.TOO_MANY_VALUES.found(
            self.source.path,
            span_between(self.text, at, at + 1),
            f"the file holds more than {MAX_NODES:,} keys and values",
            hint="divide it into several files",
        )


def _start(event: Any) -> Mark:
    """Where an event begins. Its class allows for none, but a parser's events always have one."""
    mark: Mark = event.start_mark
    return mark


def _end(event: Any) -> Mark:
    mark: Mark = event.end_mark
    return mark


def merge_key_fault(source: Source, span: Span) -> Diagnostic:
    """Return the finding for a `<<` that is a key."""
    return rules.MERGE_KEY.found(
        source.path,
        span,
        "`<<` is a YAML merge key, and nothing is copied by reference",
        hint="write the fields out here",
    )


def directive_fault(source: Source, text: str) -> Diagnostic:
    """Return the finding for the first line of a text that begins with a percent sign."""
    lines = split_lines(text)
    number = next((n for n, line in enumerate(lines, 1) if line.startswith("%")), 1)
    line = lines[number - 1]
    return rules.DIRECTIVE.found(
        source.path,
        Span(number, 1, number, len(line) + 1),
        f"`{excerpt(line)}` is a YAML directive, and none has a meaning here",
        hint="delete the line",
    )


def _tab_faults(source: Source, text: str, within: set[int]) -> Iterator[Diagnostic]:
    if "\t" not in text:
        return
    mend = tabs(text)
    for number, line in enumerate(split_lines(text)):
        match = _TAB_INDENT.match(line)
        if match and number not in within:
            yield text_rules.TAB_INDENT.found(
                source.path,
                Span(number + 1, line.index("\t") + 1, number + 1, match.end() + 1),
                "a tab stands in the indentation of this line",
                hint="indent with spaces, two for each level",
                mend=mend,
            )


def _word_length(text: str, start: int) -> int:
    return len(re.split(r"[\s,\[\]{}]", text[start : start + 200], maxsplit=1)[0])


def _in_quotes(text: str, start: int) -> str:
    line = split_lines(text[start : start + 200])[0]
    value = re.split(r"\s+#|[,\]}]", line)[0].rstrip()
    return f"`{quoted(value)}`"

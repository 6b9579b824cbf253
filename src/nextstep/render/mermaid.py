"""The flow of a process as a Mermaid chart, which forges draw. No word of a file can act in it."""

from __future__ import annotations

from collections.abc import Iterator

from nextstep.render.safe_text import safe_text
from nextstep.reports.review_flow import ADDED, GONE, Flow, FlowStep

_ARROWS = {ADDED: "==>", GONE: "-.->"}
_WORDS = {ADDED: "new: ", GONE: "taken out: "}
_PLAIN = frozenset(" .,/_-")
_LONGEST_LABEL = 60
_STYLES = (
    f"  classDef {ADDED} stroke-width:4px",
    f"  classDef {GONE} stroke-dasharray:5 5",
)


def flow_chart(flow: Flow) -> str:
    """Return the lines of a chart; what is new is thick and says so, what is gone is dashed."""
    return "\n".join(_lines(flow)) + "\n"


def _lines(flow: Flow) -> Iterator[str]:
    names = {step.id: f"n{number}" for number, step in enumerate(flow.steps)}
    yield "flowchart TD"
    for step in flow.steps:
        style = f":::{step.mark}" if step.mark in _WORDS else ""
        yield f'  {names[step.id]}["{_label(step)}"]{style}'
    for way in flow.ways:
        yield f"  {names[way.first]} {_ARROWS.get(way.mark, '-->')} {names[way.then]}"
    if any(step.mark in _WORDS for step in flow.steps):
        yield from _STYLES


def _label(step: FlowStep) -> str:
    who = f"<br/>{_inert(', '.join(step.who))}" if step.who else ""
    return f"{_WORDS.get(step.mark, '')}{_inert(step.id)}{who}"


def _inert(text: str) -> str:
    """Return text in which all but letters, digits and a few signs is written by its number."""
    text = safe_text(text)
    if len(text) > _LONGEST_LABEL:
        text = f"{text[: _LONGEST_LABEL - 3]}..."
    return "".join(char if char.isalnum() or char in _PLAIN else f"#{ord(char)};" for char in text)

"""The steps of a run or process after they were read: what each has to say, and where it stands."""

from __future__ import annotations

from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep.files import field_rules as rules
from nextstep.files.nodes import says, text_of, value_of
from nextstep.files.reading import Reading
from nextstep.model.process import Step

STEPS = "steps"


def checked_steps(root: Node, steps: tuple[Step, ...], reading: Reading) -> tuple[Step, ...]:
    """Return the steps with their places, after noting what each of them has to say."""
    seen: dict[str, Node] = {}
    kept = []
    for step, (index, node) in zip(steps, _step_nodes(root, steps), strict=True):
        if not _is_id(step.id):
            reading.found(
                rules.WRONG_NAME,
                value_of(node, "id"),
                f"`{step.id[:80]}` has signs that an id does not take",
                "write it with a-z, 0-9 and -",
            )
        works = sum(work is not None for work in (step.do, step.approve, step.mark))
        if works != 1:
            reading.found(
                rules.STEP_WITHOUT_WORK,
                value_of(node, "id"),
                f"step `{step.id}` does not say exactly one of do, approve and mark",
                "keep one of them" if works else "add `do` with what is to be done",
            )
        if step.id in seen:
            reading.found(
                rules.EQUAL_STEP_IDS,
                value_of(node, "id"),
                f"another step has the id `{step.id}` already",
                "give one of them another id",
            )
            continue
        seen[step.id] = node
        _parts_once(step, node, reading)
        kept.append(replace(step, index=index))
    return tuple(kept)


def _parts_once(step: Step, node: Node, reading: Reading) -> None:
    """Note parts of a step that are named again: each would be the same `step/part`."""
    if len(set(step.each)) == len(step.each):
        return
    listed = value_of(node, "each").value
    for index, part in enumerate(listed):
        if any(part.value == earlier.value for earlier in listed[:index]):
            reading.found(
                rules.EQUAL_STEP_IDS,
                part,
                f"`{step.id}/{part.value[:80]}` is there already",
                "name each part once",
            )


def _step_nodes(root: Node, steps: tuple[Step, ...]) -> list[tuple[int, Node]]:
    """Return the node, with its place in the list, of each step that could be read."""
    by_id: dict[str, list[tuple[int, Node]]] = {}
    for index, node in enumerate(step_list(root)):
        name = value_of(node, "id") if isinstance(node, MappingNode) else node
        if name is not node and isinstance(name, ScalarNode):
            by_id.setdefault(text_of(name), []).append((index, node))
    return [by_id[step.id].pop(0) for step in steps]


def step_list(root: Node) -> list[Node]:
    """Return the node of every step, whether it could be read or not."""
    listed = next((value for key, value in root.value if key.value == STEPS), None)
    if listed is None:
        return []
    return listed.value if isinstance(listed, SequenceNode) else [listed]


def demand_of_step(step: Step, node: Node, reading: Reading) -> None:
    """Note what a step of a process has to say and does not."""
    if step.mark is not None and step.rule is None and not says(node, "due"):
        reading.found(
            rules.STEP_INCOMPLETE,
            value_of(node, "id"),
            f"mark `{step.id}` does not say due",
            "add it: a mark is over when its date has come, and without one that never is",
        )
    if step.do is None:
        return
    listed = step.handoff is not None and bool(step.handoff.must_include)
    lacking = [
        name
        for name, there in (
            ("who", bool(step.who)),
            ("due", step.rule is not None),
            ("done_when", step.done_when is not None or listed),
        )
        if not there
    ]
    lacking = [name for name in lacking if not says(node, name)]
    if lacking:
        reading.found(
            rules.STEP_INCOMPLETE,
            value_of(node, "id"),
            f"step `{step.id}` does not say {' and '.join(lacking)}",
            "add it; `due: none` says that there is no date on purpose",
        )


def _is_id(text: str) -> bool:
    allowed = "abcdefghijklmnopqrstuvwxyz0123456789-"
    return all(part and not part.strip(allowed) for part in text.split("/", 1))

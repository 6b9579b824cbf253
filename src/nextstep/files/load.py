"""From nodes to records: one function for each kind of file. Never raises on what a file says."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nextstep import __version__
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files import field_rules as rules
from nextstep.files.commitment_fields import COMMITMENT, WHAT
from nextstep.files.nodes import text_of
from nextstep.files.reading import Reading
from nextstep.files.records import read_fields, says, table_of
from nextstep.files.syntax import parse
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.people import Settings
from nextstep.model.process import Process, Step
from nextstep.model.source import Source

STEPS = "steps"
_FIRST_KEYS = 20


class Loaded(Struct, frozen=True):
    """What came of one file: its record if there is one, and everything found on the way.

    ``whole`` is false where an error lost something of the file.
    """

    record: Process | Commitment | Run | Settings | None
    findings: tuple[Diagnostic, ...]
    whole: bool


def load(source: Source) -> Loaded:
    """Load one file; its folder says which kind it is."""
    document = parse(source)
    if document.root is None:
        return Loaded(None, document.findings, whole=False)
    reading = Reading(source.path, document.findings)
    if source.path.startswith("commitments/"):
        record: Any = _commitment_or_run(source, document.root, reading)
    elif source.path.startswith("processes/"):
        record = _process(source, document.root, reading)
    else:
        record = _settings(source, document.root, reading)
    if not reading.findings:
        return Loaded(record, (), whole=True)
    return Loaded(record, reading.told(), whole=not reading.has_error)


def _commitment_or_run(source: Source, root: Node, reading: Reading) -> Commitment | Run | None:
    given = {key.value for key, value in root.value}
    if (WHAT in given) == (STEPS in given):
        _neither_kind(root, given, reading)
        return None
    if STEPS in given:
        return _run(source, root, reading)
    values = read_fields(COMMITMENT, table_of(COMMITMENT), root, reading)
    return None if values is None else Commitment(id=source.id, source=source, **values)


def _neither_kind(root: Node, given: set[str], reading: Reading) -> None:
    """Note that a file is not one of the two kinds, at the key that was probably to say which."""
    place = root.value[0][0]
    hint = "write `what` for a next step, or `steps` for a run, and not both"
    if WHAT in given:
        reading.found(rules.NEITHER_KIND, place, "this file has both `what` and `steps`", hint)
        return
    from nextstep.diagnostics.nearness import did_you_mean

    fields = table_of(COMMITMENT)
    for key, _ in root.value[:_FIRST_KEYS]:
        meant = did_you_mean(key.value, (WHAT, STEPS))
        if meant and key.value not in fields:
            place, hint = key, meant
            break
    reading.found(rules.NEITHER_KIND, place, "this file has neither `what` nor `steps`", hint)


def _run(source: Source, root: Node, reading: Reading) -> Run | None:
    from nextstep.files.run_fields import RUN

    values = read_fields(RUN, table_of(RUN), root, reading)
    if values is None:
        return None
    if "title" not in values:
        if "process" not in values:
            reading.missing(root, "title", "this run without a process", "Move to the new office")
        values["title"] = values.get("process", source.id)
    steps = _checked_steps(root, values["steps"], reading)
    return Run(id=source.id, source=source, **{**values, "steps": steps})


def _process(source: Source, root: Node, reading: Reading) -> Process | None:
    from nextstep.files.process_fields import PROCESS

    values = read_fields(PROCESS, table_of(PROCESS), root, reading, demand=False)
    if values is None:
        return None
    variant = "based_on" in values
    demanded = ("title", "owner", "reason") if variant else None
    for field in PROCESS.fields:
        wanted = field.name in demanded if demanded else field.required
        if wanted and values.get(field.target, ()) == ():
            reading.missing(root, field.name, "this process", field.example)
    steps = _checked_steps(root, values.get("steps", ()), reading)
    who = values.get("who", ())
    steps = tuple(replace(s, who=who) if not (s.who or s.mark) else s for s in steps)
    nodes = _step_list(root)
    for step in steps:
        _demand_of_step(step, nodes[step.index], reading)
    values["steps"] = steps
    values.setdefault("title", source.id)
    return Process(id=source.id, source=source, **values)


def _checked_steps(root: Node, steps: tuple[Step, ...], reading: Reading) -> tuple[Step, ...]:
    """Return the steps with their places, after noting what each of them has to say."""
    seen: dict[str, Node] = {}
    kept = []
    for step, (index, node) in zip(steps, _step_nodes(root, steps), strict=True):
        if not _is_id(step.id):
            reading.found(
                rules.WRONG_NAME,
                _value(node, "id"),
                f"`{step.id[:80]}` has signs that an id does not take",
                "write it with a-z, 0-9 and -",
            )
        works = sum(work is not None for work in (step.do, step.approve, step.mark))
        if works != 1:
            reading.found(
                rules.STEP_WITHOUT_WORK,
                _value(node, "id"),
                f"step `{step.id}` does not say exactly one of do, approve and mark",
                "keep one of them" if works else "add `do` with what is to be done",
            )
        if step.id in seen:
            reading.found(
                rules.EQUAL_STEP_IDS,
                _value(node, "id"),
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
    listed = _value(node, "each").value
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
    for index, node in enumerate(_step_list(root)):
        name = _value(node, "id") if isinstance(node, MappingNode) else node
        if name is not node and isinstance(name, ScalarNode):
            by_id.setdefault(text_of(name), []).append((index, node))
    return [by_id[step.id].pop(0) for step in steps]


def _step_list(root: Node) -> list[Node]:
    """Return the node of every step, whether it could be read or not."""
    listed = next((value for key, value in root.value if key.value == STEPS), None)
    if listed is None:
        return []
    return listed.value if isinstance(listed, SequenceNode) else [listed]


def _demand_of_step(step: Step, node: Node, reading: Reading) -> None:
    """Note what a step of a process has to say and does not."""
    if step.mark is not None and step.rule is None and not says(node, "due"):
        reading.found(
            rules.STEP_INCOMPLETE,
            _value(node, "id"),
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
            _value(node, "id"),
            f"step `{step.id}` does not say {' and '.join(lacking)}",
            "add it; `due: none` says that there is no date on purpose",
        )


def _value(node: Node, name: str) -> Node:
    return next((value for key, value in node.value if key.value == name), node)


def _is_id(text: str) -> bool:
    allowed = "abcdefghijklmnopqrstuvwxyz0123456789-"
    return all(part and not part.strip(allowed) for part in text.split("/", 1))


def _settings(source: Source, root: Node, reading: Reading) -> Settings | None:
    from nextstep.files.settings_fields import SETTINGS

    values = read_fields(SETTINGS, table_of(SETTINGS), root, reading)
    if values is None:
        return None
    from nextstep.files.versions import fits

    requires = values.get("requires")
    if requires is not None and not fits(__version__, requires):
        reading.found(
            rules.NEEDS_NEWER,
            _value(root, "requires"),
            f"this ledger is for nextstep {requires}, and this is {__version__}",
            f"install a version that fits: pip install 'nextstep-cli{requires}'",
        )
    zone = values.pop("timezone", None)
    if zone is not None and not _is_zone(zone):
        reading.found(
            rules.UNKNOWN_ZONE,
            _value(root, "timezone"),
            f"`{zone[:80]}` is not a time zone",
            "write its name, such as Europe/Berlin or UTC",
        )
        zone = None
    for id_, person in values.get("people", {}).items():
        if person.timezone is not None and not _is_zone(person.timezone):
            reading.found(
                rules.UNKNOWN_ZONE,
                _value(_value(_value(root, "people"), id_), "timezone"),
                f"`{person.timezone[:80]}` is not a time zone",
                "write its name, such as Europe/Berlin or UTC",
            )
    calendar = _calendar(values.pop("calendar", {}), zone)
    return Settings(source=source, calendar=calendar, **values)


def _calendar(said: dict[str, Any], zone: str | None) -> Calendar:
    holidays = said.get("holidays", {})
    known = ("from" in holidays and "to" in holidays) or None
    return Calendar(
        timezone=zone or "",
        workweek=said.get("workweek", Calendar().workweek),
        closed=frozenset(said.get("closed", ())),
        known=known and (holidays["from"], holidays["to"]),
    )


def _is_zone(name: str) -> bool:
    from nextstep.dates.zones import find_zone

    return find_zone(name) is not None

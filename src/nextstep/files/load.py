"""From nodes to records: one function for each kind of file. Never raises on what a file says."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from yaml.nodes import Node

from nextstep import __version__
from nextstep.diagnostics.diagnostic import Diagnostic
from nextstep.files import field_rules as rules
from nextstep.files.commitment_fields import COMMITMENT, WHAT
from nextstep.files.load_steps import STEPS, checked_steps, demand_of_step, step_list
from nextstep.files.nodes import value_of
from nextstep.files.reading import Reading
from nextstep.files.records import read_fields, table_of
from nextstep.files.syntax import parse
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.model.source import Source

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
    steps = checked_steps(root, values["steps"], reading)
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
    steps = checked_steps(root, values.get("steps", ()), reading)
    who = values.get("who", ())
    steps = tuple(replace(s, who=who) if not (s.who or s.mark) else s for s in steps)
    nodes = step_list(root)
    for step in steps:
        demand_of_step(step, nodes[step.index], reading)
    values["steps"] = steps
    values.setdefault("title", source.id)
    return Process(id=source.id, source=source, **values)


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
            value_of(root, "requires"),
            f"this ledger is for nextstep {requires}, and this is {__version__}",
            f"install a version that fits: pip install 'nextstep-cli{requires}'",
        )
    zone = values.pop("timezone", None)
    if zone is not None and not _is_zone(zone, value_of(root, "timezone"), reading):
        zone = None
    for id_, person in values.get("people", {}).items():
        if person.timezone is not None:
            node = value_of(value_of(root, "people"), id_)
            _is_zone(person.timezone, value_of(node, "timezone"), reading)
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


def _is_zone(name: str, node: Node, reading: Reading) -> bool:
    """Return whether a zone of that name is known; note it if it is not."""
    from nextstep.dates.zones import find_zone

    if find_zone(name) is not None:
        return True
    reading.found(
        rules.UNKNOWN_ZONE,
        node,
        f"`{name[:80]}` is not a time zone",
        "write its name, such as Europe/Berlin or UTC",
    )
    return False

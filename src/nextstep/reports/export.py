"""The tables of `nextstep export`."""

from __future__ import annotations

from collections.abc import Sequence

from nextstep.reports.export_commitments import COMMITMENTS
from nextstep.reports.export_events import EVENTS
from nextstep.reports.export_processes import PROCESSES
from nextstep.reports.export_runs import RUNS, STEPS
from nextstep.reports.export_trail import TRAIL

TABLES = {table.name: table for table in (COMMITMENTS, RUNS, STEPS, EVENTS, PROCESSES, TRAIL)}
"""Every table by its name, in the order of the help page."""


def names_of(folders: Sequence[str]) -> tuple[str, ...]:
    """Return a name for each folder: its last part, or as many as tell it from the others."""
    parts = [tuple(part for part in folder.split("/") if part) for folder in folders]
    return tuple(_name(one, parts) for one in parts)


def _name(one: tuple[str, ...], parts: list[tuple[str, ...]]) -> str:
    for size in range(1, len(one)):
        if sum(other[-size:] == one[-size:] for other in parts) == 1:
            return "/".join(one[-size:])
    return "/".join(one)

"""Everything in one working tree or commit, loaded."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.files.disk import Listing
from nextstep.files.load import load
from nextstep.model.calendar import Calendar
from nextstep.model.commitment import Commitment, Run
from nextstep.model.people import Settings
from nextstep.model.process import Process
from nextstep.model.source import Source

_MANY = 200


class Ledger(Struct, frozen=True, kw_only=True):
    """All of it: settings, processes, commitments and runs by id, and what was found on the way.

    ``root`` is the folder as people know it. ``sources`` are the files by path. ``faulty`` are the
    paths, sorted, of files that could not be read or lost something in being read: every listing
    shows them. ``revision`` is the commit that was read, or None for the working tree. ``beside`` are
    the names in files that were left out of the reading.
    """

    root: str
    settings: Settings
    processes: Mapping[str, Process]
    commitments: Mapping[str, Commitment]
    runs: Mapping[str, Run]
    sources: Mapping[str, Source]
    findings: tuple[Diagnostic, ...]
    faulty: tuple[str, ...]
    revision: str | None = None
    beside: frozenset[str] = frozenset()

    @property
    def calendar(self) -> Calendar:
        """Which days are worked, and in which zone days begin and end."""
        return self.settings.calendar

    @property
    def timezone(self) -> str:
        """The zone of the ledger."""
        return self.settings.calendar.timezone

    def in_zone(self, timezone: str) -> Ledger:
        """Return the ledger with its days in another zone."""
        calendar = replace(self.settings.calendar, timezone=timezone)
        return replace(self, settings=replace(self.settings, calendar=calendar))


def load_ledger(
    listing: Listing,
    *,
    root: str,
    timezone: str = "UTC",
    revision: str | None = None,
    beside: frozenset[str] = frozenset(),
) -> Ledger:
    """Load every file of a listing. A broken file never hides a good one.

    ``timezone`` is the zone for a ledger whose settings name none; ``beside`` are the names in files
    that the listing leaves out.
    """
    settings = Settings()
    processes: dict[str, Process] = {}
    commitments: dict[str, Commitment] = {}
    runs: dict[str, Run] = {}
    findings = list(listing.findings)
    faulty = {found.path for found in findings if found.severity is Severity.ERROR}
    short_way = _short_way(listing)
    for source in sorted(listing.sources, key=_path):
        if short_way is not None and (known := short_way(source)) is not None:
            commitments.setdefault(known.id, known)
            continue
        loaded = load(source)
        if loaded.findings:
            findings.extend(loaded.findings)
        if not loaded.whole:
            faulty.add(source.path)
        record = loaded.record
        if isinstance(record, Commitment):
            commitments.setdefault(record.id, record)
        elif isinstance(record, Run):
            runs.setdefault(record.id, record)
        elif isinstance(record, Process):
            processes.setdefault(record.id, record)
        elif record is not None:
            settings = record
    findings.sort(key=lambda found: found.sort_key)
    return Ledger(
        root=root,
        settings=_in_zone(settings, timezone),
        processes=_with_variants(processes),
        commitments=commitments,
        runs=runs,
        sources={source.path: source for source in listing.sources},
        findings=tuple(findings),
        faulty=tuple(sorted(faulty)),
        revision=revision,
        beside=beside,
    )


def _short_way(listing: Listing) -> Callable[[Source], Commitment | None] | None:
    """Return what reads usual commitments quickly, once there are so many that it pays."""
    if len(listing.sources) < _MANY:
        return None
    from nextstep.files.short_files import ShortFiles

    return ShortFiles().commitment


def _path(source: Source) -> str:
    return source.path


def _in_zone(settings: Settings, timezone: str) -> Settings:
    if settings.calendar.timezone and settings.source is not None:
        return settings
    return replace(settings, calendar=replace(settings.calendar, timezone=timezone))


def _with_variants(processes: dict[str, Process]) -> dict[str, Process]:
    if not any(process.based_on for process in processes.values()):
        return processes
    from nextstep.files.variants import resolved

    return resolved(processes)

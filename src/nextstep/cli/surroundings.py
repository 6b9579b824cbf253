"""Looks at everything that surrounds the program, and at nothing that it could change."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from nextstep import __version__
from nextstep.cli.machine_zone import machine_zone
from nextstep.cli.output import is_terminal, speaks_unicode, width
from nextstep.cli.session import decide_now, find_place
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.closed_days import stated_place
from nextstep.files.disk import Listing, read_tree
from nextstep.files.editor_schemas import has_schemas, outdated_schemas
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.source import Source
from nextstep.repo.attributes import merge_rules
from nextstep.repo.committing import locks_of
from nextstep.repo.git import find_git, git_version, start
from nextstep.repo.hazards import hazards
from nextstep.repo.identity import who
from nextstep.repo.leftovers import leftovers, sweep
from nextstep.repo.paths import SETTINGS
from nextstep.repo.place import Place, place_of
from nextstep.repo.rescue import kept, state_folder
from nextstep.repo.state import Repository, ask
from nextstep.repo.uncommitted import unfinished
from nextstep.reports.surroundings import GitFacts, Surroundings

_SECONDS = 10.0
_DAY = timedelta(days=1)
_VARIABLES = (
    "NEXTSTEP_DIR GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY "
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR GIT_NAMESPACE GIT_CEILING_DIRECTORIES"
).split()


def look_round(today: str | None, *, clean: bool = False) -> Surroundings:
    """Gather what `nextstep doctor` judges; with ``clean``, remove what a crash left first.

    Raises NextstepError for a ``today`` that is no day.
    """
    environ = dict(os.environ)
    place, no_ledger = _place()
    clock = datetime.now(UTC)
    has_files = place is not None and not place.bare
    swept = sweep(place.root, (clock - _DAY).timestamp()) if clean and place and has_files else ()
    listing = _listing(place, environ)
    ledger = load_ledger(listing, root=place.root, timezone="") if place and listing else None
    zone, zone_from, no_zone = _zone(ledger, environ)
    said = today or environ.get("NEXTSTEP_TODAY")
    settings = _settings(listing)
    git = _git(place, ledger, environ)
    git_dir = git.repository.git_dir if git.repository else None
    return Surroundings(
        nextstep=__version__,
        python=platform.python_version(),
        fast_yaml=_has_libyaml(),
        place=place,
        ledger=ledger.in_zone(zone) if ledger else None,
        no_ledger=no_ledger,
        no_zone=no_zone,
        zone_from=zone_from,
        holidays=stated_place(settings) if settings else {},
        git=git,
        now=decide_now(said, zone),
        clock=clock,
        told_by=None if not said else "--today" if today else "NEXTSTEP_TODAY",
        leftovers=leftovers(place.root, place.toplevel) if place and has_files else None,
        kept=kept(git_dir, state_folder=state_folder()),
        swept=swept,
        stale_schemas=_stale_schemas(place),
        variables={name: environ[name] for name in _VARIABLES if environ.get(name)},
        encoding=(getattr(sys.stdout, "encoding", None) or "ascii").lower(),
        unicode=speaks_unicode(),
        terminal=is_terminal(),
        columns=width(),
    )


def _place() -> tuple[Place | None, tuple[str, str] | None]:
    try:
        return find_place(), None
    except NextstepError as error:
        return None, (error.message, error.hint)


def _listing(place: Place | None, environ: Mapping[str, str]) -> Listing | None:
    """Return the files of the ledger; None where there is none, or it cannot be read."""
    if place is None:
        return None
    try:
        if not place.bare:
            return read_tree(place.root)
        from nextstep.dates.zones import zone_of
        from nextstep.files.committed import listing_of
        from nextstep.repo.trees import read_revision

        return listing_of(read_revision(place, "HEAD", zone=zone_of("UTC"), environ=environ))
    except (OSError, NextstepError):
        return None


def _stale_schemas(place: Place | None) -> tuple[str, ...] | None:
    """Return the schemas of another version; None where the ledger holds none."""
    if place is None or place.bare or not has_schemas(place.root):
        return None
    return outdated_schemas(place.root)


def _settings(listing: Listing | None) -> Source | None:
    sources = listing.sources if listing else ()
    return next((source for source in sources if source.path == SETTINGS), None)


def _zone(
    ledger: Ledger | None, environ: Mapping[str, str]
) -> tuple[str, str, tuple[str, str] | None]:
    """Return the zone, where it comes from, and what is wrong with it."""
    if ledger and ledger.timezone:
        return ledger.timezone, SETTINGS, None
    try:
        return machine_zone(environ), "TZ" if environ.get("TZ") else "this machine", None
    except NextstepError as error:
        return "UTC", "TZ", (error.message, error.hint)


def _has_libyaml() -> bool:
    from importlib.util import find_spec

    return find_spec("yaml._yaml") is not None


def _git(place: Place | None, ledger: Ledger | None, environ: Mapping[str, str]) -> GitFacts:
    """Return what git tells; what it does not answer is left out."""
    try:
        program = find_git(environ)
    except NextstepError:
        return GitFacts()
    try:
        version = git_version(environ)
    except (NextstepError, OSError):
        return GitFacts(program=program)
    here = place or place_of(os.getcwd())
    if place is None:
        return GitFacts(program=program, version=version, identity=who(here, environ))
    facts = ask(place, environ).facts()
    repository = facts.repository
    if repository is None:
        return GitFacts(
            program=program, version=version, trouble=facts.reason, identity=facts.identity
        )
    last_commit, last_committer = _last_commit(place, repository, environ)
    return GitFacts(
        program=program,
        version=version,
        repository=repository,
        submodule=_is_submodule(place, repository),
        partial=_is_partial(place, environ),
        last_commit=last_commit,
        last_committer=last_committer,
        hazards=hazards(place, repository, environ),
        merges=merge_rules(place, _paths(ledger), repository.git_dir),
        unfinished=unfinished(repository.git_dir),
        locks=tuple(path for path in locks_of(repository) if os.path.lexists(path)),
        identity=facts.identity,
    )


def _paths(ledger: Ledger | None) -> list[str]:
    """Return the files that git may merge: those there are, and one of each kind to come."""
    usual = [SETTINGS, "processes/process.yaml", "commitments/2026/11/commitment.yaml"]
    return [*(ledger.sources if ledger else ()), *usual]


def _is_submodule(place: Place, repository: Repository) -> bool:
    link = os.path.join(place.toplevel or place.root, ".git")
    return os.path.isfile(link) and f"{os.sep}modules{os.sep}" in repository.git_dir


def _is_partial(place: Place, environ: Mapping[str, str]) -> bool:
    wanted = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$"
    answer = start(place, ["config", "-z", "--get-regexp", wanted], environ).finish(_SECONDS)
    return bool(answer.out)


def _last_commit(
    place: Place, repository: Repository, environ: Mapping[str, str]
) -> tuple[datetime | None, str]:
    """Return when HEAD was committed and by whom, as the commit says.

    The first is None where it says no time there is.
    """
    if repository.head is None:
        return None, ""
    answer = start(place, ["cat-file", "commit", repository.head], environ).finish(_SECONDS)
    header = answer.out.partition(b"\n\n")[0]
    line = next((one for one in header.split(b"\n") if one.startswith(b"committer ")), b"")
    name = line.removeprefix(b"committer ").partition(b" <")[0].decode("utf-8", "replace")
    seconds = line.rsplit(b" ", 2)[1:2]
    try:
        return datetime.fromtimestamp(int(seconds[0]), UTC), name
    except (IndexError, ValueError, OverflowError, OSError):
        return None, name

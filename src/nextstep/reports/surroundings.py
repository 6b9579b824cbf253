"""What surrounds the program: gathered once for `nextstep doctor`, judged by its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from nextstep.dates.now import Now
from nextstep.files.ledger import Ledger
from nextstep.repo.attributes import MergeRule
from nextstep.repo.hazards import Hazard
from nextstep.repo.identity import NOBODY, Identity
from nextstep.repo.leftovers import Leftovers
from nextstep.repo.place import Place
from nextstep.repo.rescue import Kept
from nextstep.repo.state import Repository


class GitFacts(Struct, frozen=True, kw_only=True):
    """Git, and the repository of the ledger. ``trouble`` says why there is no ``repository``.

    ``last_commit`` is when HEAD was committed, as the clock of its ``last_committer`` had it. ``submodule`` and
    ``partial`` are kinds of repositories, ``merges`` lines that set a merge driver for the ledger.
    ``unfinished`` is what is in progress, such as `a merge`; ``locks`` are git's lock files.
    """

    program: str | None = None
    version: tuple[int, ...] = ()
    repository: Repository | None = None
    trouble: str = ""
    submodule: bool = False
    partial: bool = False
    last_commit: datetime | None = None
    last_committer: str = ""
    hazards: tuple[Hazard, ...] = ()
    merges: tuple[MergeRule, ...] = ()
    unfinished: str | None = None
    locks: tuple[str, ...] = ()
    identity: Identity = NOBODY


class Surroundings(Struct, frozen=True, kw_only=True):
    """Everything that `nextstep doctor` judges.

    ``no_ledger`` and ``no_zone`` are (message, hint) of what stops every other command, or None.
    ``clock`` is what the machine says; ``now`` may be another day, ``told_by`` then says from
    where. ``stale_schemas`` are the paths of schemas that are not this version's, None where the
    ledger holds no schemas. ``variables`` are those of the environment that change what is read.
    ``encoding`` is that of standard output. ``kept`` are words that were typed and not recorded,
    ``swept`` the files that were just removed.
    """

    nextstep: str
    python: str
    fast_yaml: bool
    place: Place | None
    ledger: Ledger | None
    no_ledger: tuple[str, str] | None
    no_zone: tuple[str, str] | None
    zone_from: str
    holidays: Mapping[str, str]
    git: GitFacts
    now: Now
    clock: datetime
    told_by: str | None
    leftovers: Leftovers | None
    kept: tuple[Kept, ...] = ()
    swept: tuple[str, ...] = ()
    stale_schemas: tuple[str, ...] | None
    variables: Mapping[str, str]
    encoding: str
    unicode: bool
    terminal: bool
    columns: int

"""What every command begins with: the ledger, the moment, and who asks."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime

from msgspec import Struct
from msgspec.structs import replace

from nextstep.cli import invocation
from nextstep.cli.machine_zone import machine_zone
from nextstep.dates.days import parse_due
from nextstep.dates.now import Now, now_at, now_on
from nextstep.dates.problem import DateProblem
from nextstep.dates.zones import zone_of
from nextstep.diagnostics.errors import NextstepError
from nextstep.files.disk import Listing, read_settings, read_tree
from nextstep.files.ledger import Ledger, load_ledger
from nextstep.model.people import Person
from nextstep.repo.identity import Identity
from nextstep.repo.paths import SETTINGS
from nextstep.repo.place import Place, find_ledger, user_settings_folder
from nextstep.repo.state import Repository, ask


class Session(Struct, frozen=True, kw_only=True):
    """One command's view of the world.

    ``me`` is the person of the ledger whose address git would sign with, or None. ``commit`` is
    the id of the commit that was read or, for the working tree, of HEAD; ``repository`` is None
    outside one, and ``no_git`` then says why. ``as_of`` is the revision or day that was asked for. ``newcomers`` are people whom the ledger knows here,
    and its files only once something is recorded.
    """

    ledger: Ledger
    now: Now
    place: Place
    me: str | None
    commit: str | None
    repository: Repository | None
    no_git: str
    as_of: str | None = None
    newcomers: tuple[Person, ...] = ()
    newly_said: frozenset[str] = frozenset()


def open_session(
    *,
    today: str | None = None,
    as_of: str | None = None,
    place: Place | None = None,
    about: str | None = None,
    settings_only: bool = False,
) -> Session:
    """Find and read the ledger, or that of a place; decide what "now" is, look up who asks.

    ``about`` is what was typed for the one record that is asked about: of the other files no more
    than their names is read. With ``settings_only`` nothing else of a work tree is read: `again`
    does that later.
    Raises NextstepError when there is no ledger, or a date or revision cannot be understood.
    """
    environ = dict(os.environ)
    place = place or find_place()
    commit = None
    if as_of is not None or place.bare:
        listing, commit = _listing_as_of(place, "HEAD" if as_of is None else as_of, environ)
    else:
        listing = _listing_now(place, read_settings if settings_only else read_tree)
    names_people = any(source.path == SETTINGS for source in listing.sources)
    asked = ask(place, environ, identity=names_people)  # answers while the files are loaded
    listing, beside = _narrowed(listing, about)
    ledger = load_ledger(
        listing,
        root=os.path.basename(place.root),
        timezone="",
        revision=commit,
        beside=beside,
    )
    if not ledger.timezone:
        ledger = ledger.in_zone(machine_zone(environ))
    facts = asked.facts()
    head = facts.repository.head if facts.repository else None
    return Session(
        ledger=ledger,
        now=decide_now(today or environ.get("NEXTSTEP_TODAY"), ledger.timezone),
        place=place,
        me=_person_of(facts.identity, ledger),
        commit=commit or head,
        repository=facts.repository,
        no_git=facts.reason,
        as_of=as_of,
    )


def again(session: Session) -> Session:
    """Return the session with the files of its ledger read anew: somebody changed them meanwhile."""
    ledger = load_ledger(
        _listing_now(session.place), root=session.ledger.root, timezone=session.ledger.timezone
    )
    if not session.newcomers:
        return replace(session, ledger=ledger)
    from nextstep.changes.newcomers import joined, not_in

    people = not_in(ledger, session.newcomers)
    return replace(session, ledger=joined(ledger, people), newcomers=people)


def contents_now(session: Session) -> Callable[[str], str | None] | None:
    """Return what tells the blob of a file below the ledger, for what was approved.

    None where the ledger was read from a commit: the files of the work tree are not its files.
    """
    if session.ledger.revision is not None or not session.ledger.runs:
        return None
    from nextstep.files.contents import blobs_below

    form = session.repository.object_format if session.repository else "sha1"
    return blobs_below(session.place.root, form)


def find_place() -> Place:
    """Return where the ledger is: -C, NEXTSTEP_DIR, the folders above, the user's settings."""
    return find_ledger(
        working_folder(),
        directory=invocation.current().directory,
        settings_folder=user_settings_folder,
        environ=os.environ,
    )


def working_folder() -> str:
    """Return the folder we are in; NextstepError when it is gone."""
    try:
        return os.getcwd()
    except FileNotFoundError:
        message = "the folder you are in has been removed"
        raise NextstepError(message, "go to another one, or use -C DIR") from None


def typing_folder(place: Place) -> str:
    """Return the folder we are in, for what is to be typed there; the ledger's when it is gone."""
    try:
        return working_folder()
    except NextstepError:
        return place.root


def decide_now(said: str | None, timezone: str) -> Now:
    """Return the moment that was said, a day or an instant; else what the clock says."""
    if not said:
        return now_at(datetime.now(UTC), timezone)
    try:
        moment = parse_due(said)
    except DateProblem as problem:
        raise NextstepError(problem.message, problem.hint) from None
    if isinstance(moment, datetime):
        return now_at(moment, timezone)
    if isinstance(moment, date):
        return now_on(moment, timezone)
    message = f"`{said}` is not a day"
    raise NextstepError(message, "write --today 2026-11-23")


def _narrowed(listing: Listing, about: str | None) -> tuple[Listing, frozenset[str]]:
    """Return the files that are wanted, and the names in the others."""
    if about is None:
        return listing, frozenset()
    from nextstep.reports.excerpt import excerpt

    found = excerpt(listing, about)
    return found.listing, found.beside


def _listing_now(place: Place, read: Callable[[str], Listing] = read_tree) -> Listing:
    try:
        return read(place.root)
    except OSError as error:
        message = f"the folder {place.root} cannot be read: {error.strerror}"
        raise NextstepError(message, "give yourself the right to read it") from None


def _listing_as_of(place: Place, revision: str, environ: dict[str, str]) -> tuple[Listing, str]:
    """Return the files of a revision; a day ends in the zone that the ledger has now."""
    from nextstep.files.committed import listing_of
    from nextstep.repo.trees import read_revision

    zone = machine_zone(environ)
    if not place.bare:
        settings = _listing_now(place, read_settings)
        zone = load_ledger(settings, root="", timezone="").timezone or zone
    snapshot = read_revision(place, revision, zone=zone_of(zone), environ=environ)
    return listing_of(snapshot), snapshot.commit.id


def _person_of(identity: Identity, ledger: Ledger) -> str | None:
    """Return the person of the ledger who has this address, in whatever case it is written."""
    if not identity.email:
        return None
    email = identity.email.casefold()
    for person in ledger.settings.people.values():
        if any(email == known.casefold() for known in person.emails):
            return person.id
    return None

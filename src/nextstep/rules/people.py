"""Names of people: everybody who is named is somebody that `nextstep.yaml` knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from nextstep.dates.now import Now
from nextstep.diagnostics.diagnostic import Diagnostic, Severity
from nextstep.diagnostics.nearness import write_instead
from nextstep.diagnostics.rule import Example, Rule
from nextstep.files.ledger import Ledger
from nextstep.model.commitment import Commitment, Run
from nextstep.model.events import Event
from nextstep.model.people import Settings
from nextstep.model.process import RESERVED, Escalation, Process
from nextstep.model.source import Keys, Source
from nextstep.rules.doers import is_nobody
from nextstep.rules.own import own_steps, says
from nextstep.rules.place import found_at, name_mend

Mention = tuple[Keys, str]
"""Where a name stands, and the name."""

_PEOPLE = "people:\n  dev: {name: Dev Rao}\n  mia: {name: Mia Lund}\n"
_COMMITMENT = (
    "what: Send Globex the usage report\n\nwho: {who}\noutcome: They agree the credit\n\n"
    "due: 2026-11-27\n"
)

UNKNOWN_PERSON = Rule(
    code="NS201",
    name="unknown-person",
    severity=Severity.ERROR,
    what="A name stands for a person, and `people` in nextstep.yaml has nobody of that name.",
    why="A promise needs one person who can be asked. A mistyped name is asked of nobody: it is "
    "missing in that person's list, and no mail reaches them.",
    fix="Correct the name, or add the person under `people`; people outside get an `org`. Without "
    "`people` names are not checked.",
    bad=Example(
        {
            "nextstep.yaml": _PEOPLE,
            "commitments/2026/11/globex-usage-report-k3f9.yaml": _COMMITMENT.format(who="maria"),
        }
    ),
    good=Example(
        {
            "nextstep.yaml": _PEOPLE,
            "commitments/2026/11/globex-usage-report-k3f9.yaml": _COMMITMENT.format(who="mia"),
        }
    ),
)

_NAMED_IN_EVENTS = ("agreed_by", "recorded_by", "person")
_LISTS = ("with", "agreed_by")
_OFFERING = "offered"
_NAMING = frozenset({"offered", "moved", "changed", "trained"})
"""Events that name people beside who acted and who wrote it down."""


def check(ledger: Ledger, now: Now, before: Ledger | None) -> Iterable[Diagnostic]:
    """Yield a finding for every person named that nobody knows, once `people` exists."""
    del now, before
    settings = ledger.settings
    if not settings.people:
        return
    people = settings.people.keys() | RESERVED
    listed = _People(settings)
    with_roles = people | settings.roles.keys()
    for commitment in ledger.commitments.values():
        mentions = _in_commitment(commitment, people, with_roles)
        yield from _unknown(commitment.source, mentions, listed)
    for run in ledger.runs.values():
        known = with_roles | _roles_of(run)
        yield from _unknown(run.source, _in_run(run, people, known), listed)
    for process in ledger.processes.values():
        yield from _unknown(
            process.source, _in_process(ledger, process, people, with_roles), listed
        )
    if settings.source is not None:
        yield from _unknown(settings.source, _in_settings(settings, people), listed)


class _People:
    """Who is known, and by which other names: looked at only once somebody is not."""

    def __init__(self, settings: Settings) -> None:
        self.ids = settings.people.keys()
        self._settings = settings

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for person in self._settings.people.values():
            names = (person.id, f"@{person.id}", person.name or "", *person.emails)
            for name in {name.casefold() for name in names}:
                found[name] = (*found.get(name, ()), person.id)
        return found

    def named(self, name: str) -> tuple[str, ...]:
        """Return the ids of those whose id, name, address or mention it is."""
        return self._by_name.get(name.strip().casefold(), ())


def _unknown(source: Source, mentions: Iterable[Mention], people: _People) -> Iterator[Diagnostic]:
    for keys, name in mentions:
        yield found_at(
            UNKNOWN_PERSON,
            source,
            keys,
            f"`{name}` is nobody that `people` in nextstep.yaml knows",
            hint=_hint(keys, name, people),
            mend=name_mend(source, keys, name, _meant(keys, name, people)),
        )


def _hint(keys: Keys, name: str, people: _People) -> str:
    """Return what to write: the id of the person whose name, address or mention it is."""
    named = people.named(name)
    if named:
        return f"write `{named[0]}`"
    first, comma, _ = name.partition(",")
    if comma and keys[-1] in _LISTS:
        return f"write [{name.strip()}]"
    if comma:
        return f"name one person, such as `{first.strip()}`; `with` takes a list of the others"
    unknown = f"add `{name}` under `people`"
    if is_nobody(name, draft=False):
        unknown = "name the one person who is meant"
    return write_instead(name, people.ids, unknown)


def _meant(keys: Keys, name: str, people: _People) -> str | None:
    """Return who is certainly meant: somebody known, by another of their names.

    A name that is only like one may be somebody else's, and a promise would pass to the wrong one.
    """
    listed = [part.strip() for part in name.split(",")]
    if len(listed) > 1 and keys[-1] in _LISTS and people.ids >= set(listed):
        return f"[{', '.join(listed)}]"
    named = people.named(name)
    return named[0] if len(named) == 1 else None


def _in_commitment(
    commitment: Commitment, known: frozenset[str] | set[str], receivers: frozenset[str] | set[str]
) -> Iterator[Mention]:
    if commitment.who is not None and commitment.who not in known:
        yield ("who",), commitment.who
    if commitment.with_:
        yield from _listed(("with",), commitment.with_, known)
    if commitment.partner is not None and commitment.partner not in known:
        yield ("partner",), commitment.partner
    for event in commitment.log:
        if event.by not in known or (
            event.values and (event.event in _NAMING or "recorded_by" in event.values)
        ):
            yield from _in_event(event, known, receivers)


def _in_event(
    event: Event, people: frozenset[str] | set[str], receivers: frozenset[str] | set[str]
) -> Iterator[Mention]:
    place: Keys = ("log", event.index)
    if event.by not in people:
        yield (*place, "by"), event.by
    if event.event == _OFFERING:
        yield from _listed((*place, "to"), event.texts("to"), receivers)
    for field in _NAMED_IN_EVENTS:
        if field in event.values:
            yield from _listed((*place, field), event.texts(field), people)


def _in_run(run: Run, people: set[str], known: set[str]) -> Iterator[Mention]:
    yield from _named({"requested_by": run.requested_by}, people)
    yield from _named({"owner": run.owner, "deputy": run.deputy}, known)
    for role, person in run.people.items():
        if person not in people:
            yield ("people", role), person
    for step in run.steps:
        yield from _listed(("steps", step.index, "who"), step.who, known)
        if step.with_:
            yield from _listed(("steps", step.index, "with"), step.with_, known)
        yield from _told(("steps", step.index), step.escalate, known)
    yield from _told((), run.escalate, known)
    for event in run.log:
        yield from _in_event(event, people, known)


def _in_process(
    ledger: Ledger, process: Process, people: set[str], with_roles: set[str]
) -> Iterator[Mention]:
    known = with_roles | set(process.roles)
    for field in ("owner", "deputy"):
        if says(ledger, process, field):
            yield from _named({field: getattr(process, field)}, with_roles)
    if says(ledger, process, "escalate"):
        yield from _told((), process.escalate, known)
    for step in own_steps(ledger, process):
        yield from _told(("steps", step.index), step.escalate, known)
    for event in process.log:
        yield from _in_event(event, people, known)


def _told(place: Keys, rules: tuple[Escalation, ...], known: set[str]) -> Iterator[Mention]:
    for index, entry in enumerate(rules):
        yield from _listed((*place, "escalate", index, "tell"), entry.tell, known)


def _in_settings(settings: Settings, people: set[str]) -> Iterator[Mention]:
    yield from _named({"partner": settings.partner}, people)
    for person in settings.people.values():
        place: Keys = ("people", person.id)
        if person.partner is not None:
            yield from _listed((*place, "partner"), (person.partner,), people)
        for index, absence in enumerate(person.away):
            if absence.cover is not None:
                yield from _listed((*place, "away", index, "cover"), (absence.cover,), people)
    for role in settings.roles.values():
        yield from _listed(("roles", role.id, "people"), role.people, people)
        for index, relation in enumerate(role.works_with):
            if relation.person is not None:
                keys: Keys = ("roles", role.id, "works_with", index, "person")
                yield from _listed(keys, (relation.person,), people)


def _named(fields: dict[str, str | None], known: set[str]) -> Iterator[Mention]:
    for field, name in fields.items():
        if name is not None and name not in known:
            yield (field,), name


def _listed(
    keys: Keys, names: Sequence[str], known: frozenset[str] | set[str]
) -> Iterator[Mention]:
    for index, name in enumerate(names):
        if name not in known:
            yield (keys if len(names) == 1 else (*keys, index)), name


def _roles_of(run: Run) -> set[str]:
    roles = {role.partition("/")[0] for role in run.people} | run.people.keys()
    return roles | {step.role for step in run.steps if step.role is not None}


RULES = (UNKNOWN_PERSON,)

"""What is new between two versions of a record, as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import Struct

from nextstep.dates.zones import is_after
from nextstep.model.events import Event, EventValue, instant_text
from nextstep.model.time import DueWord
from nextstep.trail.beginnings import first_values
from nextstep.trail.claims import DUE, WHO, due_in, judged
from nextstep.trail.comparing import Difference, text_of
from nextstep.trail.contents import Delta, Version
from nextstep.trail.facts import Fact, Kind, Witness
from nextstep.trail.reverts import reverted
from nextstep.trail.told_lines import BACK, NEW, Told, apart

_BIRTHS = {"commitment": "agreed", "run": "started", "process": "written"}
_BEGINNINGS = ("agreed", "proposed")


class Scene(Struct, frozen=True, kw_only=True, gc=False):
    """What all facts of one passage have in common.

    ``author`` is the person who signed, None if the ledger does not know them, and ``name`` what
    they are called. ``dropped`` are the fields and events that a merge took back, and ``dropping``
    the same witness, who says so. ``kind`` is that of a file that holds no record. ``border``: what
    was there before is not known.
    """

    id: str
    kind: Kind
    path: str
    witness: Witness
    author: str | None
    name: str
    zone: str
    dropped: frozenset[str] = frozenset()
    dropping: Witness | None = None
    border: bool = False


def fact(  # noqa: PLR0913 - the first four make a fact, the others are rare
    scene: Scene,
    event: str,
    version: Version | None,
    values: Mapping[str, EventValue],
    *,
    step: str | None = None,
    logged: Event | None = None,
    dropped: bool = False,
    after_due: bool | None = None,
    reverts: tuple[str, ...] = (),
) -> Fact:
    """Return a fact that no line of a log tells: by the author, when they signed."""
    return Fact(
        id=scene.id,
        kind=scene.kind if version is None else version.kind,
        event=event,
        step=step,
        at=scene.witness.author.at,
        by=scene.name,
        recorded_by=None,
        values=values,
        logged=logged,
        seen=True,
        witness=scene.dropping if dropped and scene.dropping is not None else scene.witness,
        path=scene.path,
        what="" if version is None else version.what,
        after_due=after_due,
        border=scene.border,
        reverts=reverts,
    )


def logged_fact(
    scene: Scene, event: Event, version: Version, *, seen: bool, values: Mapping[str, EventValue]
) -> Fact:
    """Return the fact that a line of a log tells."""
    by_another = scene.author if scene.author != event.by else None
    own = event.values.get("recorded_by")
    after_due = None
    if event.event == "moved":
        after_due = was_over(values.get("from"), event.at, scene.zone)
    return Fact(
        id=scene.id,
        kind=version.kind,
        event=event.event,
        step=event.step,
        at=event.at,
        by=event.by,
        recorded_by=own if isinstance(own, str) else by_another,
        values=values,
        logged=event,
        seen=seen,
        witness=_witness(scene, event.canonical) if scene.dropped else scene.witness,
        path=scene.path,
        what=version.what,
        after_due=after_due,
        border=scene.border,
    )


def _witness(scene: Scene, name: str) -> Witness:
    dropped = scene.dropping if name in scene.dropped else None
    return dropped or scene.witness


def news(scene: Scene, delta: Delta, told: Told, *, born: bool) -> Iterator[Fact]:
    """Yield what is new in a version. ``born``: nothing was there before, and it is told so."""
    after = delta.after
    if after is None:
        return
    rewritten, delta = apart(delta, told, scene.dropped)
    back, told_now = _put_back(delta, scene.dropped) if scene.dropped else ((), delta)
    judgement = judged(told_now, scene.zone)
    if born and not any(one.event in _BEGINNINGS for one in delta.added):
        yield fact(scene, _BIRTHS[after.kind], after, first_values(after, delta.added))
    lines = list(zip(told_now.added, judgement.seen, strict=True))
    lines += [(one, True) for one in back]
    if len(lines) > 1:
        lines.sort(key=lambda one: one[0].at)
    yield from _lines(scene, delta, after, lines, told, born=born)
    for event in delta.removed:
        if told.taken_out(event):
            dropped = event.canonical in scene.dropped
            yield fact(scene, "unlogged", after, {}, step=event.step, logged=event, dropped=dropped)
    for was, now in rewritten:
        told.rewritten(was, now)
        yield _rewritten(scene, was, now, after)
    reverts = reverted(delta, judgement.left, scene.zone) if delta.removed else {}
    yield from _unlogged(scene, judgement.left, after, reverts)


def _put_back(delta: Delta, dropped: frozenset[str]) -> tuple[tuple[Event, ...], Delta]:
    """Return the lines that a merge put back, which explain no change of a field, and the rest."""
    back = tuple(one for one in delta.added if one.canonical in dropped)
    fresh = tuple(one for one in delta.added if one.canonical not in dropped)
    return back, Delta(delta.before, delta.after, fresh, delta.removed)


def _lines(  # noqa: PLR0913 - all that makes a line a fact
    scene: Scene,
    delta: Delta,
    after: Version,
    lines: Iterable[tuple[Event, bool]],
    told: Told,
    *,
    born: bool,
) -> Iterator[Fact]:
    """Yield the lines that are new, or there again; each comes with whether it was seen."""
    for event, seen in lines:
        news_of = told.line(event)
        if news_of == BACK:
            dropped = event.canonical in scene.dropped
            yield fact(scene, BACK, after, {}, step=event.step, logged=event, dropped=dropped)
        if news_of != NEW:
            continue
        values = _values(event, delta)
        if born and event.event in _BEGINNINGS:
            values, born = {**first_values(after, delta.added), **values}, False
        yield logged_fact(scene, event, after, seen=seen, values=values)


def _values(event: Event, delta: Delta) -> Mapping[str, EventValue]:
    """Return what an event carries; of a moved date also what it was, where the line does not say."""
    if event.event != "moved" or "from" in event.values or delta.before is None:
        return event.values
    if sum(one.event == "moved" and one.step == event.step for one in delta.added) > 1:
        return event.values
    field = DUE if event.step is None else f"steps.{event.step}.{DUE}"
    was = due_in(text_of(delta.before.said.get(field)))
    return event.values if was is None else {**event.values, "from": was}


def _rewritten(scene: Scene, was: Event, now: Event, after: Version) -> Fact:
    """Return that a line of the log has other words or another moment, of the same person."""
    old, new = _texts(was), _texts(now)
    names = tuple(name for name in {**old, **new} if old.get(name) != new.get(name))
    values: dict[str, EventValue] = {
        "fields": names,
        "from": tuple((name, old[name]) for name in names if name in old),
        "to": tuple((name, new[name]) for name in names if name in new),
    }
    dropped = was.canonical in scene.dropped
    return fact(scene, "rewritten", after, values, step=was.step, logged=now, dropped=dropped)


def _texts(event: Event) -> dict[str, str]:
    """Return what a line says, its moment first, as texts."""
    said = {name: _plain(value) for name, value in event.values.items()}
    return {"at": instant_text(event.at), **said}


def _plain(value: EventValue) -> str:
    if isinstance(value, tuple):
        return ", ".join(one if isinstance(one, str) else ": ".join(one) for one in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _unlogged(
    scene: Scene,
    left: tuple[Difference, ...],
    after: Version,
    reverts: Mapping[str, tuple[str, ...]],
) -> Iterator[Fact]:
    """Yield the changes of fields that no line of the log is about."""
    others = []
    for one in left:
        dropped = one.field in scene.dropped
        back = () if dropped else reverts.get(one.field, ())
        if after.kind != "process" and _is_due(one):
            yield _moved(scene, one, after, back, dropped=dropped)
        elif after.kind != "process" and _is_agreed_on(one):
            values = _from_to(one.field, one.before, one.after)
            step = one.step
            yield fact(scene, "changed", after, values, step=step, dropped=dropped, reverts=back)
        else:
            others.append(one)
    for dropped in (False, True):
        some = [one for one in others if (one.field in scene.dropped) is dropped]
        if some:
            yield fact(scene, "edited", after, _edited(some), dropped=dropped)


def _is_due(one: Difference) -> bool:
    return one.field == DUE or (one.step is not None and one.field == f"steps.{one.step}.{DUE}")


def _is_agreed_on(one: Difference) -> bool:
    """Return whether a field is one that only a line of the log should change."""
    if one.step is not None:
        return one.field == f"steps.{one.step}.{WHO}"
    return one.field in {"what", "outcome", WHO} or one.field.startswith(("inputs.", "people."))


def _moved(
    scene: Scene, one: Difference, after: Version, reverts: tuple[str, ...], *, dropped: bool
) -> Fact:
    was, now = due_in(one.before), due_in(one.after)
    values: dict[str, EventValue] = {"field": one.field, "to": now or DueWord.NONE}
    if was is not None:
        values["from"] = was
    over = was_over(was, scene.witness.author.at, scene.zone)
    return fact(
        scene,
        "moved",
        after,
        values,
        step=one.step,
        dropped=dropped,
        after_due=over,
        reverts=reverts,
    )


def _from_to(field: str, before: str | None, after: str | None) -> dict[str, EventValue]:
    values: dict[str, EventValue] = {"field": field}
    if before is not None:
        values["from"] = before
    if after is not None:
        values["to"] = after
    return values


def _edited(some: list[Difference]) -> dict[str, EventValue]:
    return {
        "fields": tuple(one.field for one in some),
        "from": tuple((one.field, one.before) for one in some if one.before is not None),
        "to": tuple((one.field, one.after) for one in some if one.after is not None),
    }


def was_over(due: EventValue | None, at: datetime | None, zone: str) -> bool | None:
    """Return whether a date was over at a moment: a day is on the next one, in the zone.

    None where there was no date, or the moment is not known.
    """
    if at is None or not isinstance(due, date):
        return None
    return is_after(at, due, zone)

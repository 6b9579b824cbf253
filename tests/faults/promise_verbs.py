"""What comes of a verb in the ledger of the model: by its row, or where it has more to do.

More to do has what comes again, what asks about all, and what takes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from tests.faults.promise_hand import BY_HAND, by_hand
from tests.faults.promise_model import Fact, Promise, Thing, Things, is_theirs
from tests.faults.promise_rows import ROWS, Act, is_not_asked
from tests.faults.promise_walk import SKIPPED, answers, asked_for, walked

EVERY = timedelta(days=14)
RHYTHM = "every 2 weeks"
A_DAY = timedelta(days=1)


def outcome(things: Things, act: Act) -> Things | None:
    """Return the ledger after a verb; None where it is refused, the same where nothing is to be done."""
    return SPECIAL[act.row](things, act) if act.row in SPECIAL else _one(things, act)


def _one(things: Things, act: Act) -> Things | None:
    thing = things[act.name]
    return _with(things, act, {act.name: ROWS[act.row].facts(thing.now, act)})


def _with(things: Things, act: Act, facts: Mapping[str, list[Fact] | None]) -> Things | None:
    """Return the ledger with these events more; None where one of them cannot be."""
    after = dict(things)
    for name, new in facts.items():
        thing = None if new is None else things[name].with_facts(new, act.at, act.command)
        if thing is None:
            return None
        after[name] = thing
    return after


def _two(things: Things, act: Act) -> Things | None:
    """Do the same to two things by one command: to both, or to none."""
    row = ROWS[act.row.removesuffix(", both")]
    return _with(
        things,
        act,
        {name: row.facts(things[name].now, act) for name in (act.name, other(things, act))},
    )


def other(things: Things, act: Act) -> str:
    """Return the thing after the one that is named, or itself."""
    names = sorted(things)
    return names[(names.index(act.name) + 1) % len(names)]


def _agree(things: Things, act: Act) -> Things | None:
    now = things[act.name].now
    if now.stage not in {"proposed", "open"} or (now.stage == "open" and now.who):
        return None
    taken = [] if now.who else [act.fact("changed", field="who", to=act.by)]
    return _with(things, act, {act.name: [*taken, act.fact("agreed")]})


def _or_note(things: Things, act: Act) -> Things | None:
    if things[act.name].now.stage == "closed":
        return _with(things, act, {act.name: [act.fact("noted")]})
    return _closed(things, act)


def _closed(things: Things, act: Act) -> Things | None:
    """Close something: with what is next, and with the next one of what comes again."""
    now = things[act.name].now
    links = {"follows": act.name, "part_of": things[act.name].part_of}
    row = ROWS.get(act.row, ROWS["done, kept"])
    after = _with(things, act, {act.name: row.facts(now, act)})
    if after is None:
        return None
    if act.row == "done, and next":
        after = new_thing(after, act, _next(now, act), **links)
    if now.repeat and not _is_there(things, act.name):
        again = replace(
            Promise(what=now.what),
            outcome=now.outcome,
            who=now.who,
            with_=now.with_,
            partner=now.partner,
            repeat=now.repeat,
            due=_next_due(things, act),
        )
        after = new_thing(after, act, again, **links)
    return after


def _next(now: Promise, act: Act) -> Promise:
    """Return the next step that comes of something, between the same people."""
    with_ = (now.who, *now.with_) if act.person == act.by else (act.by, now.who, *now.with_)
    others = tuple(dict.fromkeys(one for one in with_ if one not in ("", act.person)))
    stage = "open" if act.person == act.by else "proposed"
    return Promise(what="Compare the logs", outcome="", who=act.person, with_=others, stage=stage)


def _is_there(things: Things, name: str) -> bool:
    """Return whether one that came of what comes again, or of what did, is there and not closed."""
    came = [
        other
        for other, one in things.items()
        if one.follows == name and one.now.repeat == things[name].now.repeat
    ]
    return any(things[one].now.stage != "closed" or _is_there(things, one) for one in came)


def _next_due(things: Things, act: Act) -> str:
    """Return the next day of the rhythm, which is counted from the first date of all of them."""
    beginning = thing = things[act.name]
    while beginning.follows and things[beginning.follows].begun.repeat == thing.begun.repeat:
        beginning = things[beginning.follows]
    today = act.at.date()
    start = beginning.now.first_due
    day = date.fromisoformat(start) if start else today
    first = thing.now.first_due
    last = max(today - A_DAY, date.fromisoformat(first) if first else today - A_DAY)
    while day <= last:
        day += EVERY
    return day.isoformat()


def new_thing(things: Things, act: Act, new: Promise, **links: object) -> Things:
    """Return the ledger with something new: agreed by who has it, or put forward by who says it."""
    agreed_by = new.who or act.by
    typist = act.typist if agreed_by == act.by else act.typist if act.typist != act.by else act.by
    fact = (
        act.fact("proposed")
        if new.stage == "proposed"
        else Fact(kind="agreed", by=agreed_by, typist=typist)
    )
    thing = Thing(begun=replace(new, stage="open"), **links)  # type: ignore[arg-type]
    written = thing.with_facts([fact], act.at, act.command)
    assert written is not None
    return {**things, f"t{len(things)}": written}


def _ask_all(things: Things, act: Act) -> Things | None:
    """Ask about all that somebody follows up: of what has a date, once it has come."""
    names = [
        name
        for name, thing in things.items()
        if thing.now.stage in ("open", "done")
        and thing.now.follower == act.by
        and (thing.now.due or thing.now.stage == "done")
        and not is_not_asked(thing.now, act)
    ]
    return _with(things, act, {name: [act.fact("asked")] for name in names}) if names else things


def _taken_back(things: Things, act: Act, places: Mapping[str, list[int]]) -> Things | None:
    facts = {
        name: things[name].without(found, act.by, act.typist, act.at)
        for name, found in places.items()
    }
    return _with(things, act, facts)


def _undo(things: Things, act: Act) -> Things | None:
    thing = things[act.name]
    last = thing.standing[-1]
    if not is_theirs(thing.log[last], act.by):
        return None
    return _taken_back(things, act, {act.name: thing.together(last)})


def place_meant(things: Things, act: Act) -> int:
    """Return the place of an event that counts still, in the log of a thing."""
    standing = things[act.name].standing
    return standing[act.place % len(standing)]


def _undo_at(things: Things, act: Act) -> Things | None:
    thing = things[act.name]
    return _taken_back(things, act, {act.name: thing.together(place_meant(things, act))})


def _undo_mine(things: Things, act: Act) -> Things | None:
    """Take back all that somebody recorded last in one commit, which begins at one moment."""
    mine = [
        (thing.log[place], name, place)
        for name, thing in things.items()
        for place in thing.standing
        if is_theirs(thing.log[place], act.by)
    ]
    if not mine:
        return None
    last, name, place = max(mine, key=lambda one: (one[0].at, one[0].command))
    begun = things[name].log[things[name].together(place)[0]].at
    together = (
        (one, things[one].together(at)) for fact, one, at in mine if fact.command == last.command
    )
    found = {one: places for one, places in together if things[one].log[places[0]].at == begun}
    return _taken_back(things, act, found)


def recorded_by(things: Things, act: Act) -> int:
    """Return in how many commits a verb is recorded that changes something."""
    if act.row != "done, all":
        return 1
    return sum(row != SKIPPED for row in answers(things, act).values())


def _by_hand(things: Things, act: Act) -> Things | None:
    thing = things[act.name]
    after = by_hand(thing, act)
    return things if after is thing else None if after is None else {**things, act.name: after}


SPECIAL: dict[str, Callable[[Things, Act], Things | None]] = {
    "agree": _agree,
    "done, kept": _closed,
    "done, partly": _closed,
    "done, missed": _closed,
    "done, and next": _closed,
    "done, or note": _or_note,
    "done, all": lambda things, act: walked(things, act, outcome),
    "done, nobody is there": asked_for,
    "ask, all": _ask_all,
    "undo": _undo,
    "undo, at": _undo_at,
    "undo, mine": _undo_mine,
    "drop, both": _two,
    "note, both": _two,
    "move, both": _two,
    **dict.fromkeys(BY_HAND, _by_hand),
}
WORDS = {name: row.words for name, row in ROWS.items()} | {
    "agree": "agree {id} --how call",
    "done, and next": (
        "done {id} --kept --outcome Came --next 'Compare the logs' --next-who {person}"
    ),
    "done, or note": f"{ROWS['done, kept'].words} --or-note",
    "done, all": "done",
    "done, nobody is there": "done",
    "ask, all": "ask --yes",
    "undo": "undo {id}",
    "undo, at": "undo {id} --at {instant}",
    "undo, mine": "undo --yes",
    "drop, both": "drop {id} {other} --why 'Another way was found'",
    "note, both": "note {id} {other} 'Both are away'",
    "move, both": "move {id} {other} {day} --why later",
    **BY_HAND,
}
"""What is typed after `nextstep`, for each row."""
OF_ALL = ("ask, all", "undo, mine", "done, all", "done, nobody is there")
"""The rows that name no thing."""
NEVER_REFUSED = {"note", "note, both", "ask, all", "done, all"}
"""The rows that are possible everywhere, to everybody."""

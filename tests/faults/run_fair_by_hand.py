"""The file of a fair is changed by hand, and what was changed is recorded after that."""

from __future__ import annotations

import re
from pathlib import Path

from tests.faults.run_fair_model import RUN, Act
from tests.faults.run_fair_place import FairPlace
from tests.faults.run_place import log_of
from tests.forked import run


def record_by_hand(place: FairPlace, id_: str, act: Act, *, possible: bool) -> None:
    """Change the file, and record it: its log grows, dates and doers follow, nothing is committed."""
    path, head, was = place.path(id_), place.head(), place.record_of(id_)
    before = path.read_text()
    edited = _edited(before, act)
    in_editor = act.verb.endswith("editor")
    if in_editor:
        copy = place.folder / "edited.yaml"
        copy.write_text(edited)
        words = ["edit", id_, "--why", "news", "--if-wrong", "keep" if possible else "discard"]
        environ = {"EDITOR": f"cp {copy}"}
    else:
        path.write_text(edited)
        words = ["fmt", "--record", "--why", "news", _typed(place, path)]
        words += ["--agreed-by", act.agreed] if act.agreed else []
        environ = {}
    ran = run(place.made.path, *words, env=place.as_person(act.who, act.at) | environ)
    after, refused = path.read_text(), 3 if in_editor else 2
    is_saved = in_editor and ran.code == 0 and "No event was written" in ran.err
    assert not (possible and is_saved), (act, ran)
    assert ran.code == (0 if possible or is_saved else refused), (act, ran)
    assert place.head() == head
    if possible:
        assert _without_agreed(after) == _without_agreed(edited)
        assert log_of(after).startswith(log_of(before))
        steps = zip(was.steps, place.record_of(id_).steps, strict=True)
        moved = {one.id for one, now in steps if one.due != now.due} - {act.step}
        lines = log_of(before).count("\n") + 1 + len(moved)
        assert log_of(after).count("\n") == lines, (act, after)
        place.made.git("commit", "--quiet", "--message=by hand", "--", str(path))
    else:
        assert after == (before if in_editor and not is_saved else edited)
        path.write_text(before)


def nothing_by_hand(place: FairPlace, id_: str, act: Act) -> None:
    """See that all that was ever changed has its event."""
    words = ("fmt", "--record", "--why", "news", "--diff", _typed(place, place.path(id_)))
    ran = run(place.made.path, *words, env=place.as_person(act.who, act.at))
    assert (ran.code, ran.out) == (0, "Nothing was changed by hand that has no event.\n"), ran


def _typed(place: FairPlace, path: Path) -> str:
    return str(path.relative_to(place.made.path))


def _without_agreed(text: str) -> str:
    """Return all of a file that an event never changes: neither dates nor doers, nor the log."""
    return re.sub(r"\b(due|who): [^\n,}]*", "", text.partition("\nlog:\n")[0].rstrip())


def _edited(text: str, act: Act) -> str:
    """Return a file with another date of a step, another input, or another name for a role."""
    name, _, value = act.more.partition("=")
    if act.step == RUN:
        head, mark, rest = text.partition(f"{name}: ")
        old = rest.split(",")[0].split("}")[0].split("\n")[0]
        return head + mark + value + rest.removeprefix(old)
    before, mark, rest = text.partition(f"id: {act.step}\n")
    if not mark:
        before, mark, rest = text.partition(f"id: {act.step},")
    of_step, between, others = rest.partition("  - ")
    head, due, tail = of_step.partition(" due: ")
    assert due, (act, text)
    return before + mark + head + due + act.more + tail[10:] + between + others

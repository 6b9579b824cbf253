"""Of one record less is read than of all, and the same is told."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from nextstep.repo.history import Commit
from nextstep.repo.history_view import view_of
from nextstep.repo.place import place_of
from nextstep.trail.versions_plan import story
from nextstep.trail.versions_reading import one_record, read_plan
from nextstep.trail.versions_records import Planned
from tests.trail.made_history import Story, path

ID = "offer-k3f9"
ELSEWHERE = f"commitments/2026/12/{ID}.yaml"
OLD = "2026-11-01T08:00Z"
NEW = "2026-11-18T11:10:00.000Z"


def _offer(due: int, *, at: str = NEW) -> str:
    return f"what: Offer\ndue: {due}\nlog:\n  - {{at: {at}, by: dev, event: agreed}}\n"


def _plain(story: Story) -> None:
    first = story.commit({ID: _offer(1), "room": "r"})
    second = story.commit({"room": "s"}, first)
    story.commit({ID: _offer(2)}, second)


def _moved(story: Story) -> None:
    first = story.commit({ID: _offer(1)})
    second = story.commit({ID: None, ELSEWHERE: _offer(1)}, first)
    story.commit({ELSEWHERE: _offer(2)}, second)


def _renamed_twice(story: Story) -> None:
    first = story.commit({"offer": _offer(1), "room": "r"})
    second = story.commit({"offer": None, "tender": _offer(2), "room": None}, first)
    third = story.commit({"tender": _offer(3)}, second)
    story.commit({"tender": None, ID: _offer(4)}, third)


def _changed_on_both_sides(story: Story) -> None:
    base = story.commit({ID: _offer(1), "room": "r"})
    side = story.commit({ID: _offer(2)}, base)
    main = story.commit({ID: _offer(3), "room": "s"}, base)
    story.commit({ID: _offer(2)}, main, side)


def _dropped(story: Story) -> None:
    base = story.commit({ID: _offer(1), "room": "r"})
    side = story.commit({ID: _offer(2), "room": "s"}, base)
    story.commit({}, story.commit({"hall": "h"}, base), side)


def _moved_on_a_branch(story: Story) -> None:
    base = story.commit({ID: _offer(1)})
    side = story.commit({ID: None, ELSEWHERE: _offer(1)}, base)
    main = story.commit({ID: _offer(2)}, base)
    story.commit({ID: None, ELSEWHERE: _offer(2)}, main, side)


def _begun_on_a_branch(story: Story) -> None:
    base = story.commit({"room": "r"})
    side = story.commit({ID: _offer(1)}, base)
    main = story.commit({"room": "s"}, base)
    story.commit({ID: _offer(1)}, main, side)


def _deleted(story: Story) -> None:
    story.commit({ID: None}, story.commit({ID: _offer(1)}))


def _made_again_elsewhere(story: Story) -> None:
    first = story.commit({ELSEWHERE: _offer(1, at=OLD)})
    second = story.commit({ELSEWHERE: None}, first)
    story.commit({ID: _offer(2, at=OLD)}, second)


def _without_a_log(story: Story) -> None:
    story.commit({ID: "what: Offer\n"})


def _made_in_a_merge(story: Story) -> None:
    base = story.commit({"room": _offer(1)})
    side = story.commit({"hall": "h"}, base)
    main = story.commit({"cellar": "c"}, base)
    story.commit({"hall": "h", "room": None, ID: _offer(1)}, main, side)


def _brought_from_another_folder(story: Story) -> None:
    first = story.commit({f"old/{path(ID)}": _offer(1)})
    story.commit({f"old/{path(ID)}": None, ID: _offer(1)}, first)


def _dated_wrongly(story: Story) -> None:
    story.commit({ID: _offer(1)}, when="4070908800 +0000")


LESS = (
    *(_plain, _moved, _renamed_twice, _changed_on_both_sides, _dropped, _moved_on_a_branch),
    _begun_on_a_branch,
)
ALL = (
    *(_deleted, _made_again_elsewhere, _without_a_log, _made_in_a_merge),
    *(_brought_from_another_folder, _dated_wrongly),
)


@pytest.mark.parametrize("tell", [*LESS, *ALL])
def test_what_is_told_of_one_record_is_what_all_of_history_tells_of_it(
    tmp_path: Path, tell: Callable[[Story], None]
) -> None:
    made_up = Story()
    tell(made_up)
    made = made_up.write(tmp_path / "a")
    view = view_of(place_of(str(made.path)), "HEAD", made.environ)
    every, one = read_plan(view, None, None), read_plan(view, ID, None)
    assert one.count == every.count == made_up.count
    expected = _by_commit(every.commits, story(every.plan.planned, ID))
    assert len(expected) > 0
    assert _by_commit(one.commits, one.plan.planned) == expected


@pytest.mark.parametrize("seed", range(12))
def test_however_branches_are_woven_one_record_is_told_as_among_all(
    tmp_path: Path, seed: int
) -> None:
    """Most commits leave it as it was: what is not listed leads to what is."""
    made = _woven(random.Random(seed)).write(tmp_path / "a")
    view = view_of(place_of(str(made.path)), "HEAD", made.environ)
    every, found = read_plan(view, None, None), one_record(view).read(ID, None)
    assert found is not None
    log, plan = found
    assert log.count == len(every.commits) > len(log.commits)
    expected = _by_commit(every.commits, story(every.plan.planned, ID))
    assert _by_commit(log.commits, plan.planned) == expected


def _by_commit(commits: Sequence[Commit], planned: Iterable[Planned]) -> list[tuple[str, Planned]]:
    """Return passages by the ids of their commits: the numbers count those that are listed."""
    return [(commits[one.commit].id, replace(one, commit=0)) for one in planned]


def _woven(chance: random.Random) -> Story:
    """Branches that begin, change the record or other files, and come together in any order."""
    story = Story()
    heads = [story.commit({ID: _offer(1), "room": "r"}, story.commit({"hall": "h"}))]
    for number in range(60):
        ahead = chance.choice(heads)
        if chance.random() < 0.25:
            heads.append(ahead)
        parents = [
            ahead,
            *(one for one in chance.sample(heads, min(2, len(heads))) if one != ahead),
        ][:2]
        is_merge = len(parents) > 1 and chance.random() < 0.5
        files: dict[str, str | None] = {}
        if chance.random() < 0.25:
            files[ID] = _offer(chance.randrange(4))
        if not is_merge or chance.random() < 0.2:
            files[chance.choice(("room", "hall"))] = str(number)
        heads[heads.index(ahead)] = story.commit(files, *parents[: 1 + is_merge])
    while len(heads) > 1:
        one, other = heads.pop(), heads.pop()
        heads.append(one if one == other else story.commit({}, one, other))
    return story


@pytest.mark.parametrize("tell", [*LESS, *ALL])
def test_less_is_read_only_where_it_is_sure_to_do(
    tmp_path: Path, tell: Callable[[Story], None]
) -> None:
    made_up = Story()
    tell(made_up)
    made = made_up.write(tmp_path / "a")
    view = view_of(place_of(str(made.path)), "HEAD", made.environ)
    assert (one_record(view).read(ID, None) is not None) == (tell in LESS)


@pytest.mark.parametrize("only", ["offer", "offer-mail", "offer-k3f", "k3f9", "offer-k3f9x"])
def test_of_an_id_that_somebody_chose_all_is_read(tmp_path: Path, only: str) -> None:
    made_up = Story()
    made_up.commit({only: _offer(1)})
    made = made_up.write(tmp_path / "a")
    view = view_of(place_of(str(made.path)), "HEAD", made.environ)
    assert one_record(view).read(only, None) is None
    assert len(read_plan(view, only, None).plan.planned) == 1

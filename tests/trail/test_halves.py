"""A trail told by two processes is the one that is told by one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from nextstep.trail import reading
from nextstep.trail.facts import Fact, How, Trail, Witness
from nextstep.trail.halves import Part, in_halves
from tests.trail.histories import Life, read

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Trail:
    """The trail of a history with everything in it, told by one process."""
    return read(Life(1).lived(), tmp_path_factory.mktemp("one") / "ledger")


@needs_fork
def test_two_processes_tell_what_one_tells(
    trail: Trail, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "WORTH_IT", 0)
    monkeypatch.setattr(reading, "second_core", lambda: True)
    forks: list[int] = []
    fork = os.fork

    def counted() -> int:
        forks.append(fork())
        return forks[-1]

    monkeypatch.setattr(os, "fork", counted)
    again = read(Life(1).lived(), tmp_path / "ledger")
    assert len(forks) == 1
    assert again == trail
    assert len({fact.event for fact in again.facts}) > 8


@needs_fork
def test_what_the_other_process_cannot_tell_is_told_here(trail: Trail) -> None:
    here = os.getpid()

    def tell(part: Part) -> Iterator[Fact]:
        if os.getpid() != here:
            raise RuntimeError
        return iter([fact for fact in trail.facts if part(fact.id)])

    told = list(in_halves(tell, _unknown))
    assert sorted(map(repr, told)) == sorted(map(repr, trail.facts))


@needs_fork
def test_whoever_stops_listening_leaves_no_process_behind(trail: Trail) -> None:
    def tell(part: Part) -> Iterator[Fact]:
        return iter([fact for fact in trail.facts * 50 if part(fact.id)])

    telling = in_halves(tell, _unknown)
    next(telling)
    telling.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def _unknown(order: int, how: How) -> Witness:
    raise AssertionError(order, how)

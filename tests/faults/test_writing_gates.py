"""Many writers at once, and writers that are killed: a short run; `nox -s gates` has the long one."""

from __future__ import annotations

import pytest

from tests.gates import killed_writers, writing_at_once


def test_of_many_writers_beside_plain_commits_none_is_lost(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = writing_at_once.main(4, 5)
    said = capsys.readouterr().out
    print(said)
    assert code == 0, said


def test_a_kill_at_a_random_time_tears_no_file_and_loses_no_word(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = killed_writers.main(10, 7)
    said = capsys.readouterr().out
    print(said)
    assert code == 0, said

"""The trail of a repository is what happened to its records, no fact more and none less."""

from __future__ import annotations

import pytest

from tests.gates import known_histories


def test_the_trail_of_ten_histories_is_their_truth(capsys: pytest.CaptureFixture[str]) -> None:
    code = known_histories.main(10, 1)
    told = capsys.readouterr().out
    assert code == 0, told
    assert "10 histories" in told
    assert ", 0 differ" in told

"""Fixtures of the tests about repositories."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repositories import RECORD, Made, make


@pytest.fixture
def ledger() -> Callable[[Path], Made]:
    """A maker of repositories that hold a ledger of one commitment, in one commit."""

    def made(path: Path) -> Made:
        repository = make(path)
        repository.commit({"nextstep.yaml": "", "commitments/2026/11/offer-k3f9.yaml": RECORD})
        return repository

    return made

"""Ledgers that tests of several commands read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import LEDGERS
from tests.repositories import write


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a small press, outside of any repository."""
    folder = tmp_path_factory.mktemp("press") / "desk"
    for path in sorted((LEDGERS / "desk").rglob("*.yaml")):
        write(folder, {path.relative_to(LEDGERS / "desk").as_posix(): path.read_bytes()})
    return folder


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a bicycle workshop with its papers, outside of any repository."""
    folder = tmp_path_factory.mktemp("town") / "workshop"
    shutil.copytree(LEDGERS / "workshop", folder)
    return folder

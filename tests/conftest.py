"""Fixtures that all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The project's folder: its own ledger, docs and README."""
    return ROOT


@pytest.fixture(scope="session")
def facts() -> Path:
    """The folder of outside facts that some tests are measured by."""
    place = os.environ.get("NEXTSTEP_TEST_DATA")
    if not place:
        pytest.skip("NEXTSTEP_TEST_DATA is not set: the folder of outside facts is not here")
    folder = Path(place)
    if not folder.is_dir():
        pytest.fail(f"NEXTSTEP_TEST_DATA names {folder}, which is no folder")
    return folder


@pytest.fixture(scope="session")
def gate_scale() -> float:
    """How much of a heavy check is run: 1 is all of it, 0.01 one hundredth."""
    return float(os.environ.get("NEXTSTEP_GATE_SCALE", "0.01"))

"""Fixtures that all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from nextstep.cli import invocation

ROOT = Path(__file__).resolve().parents[1]

# A few examples, the same ones on every machine, and no limit of time on a slow one. What chance
# finds is the work of `nox -s gates`, which sets HYPOTHESIS_PROFILE=chance.
settings.register_profile("same", deadline=None, derandomize=True, print_blob=True, max_examples=35)
settings.register_profile("chance", deadline=None, print_blob=True, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Whoever runs the tests in the background may ignore signals, and what they start would, too.
for number, usual in (
    (signal.SIGINT, signal.default_int_handler),
    (signal.SIGHUP, signal.SIG_DFL),
    (signal.SIGTERM, signal.SIG_DFL),
):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)


@pytest.fixture(autouse=True)
def nothing_typed_before() -> None:
    """Begin without the `-C` of a command that an earlier test ran in this process."""
    invocation.begin(directory=None, color="auto")


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

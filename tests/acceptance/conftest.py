"""The claims are no tests of their own, and say as plainly as tests what they missed."""

from __future__ import annotations

from pathlib import Path

import pytest

for place in Path(__file__).parent.glob("claims_*.py"):
    pytest.register_assert_rewrite(f"tests.acceptance.{place.stem}")

"""How long the state machines run: a few steps in every check, many where chance is wanted."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

WHOLE = "NEXTSTEP_FUZZ_EXAMPLES" in os.environ
_EXAMPLES = int(os.environ.get("NEXTSTEP_FUZZ_EXAMPLES", "0")) // 100


def at_length(steps: int, fewest: int = 1) -> settings:
    """Return how a machine is to run, with so many steps and examples at least."""
    return settings(
        max_examples=max(fewest, _EXAMPLES),
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        deadline=None,
    )

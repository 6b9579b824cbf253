"""The files that the rules about fields and dates show as examples."""

from __future__ import annotations

from nextstep.diagnostics.rule import Example, commitment_example, process_example

GOOD = commitment_example(
    "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\n"
)
LOGGED = "what: Send Lena the offer\noutcome: She can decide on Friday\ndue: 2026-11-27\nlog:\n"
GOOD_LOG = commitment_example(LOGGED + "  - {at: 2026-11-12T15:10Z, by: dev, event: agreed}\n")


def process_with(step: str, *, head: str = "") -> Example:
    """Return a process with these lines for its steps, and more before them."""
    return process_example(
        "title: Offer\nowner: ana\ncustomer: {who: the sales team, kind: internal}\n"
        f"provides: An offer that a buyer can decide on\n{head}steps:\n{step}"
    )


GOOD_PROCESS = process_with(
    "  - {id: write, do: Write the offer, who: sales, due: 2bd after start, "
    "done_when: The buyer has it}\n",
    head="roles: [sales]\n",
)

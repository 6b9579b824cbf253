"""The questions about how something went: one for each flag of `done`, and of its neighbours."""

from __future__ import annotations

from nextstep.cli.asking import Question

WHY = Question(words="Why?", flag="--why TEXT")
WHY_BLOCKED = Question(words="What is in the way?", flag="--why TEXT")
ON = Question(words="Who could help, or what does it wait for?", flag="--on WHO", optional=True)

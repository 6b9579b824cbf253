"""Keep agreements: who does what next, for whom, by when, and what came of it."""

__version__ = "0.1.0"

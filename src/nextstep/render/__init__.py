"""Reports as text: one renderer a format, and the one place that makes text safe to show."""

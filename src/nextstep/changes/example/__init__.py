"""The example, with a history that is told from its end."""

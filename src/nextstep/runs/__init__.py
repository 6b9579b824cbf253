"""Where things stand: states derived from records and their events, by pure functions."""

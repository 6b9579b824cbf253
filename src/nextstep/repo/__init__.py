"""Where a ledger is, who asks, and what git holds: the only room that starts git."""

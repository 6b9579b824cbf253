"""From bytes to records: what is on disk, what it says, and everything of a ledger together."""

"""Changes of a ledger: what is written, as edits or as a whole history."""

"""The things of a ledger as frozen records. No I/O, no YAML, no clock."""

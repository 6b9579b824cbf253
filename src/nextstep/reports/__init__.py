"""Reports: what a ledger says at one moment, as frozen records. Pure functions."""

"""What is wrong with the files of a ledger: findings as data, and the rules they come from."""

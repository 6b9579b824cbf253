"""What the files of a ledger say about each other and about their days, judged rule by rule."""

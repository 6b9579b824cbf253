"""Days, lengths, working days, time expressions, conditions and recurrence. No clock, no files."""

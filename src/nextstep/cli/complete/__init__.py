"""What answers the tab key of a shell."""

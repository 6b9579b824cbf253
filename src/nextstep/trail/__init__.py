"""What happened, as the contents of the files tell it at each commit; messages are not believed."""

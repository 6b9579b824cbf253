"""The command line: options, clock, exit codes. The only room that imports typer."""

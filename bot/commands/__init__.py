"""The commands of the terminal, but for the one that serves."""

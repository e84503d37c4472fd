"""Phrases -> windows: the only room that knows now."""

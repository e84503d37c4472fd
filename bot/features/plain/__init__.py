"""Answers that need no calendar."""

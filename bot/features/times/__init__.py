"""Answers from calendars."""

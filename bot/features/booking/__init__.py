"""Meetings that are ordered, made, moved and cancelled."""

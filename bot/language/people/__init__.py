"""Whom a text speaks of."""

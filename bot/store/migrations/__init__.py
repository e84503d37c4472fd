"""Alembic revisions of the store, run when it is opened."""

"""Digests on their way out: which are due, who sends each, and what becomes of it. The store decides."""

"""Chunks -> phrases: a day and its time, ranges, bounds, exclusions, lists; still without a calendar."""

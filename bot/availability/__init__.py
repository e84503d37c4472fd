"""Interval algebra, working time and the verdict on each person. Pure: no I/O and no clock."""

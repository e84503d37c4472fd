"""Meeting rooms: which are free, and another one for a meeting."""

"""Events that are there: moved, their guests changed, what these replied. Doing it again is the same."""

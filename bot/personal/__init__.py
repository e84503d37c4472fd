"""The third-party personal app: a user signs in on this machine, and calendars are read by that user's own token."""

"""What comes later: free alerts, and a private question."""

"""From a claimed message or a press to what is sent."""

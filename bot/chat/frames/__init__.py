"""What DingTalk pushes, read leniently."""

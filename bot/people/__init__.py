"""Who people are: the directory, its index of names, and teams."""

"""The owner's API: what the salon sees of its dialogues, and what it may change."""

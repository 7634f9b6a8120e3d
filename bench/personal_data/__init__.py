"""How well personal data is found, ours beside Presidio's machinery, on the same sentences."""

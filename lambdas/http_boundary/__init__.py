"""What every function that speaks HTTP shares: its boundary, its failures, the strictness of its bodies."""

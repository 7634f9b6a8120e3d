"""What a purchase comes to: options, the old car in part payment, a loan. Computed, never phrased."""

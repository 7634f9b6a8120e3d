"""Is any permission idle? Every grant of the LOCAL stack is taken away in turn, and something must break."""

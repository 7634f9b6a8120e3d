"""What is counted of the dialogues: the rows that leave them, the numbers made of the rows, the SQL between.

Knows tables by their columns and each number by its meaning. Refuses to know where rows are kept and which
engine counts (`lambdas/adapters/analytics.py` runs DuckDB, an account Athena; the SQL is the same text).
"""

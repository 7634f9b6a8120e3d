"""Answers from the stock: from a wish to rows, and from rows to words."""

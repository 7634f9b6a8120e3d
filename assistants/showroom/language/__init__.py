"""How visitors speak of cars: from a question to a typed wish."""

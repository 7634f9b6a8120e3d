"""The routes, by what an owner does with them."""

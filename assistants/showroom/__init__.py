"""The showroom: answers about cars in stock and about the salon. Everything that names a salon is data."""

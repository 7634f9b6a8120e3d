"""Brochures: who asks for one, which there are, and how they are handed out."""

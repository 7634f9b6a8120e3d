"""The shared kernel: what a session, a turn, a fact and a rule are.

Knows the vocabulary of the product. Refuses to know AWS, the web framework, the model's engine and any
assistant by name.
"""

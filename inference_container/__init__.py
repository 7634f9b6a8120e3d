"""The model server: one HTTP face over one engine that is chosen by name.

Knows the chat wire format, engines and their weights. Refuses to know assistants, sessions and AWS: whoever
can reach it may ask it, so it listens on loopback unless told otherwise.
"""

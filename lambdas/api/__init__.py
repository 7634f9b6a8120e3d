"""The HTTP API: sessions, questions, ratings, callbacks. `handler.py` wires, `app.py` assembles."""

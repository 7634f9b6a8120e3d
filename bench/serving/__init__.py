"""How the model server does: beside bare engines, under many at once, with callers who leave, and for long.

`python -m bench.serving compare | page | storm | soak`. Refuses to know assistants: it asks the server alone.
"""

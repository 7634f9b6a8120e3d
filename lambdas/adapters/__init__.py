"""The only code of the functions that speaks to AWS: one small file per thing that is kept or asked there.

Knows keys, conditions and timeouts. Refuses to know what an answer says and what HTTP looks like.
"""

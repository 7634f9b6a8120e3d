"""Engines without our server around them, each in a process of its own, with the flags that served them best.

Refuses to know our server: nothing of `inference_container` is imported.
"""

"""Reads the profiles of vLLM by vLLM's own parser: `make vllm-arguments`, in an environment of its own.

No GPU and no CUDA: `requirements.txt` here has the few packages that the parser imports, `make` adds vLLM
itself without its dependencies. What the parser knows is recorded for the tests that run everywhere.
"""

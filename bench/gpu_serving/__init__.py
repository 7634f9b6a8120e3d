"""What a GPU gives with the engine of transformers, beside its roofline: `python -m bench.gpu_serving`.

Weights are random at the real shape of a 7B model: speed does not depend on their values. Whether answers are
right is asked of small real weights. Without a GPU there is a dry run that says so on every page it writes.
"""

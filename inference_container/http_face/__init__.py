"""The HTTP face of the model server, one small file a contract: chat, models, sagemaker, metrics, capacity.

Knows requests and responses. Refuses to know engines: everything goes through `ChatService`.
"""

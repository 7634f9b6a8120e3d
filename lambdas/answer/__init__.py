"""Answering: a turn is taken from the queue, the assistant's flow is run, the answer is written."""

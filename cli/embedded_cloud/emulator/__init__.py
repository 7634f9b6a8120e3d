"""The extension of the AWS emulator: what `ministack` leaves out and the LOCAL stacks need.

Runs in the emulator's own virtual environment, so nothing here may import the rest of the project. It touches
private functions of the emulator: the version is pinned exactly, every replacement goes through `seams.py`,
which refuses to start when a seam has moved, and tests/cli/embedded_cloud has a canary for each of them.
"""

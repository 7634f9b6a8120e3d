"""The embedded cloud: an AWS emulator, the same stacks, the same functions, a real model, on one machine."""

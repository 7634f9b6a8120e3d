"""Every quarter of an hour: what was said leaves the dialogues, masked, as files that numbers are made of."""

"""The breaker: shuts the model's endpoint down, tells on-call once, and lets it be tried again with care."""

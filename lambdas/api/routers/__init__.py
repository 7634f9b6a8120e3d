"""One file a resource. A route reads, asks and shows; it decides nothing."""

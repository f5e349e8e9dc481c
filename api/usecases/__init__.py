"""One verb per function: what a person can have done."""

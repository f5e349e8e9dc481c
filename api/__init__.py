"""Use cases, and every door to the outside."""

"""What the customs credit rules say, and on which day."""

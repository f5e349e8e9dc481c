"""The shared records database: what we need of it, how we read it, and who may see which rows. Never written."""

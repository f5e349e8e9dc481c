"""A synthetic shared database: fictitious enterprises, plausible records, the same bytes for the same seed."""

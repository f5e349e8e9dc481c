"""How our own database came to its present schema, one step per module in `versions`."""

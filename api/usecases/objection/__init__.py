"""Objecting to published information: what can be objected to, what to attach, a letter drafted from the record."""

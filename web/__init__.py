"""Pages: parse the form, call one use case, render."""

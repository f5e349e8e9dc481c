"""The compliance calendar: what an enterprise has to think of, on which day, and by which provision."""

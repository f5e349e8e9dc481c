"""Is an uploaded file what it says it is, can it be kept without harm, and what does it say?

`check_upload` is the whole of it; what has to be parsed is parsed in a process of its own (`child.py`).
"""

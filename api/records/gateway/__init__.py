"""Questions the shared records answer, one module per question.

Every function takes a `Reader`, a `Scope` and, where time matters, the day asked about; it returns frozen
values that name the record they come from. A scope that does not reach a row never sees it.
"""

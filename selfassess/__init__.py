"""Grade an enterprise against a standard: pure functions over values, no database, clock or network.

Read `report.py` first (a whole assessment), then `situation.py` (what it depends on) and `engine.py` (the verdict).
`loader.py` reads the standards, `prefill.py` reads records, `finance.py` figures; `whatif.py`, `suppose.py`,
`forecast.py`, `gaps.py` and `carryover.py` answer one question each.
"""

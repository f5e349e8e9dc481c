"""The walk through a standard item by item: one question at a time, interrupted and resumed anywhere."""

"""Questions the assistant did not answer well: noted, grouped, given to somebody, answered as reviewed guides."""

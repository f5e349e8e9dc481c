"""Our own database on each engine, as in the tests of the store."""

from tests.api.store.conftest import database, empty

__all__ = ["database", "empty"]

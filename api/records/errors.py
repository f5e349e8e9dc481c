"""What can go wrong with the shared records.

RecordsError
├── MappingError          the mapping file names something the contract does not have
├── WriteRefused          a statement that is not a plain SELECT was about to be sent
├── SampleRefused         the target of a synthetic load holds something that is not ours
└── RecordsUnavailable    the records cannot be read now; everything else keeps working
    ├── QueryTooSlow      a query passed its time limit
    └── NotHeld           this installation lacks a table or column the question needs
"""

from __future__ import annotations


class RecordsError(Exception):
    """Any failure of the records package."""


class MappingError(RecordsError):
    """The mapping file names something the contract does not have."""


class WriteRefused(RecordsError):
    """A statement other than a plain SELECT was about to be sent to the shared records."""


class SampleRefused(RecordsError):
    """The target of a synthetic load holds tables that this software did not make."""


class RecordsUnavailable(RecordsError):
    """The shared records cannot be read now."""


class QueryTooSlow(RecordsUnavailable):
    """A query passed its time limit and was stopped."""


class NotHeld(RecordsUnavailable):
    """This installation lacks a table or column that the question needs."""

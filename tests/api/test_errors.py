"""Every error a person can cause stands in the drawn tree, with its status."""

from __future__ import annotations

import re
from collections.abc import Iterator

import api.errors
from api.errors import AppError


def subclasses(kind: type[AppError]) -> Iterator[type[AppError]]:
    """All kinds of error below one."""
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def test_the_tree_names_every_error_with_its_status():
    drawn = dict(re.findall(r"── (\w+)\s+(\d{3})", api.errors.__doc__ or ""))
    defined = {kind.__name__: str(kind.status) for kind in subclasses(AppError) if kind.__module__ == "api.errors"}

    assert drawn == defined


def test_codes_are_told_apart():
    codes = [kind.code for kind in subclasses(AppError)]

    assert len(set(codes)) == len(codes)

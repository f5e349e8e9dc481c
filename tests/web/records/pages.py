"""How tests open and read pages about records."""

from __future__ import annotations

from collections.abc import Callable

from selectolax.lexbor import LexborHTMLParser

from tests.people import A, Person, uscc

Come = Callable[..., Person]
Read = Callable[..., LexborHTMLParser]


def words(page: LexborHTMLParser, selector: str = "body") -> str:
    """What a part of a page says, white space made even."""
    found = page.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text(separator=" ").split())


def with_reason(person: Person, place: int = A) -> Person:
    """Somebody who has said why they read a record."""
    assert person.post(f"/reasons/{uscc(place)}", reason="review", next="/").status_code == 303
    return person

"""How tests go through the pages of an assessment, as a browser without scripts does."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from httpx2 import Response
from selectolax.lexbor import LexborHTMLParser

from api.auth.csrf import FIELD
from selfassess.loader import get_standard
from tests.people import Person

STANDARD = get_standard("advanced-2026")
FIGURES = {
    "seen": "0", "unit": "万元", "audit_opinion": "unqualified", "cash": "1200", "trading_financial_assets": "0",
    "current_assets": "5000", "total_assets": "12000", "opening_total_assets": "11000", "current_liabilities": "4000",
    "total_liabilities": "7000", "revenue": "20000", "cost_of_sales": "17000", "operating_profit": "800",
    "interest_expense": "100", "total_profit": "700", "net_profit": "500", "net_operating_cash_flow": "600",
}  # fmt: skip


def begin(person: Person, standard: str = "advanced-2026", **said: str) -> str:
    """Begin an assessment on the start page; return its address."""
    answer = person.post("/assessments", standard=standard, **{"production": "true", "stage": "applicant", **said})
    assert answer.status_code == 303, said_on(answer)
    return str(answer.headers["location"])


def seen(person: Person, address: str, no: str) -> str:
    """What the form shows of an item, as its hidden field says."""
    section = STANDARD.section_of[no].id
    found = re.search(rf'name="seen-{no}" value="([^"]*)"', person.get(f"{address}?section={section}").text)
    assert found
    return found[1]


def give(person: Person, address: str, no: str, grade: str, note: str = "", **more: Any) -> Response:
    """Answer one item and press save; ``seen`` is what the page showed."""
    shown = more.pop("seen", None)
    fields = {"no": no, f"grade-{no}": grade, f"note-{no}": note, "section": STANDARD.section_of[no].id, **more}
    fields[f"seen-{no}"] = seen(person, address, no) if shown is None else shown
    return person.post(f"{address}/answers", **fields)


def give_all(person: Person, address: str, grade: str = "met", **others: str) -> None:
    """Answer every item that nobody answered; ``others`` (no_5=…) otherwise."""
    grades = {no: others.get(f"no_{no}", grade) for no in STANDARD.items}
    fields = {f"grade-{no}": given for no, given in grades.items()} | {f"seen-{no}": "" for no in grades}
    answer = person.post(f"{address}/answers", no=list(grades), **fields)
    assert answer.status_code == 303, said_on(answer)


def autosave(person: Person, address: str, no: str, grade: str, **more: str) -> Response:
    """Answer one item as the script does."""
    fields = {FIELD: person.token(), "no": no, f"grade-{no}": grade, f"note-{no}": "", f"seen-{no}": "", **more}
    return person.client.post(f"{address}/answers", data=fields, headers={"x-autosave": "1"})


def upload(person: Person, path: str, name: str, content: bytes, **fields: str) -> Response:
    """Send a file as a form does."""
    data = {FIELD: person.token(), **fields}
    headers = {"accept": "text/html"}
    return person.client.post(path, data=data, files={"file": (name, content)}, headers=headers, follow_redirects=False)


def said_on(answer: Response, selector: str = "main") -> str:
    """What a part of a page says, white space made even."""
    found = LexborHTMLParser(answer.text).css_first(selector)
    return "" if found is None else " ".join(unescape(found.text(separator=" ")).split())

"""Documents that prove items: kept with every revision, linked to items, read and searched within the enterprise.

What a document says is data. Nothing reads it to decide anything; it is shown and searched.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select

from api.errors import BadInput
from api.evidence.upload import Checked
from api.store import Evidence, EvidenceLink, EvidenceRevision
from api.usecases.assess import Desk, Opened
from api.usecases.assess_documents import Document, documents_by_id, get_document
from api.usecases.assess_stored import is_plain
from api.usecases.evidence_files import keep_file

MOST_DOCUMENTS = 1_000
MOST_REVISIONS = 100
MOST_BYTES = 5_000_000_000
LONGEST_TITLE = 200
FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)
Period = tuple[date | None, date | None]


def evidence_of(opened: Opened) -> list[Document]:
    """Return the documents of an assessment in the order of the first item they prove."""
    return evidence_of_each(opened.desk, [opened])[opened.id]


def evidence_of_each(desk: Desk, several: Sequence[Opened]) -> dict[str, list[Document]]:
    """Return the documents of several assessments by the assessment's id, read for all of them at once."""
    links: dict[str, list[EvidenceLink]] = {opened.id: [] for opened in several}
    for link in _links(desk, list(links)):
        links[link.assessment_id].append(link)
    documents = documents_by_id(desk, list({link.evidence_id for found in links.values() for link in found}))
    return {opened.id: _linked(opened, links[opened.id], documents) for opened in several}


def _linked(opened: Opened, links: Sequence[EvidenceLink], documents: Mapping[str, Document]) -> list[Document]:
    place = {no: index for index, no in enumerate(opened.standard.items)}
    items: dict[str, list[str]] = {}
    for link in sorted(links, key=lambda link: place.get(link.item, 0)):
        items.setdefault(link.evidence_id, []).append(link.item)
    return [Document(id_, one.title, one.revisions, tuple(items[id_])) for id_ in items if (one := documents.get(id_))]


def documents_by_item(documents: Sequence[Document]) -> dict[str, tuple[Document, ...]]:
    """Return the documents that prove each item."""
    by_item: dict[str, tuple[Document, ...]] = {}
    for document in documents:
        for no in document.items:
            by_item[no] = (*by_item.get(no, ()), document)
    return by_item


def add_evidence(
    opened: Opened, checked: Checked, items: Collection[str], title: str = "", period: Period = (None, None)
) -> Document:
    """Keep a checked file as a new document that proves items. Raises `BadInput`."""
    desk, work = opened.desk, opened.desk.work
    _check_items(opened, items)
    _check_room(desk, checked)
    named = title.strip() or checked.name.rsplit(".", 1)[0]
    if not is_plain(named):
        raise BadInput("材料名称里有损坏的字符。", "The title holds broken characters.")
    if len(named) > LONGEST_TITLE:
        raise BadInput(f"材料名称最多{LONGEST_TITLE}字。", f"A title has at most {LONGEST_TITLE} characters.")
    row = Evidence(uscc=opened.row.uscc, title=named, account_id=work.who.account_id, created_at=work.now)
    work.session.add(row)
    work.session.flush()
    _add_revision(desk, row.id, 1, checked, period)
    link_evidence(opened, row.id, items)
    _note(desk, "evidence_added", row.id, checked)
    return find_document(opened, row.id)


def add_revision(desk: Desk, evidence_id: str, checked: Checked, period: Period = (None, None)) -> Document:
    """Keep a checked file as the newest revision of a document; the earlier ones stay. Raises `NotFound`."""
    document = get_document(desk, evidence_id)
    if len(document.revisions) >= MOST_REVISIONS:
        raise BadInput(f"一份材料最多{MOST_REVISIONS}个版本。", f"A document has at most {MOST_REVISIONS} revisions.")
    if document.latest.sha256 == checked.sha256 and period == (None, None):
        raise BadInput("文件和现有版本相同。", "The file is the same as the revision kept.")
    _check_room(desk, checked)
    _add_revision(desk, evidence_id, document.latest.number + 1, checked, period)
    _note(desk, "evidence_revised", evidence_id, checked)
    return get_document(desk, evidence_id)


def link_evidence(opened: Opened, evidence_id: str, items: Collection[str]) -> None:
    """Let a document prove exactly these items of the assessment. Raises `NotFound`, `BadInput`."""
    _check_items(opened, items)
    get_document(opened.desk, evidence_id)
    work = opened.desk.work
    statement = select(EvidenceLink).where(
        EvidenceLink.assessment_id == opened.id, EvidenceLink.evidence_id == evidence_id
    )
    known = {link.item: link for link in work.session.scalars(statement)}
    for no, link in known.items():
        if no not in items:
            link.ended_at = link.ended_at or work.now
        elif link.ended_at is not None:
            link.ended_at, link.at, link.account_id = None, work.now, work.who.account_id
    work.session.add_all(
        EvidenceLink(
            assessment_id=opened.id,
            evidence_id=evidence_id,
            uscc=opened.row.uscc,
            item=no,
            account_id=work.who.account_id,
            at=work.now,
        )
        for no in sorted(set(items) - set(known))
    )
    opened.row.changed_at = work.now
    work.session.flush()


def find_document(opened: Opened, evidence_id: str) -> Document:
    """Return a document of the enterprise with the items it proves here. Raises `NotFound`."""
    document = get_document(opened.desk, evidence_id)
    items = {link.item for link in _links(opened.desk, [opened.id]) if link.evidence_id == evidence_id}
    return Document(
        document.id, document.title, document.revisions, tuple(no for no in opened.standard.items if no in items)
    )


def _links(desk: Desk, ids: Sequence[str]) -> Sequence[EvidenceLink]:
    statement = select(EvidenceLink).where(
        EvidenceLink.assessment_id.in_(ids), EvidenceLink.uscc == desk.uscc, EvidenceLink.ended_at.is_(None)
    )
    return desk.work.session.scalars(statement).all()


def _add_revision(desk: Desk, evidence_id: str, number: int, checked: Checked, period: Period) -> None:
    start, end = period
    if any(day is not None and not FIRST_DAY <= day <= LAST_DAY for day in period):
        raise BadInput("材料期间的日期不正确。", "The period of the document is not valid.")
    if start is not None and end is not None and start > end:
        raise BadInput("材料期间的开始晚于结束。", "The period of the document ends before it starts.")
    work = desk.work
    keep_file(desk.files, desk.uscc, checked)
    work.session.add(
        EvidenceRevision(
            evidence_id=evidence_id,
            number=number,
            uscc=desk.uscc,
            file_name=checked.name,
            kind=checked.kind,
            size=checked.size,
            sha256=checked.sha256,
            period_from=start,
            period_to=end,
            content=checked.text,
            unread=checked.unread,
            account_id=work.who.account_id,
            at=work.now,
        )
    )
    work.session.flush()


def _check_items(opened: Opened, items: Collection[str]) -> None:
    unknown = sorted(set(items) - set(opened.standard.items))
    if unknown:
        listed = "、".join(no[:20] for no in unknown[:9])
        raise BadInput(f"标准里没有第{listed}项。", "The standard has no such item.")


def _check_room(desk: Desk, checked: Checked) -> None:
    statement = select(func.count(), func.coalesce(func.sum(EvidenceRevision.size), 0)).where(
        EvidenceRevision.uscc == desk.uscc
    )
    number, size = desk.work.session.execute(statement).one()
    if number >= MOST_DOCUMENTS or size + checked.size > MOST_BYTES:
        raise BadInput("材料已满，请联系协调员。", "There is no room for more documents. Ask your coordinator.")


def _note(desk: Desk, action: str, evidence_id: str, checked: Checked) -> None:
    work = desk.work
    work.note(action, work.trail.enterprise(desk.uscc), evidence=evidence_id, sha256=checked.sha256)

"""Draft an objection to published information from the record: the form's words, its limits, and the letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.errors import BadInput, NotFound
from api.exports.letter import Letter, write_letter
from api.records.gateway.cases import ObjectionCase, list_objection_cases
from api.records.gateway.publication import find_published
from api.records.gateway.rating import Enterprise, find_enterprise
from api.records.reader import Reader, Rows
from api.records.scope import Scope
from api.usecases.objection.published_items import PublishedItem, list_items
from knowledge.text import Language

LONGEST = 2000
# Ours, by what is objected to: the rules in force do not say what to attach.
ATTACHMENTS = {
    "penalty": ("行政处罚决定书复印件", "缴款凭证复印件", "撤销或者变更处罚决定的文书"),
    "credit_rating": ("信用等级认定文书或者证书复印件",),
    "publication": ("列入或者移出名录的文书复印件",),
    "licence": ("许可证件复印件",),
    "joint_measure": ("有关部门的文书复印件",),
    "enterprise": ("注册登记或者备案变更的凭证",),
}
ALWAYS = ("营业执照复印件", "授权委托书和经办人身份证件复印件")


@dataclass(frozen=True, slots=True)
class ObjectionDesk:
    """What an enterprise sees before it objects: its published items and its cases."""

    enterprise: Enterprise
    items: tuple[PublishedItem, ...]
    cases: Rows[ObjectionCase]


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody typed into the form."""

    claim: str
    correct: str
    attached: tuple[str, ...]


def open_desk(reader: Reader, scope: Scope, uscc: str, day: date, language: Language) -> ObjectionDesk:
    """Return what an enterprise in reach can object to, and its objections. Raises `NotFound`."""
    enterprise = find_enterprise(reader, scope, uscc)
    published = find_published(reader, scope, uscc, day) if enterprise else None
    if enterprise is None or published is None:
        raise NotFound("没有这家企业的记录。", "There is no record of this enterprise.")
    cases = list_objection_cases(reader, scope, uscc, day)
    return ObjectionDesk(enterprise, list_items(published, day, language), cases)


def find_item(desk: ObjectionDesk, table: str, row_id: str) -> PublishedItem:
    """Return the published item that an objection is about. Raises `NotFound` for whatever is not the enterprise's."""
    for item in desk.items:
        if (item.source.table, item.source.row_id) == (table, row_id):
            return item
    raise NotFound("没有这条公示信息。", "There is no such published information.")


def attachments_for(item: PublishedItem) -> tuple[str, ...]:
    """Return what we advise to attach."""
    return ATTACHMENTS.get(item.source.table, ()) + ALWAYS


def read_objection(claim: str, correct: str, attached: Sequence[str], item: PublishedItem) -> Objection:
    """Return what was typed, checked. Raises `BadInput`."""
    claim, correct = claim.strip(), correct.strip()
    if not claim:
        raise BadInput("请写明哪里不准确、为什么。", "Say what is inaccurate, and why.")
    if max(len(claim), len(correct)) > LONGEST:
        raise BadInput(f"每一栏最多{LONGEST}字。", f"At most {LONGEST} characters in each field.")
    return Objection(claim, correct, tuple(name for name in attachments_for(item) if name in attached))


def write_objection(desk: ObjectionDesk, item: PublishedItem, objection: Objection, day: date) -> bytes:
    """Return the letter as a docx file that can be edited; it goes to Customs and is in Chinese."""
    enterprise = desk.enterprise
    return write_letter(
        Letter(
            title="信用信息公示异议申请",
            to=item.addressee,
            facts=(
                ("申请企业", enterprise.name),
                ("统一社会信用代码", enterprise.uscc),
                ("海关注册编码", enterprise.customs_code),
                ("联系人", enterprise.contact_person or ""),
                ("联系电话", enterprise.phone or ""),
            ),
            sections=(
                (
                    "一、所异议的公示信息",
                    (item.title, *(f"{name}：{value}" for name, value in item.facts), _record(item)),
                ),
                ("二、不准确之处和理由", tuple(objection.claim.splitlines())),
                ("三、请求更正为", tuple(objection.correct.splitlines()) or ("按核实的结果更正。",)),
                ("四、所附材料", tuple(f"{n}. {name}" for n, name in enumerate(objection.attached, 1)) or ("无",)),
            ),
            signed=("申请企业（盖章）", "法定代表人或者授权经办人（签字）", "日期"),
            notes=(
                f"草稿，{day}由海关信用培育助手按共享记录生成，提交前请核对；本段可以删除。",
                "提交途径：信用信息公示平台在线提出，或者到现场提出（据海关2024-04-29的介绍）。",
                "海关复核的时限在第282号令下没有核实；旧规（第251号令第十二条，2026-03-31止）是20日，未用官方文本核对。",
            ),
        )
    )


def _record(item: PublishedItem) -> str:
    return f"记录：{item.source.table} {item.source.row_id}，数据时点 {item.as_of:%Y-%m-%d %H:%M}"

"""What the records say, as a message: the own enterprise's status, those a coordinator looks after, one looked up."""

from __future__ import annotations

from dataclasses import dataclass

from api.auth.identity import Identity, Kind, scope_of
from api.bridge.model import Outbound
from api.errors import AppError, ReasonNeeded
from api.records.codes import find_label
from api.records.errors import RecordsError
from api.records.gateway.assignments import list_enterprises
from api.records.gateway.search import search_enterprises
from api.records.gateway.status import StatusPage
from api.records.reader import Reader
from api.usecases.channels.ground import Channels
from api.usecases.channels.words import RECORDS_AWAY
from api.usecases.record_reading import REASON_NAMES, Reason, give_reason
from api.usecases.record_status import read_status

MOST_LISTED = 20
MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """A question to the records: the own status (`about` empty), the list, or an enterprise by name."""

    who: Identity
    listed: bool = False
    about: str = ""
    reason: str = ""


def answer_from_records(channels: Channels, asked: RecordQuestion) -> Outbound:
    """Return what the records say to this person. No transaction of ours is open; reasons and readings write."""
    records = channels.services.records
    if records is None:
        return Outbound("还没有接入记录数据库。")
    try:
        with records.reader() as reader:
            if asked.listed:
                return _listed(channels, reader, asked.who)
            if asked.about:
                return _looked_up(channels, reader, asked)
            return _status(channels, reader, asked.who, asked.who.uscc)
    except RecordsError:
        return Outbound(RECORDS_AWAY)
    except AppError as error:
        return Outbound(error.zh)


def _listed(channels: Channels, reader: Reader, who: Identity) -> Outbound:
    found = list_enterprises(reader, scope_of(who, channels.today()), cap=MOST_LISTED)
    if not found:
        return Outbound("今天没有分配给您的企业。")
    more = "\n还有更多，请在网页查看。" if found.truncated else ""
    names = tuple(f"查 {enterprise.name}" for enterprise in found)
    return Outbound(f"您负责的企业（{len(found)}家）：{more}", names)


def _looked_up(channels: Channels, reader: Reader, asked: RecordQuestion) -> Outbound:
    scope = scope_of(asked.who, channels.today())
    found = search_enterprises(reader, scope, asked.about, channels.today(), MOST_FOUND)
    exact = [one for one in found if one.name == asked.about or one.uscc == asked.about.upper()]
    hits = exact if len(exact) == 1 else list(found)
    if not hits:
        return Outbound("您负责的企业里没有找到，请换个写法，或者发送“我的企业”。")
    if len(hits) > 1:
        return Outbound("找到几家，请选择：", tuple(f"查 {one.name}" for one in hits))
    reason = next((code for code, name in REASON_NAMES.items() if name == asked.reason), None)
    if reason is not None and reason is not Reason.OTHER:
        with channels.services.database.writing() as session:
            give_reason(channels.work(session, asked.who), reader, scope, hits[0].uscc, reason, "")
    try:
        return _status(channels, reader, asked.who, hits[0].uscc)
    except ReasonNeeded:
        reasons = [name for code, name in REASON_NAMES.items() if code is not Reason.OTHER]
        return Outbound("查看企业记录前请选择理由：", tuple(f"查 {hits[0].name} · {name}" for name in reasons))


def _status(channels: Channels, reader: Reader, who: Identity, uscc: str) -> Outbound:
    today = channels.today()
    page = read_status(channels.services, reader, scope_of(who, today), who, uscc, today)
    address = channels.services.public_url
    path = "/status" if who.kind is Kind.ENTERPRISE else f"/status/{uscc}"
    return Outbound("\n".join(status_lines(page)), link=f"{address}{path}" if address else "")


def status_lines(page: StatusPage) -> list[str]:
    """Return the status of an enterprise in a few lines, each with the day it is for."""
    lines = [page.enterprise.name]
    if page.rating is None:
        lines.append("信用等级：记录里没有")
    else:
        label = find_label("level", page.rating.level)
        since = page.held_since or page.rating
        name = label.zh if label else page.rating.level
        lines.append(f"信用等级：{name}（{since.effective_from:%Y-%m-%d}起）")
        if page.rating.next_review:
            lines.append(f"下次复核：{page.rating.next_review:%Y-%m-%d}")
    if page.penalties:
        lines.append(f"仍在计算期内的行政处罚：{len(page.penalties)}条")
    if page.abnormal_listings:
        lines.append(f"异常企业名录：{len(page.abnormal_listings)}条")
    open_cases = [
        case for cases in (page.certification_cases, page.repair_cases, page.objection_cases) for case in cases or ()
    ]
    pending = sum(case.is_open for case in open_cases)
    if pending:
        lines.append(f"办理中的案件：{pending}件")
    lines.append(f"（海关记录，{page.day:%Y-%m-%d}；详情见网页）")
    return lines

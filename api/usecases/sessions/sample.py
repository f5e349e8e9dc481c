"""A few sessions to look around with, in demo mode only."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.store import CentreSession
from api.usecases.channels.ground import CHINA
from api.usecases.sessions.topics import Topic

# Days from now, hour, hours, seats, topic, title, what it is about.
_SAMPLE: tuple[tuple[int, int, int, int, Topic, str, str], ...] = (
    (6, 9, 2, 40, Topic.INTRODUCTION, "海关企业信用管理制度介绍", "五个等级、认证和信用修复，适合初次接触的企业。"),
    (9, 14, 3, 24, Topic.STANDARDS_CLASS, "高级认证标准：财务状况和守法规范", "逐项讲解要求，请带上最近的审计报告。"),
    (13, 9, 3, 12, Topic.MOCK_CERTIFICATION, "模拟认证", "按现场认证的顺序走一遍，当场指出要补的材料。"),
    (16, 14, 2, 24, Topic.STANDARDS_CLASS, "高级认证标准：贸易安全", "场所、人员、货物和商业伙伴的安全要求。"),
    (20, 9, 3, 10, Topic.VISIT, "观摩：一家高级认证企业的关务部门", "实地看单证管理、内部审计和培训记录怎么做。"),
)  # fmt: skip
FRIDAY = 5
PLACE = "示例海关信用培育体验中心"


def make_sample_sessions(session: Session, customs: str, now: datetime) -> int:
    """Set the sample up where nothing is ahead; return how many sessions were made."""
    ahead = select(func.count()).select_from(CentreSession).where(CentreSession.starts_at > now)
    if session.scalars(ahead).one():
        return 0
    today = now.astimezone(CHINA).date()
    for days, hour, hours, seats, topic, title, about in _SAMPLE:
        day = today + timedelta(days=days)
        day += timedelta(days=8 - day.isoweekday() if day.isoweekday() > FRIDAY else 0)
        starts_at = datetime.combine(day, time(hour), CHINA)
        session.add(
            CentreSession(
                topic=topic, title=title, about=about, customs=customs, place=PLACE, seats=seats,
                starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours), changed_at=now,
            )
        )  # fmt: skip
    session.flush()
    return len(_SAMPLE)

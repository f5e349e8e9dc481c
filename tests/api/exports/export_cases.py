"""One assessment with everything a paper can hold, hostile texts among it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from api.exports.paper import Dossier, HandedIn, PlanTask
from selfassess.engine import Answer
from selfassess.facts import OverduePayment, Penalty
from selfassess.forecast import forecast
from selfassess.grades import Grade
from selfassess.loader import get_standard
from selfassess.profile import Profile
from selfassess.situation import Situation, assess_for
from tests.selfassess.assess_cases import DAY, clean_records, table

MADE_AT = datetime(2026, 11, 22, 9, 30)
HOSTILE = '=HYPERLINK("http://evil.example","点我")'
STANDARD = get_standard("advanced-2026")
PROFILE = Profile(production=True)


def task(**fields: object) -> PlanTask:
    """A task of the plan."""
    given = {"id": "t1", "item": "5", "what": "补齐制度", "owner": "关务部", "due": date(2027, 1, 31)}
    return PlanTask(**{"remind_days": 14, "done": False, **given, **fields})  # type: ignore[arg-type]


def dossier(note: str = HOSTILE, **fields: object) -> Dossier:
    """An enterprise with a penalty, a hostile note at item 5 and a plan of one task."""
    facts = clean_records(
        customs_penalties=table(Penalty("p1", date(2026, 3, 1), Decimal(60_000), frozenset())),
        overdue_payments=table(OverduePayment("o1", date(2026, 5, 1), date(2026, 6, 20))),
    )
    answers = {"5": Answer(Grade.PARTLY_MET, note), "59": Answer(Grade.NOT_APPLICABLE, "不用木质包装")}
    assessed = assess_for(Situation(STANDARD, DAY, answers, PROFILE, facts))
    given = {
        "enterprise": "示例贸易有限公司",
        "uscc": "9199000404835019X0",
        "assessed": assessed,
        "day": DAY,
        "made_at": MADE_AT,
        "ahead": forecast(STANDARD, facts, PROFILE, DAY),
        "tasks": (task(),),
        "evidence": {"5": ("单证管理制度",)},
        "handed_in": HandedIn(2, "ab" * 32),
    }
    return Dossier(**{**given, **fields})  # type: ignore[arg-type]

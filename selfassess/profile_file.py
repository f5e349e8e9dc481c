"""Read an enterprise's profile from a file or form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from selfassess.errors import AnswersUnreadable
from selfassess.figure_names import plain
from selfassess.profile import Profile

_FIELDS: dict[str, tuple[str, ...]] = {
    "enterprise_type": ("企业类型", "type", "kind"),
    "production": ("production_type", "production_enterprise", "manufacturer", "是否生产型", "生产型"),
    "businesses": ("单项业务", "从事业务", "business"),
    "stage": ("阶段", "status"),
    "established_on": ("成立日期", "founded_on", "established"),
    "review_cycle_start": ("复核周期起始日",),
    "age_years": ("成立年数", "age", "years_since_establishment"),
    "also_broker": ("兼营报关", "also_customs_broker"),
}
_NAMED = {plain(name): field for field, names in _FIELDS.items() for name in (field, *names)}
_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "enterprise_type": {
        "trader": (
            "进出口货物收发货人",
            "收发货人",
            "importer_exporter",
            "importer",
            "exporter",
            "consignee or consignor",
        ),
        "customs_broker": ("报关企业", "broker", "报关行"),
    },
    "stage": {
        "applicant": ("申请", "申请企业", "新申请", "new", "new_applicant"),
        "under_review": ("复核", "复核企业", "review", "certified", "already_certified"),
    },
    "production": {
        "true": ("生产型", "生产型企业", "production", "yes", "是"),
        "false": ("非生产型", "非生产型企业", "non_production", "no", "否"),
    },
}
_BOTH_TYPES = {plain(name) for name in ("trader_and_broker", "收发货人兼报关企业")}
_BUSINESSES: dict[str, tuple[str, ...]] = {
    "health_quarantine": ("卫生检疫", "进出境卫生检疫"),
    "animal_plant_quarantine": ("动植物检疫", "进出境动植物检疫"),
    "food_cosmetics": ("进出口食品、化妆品", "进出口食品化妆品", "食品化妆品", "food_and_cosmetics"),
    "food": ("进出口食品", "食品"),
    "commodity_inspection": ("商品检验", "进出口商品检验"),
    "processing_bonded": ("加工贸易", "加工贸易以及保税进出口", "保税"),
    "customs_brokerage": ("代理报关",),
    "express": ("快件运营", "快件"),
    "transport": ("物流运输",),
    "cross_border_e_commerce_platform": ("跨境电子商务平台", "跨境电商平台"),
    "foreign_trade_service": ("外贸综合服务",),
}


def read_profile(content: Mapping[str, Any], known: Profile | None = None, *, also_broker: bool = False) -> Profile:
    """A profile from a file: the field names above, days as YYYY-MM-DD, businesses as a list.

    What the file does not say is taken from ``known``, such as a profile read from the records.
    """
    given = _given(content)
    base = known or Profile(type_known=bool(content))
    kind, both = given.get("enterprise_type"), given.get("also_broker", base.also_broker or also_broker)
    if isinstance(kind, str) and plain(kind) in _BOTH_TYPES:
        kind, both = "trader", True
    if not isinstance(both, bool):
        raise _wrong("also_broker", "true, false", both)
    fields: dict[str, Any] = {
        "production": _production(given.get("production")),
        "businesses": _businesses(given.get("businesses")),
        "established_on": _day("established_on", given.get("established_on")),
        "review_cycle_start": _day("review_cycle_start", given.get("review_cycle_start")),
        "age_years": _age(given.get("age_years")),
    }
    return replace(
        base,
        enterprise_type=_word("enterprise_type", kind, base.enterprise_type),
        stage=_word("stage", given.get("stage"), base.stage),
        also_broker=both,
        **{name: value for name, value in fields.items() if value is not None},
    )


def _given(content: Mapping[str, Any]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for key, value in content.items():
        field = _NAMED.get(plain(key))
        if field is None:
            known = ", ".join(_FIELDS)
            raise AnswersUnreadable(
                f"profile：不认识的字段{str(key)[:60]!r}，可以用：{known}",
                f"profile: unknown field {str(key)[:60]}; known are: {known}",
            )
        if value is not None:
            given[field] = value
    return given


def _word(field: str, value: Any, otherwise: str) -> Any:
    if value is None:
        return otherwise
    for word, aliases in _WORDS[field].items():
        if isinstance(value, str) and plain(value) in {plain(name) for name in (word, *aliases)}:
            return word
    raise _wrong(field, ", ".join(_WORDS[field]), value)


def _production(value: Any) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    return bool(_word("production", value, "") == "true")


def _businesses(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in value):
        raise AnswersUnreadable(
            "profile：businesses应当是业务名称的列表", "profile: businesses must be a list of names"
        )
    return frozenset(_business(name) for name in value)


def _business(name: str) -> str:
    wanted = plain(name).removesuffix("业务")
    for section, aliases in _BUSINESSES.items():
        if wanted in {plain(alias) for alias in (section, *aliases)}:
            return section
    raise _wrong("businesses", ", ".join(_BUSINESSES), name)


def _age(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1000:
        raise _wrong("age_years", "0.5, 3", value)
    return float(value)


def _day(field: str, value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise AnswersUnreadable(
            f"profile：{field}应当是2020-05-31这样的日期，不是{str(value)[:60]!r}",
            f"profile: {field} must be a day like 2020-05-31, not {str(value)[:60]!r}",
        ) from error


def _wrong(field: str, choices: str, value: Any) -> AnswersUnreadable:
    shown = repr(value)[:60]
    return AnswersUnreadable(
        f"profile：{field}不能是{shown}，可以用：{choices}",
        f"profile: {field} must be one of {choices}, not {shown}",
    )

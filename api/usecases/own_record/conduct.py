"""What is said about penalties, the abnormal list, inspection, the profile, measures, agencies, publication."""

from __future__ import annotations

from collections.abc import Iterator

from api.records import rules
from api.records.gateway.clearance import Average
from api.records.gateway.status import StatusPage
from api.records.wording import amount, day_text, label_of, month_text, percent, plain_number
from api.usecases.own_record.said import Said, either
from knowledge.text import Language

MOST = 10
REGULAR = "regular"


def say_penalties(found: StatusPage, language: Language) -> Iterator[Said]:
    """Penalties that still count or are published, with the day each ages out."""
    penalties = found.penalties or ()
    if not penalties:
        text = either(
            language, "记录里没有仍在现行标准回溯期内的海关行政处罚，也没有仍在公示的处罚。",
            "No penalty on record is within a look-back of the standards in force or still published.",
        )  # fmt: skip
        yield Said(text, (), rules.RULES["penalties"][3:4])
        return
    counting = sum(one.matters_until > found.day for one in penalties)
    yield Said(
        either(
            language, f"记录里有{len(penalties)}笔还有影响的处罚，其中{counting}笔仍在现行标准的回溯期内。",
            f"Penalties on record that still matter: {len(penalties)}, of which within a look-back of the standards in "
            f"force: {counting}.",
        ),
        tuple(one.penalty for one in penalties),
    )  # fmt: skip
    for one in penalties[:MOST]:
        penalty = one.penalty
        on, sum_ = day_text(penalty.decided_on, language), amount(penalty.amount, language)
        leaves = day_text(one.matters_until, language)
        counts = one.matters_until > found.day
        ends = either(language, f"{leaves}起不再计入", f"no longer counted from {leaves}") if counts else either(
            language, "已经不计入", "no longer counted"
        )  # fmt: skip
        text = either(
            language, f"{on}，{penalty.cause}，{sum_}（{penalty.decision_no}）：{ends}。",
            f"{on}, {penalty.cause}, {sum_} ({penalty.decision_no}): {ends}.",
        )  # fmt: skip
        last = max(one.countdowns, key=lambda countdown: countdown.leaves_on, default=None)
        yield Said(text, (penalty,), (last.rule,) if last else ())
    yield Said(
        either(
            language, "日期从处罚决定作出之日算起，是本系统的假设；回溯期的起点标准没有写明。",
            "Days are counted from the decision, which is our assumption: the standards leave the start open.",
        ),
        (), rules.RULES["look_back_start"],
    )  # fmt: skip


def say_listings(found: StatusPage, language: Language) -> Iterator[Said]:
    """Stays on the abnormal list."""
    listings = found.abnormal_listings or ()
    if not listings:
        text = either(
            language, "记录里没有列入过海关信用信息异常企业名录。",
            "The records show no entry on the list of enterprises with abnormal credit information.",
        )  # fmt: skip
        yield Said(text, (), rules.RULES["listings"][:1])
    for one in listings[:MOST]:
        first = day_text(one.listed_on, language)
        left = day_text(one.removed_on, language) if one.removed_on else ""
        text = either(
            language, f"{first}列入异常名录（{one.reason}），{f'{left}移出' if left else '现在仍然在列'}。",
            f"Put on the abnormal list on {first} ({one.reason}); {f'removed on {left}' if left else 'still listed'}.",
        )  # fmt: skip
        yield Said(text, (one,), rules.RULES["listings"][:1])


def say_clearance(found: StatusPage, language: Language) -> Iterator[Said]:
    """The inspection rate beside that of the level and of regular enterprises."""
    compared = found.clearance
    if compared is None:
        yield Said(
            either(language, "最近12个完整月没有通关数据。", "No clearance is on record for the last 12 months.")
        )
        return
    span = f"{month_text(compared.first_month, language)} – {month_text(compared.last_month, language)}"
    own = compared.own
    text = either(
        language, f"{span}，贵企业的查验率是{_rate(own)}（{own.declarations}票报关单中查验{own.inspected}票）。",
        f"{span}: your inspection rate is {_rate(own)} ({own.inspected} of {own.declarations} declarations).",
    )  # fmt: skip
    yield Said(text, (own,), rules.inspection_rules(compared.level)[:1])
    beside = [(compared.level, compared.of_level)] if compared.level != REGULAR else []
    for level, average in (*beside, (REGULAR, compared.of_regular)):
        if average is not None:
            name = label_of("level", level, language)
            text = either(
                language, f"同期{name}的平均查验率是{_rate(average)}。",
                f"The average of {name.lower()}s over the same months is {_rate(average)}.",
            )  # fmt: skip
            yield Said(text, (average,))
    if own.import_hours is not None:
        hours = plain_number(own.import_hours, language, 1)
        yield Said(
            either(language, f"进口通关时间平均{hours}小时。", f"Import clearance takes {hours} hours on average."),
            (own,),
        )


def say_profile(found: StatusPage, language: Language) -> Iterator[Said]:
    """The mean score of each dimension."""
    profile = found.profile
    if profile is None:
        yield Said(either(language, "记录里没有企业画像。", "There is no profile on record."))
        return
    day = day_text(profile.measured_on, language)
    parts = [
        f"{label_of('dimension', one.dimension, language)} {plain_number(one.score, language, 1)}"
        for one in profile.dimensions
        if one.score is not None
    ]
    text = either(
        language, f"{day}的画像，各维度指标得分的平均数：{'、'.join(parts)}（平均数是本系统算的，不是官方数字）。",
        f"Profile of {day}, mean scores: {', '.join(parts)} (means are ours, not official figures).",
    )  # fmt: skip
    yield Said(text, tuple(value for one in profile.dimensions for value in one.values), rules.RULES["profile"])


def say_measures(found: StatusPage, language: Language) -> Iterator[Said]:
    """Joint incentives and sanctions in operation."""
    current = [one for one in found.joint_measures or () if one.valid_to is None or one.valid_to >= found.day]
    if not current:
        text = either(
            language, "记录里没有正在实施的联合激励或者联合惩戒。", "No joint incentive or sanction is in operation."
        )
        yield Said(text, (), rules.RULES["measures"][:1])
    for one in current[:MOST]:
        kind, first = label_of("measure_kind", one.kind, language), day_text(one.valid_from, language)
        text = either(
            language, f"{kind}：{one.measure}（{one.department}），{first}起。",
            f"{kind}: {one.measure} ({one.department}), from {first}.",
        )  # fmt: skip
        yield Said(text, (one,), rules.RULES["measures"][:1])


def say_agencies(found: StatusPage, language: Language) -> Iterator[Said]:
    """Records of other departments and external credit."""
    for one in (found.external_credit or ())[:MOST]:
        kind, grade = label_of("credit_kind", one.kind, language), one.grade or one.title or "—"
        text = either(language, f"{kind}：{grade}（{one.publisher}）。", f"{kind}: {grade} ({one.publisher}).")
        yield Said(text, (one,), rules.RULES["external_credit"])
    records = found.agency_records or ()
    yield Said(
        either(language, f"部门信用记录有{len(records)}条。", f"Agency records: {len(records)}."),
        tuple(records[:MOST]), rules.RULES["agencies"][:1],
    )  # fmt: skip


def say_publications(found: StatusPage, language: Language) -> Iterator[Said]:
    """What is published and until when."""
    entries = [one for one in found.publications or () if one.published_to is None or one.published_to >= found.day]
    for entry in entries[:MOST]:
        name, last = label_of("directory", entry.directory, language), entry.published_to
        until = either(language, f"到{day_text(last, language)}", f"until {day_text(last, language)}") if last else (
            either(language, "长期", "without an end date")
        )  # fmt: skip
        text = either(language, f"公示在{name}，{until}。", f"Published in: {name}, {until}.")
        yield Said(text, (entry,), rules.RULES["publications"][:1])
    shown = [
        one
        for one in found.penalties or ()
        if one.publication and (one.publication.last is None or one.publication.last >= found.day)
    ]
    for one in shown[:MOST]:
        penalty, end = one.penalty, one.publication.last if one.publication else None
        until = either(language, f"到{day_text(end, language)}", f"until {day_text(end, language)}") if end else (
            either(language, "记录里没有截止日", "no end date on record")
        )  # fmt: skip
        text = either(
            language, f"公示的处罚：{penalty.decision_no}，{until}。",
            f"Published penalty: {penalty.decision_no}, {until}.",
        )  # fmt: skip
        rule = one.publication.rule if one.publication else None
        yield Said(text, (penalty,), (rule,) if rule else ())
    if not entries and not shown:
        text = either(
            language, "记录里没有正在公示的名录或者处罚。", "No directory entry or penalty is under publication."
        )
        yield Said(text, (), rules.RULES["publications"][:1])


def _rate(average: Average) -> str:
    rate = average.inspection_rate
    return "—" if rate is None else percent(rate, "en")

"""Read figures on conduct out of a question: penalties, inspection results, recovered tax, competence."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.figure_notation import (
    COUNT,
    FILLER,
    MONEY,
    MORE,
    START,
    Figures,
    amount_of,
    count_by,
    exceeding,
    listed_amounts,
)
from knowledge.numerals import AMOUNT

# Amounts below this are counts or slips of the pen, not fines.
LEAST_AMOUNT = 100

_FIELDS = (
    ("food_cosmetics", re.compile(r"食品|化妆品|food|cosmetic", re.I)),
    ("animal_plant_quarantine", re.compile(r"动植检|动植物|植物|动物|水果|animal|plant", re.I)),
    ("health_quarantine", re.compile(r"卫生检疫|特殊物品|特殊货物|health quarantine", re.I)),
    ("commodity_inspection", re.compile(r"商检|商品检验|法检|commodity inspection", re.I)),
)


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.I)


_PENALISED = re.compile(r"罚|处罚|fine|penalt", re.I)
_TIMES = _compiled(
    rf"(?:罚|处罚|违规|违法|罚款)(?:了|过)? ?{COUNT} ?(?:次|回)",
    rf"{COUNT} ?(?:次|回|笔|张罚单)",
    rf"fined {COUNT} times?",
    rf"{COUNT} (?:penalties|fines)",
)
_EACH = _compiled(rf"(?:每次|每笔|each){FILLER}{MORE}{MONEY}")
_TOTAL = _compiled(
    r"(?:累计|共计|合计|总共|一共|加起来|总额|总金额|共|in total|total(?:ling)?(?: of)?|altogether)"
    rf"(?:罚款|被?罚|处罚)?(?:了|金额)?{FILLER}{MORE}{MONEY}(?!次|票|批)",
    rf"(){MONEY} in total",
)
_SINGLE = _compiled(
    r"(?:罚款金额|处罚金额|罚金|罚款|罚|处罚|penalty of|fine of|fined|单笔|单次|一次|最大一笔|最高)"
    rf"{FILLER}(?:了|款)?{MORE}{MONEY}(?![次票批回])"
)
_TRADE = _compiled(rf"(?:进出口(?:总)?[值额]|进出口总额|进出口|贸易额|trade value){FILLER}{MONEY}")
_DOCUMENTS = _compiled(
    rf"(?:报关单|单证|报关)[^0-9，,。]{{0,8}}({AMOUNT}) ?(?:票|份|单|张)",
    rf"{START}({AMOUNT}) ?(?:票|份|单)(?:报关单|单证)?",
    rf"{START}({AMOUNT}) (?:declarations|documents)",
)
_ADVERSE = r"(?:退运|销毁|不合格|不予出口|没收|移交|被退|returned|destroyed|refused|rejected)"
_ADVERSE_WORD = re.compile(_ADVERSE, re.I)
_ADVERSE_COUNT = _compiled(
    rf"{_ADVERSE}(?:了|过|处理)?{FILLER}{COUNT} ?(?:次|批|票)",
    rf"{COUNT} ?(?:次|批|票|batches|times)(?:货)?(?:被|were|was)? ?{_ADVERSE}",
    rf"{_ADVERSE} {COUNT} times?",
)
_BATCHES = _compiled(
    rf"(?:共|总共|一共|合计|检查|查验|检验|全年|out of|of){FILLER}(?:检查|查验|检验|抽查|查|抽)?(?:了)?"
    rf"{COUNT} ?(?:批|票|batches|inspected)",
    rf"{COUNT} ?(?:批|票)(?:里|中|当中|货)",
)
_FOUND = re.compile(r"查获|finding|高质量|查中", re.I)
_HIGH_QUALITY = _compiled(
    rf"高质量(?:查获)?(?:了|的)?(?:有)?{FILLER}{COUNT} ?(?:票|单|起)",
    rf"{COUNT} ?(?:票|单)(?:是)?高质量",
    rf"{COUNT} high[- ]quality",
)
_FINDINGS = _compiled(
    rf"(?<!高质量)(?:查获|查中|中|查出问题|查出)(?:了|的)?(?:有)?{FILLER}{COUNT} ?(?:票|单|起)",
    rf"{COUNT} ?(?:票|单)(?:有|被)?查获",
    rf"{COUNT} (?:had )?findings",
)
_INSPECTED = _compiled(
    rf"(?:查验|检查|抽查|被查|查|抽)(?:了|过)?(?:我们?|咱们?)?{FILLER}{COUNT} ?(?:票|单)",
    rf"{COUNT} (?:declarations )?inspected",
    rf"{COUNT} inspections",
)
_RECOVERED = _compiled(
    r"(?:被?追征|补税|补征|追缴|补缴|追税|补交|recovered(?: tax)?(?: of)?)(?:税款)?"
    rf"(?:了|过|累计|合计|共){{0,2}}(?:[一1]次)?{FILLER}{MORE}{MONEY}"
)
_RECOVERY = re.compile(r"追征|补税|补征|追缴|补缴|追税|补交|追了|recovered", re.I)
# Cases above this amount are counted one by one (item 24 advanced, item 22 certified).
LARGE_RECOVERY = 100_000
_ONCE = re.compile(r"一次|一笔|1次|1笔|once")
_TAX = _compiled(rf"(?:纳税(?:总)?额|纳税|税款总额|交税|缴税|tax paid){FILLER}{MONEY}")
_ASSESSED = re.compile(r"关务水平|关务评估|competence", re.I)
_HEADCOUNT = _compiled(
    rf"(?:报关人员|关务人员|报关员|一共|共|有){FILLER}{COUNT} ?(?:人|名|个)",
    rf"{COUNT} ?(?:人|名|个)(?:报关员|报关人员|关务)",
)


def field_in(text: str) -> str | None:
    """Return the single business a question is about, if it names one."""
    return next((name for name, words in _FIELDS if words.search(text)), None)


def penalties(text: str) -> Figures:
    """Number, total and largest amount of penalties, and what their shares are taken of."""
    if not _PENALISED.search(text):
        return {}
    found = _amounts(text, count_by(_TIMES, text))
    if match := _TRADE.search(text):
        found["previous_year_trade_value"] = amount_of(match[1])
    if (documents := count_by(_DOCUMENTS, text)) is not None:
        found["previous_year_documents"] = documents
    return found


def _amounts(text: str, times: Decimal | None) -> Figures:
    found: Figures = {}
    each, total, single = _EACH.search(text), _TOTAL.search(text), _SINGLE.search(text)
    if times:
        found["customs_penalty_count"] = found["violation_count"] = times
    if amounts := listed_amounts(text):
        found["customs_penalty_count"] = found["violation_count"] = Decimal(len(amounts))
        found["customs_penalty_sum"] = sum(amounts, Decimal(0))
        found["single_customs_penalty_amount"] = max(amounts)
    elif each and times:
        found["single_customs_penalty_amount"] = exceeding(each)
        found["customs_penalty_sum"] = exceeding(each) * times
    elif total:
        found["customs_penalty_sum"] = exceeding(total)
    elif single and amount_of(single[2]) >= LEAST_AMOUNT:
        found["single_customs_penalty_amount"] = exceeding(single)
        if times in (None, Decimal(1)):
            found["customs_penalty_sum"] = exceeding(single)
    return found


def adverse_results(text: str) -> Figures:
    """Adverse inspection results in one single business, and the batches inspected."""
    if field_in(text) is None or not _ADVERSE_WORD.search(text):
        return {}
    count = count_by(_ADVERSE_COUNT, text)
    if count is None:
        return {}
    found = {"adverse_inspection_results": count}
    batches = count_by(_BATCHES, text)
    if batches:
        found["inspected_batches"] = batches
    return found


def findings(text: str) -> Figures:
    """Inspected declarations, findings and high-quality findings, with their rates in percent."""
    if not _FOUND.search(text):
        return {}
    patterns = {
        "declarations_with_high_quality_findings": _HIGH_QUALITY,
        "declarations_with_findings": _FINDINGS,
        "inspected_self_declared_declarations": _INSPECTED,
    }
    counted = {metric: count_by(pattern, text) for metric, pattern in patterns.items()}
    found = {metric: value for metric, value in counted.items() if value is not None}
    inspected = found.get("inspected_self_declared_declarations")
    if inspected:
        for metric, rate in _RATES.items():
            if metric in found:
                found[rate] = found[metric] / inspected * 100
    return found


_RATES = {
    "declarations_with_findings": "finding_rate",
    "declarations_with_high_quality_findings": "high_quality_finding_rate",
}


def recoveries(text: str) -> Figures:
    """Recovered tax, and its share of the tax paid in the year before."""
    if not _RECOVERY.search(text):
        return {}
    amounts = listed_amounts(text)
    match = _RECOVERED.search(text)
    if amounts:
        found = {"recovered_tax_sum": sum(amounts, Decimal(0))}
        found["recoveries_over_100000_count"] = Decimal(sum(amount > LARGE_RECOVERY for amount in amounts))
    elif match and amount_of(match[2]) >= LEAST_AMOUNT:
        found = {"recovered_tax_sum": exceeding(match)}
        if _ONCE.search(text):
            found["recoveries_over_100000_count"] = Decimal(1 if found["recovered_tax_sum"] > LARGE_RECOVERY else 0)
    else:
        return {}
    tax = _TAX.search(text)
    if tax and amount_of(tax[1]):
        found["previous_year_tax"] = amount_of(tax[1])
        found["recovered_tax_to_previous_year_tax"] = found["recovered_tax_sum"] / found["previous_year_tax"]
    return found


def competence(text: str) -> Figures:
    """Declarants and the share of them that passed each level of the competence assessment."""
    head = count_by(_HEADCOUNT, text) if _ASSESSED.search(text) else None
    if not head:
        return {}
    found = {"declarant_headcount": head}
    for metric, word in (("junior", "初级"), ("intermediate", "中级"), ("senior", "高级")):
        near = r"[^0-9，,]{0,6}"
        passed = count_by(_compiled(rf"{COUNT} ?(?:人|名|个){near}{word}", rf"{word}{near}{COUNT} ?(?:人|名|个)"), text)
        if passed is not None:
            found[f"share_{metric}_passed"] = passed / head * 100
            if metric == "senior":
                found["senior_passed_count"] = passed
    return found

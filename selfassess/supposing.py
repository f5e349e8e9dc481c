"""Which events an ordinary sentence supposes: 如果今年再被罚一次6万, 如果现金比率提到0.2, what if item 5 were met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from selfassess.facts import Listing, OverduePayment, Rating, TaxRecovery
from selfassess.figure_names import SHARES
from selfassess.grades import Grade
from selfassess.indicators import FORMULAS
from selfassess.metrics import METRICS
from selfassess.replies.characters import simplified
from selfassess.replies.names import names_of
from selfassess.replies.numbers import Spoken, even, numbers_in
from selfassess.standard import Standard
from selfassess.suppose import HYPOTHETICAL, Event, GradeAt, IndicatorAt, OneMorePenalty, OneMoreRow
from selfassess.text import Text, text
from selfassess.window import add_months
from selfassess.wording import show_figure

_MOST_EVENTS = 20


@dataclass(frozen=True)
class Supposed:
    """The events understood; ``asks`` is what to ask back where a part was not.

    ``recognised`` is False where nothing in the sentence is something that can be supposed.
    """

    events: tuple[Event, ...] = ()
    asks: tuple[Text, ...] = ()
    said: tuple[Text, ...] = field(default=())
    recognised: bool = True


def understand_supposition(sentence: str, standard: Standard, on: date) -> Supposed:
    """The events the sentence supposes, on ``on`` unless it names another day."""
    plain = even(simplified(sentence[:500]))
    parts = [part for reader in _READERS for part in reader(plain, standard, _day(plain, on))]
    if not parts:
        parts = [_NOT_UNDERSTOOD]
    events = tuple(event for part in parts for event in part.events)
    asks = tuple(ask for part in parts for ask in part.asks)
    recognised = any(part.recognised for part in parts)
    return Supposed(events, asks, tuple(said for part in parts for said in part.said), recognised)


_NOT_UNDERSTOOD = Supposed(
    asks=(
        text(
            "没有听懂假设的是什么，可以这样说：如果今年再被罚一次6万；如果现金比率提到0.2；如果第5项改成达标",
            "what is supposed is unclear; for example: if we are fined 60,000 once more; "
            "if the cash ratio rose to 0.2; if item 5 were met",
        ),
    ),
    recognised=False,
)
_PENALTY = re.compile(r"罚(?!没)|fine[ds]?\b|penalt|penali[sz]ed")
_NO_PENALTY = re.compile(
    r"(?:不|没有?|未|别)(?:再|会|曾|被|海关|处)*罚|no (?:more |new |further )*(?:penalt|fine)|not? (?:be )?fined"
)
_SEE_FORECAST = text(
    "不发生新的处罚时，哪天达标见“预测”", "without a new penalty, see the forecast for the day each item passes"
)
_RECOVERY = re.compile(r"追征|追补|补征|补缴?税|(?:tax|duty|duties)[^.;,]{0,20}recover|recover[^.;,]{0,20}(?:tax|dut)")
_LISTED = re.compile(r"异常(?:企业)?名录|abnormal")
_OVERDUE = re.compile(
    r"(?:逾期|拖欠|没有?按期|未按期)[^，。；]{0,6}(?:税|罚|款)|(?:税|罚)款?[^，。；]{0,6}(?:逾期|拖欠)"
    r"|overdue|pay late|late payment"
)
_RATING = re.compile(r"(?:公共信用|综合评价)[^a-z]{0,12}([a-e])\b|rating[^.;,]{0,20}\b([a-e])\b")
_NAMED_ITEMS = re.compile(
    r"第?((?:sp)?\d+(?:[、,和及到至-](?:第)?(?:sp)?\d+)*)\s*[项条]|items?\s*((?:sp)?\d+(?:\s*(?:,|and)\s*(?:sp)?\d+)*)"
)
_CAUSES = {
    "solid_waste": r"固体?废|洋垃圾|solid waste",
    "export_control": r"出口管制|export control",
    "health_quarantine": r"卫生检疫|health quarantine",
    "animal_plant_quarantine": r"动植物|animal|plant",
    "food_cosmetics": r"食品|化妆品|\bfood|cosmetic",
    "commodity_inspection": r"商品检验|商检|commodity inspection",
}
_GRADES = (
    (Grade.NOT_MET, r"不达标|不符合|没达标|没有达标|达不到|not met|fails?\b|failed"),
    (Grade.PARTLY_MET, r"基本达标|部分达标|partly"),
    (Grade.MET, r"达标|符合|补齐|整改到位|改好|做到|\bmet\b|fixed|pass"),
)


def _penalties(plain: str, _: Standard, on: date) -> Iterator[Supposed]:
    if not _PENALTY.search(plain):
        return
    if _NO_PENALTY.search(plain):
        yield Supposed(asks=(_SEE_FORECAST,))
        return
    numbers = [number for number in numbers_in(plain) if not _is_date_or_item(plain, number)]
    times = next((int(number.value) for number in numbers if number.mark == "times"), None)
    if times is None:
        times = next((int(n.value) for n in numbers if plain[n.start : n.end] in ("once", "twice")), 1)
    amounts = [number for number in numbers if _is_amount(plain, number)]
    if not amounts:
        yield Supposed(asks=(text("罚多少钱？", "how much is the penalty?"),))
    elif times > 1 and re.search(r"共|合计|累计|总共|一共|in total|altogether", plain):
        yield Supposed(asks=(text("每次各罚多少？单次金额和累计金额要分开看", "how much is each penalty?"),))
    elif not 0 < times * len(amounts) <= _MOST_EVENTS:
        yield Supposed(asks=(text(f"一次最多假设{_MOST_EVENTS}次处罚", f"at most {_MOST_EVENTS} penalties at a time"),))
    else:
        causes = frozenset(cause for cause, words in _CAUSES.items() if re.search(words, plain))
        events = [OneMorePenalty(on, _decimal(amount), causes) for amount in amounts for _ in range(times)]
        yield Supposed(tuple(events), said=tuple(_penalty_said(event) for event in events))


def _penalty_said(event: OneMorePenalty) -> Text:
    day, amount = event.on.isoformat(), f"{event.amount:,f}"
    return text(f"{day}再被海关处罚{amount}元", f"one more customs penalty of CNY {amount} on {day}")


def _recoveries(plain: str, _: Standard, on: date) -> Iterator[Supposed]:
    if not _RECOVERY.search(plain):
        return
    amounts = [number for number in numbers_in(plain) if _is_amount(plain, number)]
    if len(amounts) != 1:
        yield Supposed(asks=(text("追征税款多少元？", "how much tax is recovered?"),))
        return
    amount = _decimal(amounts[0])
    row = OneMoreRow("tax_recovery", TaxRecovery(HYPOTHETICAL, on, amount), on)
    said = text(f"{on.isoformat()}再被追征税款{amount:,f}元", f"CNY {amount:,f} of tax recovered on {on.isoformat()}")
    yield Supposed((row,), said=(said,))


def _rows(plain: str, _: Standard, on: date) -> Iterator[Supposed]:
    day = on.isoformat()
    if _LISTED.search(plain):
        row = OneMoreRow("abnormal_list", Listing(HYPOTHETICAL, "abnormal_list", on), on)
        yield Supposed((row,), said=(text(f"{day}被列入异常企业名录", f"listed as abnormal on {day}"),))
    if _OVERDUE.search(plain):
        due = date.fromordinal(on.toordinal() - 1)
        row = OneMoreRow("overdue_payments", OverduePayment(HYPOTHETICAL, due, None), on)
        yield Supposed((row,), said=(text(f"{day}有逾期未缴的款项", f"a payment overdue on {day}"),))
    rating = _RATING.search(plain)
    if rating:
        letter = (rating[1] or rating[2]).upper()
        row = OneMoreRow("public_credit_rating", Rating(HYPOTHETICAL, letter, on), on)
        yield Supposed((row,), said=(text(f"{day}公共信用综合评价为{letter}", f"a public credit rating of {letter}"),))


def _indicators(plain: str, _standard: Standard, _on: date) -> Iterator[Supposed]:
    for metric, _, end in names_of(plain):
        if metric not in FORMULAS:
            continue
        number = next((found for found in numbers_in(plain) if found.start >= end), None)
        label = METRICS[metric].label
        if number is None:
            yield Supposed(asks=(text(f"{label.zh}变成多少？", f"what value would the {label.en} have?"),))
            continue
        value = number.value
        if metric in SHARES and number.mark != "share" and abs(value) > 3:
            value /= 100
        unit = "%" if metric in SHARES else {"amount": "CNY"}.get(METRICS[metric].kind, "ratio")
        shown = show_figure(value, unit)
        yield Supposed((IndicatorAt(metric, value),), said=(text(f"{label.zh}为{shown}", f"{label.en} at {shown}"),))


def _grades(plain: str, standard: Standard, _: date) -> Iterator[Supposed]:
    for found in _NAMED_ITEMS.finditer(plain):
        numbers = _numbers(found[1] or found[2], standard)
        grade = next((grade for grade, words in _GRADES if re.search(words, plain)), None)
        if grade is None:
            yield Supposed(
                asks=(text("这一项改成什么：达标、基本达标还是不达标？", "to which grade would it change?"),)
            )
            continue
        for no in numbers:
            if no not in standard.items:
                yield Supposed(asks=(text(f"{standard.id}没有第{no}项", f"{standard.id} has no item {no}"),))
            elif grade not in standard.items[no].grades.allowed:
                yield Supposed(asks=(text(f"第{no}项没有这一档", f"item {no} has no such grade"),))
            else:
                said = text(f"第{no}项改为{_GRADE_ZH[grade]}", f"item {no} {grade.value.replace('_', ' ')}")
                yield Supposed((GradeAt(no, grade),), said=(said,))


_GRADE_ZH = {Grade.MET: "达标", Grade.PARTLY_MET: "基本达标", Grade.NOT_MET: "不达标"}
_READERS = (_penalties, _recoveries, _rows, _indicators, _grades)


def _numbers(listed: str, standard: Standard) -> list[str]:
    """The item numbers of a list such as 5、6 or 5至8."""
    bounds = re.fullmatch(r"(\d+)[到至-]第?(\d+)", listed)
    if bounds:
        return [str(no) for no in range(int(bounds[1]), min(int(bounds[2]), int(bounds[1]) + 50) + 1)]
    numbers = [found.upper() for found in re.findall(r"(?:sp)?\d+", listed)]
    return [no if no in standard.items or f"SP{no}" not in standard.items else f"SP{no}" for no in numbers]


def _is_amount(plain: str, number: Spoken) -> bool:
    """Whether the number is money: a unit or scale behind it, or too large for a count."""
    if number.mark in ("times", "share") or number.value <= 0 or _is_date_or_item(plain, number):
        return False
    return number.mark == "yuan" or number.scaled or number.value >= 100


def _is_date_or_item(plain: str, number: Spoken) -> bool:
    before, after = plain[: number.start], plain[number.start : number.end + 1]
    return bool(re.search(r"(第|item |sp)$", before)) or bool(re.search(r"[年月日号项]", after))


def _decimal(number: Spoken) -> Decimal:
    return Decimal(number.value.numerator) / Decimal(number.value.denominator)


def _day(plain: str, on: date) -> date:
    """The day the sentence names, never before ``on``; 明年3月 is the first of March of next year."""
    exact = re.search(r"(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})", plain)
    month = re.search(r"(20\d\d|今年|明年|后年)年?的?(\d{1,2})月(?:(\d{1,2})[日号])?", plain)
    if exact:
        return max(on, _safe(int(exact[1]), int(exact[2]), int(exact[3]), on))
    if month:
        years = {"今年": on.year, "明年": on.year + 1, "后年": on.year + 2}
        year = years.get(month[1]) or int(month[1])
        return max(on, _safe(year, int(month[2]), int(month[3] or 1), on))
    if re.search(r"年底|end of (?:the|this) year", plain) and "明年" not in plain:
        return date(on.year, 12, 31)
    for words, months in ((r"后年", 24), (r"明年|next year", 12), (r"下个?月|next month", 1), (r"半年后", 6)):
        if re.search(words, plain):
            return add_months(on, months)
    return on


def _safe(year: int, month: int, day: int, otherwise: date) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        return otherwise

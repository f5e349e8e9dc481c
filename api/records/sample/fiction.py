"""Fictitious names and numbers that look right and can belong to nobody.

Every name begins with 示例; credit codes carry region 99 and customs codes begin with Y, which do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from api.records.identity import organisation_check_character, uscc_check_character

CITIES = ("东屿", "西浦", "南岭", "北湾", "云原", "海川", "江桥", "河城", "湖港", "山洲", "石滨", "星渡")
BRAND_FIRST = "启航远景丰禾泽瑞晨曦博睿卓恒嘉信安泰明德致和宏图华盛金辉"
BRAND_LAST = "达通联创元成利源益顺康茂杰辰宁岚峰霖"
TRADES = (
    "国际贸易", "进出口", "电子科技", "机械设备", "纺织服装", "食品", "化妆品", "供应链管理", "生物医药", "新材料",
    "汽车零部件", "家居用品", "跨境电商", "农产品", "仪器仪表", "照明电器",
)  # fmt: skip
BROKER_TRADES = ("报关服务", "国际货运代理")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
ROADS = ("启明路", "和顺路", "望海路", "临江路", "长青路", "丰收路", "远帆路", "云栖路")
OFFICES = ("驻港口办事处", "驻机场办事处", "驻园区办事处", "驻车站办事处")


@dataclass(frozen=True, slots=True)
class Office:
    """A fictitious customs office."""

    district: str
    district_name: str
    office: str
    office_name: str


def _offices() -> tuple[Office, ...]:
    districts = [(f"Y{'123456789ABC'[place]}", f"示例{city}海关") for place, city in enumerate(CITIES)]
    return tuple(
        Office(code, name, f"{code}{number:02d}", name + where)
        for code, name in districts
        for number, where in enumerate(OFFICES, 1)
    )


ALL_OFFICES = _offices()


def uscc_of(index: int, seed: int) -> str:
    """Return the credit code of the enterprise with this index; different for every index below 100 million."""
    number = (index * 48_271 + seed * 7_919) % 100_000_000
    body = f"{number:08d}"
    first = f"919900{index % 48:02d}{body}{organisation_check_character(body)}"
    return first + uscc_check_character(first)


def office_of(index: int) -> Office:
    """Return the customs office of the enterprise with this index."""
    return ALL_OFFICES[index % 48]


def customs_code_of(index: int) -> str:
    """Return the customs code of the enterprise with this index."""
    return f"{office_of(index).district}{index:08d}"


def name_of(index: int, rng: Random, broker: bool) -> str:
    """Return an enterprise name; the city is that of its customs office."""
    trades = BROKER_TRADES if broker else TRADES
    draw = rng.random
    brand = BRAND_FIRST[int(draw() * len(BRAND_FIRST))] + BRAND_LAST[int(draw() * len(BRAND_LAST))]
    if draw() < 0.6:
        brand += BRAND_FIRST[int(draw() * len(BRAND_FIRST))] + BRAND_LAST[int(draw() * len(BRAND_LAST))]
    return f"示例{CITIES[index % 48 // 4]}{brand}{trades[int(draw() * len(trades))]}有限公司"


def person_of(number: int) -> tuple[str, str]:
    """Return the key and the name of a fictitious person."""
    name = SURNAMES[number % len(SURNAMES)] + "某" + BRAND_FIRST[number // 7 % len(BRAND_FIRST)]
    return f"person-{number:08d}", name


def phone_of(number: int) -> str:
    """Return a telephone number with an area code that does not exist."""
    return f"000-{number % 100_000_000:08d}"


def address_of(number: int) -> str:
    """Return a fictitious address."""
    city, road = CITIES[number % len(CITIES)], ROADS[number // 3 % len(ROADS)]
    return f"示例市{city}区{road}{number % 997 + 1}号{number // 997 % 30 + 1}室"

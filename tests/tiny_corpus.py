"""A small invented body of law in the corpus format: an old order, its successor, a guide and two partners."""

from __future__ import annotations

from knowledge.corpus import parse
from knowledge.models import Provision

FRONT = """---
id: {id}
title_zh: {title_zh}
title_en: {title_en}
number: {number}
number_en: {number_en}
issuer: 示例署
promulgated: unknown
effective_from: {effective_from}
effective_to: {effective_to}
url: null
kind: {kind}
standing: {standing}
confidence: {confidence}
sources: [示例来源]
aliases: [{aliases}]
---
"""


def front(document_id: str, **values: str) -> str:
    """Return a document's front matter; what is not given is that of an order in force."""
    defaults = {
        "title_zh": "示例信用办法",
        "title_en": "Sample credit measures",
        "number": "示例署令第88号",
        "number_en": "Sample Order No. 88",
        "effective_from": "2020-01-01",
        "effective_to": "null",
        "kind": "order",
        "standing": "in_force",
        "confidence": "O",
        "aliases": "",
    }
    return FRONT.format(id=document_id, **{**defaults, **values})


OLD = (
    front(
        "sample-order-77",
        number="示例署令第77号",
        number_en="Sample Order No. 77",
        effective_from="2010-01-01",
        effective_to="2019-12-31",
        standing="repealed",
        aliases="77号令",
    )
    + """
## 第一条 三类管理 | Three classes
{#art-1 topics=levels levels=advanced_certified,regular,discredited}

第77号令（旧规）把企业分为三类。

---

Order 77 (old rule) had three classes of enterprises.

? 以前分几类

## 第二条 认证时限 | Time limit
{#art-2 topics=certification,time_limit levels=advanced_certified}

第77号令（旧规）规定，认证决定在90日内作出。
- 特殊情形可以延长30日。 {M-high}

---

Under Order 77 (old rule) certification was decided within 90 days.
- In special cases 30 days more. {M-high}

? 旧办法认证多久
"""
)
NEW = (
    front("sample-order-88", aliases="88号令")
    + """
## 第一条 五个等级 | Five levels
{#art-1 topics=levels levels=advanced_certified,certified,regular,discredited old=sample-order-77#art-1}

第88号令把企业分为五个等级。
- 高级认证企业和认证企业是AEO。

---

Order 88 has five levels of enterprises.
- Advanced certified enterprises and certified enterprises are AEOs.

? 现在分几级
? How many levels are there

## 第三条 高级认证企业复核 | Review of advanced certified enterprises
{#art-3 confidence=S topics=revalidation levels=advanced_certified}

高级认证企业每5年复核一次。

---

Advanced certified enterprises are reviewed every 5 years.

? 高级认证企业多久复核

## 第四条 认证企业复核 | Review of certified enterprises
{#art-4 confidence=S-weak topics=revalidation levels=certified}

认证企业每7年复核一次。

---

Certified enterprises are reviewed every 7 years.

? 认证企业多久复核

## 认证决定的时限（未核实） | Time limit for certification (not verified)
{#unknown-time-limit confidence=n/k topics=certification,time_limit old=sample-order-77#art-2 read=sample-order-88}

第88号令下作出认证决定的时限未能核实。

---

The time limit for certification decisions under Order 88 could not be verified.

? 现在认证多久能批
"""
)
GUIDE = (
    front("sample-guide", number="示例说明", number_en="Sample guide", kind="guide", standing="not_applicable")
    + """
## 不是三类 | Not three classes
{#not-three topics=levels premise="还是三类"}

不是三类，第88号令分五个等级。 [sample-order-88#art-1; sample-order-77#art-1]

---

There are five levels under Order 88, not three classes. [sample-order-88#art-1; sample-order-77#art-1]

? 现在还是三类吧
"""
)
PARTNERS = (
    front(
        "sample-partners",
        title_zh="互认安排汇总",
        number="互认公告（汇总）",
        number_en="Recognition announcements",
        kind="announcement",
        effective_from="2012-01-01",
    )
    + """
## 与日本的互认 | Recognition with Japan
{#partner-japan anchor=日本 topics=mutual_recognition in_operation=2019-06-01}

与日本的AEO互认2019-06-01起实施。

---

AEO recognition with Japan has been in operation since 2019-06-01.

? 日本认AEO吗

## 与韩国的互认 | Recognition with Korea
{#partner-korea anchor=韩国 topics=mutual_recognition in_operation=2014-04-01}

与韩国的AEO互认2014-04-01起实施。

---

AEO recognition with Korea has been in operation since 2014-04-01.

? 韩国认AEO吗
"""
)
FILES = {"sample-order-77": OLD, "sample-order-88": NEW, "sample-guide": GUIDE, "sample-partners": PARTNERS}


def read_tiny() -> list[Provision]:
    """Return the provisions of all four documents."""
    return [provision for name, source in FILES.items() for provision in parse(source, f"{name}.md")]

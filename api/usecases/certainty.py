"""What the kinds of certainty are called, on pages and in messages alike."""

from __future__ import annotations

from knowledge.models import Family

FAMILY_NAMES = {
    Family.OFFICIAL: "官方文本",
    Family.RELAYED: "译文或摘要",
    Family.SECOND_HAND: "二手资料",
    Family.UNVERIFIED: "未核实",
    Family.DRAFT: "征求意见稿",
    Family.UNKNOWN: "未知",
}
FAMILY_NAMES_EN = {
    Family.OFFICIAL: "official text",
    Family.RELAYED: "translation or summary",
    Family.SECOND_HAND: "secondary source",
    Family.UNVERIFIED: "not verified",
    Family.DRAFT: "draft for comment",
    Family.UNKNOWN: "not known",
}

"""What the assistant says is shown as people write it: days in words, links instead of addresses."""

from __future__ import annotations

import pytest

from knowledge.text import Language
from web.views import as_read


@pytest.mark.parametrize(
    ("said", "language", "read"),
    [
        ("自2026-04-01起施行。", "zh-Hans", "自2026年4月1日起施行。"),
        ("It ended on 2026-03-31.", "en", "It ended on 31 March 2026."),
        ("编号2026-04-01-7", "zh-Hans", "编号2026-04-01-7"),
        ("2026-13-40", "zh-Hans", "2026-13-40"),
        ("请登录（/sign-in）；", "zh-Hans", "请登录；"),
        ("The whole record is on “Enterprise record” (/status).", "en", "The whole record is on “Enterprise record”."),
        ("（/或者）", "zh-Hans", "（/或者）"),
    ],
)
def test_days_are_written_out_and_addresses_left_to_the_links(said: str, language: Language, read: str):
    assert as_read(said, language) == read

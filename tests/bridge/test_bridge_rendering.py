"""What a channel shows: plain text, at most so many bytes, cut at a sentence, no links but ours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.bridge.model import Capability, Outbound
from api.bridge.rendering import cut, harmless, plain, rendered

WECHAT = Capability(anchors=True)
SENTENCE = "高级认证企业每五年复核一次，认证企业不定期复核。"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("## 结论\n**五年**一次", "结论\n五年一次"),
        ("- 甲\n- 乙[1]", "· 甲\n· 乙[1]"),
        ("见[公告](https://x.cn/a)", "见公告（https://x.cn/a）"),
        ("| 项 | 限 |\n|---|---|\n| 甲 | 5 |", "项 ｜ 限\n甲 ｜ 5"),
        ("`代码` 与 ~~删~~", "代码 与 删"),
        ("3 * 4 * 5，第5.1条 - 附注", "3 * 4 * 5，第5.1条 - 附注"),
        ("> 引文", "引文"),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, expected: str):
    assert plain(markdown) == expected


def test_a_long_answer_is_cut_at_a_sentence_with_a_link_to_the_whole():
    said = rendered(Outbound(SENTENCE * 60, link="https://credit.example.org/?q=1"), WECHAT)

    assert len(said.encode()) <= 2048
    head, _, tail = said.partition("……")
    assert head.endswith("。")
    assert tail == '\n<a href="https://credit.example.org/?q=1">查看完整回答</a>'


def test_a_short_answer_is_left_whole_and_has_no_link():
    assert rendered(Outbound(SENTENCE, link="https://x.cn"), WECHAT) == SENTENCE


def test_choices_are_numbered():
    assert rendered(Outbound("选一个", choices=("达标", "不达标")), WECHAT) == "选一个\n\n1. 达标\n2. 不达标"


def test_where_the_channel_shows_markdown_it_is_left():
    assert rendered(Outbound("**五年**"), Capability(markdown=True, max_bytes=20480)) == "**五年**"


@pytest.mark.parametrize("text", ['<a href="http://bad.cn">点</a>', "</Content>", "<script>", "<!--"])
def test_tags_in_a_text_are_shown_and_not_meant(text: str):
    assert "<" not in harmless(text)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f", "\x00", "\x08", "\ud83d", "\ufffe"])
def test_marks_that_turn_or_break_a_text_are_taken_out(mark: str):
    assert harmless(f"a{mark}b") == "ab"


FAMILY, FLAG, ACCENT, SKIN = "👨\u200d👩\u200d👧", "🇨🇳", "e\u0301", "👍🏽"


@pytest.mark.parametrize("together", [FAMILY, FLAG, ACCENT, SKIN])
def test_what_a_reader_sees_as_one_character_is_not_cut_apart(together: str):
    text = together * 100
    for limit in range(60, 110):
        head = cut(text, limit, "…").removesuffix("…").removesuffix("……（未完）")
        assert len(head) % len(together) == 0


@settings(max_examples=150)
@given(st.text(max_size=1200), st.integers(200, 2048))
def test_no_text_is_ever_longer_than_the_channel_allows(text: str, limit: int):
    said = rendered(Outbound(text, link="https://x.cn/" + "a" * 90), Capability(max_bytes=limit, anchors=True))

    assert len(said.encode()) <= limit


def test_an_address_longer_than_a_message_is_left_out():
    said = rendered(Outbound(SENTENCE * 100, link="https://x.cn/" + "a" * 3000), WECHAT)

    assert "x.cn" not in said
    assert said.endswith("……（未完）")

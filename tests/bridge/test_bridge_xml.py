"""The XML of callbacks: hostile documents are refused, hostile texts stay inside their field."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from api.bridge.errors import BadMessage
from api.bridge.xmlio import LARGEST, build, parse

HOSTILE = {
    "nothing": b"",
    "no XML": b"hello",
    "JSON": b'{"ToUserName": "x"}',
    "cut off": b"<xml><MsgType>te",
    "an entity": b'<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
    "an external entity": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Content>&a;</Content></xml>',
    "a document type": b"<!DOCTYPE xml><xml><Content>x</Content></xml>",
    "entities of entities": b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml>&b;</xml>',
    "UTF-16": "<xml><a>b</a></xml>".encode("utf-16"),
    "gbk": b'<?xml version="1.0" encoding="gbk"?><xml><a>b</a></xml>',
    "a NUL": b"<xml><a>\0</a></xml>",
    "too much": b"<xml><a>" + b"x" * LARGEST + b"</a></xml>",
    "two documents": b"<xml></xml><xml></xml>",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_plain_document_is_refused(case: str):
    with pytest.raises(BadMessage):
        parse(HOSTILE[case])


def test_deep_nesting_is_read_without_harm():
    depth = LARGEST // 7
    body = b"<a>" * depth + b"</a>" * depth

    assert parse(body[: len(body)])


def test_of_a_repeated_field_the_first_counts():
    assert parse(b"<xml><Content>a</Content><Content>b</Content></xml>") == {"Content": "a"}


def test_fields_within_fields_are_read():
    body = b"<xml><SelectedItems><SelectedItem><QuestionKey>k</QuestionKey></SelectedItem></SelectedItems></xml>"

    assert parse(body) == {"SelectedItems": {"SelectedItem": {"QuestionKey": "k"}}}


@pytest.mark.parametrize(
    "text",
    ["ok]]></Content><ToUserName><![CDATA[somebody else", "]]>", "]]>]]>", "a\x00b\x0bc", "\ud800", "<a>&amp;", "正常"],
)
def test_no_text_breaks_out_of_its_field(text: str):
    document = build({"ToUserName": "o1", "Content": text, "CreateTime": 5})

    root = fromstring(document.encode(), forbid_dtd=True)

    assert [child.tag for child in root] == ["ToUserName", "Content", "CreateTime"]
    assert root.findtext("ToUserName") == "o1"
    kept = "".join(c for c in text if c not in "\x00\x0b\ud800")
    assert root.findtext("Content") == kept


def test_what_is_built_is_read_back():
    fields = {
        "MsgType": "news",
        "Articles": {"item": {"Title": "标题", "Url": "https://x/?a=1&b=2"}},
        "ArticleCount": 1,
    }

    assert parse(build(fields).encode()) == {**fields, "ArticleCount": "1"}

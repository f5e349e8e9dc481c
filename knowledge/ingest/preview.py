"""A preview in words: label and value, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.ingest.add import Addition

_FIELDS = (
    ("title_zh", "标题", "Title"),
    ("number", "文号", "Number"),
    ("issuer", "制定机关", "Issuer"),
    ("promulgated", "公布日期", "Promulgated"),
    ("effective_from", "施行日期", "In force from"),
    ("effective_to", "失效日期", "In force to"),
)


def rows(addition: Addition, language: str = "zh") -> list[tuple[str, str]]:
    """Return what a person should read before agreeing, as (label, value)."""
    return list(_rows(addition, english=language == "en"))


def _rows(addition: Addition, english: bool) -> Iterator[tuple[str, str]]:
    document, law = addition.document, addition.law
    yield "id", document.id
    sentences = {field: finding.sentence for field, finding in addition.metadata.findings}
    stated = {item.field for item in addition.metadata.contradictions}
    for field, zh, en in _FIELDS:
        value = getattr(document, field)
        source = sentences.get(field, "")
        proof = f" (“{source}”)" if english else f"（“{source}”）"
        shown = "—" if value is None else str(value)
        yield en if english else zh, shown + (proof if source and source != shown and field not in stated else "")
    yield _counts(addition, english)
    first, last = law.articles[0], law.articles[-1]
    yield ("First article", first.anchor) if english else ("首条", first.anchor)
    yield ("Last article", last.anchor) if english else ("末条", last.anchor)
    if law.annexes:
        yield "Annexes" if english else "附件", "；".join(annex.title for annex in law.annexes)
    if law.closing:
        yield "Not kept" if english else "不保存", " ".join(law.closing)
    yield from _effects(addition, english)
    for item in addition.metadata.contradictions:
        if english:
            yield "Differs", f"{item.label_en}: given {item.given}, the text says {item.found} (“{item.sentence}”)"
        else:
            yield "与正文不一致", f"{item.label_zh}：给出{item.given}，正文是{item.found}（“{item.sentence}”）"
    for remark in addition.remarks:
        yield ("Please check", remark.en) if english else ("请核对", remark.zh)


def _counts(addition: Addition, english: bool) -> tuple[str, str]:
    law = addition.law
    parts = [
        (law.chapters("编"), "编", "parts"),
        (law.chapters("章"), "章", "chapters"),
        (law.chapters("节"), "节", "sections"),
    ]
    parts += [(len(law.articles), "条" if law.style == "articles" else "项", "articles")]
    parts += [(law.paragraph_count, "款", "paragraphs"), (law.subparagraph_count, "项", "list items")]
    shown = [f"{count} {en}" if english else f"{count}{zh}" for count, zh, en in parts if count]
    return ("Structure", ", ".join(shown)) if english else ("结构", "、".join(shown))


def _effects(addition: Addition, english: bool) -> Iterator[tuple[str, str]]:
    for change in addition.changes:
        old, new = change.before.effective_to, change.after.effective_to
        if old == new:
            continue
        name = f"{change.before.id}《{change.before.title_zh}》"
        if english:
            yield "Also changes", f"{name} ends {new} (now: {old or 'open'})"
        else:
            yield "同时修改", f"{name}的失效日期改为{new}（现为：{old or '未定'}）"
    if addition.versions:
        yield "Other versions held" if english else "已有其他版本", "、".join(addition.versions)
    for restatement in addition.restatements:
        if english:
            yield "Precedence", f"citations will use the official text; the restatement {restatement} is the summary"
        else:
            yield "优先", f"引用以官方文本为准，本知识库的转述（{restatement}）作为摘要"

"""From the lines of a file to one instrument: title, chapters, articles, paragraphs, list items.

Read `article_starts.py` for the one hard question, where articles begin.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.ingest.article_body import article
from knowledge.ingest.article_starts import Start, article_starts
from knowledge.ingest.blocks import Block, Remark, Source
from knowledge.ingest.chapters import ChapterPath
from knowledge.ingest.document_numbers import is_number_line
from knowledge.ingest.errors import EmptyArticle, MixedDocument, NoArticles
from knowledge.ingest.law import Article, ParsedLaw, Style
from knowledge.ingest.markers import chapter_mark, is_contents_heading, section_mark
from knowledge.ingest.tail import split_tail
from knowledge.ingest.titles import is_title, title_of
from knowledge.ingest.wrapped_lines import joined


def parse_law(source: Source) -> ParsedLaw:
    """Return the instrument the file holds. Raises a `NotOneLaw`."""
    blocks = joined(source.blocks)
    style, runs, references = article_starts(blocks)
    if not runs:
        raise _no_articles()
    starts = runs[0]
    front = blocks[: _front_end(blocks, starts[0].index)]
    title, title_lines = title_of(front)
    if len(runs) > 1:
        raise _mixed(blocks, title, starts, runs[1][0].index)
    tail = split_tail(blocks[starts[-1].index :])
    body = blocks[: starts[-1].index] + tail.article
    _refuse_second_head(blocks, starts[0].index, title)
    path = ChapterPath()
    for block in blocks[len(front) : starts[0].index]:
        path.enter(block)
    articles = tuple(_articles(body, starts, style, path))
    between = [block.text for block in blocks[len(front) : starts[0].index] if block.text.endswith(("。", "："))]
    # A line that holds more than the title, such as the number, is read for its facts too.
    lines = [
        block.text for index, block in enumerate(front) if index not in title_lines or len(block.text) > len(title) + 2
    ]
    preamble = tuple(line for line in [*lines, *between] if _is_sentence(line))
    if empty := next((item for item in articles if not item.text), None):
        raise EmptyArticle(empty.anchor, empty.line)
    missing = _missing(articles)
    remarks = [*source.remarks, *_remarks(missing, references, blocks, preamble, style), *path.remarks, *tail.remarks]
    return ParsedLaw(
        title, tuple(lines), preamble, articles, tail.annexes, tail.closing, missing, tuple(remarks), style
    )


def _front_end(blocks: Sequence[Block], first: int) -> int:
    """Return where the lines above the text end: at the table of contents, a chapter, or the first article."""
    for index, block in enumerate(blocks[:first]):
        if is_contents_heading(block.text) or chapter_mark(block.text):
            return index
    return first


def _articles(blocks: Sequence[Block], starts: Sequence[Start], style: Style, path: ChapterPath) -> list[Article]:
    found = []
    for position, start in enumerate(starts):
        end = starts[position + 1].index if position + 1 < len(starts) else len(blocks)
        chapter = path.titles
        lines = [block for block in blocks[start.index + 1 : end] if not path.enter(block)]
        found.append(article(start.mark, lines, blocks[start.index].line, chapter, style))
    return found


def _is_sentence(line: str) -> bool:
    return len(line) > 15 and line.endswith(("。", "："))


def _missing(articles: Sequence[Article]) -> tuple[str, ...]:
    held = {article.number for article in articles}
    style = articles[0].style
    absent = [number for number in range(1, articles[-1].number) if number not in held]
    return tuple(Article(number, 0, "", (), (), 0, style).anchor for number in absent)


def _remarks(
    missing: Sequence[str], references: Sequence[Start], blocks: Sequence[Block], preamble: Sequence[str], style: Style
) -> list[Remark]:
    remarks = []
    if missing:
        named = "、".join(missing[:20])
        remarks.append(
            Remark(
                f"条文编号不连续，缺少{len(missing)}条：{named}{'等' if len(missing) > 20 else ''}。请核对原文。",
                f"The numbering is not continuous, {len(missing)} missing: {named}. Please check the original.",
            )
        )
    for start in references[:10]:
        line = blocks[start.index]
        remarks.append(
            Remark(
                f"第{line.line}行以“{line.text[:12]}”开头，但编号不接上一条，已作为正文处理。",
                f"Line {line.line} begins with “{line.text[:12]}” out of sequence; it was kept as text.",
            )
        )
    if style == "articles" and sum(section_mark(line) is not None for line in preamble) > 1:
        remarks.append(
            Remark(
                "条文之前的公告正文也有分项内容，只作为前言保存，没有分条。",
                "The announcement above the articles has sections of its own; they are kept as a preamble only.",
            )
        )
    return remarks


def _refuse_second_head(blocks: Sequence[Block], first: int, title: str) -> None:
    """A document number alone on its line below the first article is the head of another instrument.

    The text's own number can stand there too, at the top of a page; then no title follows it.
    """
    own = {block.text for block in blocks[:first] if is_number_line(block.text)}
    for index in range(first, len(blocks)):
        if not is_number_line(blocks[index].text):
            continue
        following = [block.text for block in blocks[index + 1 : index + 4] if is_title(block.text)]
        if following or blocks[index].text not in own:
            name = following[0] if following else blocks[index].text
            raise MixedDocument((title or "?", name), blocks[index].line)


def _mixed(blocks: Sequence[Block], title: str, starts: Sequence[Start], second: int) -> MixedDocument:
    last = starts[-1].index
    between = range(second - 1, last, -1)
    titles = [index for index in between if is_title(blocks[index].text)]
    headings = [index for index in between if blocks[index].heading and not chapter_mark(blocks[index].text)]
    found = (titles or headings)[:1]
    name = blocks[found[0]].text if found else blocks[second].text[:20]
    return MixedDocument((title or blocks[0].text[:40], name), blocks[found[0] if found else second].line)


def _no_articles() -> NoArticles:
    return NoArticles(
        "没有找到条文：既没有“第一条”，也没有“一、”。请确认文件是法规或公告正文，或检查文字识别质量。",
        "No articles were found: neither 第一条 nor 一、. Please check that the file is the text of a rule, "
        "or how well its characters were recognised.",
    )

"""Under which part, chapter and section does an article stand?"""

from __future__ import annotations

from knowledge.ingest.blocks import Block, Remark
from knowledge.ingest.characters import heading_text
from knowledge.ingest.markers import ChapterMark, begins_structure, chapter_mark, ends_sentence

_ORDER = {"编": 0, "分编": 1, "章": 2, "节": 3}
_LONGEST_TITLE = 40


class ChapterPath:
    """Follows the headings line by line; ``titles`` is the path from the part down to the section."""

    def __init__(self) -> None:
        self._path: dict[int, ChapterMark] = {}
        self._open: int | None = None
        self.remarks: list[Remark] = []

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings above the present line, outermost first."""
        return tuple(mark.title for _, mark in sorted(self._path.items()))

    def enter(self, block: Block) -> bool:
        """Take the line into the path if it is a heading or the rest of one, and tell whether it was."""
        mark = chapter_mark(block.text)
        if mark is None:
            return self._completes(block)
        depth = _ORDER[mark.kind]
        before = self._path.get(depth)
        if before and mark.number > before.number + 1:
            self.remarks.append(
                Remark(
                    f"“{before.title}”之后直接是“{mark.title}”，编号不连续，请核对。",
                    f"“{mark.title}” follows “{before.title}”: the numbering is not continuous.",
                )
            )
        self._path = {level: kept for level, kept in self._path.items() if level < depth} | {depth: mark}
        self._open = depth if mark.bare else None
        return True

    def _completes(self, block: Block) -> bool:
        """第二章 alone on its line takes the next line as its title."""
        depth, self._open = self._open, None
        if depth is None or len(block.text) > _LONGEST_TITLE:
            return False
        if begins_structure(block.text) or ends_sentence(block.text):
            return False
        mark = self._path[depth]
        title = f"{mark.title} {heading_text(block.text)}"
        self._path[depth] = ChapterMark(mark.kind, mark.number, title, bare=False)
        return True

"""What a page shows of one question and its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.models import Answer, Citation, Statement
from web.walking import Step

_ROLES = ("lead", "point", "related", "old", "guide")


@dataclass(frozen=True)
class SourceGroup:
    """The cited provisions of one document, in the order they are cited."""

    citations: tuple[Citation, ...]

    @property
    def number(self) -> str:
        """The document's number."""
        return self.citations[0].number

    @property
    def title(self) -> str:
        """The document's title where it says more than the number."""
        title = self.citations[0].title
        return "" if title == self.number else title

    @property
    def has_one_period(self) -> bool:
        """Whether all its provisions are in force over the same days."""
        return len({(c.effective_from, c.effective_to, c.in_force) for c in self.citations}) == 1


@dataclass(frozen=True)
class Exchange:
    """A question as asked and its answer, the sentence that says why there is none, or a step of self-assessment.

    A step can follow an answer: the question came in between. ``to_person`` says that a coordinator has it and
    the assistant stays silent, ``told`` what else is said about a wish for a person.
    """

    question: str
    answer: Answer | None
    problem: str = ""
    number: int = 1
    step: Step | None = None
    earlier: tuple[str, ...] = ()
    is_kept: bool = False  # stored, so that something can be said of it
    told: str = ""
    to_person: bool = False

    @property
    def blocks(self) -> list[tuple[str, list[Statement]]]:
        """The statements of the answer by their role, in the order they are shown."""
        if self.answer is None:
            return []
        said = list(zip(self.answer.roles, self.answer.statements, strict=True))
        blocks = [(role, [s for r, s in said if r == role]) for role in _ROLES]
        return [block for block in blocks if block[1]]

    @property
    def sources(self) -> list[SourceGroup]:
        """The citations of the answer by document."""
        groups: dict[str, list[Citation]] = {}
        for citation in self.answer.citations if self.answer else ():
            groups.setdefault(citation.document_id, []).append(citation)
        return [SourceGroup(tuple(citations)) for citations in groups.values()]

    def as_text(self, sources: str, period: Callable[[Citation], str], certainty: Callable[[str], str]) -> str:
        """Return question, answer and sources as plain text, to be copied elsewhere."""
        if self.answer is None:
            return ""
        lines = [self.question, "", self.answer.text]
        if self.answer.citations:
            lines += ["", sources]
        for c in self.answer.citations:
            lines.append(f"[{c.n}] {c.number} {c.label} · {period(c)} · {certainty(c.confidence)}")
        return "\n".join(lines)

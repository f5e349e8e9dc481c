"""Ask a question that comes from a page: first as a follow-up of what the page is about, then spelt out.

「这一项怎么算达标」 names what the page shows; 「看多长时间」 leaves it out. A question with a subject of its own is
answered as anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from api.usecases.page_context import PageContext
from api.usecases.question import MAX_TURNS, QuestionIn
from assistant.models import Answer
from knowledge.text import language_of
from selfassess.text import Language

_POINTS_HERE = re.compile(
    r"[这该本此]一?(?:项|条|款|份文件|个文件|份公告|个公告|个标准|笔处罚)"
    r"|\bthis (?:item|article|provision|document|penalty)\b",
    re.I,
)
ANSWERED = ("answered", "partial")
NOT_UNDERSTOOD = ("clarify", "out_of_scope")


def question_from_page(asked: QuestionIn, context: PageContext) -> QuestionIn:
    """Return the question with what the page is about before it, and named where it points at it."""
    text, title = asked.question, context.title.read(_language(asked.question))
    return asked.model_copy(
        update={
            "question": _POINTS_HERE.sub(lambda _: title, text, count=1),
            "history": [context.question.read(_language(text)), *asked.earlier][-MAX_TURNS:],
        }
    )


def ask_from_page(
    ask: Callable[[QuestionIn], Answer], asked: QuestionIn, context: PageContext
) -> tuple[QuestionIn, Answer]:
    """Return the answer and the question it is for; ``asked`` is one of `question_from_page`.

    Where it was not understood, or answered with something else that nobody knows, it is asked once more with its
    subject before it; that answer counts if it is one, and rests on what the page is about.
    """
    answer = ask(asked)
    if not _is_beside(answer, context):
        return asked, answer
    subject = context.title.read(_language(asked.question)) if context.source else asked.earlier[0]
    comma = ", " if _language(asked.question) == "en" else "，"
    spelt = asked.model_copy(update={"question": f"{subject.rstrip('？?')}{comma}{asked.question}", "history": []})
    again = ask(spelt)
    if again.kind in ANSWERED and (not context.source or _rests_on(again, context.source)):
        return spelt, again
    return asked, answer


def _is_beside(answer: Answer, context: PageContext) -> bool:
    """Whether an answer is none, or says that something else is unknown."""
    if answer.kind in NOT_UNDERSTOOD:
        return True
    return answer.kind == "unknown" and bool(context.source) and not _rests_on(answer, context.source)


def _rests_on(answer: Answer, source: str) -> bool:
    urls: Sequence[str] = [citation.url for citation in answer.citations]
    return any(url == source or (source.endswith("#") and url.startswith(source)) for url in urls)


def _language(text: str) -> Language:
    return "en" if language_of(text) == "en" else "zh"

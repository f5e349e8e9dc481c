"""How far a person is with the lessons, and what was answered last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from api.auth.work import Work
from api.errors import BadInput, NotFound
from api.store import LessonAnswer
from api.usecases.learning.lessons import Lesson, find_lesson, list_lessons

NO_LESSON = ("没有这一课。", "There is no such lesson.")


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """A lesson with the person's last answers: question id to option, counted from 1."""

    lesson: Lesson
    answers: Mapping[str, int]

    @property
    def right(self) -> int:
        """How many questions were answered right last."""
        return sum(self.answers.get(one.id) == one.right for one in self.lesson.questions)

    @property
    def is_done(self) -> bool:
        """Whether all of them were."""
        return self.right == len(self.lesson.questions)

    @property
    def is_begun(self) -> bool:
        """Whether any question was answered."""
        return bool(self.answers)


def list_progress(work: Work) -> list[LessonProgress]:
    """Return every lesson with how far the person is."""
    by_lesson: dict[str, dict[str, int]] = {}
    for row in _answers(work):
        by_lesson.setdefault(row.lesson, {})[row.question] = row.choice
    return [LessonProgress(lesson, by_lesson.get(lesson.id, {})) for lesson in list_lessons()]


def lesson_progress(work: Work, lesson_id: str) -> LessonProgress:
    """Return one lesson with the person's answers. Raises `NotFound`."""
    lesson = _lesson(lesson_id)
    return LessonProgress(lesson, {row.question: row.choice for row in _answers(work, lesson.id)})


def keep_answers(work: Work, lesson_id: str, given: Mapping[str, int]) -> LessonProgress:
    """Keep answers to questions of a lesson, in place of earlier ones. Raises `NotFound`, `BadInput`."""
    lesson = _lesson(lesson_id)
    for question_id, choice in given.items():
        question = lesson.question(question_id)
        if question is None or not 1 <= choice <= len(question.options):
            raise BadInput("请从选项中选择。", "Choose one of the options.")
        work.session.merge(
            LessonAnswer(
                account_id=work.who.account_id, lesson=lesson.id, question=question_id, choice=choice,
                right=choice == question.right, answered_at=work.now,
            )
        )  # fmt: skip
    work.session.flush()
    return lesson_progress(work, lesson_id)


def forget_answers(work: Work, lesson_id: str) -> None:
    """Begin a lesson anew. Raises `NotFound`."""
    for row in _answers(work, _lesson(lesson_id).id):
        work.session.delete(row)
    work.session.flush()


def _lesson(lesson_id: str) -> Lesson:
    found = find_lesson(lesson_id)
    if found is None:
        raise NotFound(*NO_LESSON)
    return found


def _answers(work: Work, lesson_id: str = "") -> Sequence[LessonAnswer]:
    statement = select(LessonAnswer).where(LessonAnswer.account_id == work.who.account_id)
    return work.session.scalars(statement.where(LessonAnswer.lesson == lesson_id) if lesson_id else statement).all()

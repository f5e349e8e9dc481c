"""The lessons, read from `lessons.yaml`: what they say, by which provisions, and what they ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from knowledge.models import Provision
from selfassess.text import Text

FEWEST_QUESTIONS, MOST_QUESTIONS = 3, 5


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Point(_Frozen):
    """A few sentences, with the provisions that prove them."""

    text: Text
    rules: tuple[str, ...] = Field(min_length=1)


class QuizQuestion(_Frozen):
    """A question with its options. ``right`` is the place of the right one, counted from 1.

    ``why`` says why it is right; it is proven by ``rules``.
    """

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    ask: Text
    options: tuple[Text, ...] = Field(min_length=2, max_length=5)
    right: int = Field(ge=1)
    why: Text
    rules: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _right_is_there(self) -> QuizQuestion:
        if self.right > len(self.options):
            raise ValueError(f"{self.id}: there is no option {self.right}")
        return self


class Lesson(_Frozen):
    """A lesson of some minutes on one topic."""

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    title: Text
    about: Text
    minutes: int = Field(ge=1, le=20)
    points: tuple[Point, ...] = Field(min_length=2)
    questions: tuple[QuizQuestion, ...] = Field(min_length=FEWEST_QUESTIONS, max_length=MOST_QUESTIONS)

    @property
    def rules(self) -> tuple[str, ...]:
        """Every provision the lesson rests on, each once."""
        of_points = [rule for point in self.points for rule in point.rules]
        of_questions = [rule for question in self.questions for rule in question.rules]
        return tuple(dict.fromkeys(of_points + of_questions))

    def question(self, question_id: str) -> QuizQuestion | None:
        """Return a question of the lesson by its id."""
        return next((one for one in self.questions if one.id == question_id), None)


@lru_cache(maxsize=1)
def list_lessons() -> tuple[Lesson, ...]:
    """Return every lesson in the order in which they are best read."""
    raw = yaml.safe_load(files("api.usecases.learning").joinpath("lessons.yaml").read_text(encoding="utf-8"))
    return tuple(Lesson.model_validate(one) for one in raw)


def find_lesson(lesson_id: str) -> Lesson | None:
    """Return a lesson, or None for an id that names none."""
    return next((lesson for lesson in list_lessons() if lesson.id == lesson_id), None)


def lessons_on(provision_ids: Collection[str]) -> tuple[Lesson, ...]:
    """Return the lessons that rest on one of these provisions."""
    return tuple(lesson for lesson in list_lessons() if not set(provision_ids).isdisjoint(lesson.rules))


def not_in_force(lesson: Lesson, provisions: Mapping[str, Provision], day: date) -> tuple[str, ...]:
    """Return the provisions of a lesson that are not held or not in force on a day: the lesson needs a new look."""
    return tuple(rule for rule in lesson.rules if (found := provisions.get(rule)) is None or not found.in_force(day))

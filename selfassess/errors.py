"""What can go wrong when assessing, as plain errors.

AssessmentError
├── StandardUnreadable   a standard file does not have the shape of standards/schema.json
├── UnknownStandard      no standard of that id is held
├── UnknownItem          the standard has no item of that number
├── GradeNotAllowed      the item cannot be given that grade
├── ReasonMissing        not_applicable without a reason
├── WrongStandard        the standard is not for this enterprise or this day
├── FiguresUnreadable    finance figures or a statement cannot be read
└── AnswersUnreadable    an answers or profile file has the wrong shape
"""

from __future__ import annotations

from selfassess.text import Text


class AssessmentError(ValueError):
    """Carries a message a person can act on, in both languages; as a string, both in one line."""

    def __init__(self, zh: str, en: str) -> None:
        self.said = Text(zh=zh, en=en)
        super().__init__(f"{zh} / {en}")


class StandardUnreadable(AssessmentError):
    """A standard file does not have the shape of `standards/schema.json`."""


class UnknownStandard(AssessmentError):
    """No standard of that id is held."""


class UnknownItem(AssessmentError):
    """The standard has no item of that number."""


class GradeNotAllowed(AssessmentError):
    """The item cannot be given that grade."""


class ReasonMissing(AssessmentError):
    """An item is marked not_applicable and no reason is given."""


class WrongStandard(AssessmentError):
    """The standard is not for this enterprise or not in force on this day."""


class FiguresUnreadable(AssessmentError):
    """Finance figures, or an uploaded statement, cannot be read."""


class AnswersUnreadable(AssessmentError):
    """An answers, profile or figures file does not have the expected shape."""

"""Where a language model may help, and where it is not asked: it reads and words; code decides all else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.compose import Composition
from assistant.drafting import Drafter, Tell, Worded
from assistant.model_proof import Judge
from assistant.models import Turn
from assistant.rereading import Rereader, is_long, is_several
from assistant.writer import Writer
from knowledge.models import Passage
from knowledge.terms import Terms
from knowledge.text import Language


class ModelHelp:
    """A model's reading of questions and wording of answers."""

    def __init__(self, writer: Writer, terms: Terms, judge: Judge) -> None:
        self._drafter = Drafter(writer, judge)
        self._rereader = Rereader(writer, terms)

    def readings(self, text: str, history: Sequence[Turn], *, follows: bool, decided: bool) -> tuple[str, ...]:
        """Return the question as it reads alone, in its parts, or nothing where code's reading stays.

        ``follows`` says that code took it for a follow-up, ``decided`` that code found it to ask for a rule.
        """
        is_open = is_several(text) or (not decided and (bool(history) or is_long(text)))
        is_open = is_open or (bool(history) and (follows or not is_long(text)))
        return self._rereader.readings(text, [turn.question for turn in history]) if is_open else ()

    def word(
        self,
        question: str,
        composition: Composition,
        found: Sequence[Passage],
        on: date,
        language: Language,
        tell: Tell | None = None,
    ) -> Worded | None:
        """Return the composition in the model's words, or None where the composed ones stay."""
        return self._drafter.word(question, composition, found, on, language, tell)

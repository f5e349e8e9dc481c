"""Note what a person says of an answer; a bad one puts the question on the board."""

from __future__ import annotations

from api.auth.work import Work
from api.errors import BadInput
from api.store import AnswerRating, BoardQuestion, GivenAnswer, GuideEntry
from api.usecases.anonymous import anonymous_text
from api.usecases.board.grouping import Noted, note_question
from assistant.answering import Assistant

RATINGS = ("helpful", "wrong", "outdated")
BAD = frozenset({"wrong", "outdated"})
LONGEST = 1000
BADLY_RATED = "badly_rated"


def rate_answer(work: Work, assistant: Assistant, answer_id: str, rating: str, comment: str) -> None:
    """Store the rating of an answer; another one replaces it. Raises `BadInput`.

    Of answers from somebody's record the question was never kept: those are counted and never on the board.
    """
    if rating not in RATINGS:
        raise BadInput("请选择有帮助、不对或过时。", "Choose helpful, wrong or outdated.")
    answer = work.session.get(GivenAnswer, answer_id)
    if answer is None:
        raise BadInput("这个回答没有留存，不能评价。", "This answer was not kept and cannot be rated.")
    said = anonymous_text(comment.strip()[:LONGEST])
    work.session.merge(AnswerRating(answer_id=answer.id, rating=rating, comment=said, rated_at=work.now))
    if answer.question and rating in BAD:
        _to_the_board(work, assistant, answer, rating)
    work.note("answer_rated", answer.id, rating=rating)


def _to_the_board(work: Work, assistant: Assistant, answer: GivenAnswer, rating: str) -> None:
    """A guide that is called wrong goes back to where it came from, for somebody to look at."""
    entry = work.session.get(GuideEntry, answer.guide) if answer.guide else None
    into = work.session.get(BoardQuestion, entry.question_id) if entry and entry.question_id else None
    shown = answer.understood if answer.earlier else answer.question
    about = assistant.about(answer.understood or answer.question)
    group = note_question(
        work.session, assistant.nearby, Noted(about, shown, answer.id, rating, answer.given_on), work.now, into
    )
    if group.state == "answered":
        group.state, group.why = "open", BADLY_RATED
    work.session.flush()

"""A self-assessment handed in with the sample records, so that a newcomer's review queue is not empty."""

from __future__ import annotations

import io
from datetime import date, timedelta
from hashlib import sha256

from docx import Document
from sqlalchemy import select

from api.auth.identity import Identity
from api.errors import AppError
from api.evidence.reading import PAGE
from api.evidence.upload import Checked
from api.services import Services
from api.store import Submission
from api.usecases.assess import Desk, Opened, start_assessment
from api.usecases.assess_answers import Given, confirm_proposals, save_answers
from api.usecases.assess_desks import Desks
from api.usecases.assess_evidence import add_evidence
from api.usecases.assess_submission import submit
from selfassess.engine import Answer
from selfassess.grades import Grade

STANDARD = "advanced-2026"
# What an enterprise might say: some of it does not fit together, which is what a review is for.
SAID = {
    "2": (Grade.PARTLY_MET, "负责关务的副总每季度听一次汇报，没有书面记录。"),
    "5": (Grade.MET, "进出口单证由关务部逐票复核，复核表留存三年。"),
    "6": (Grade.MET, "没有书面的单证保管制度，实际由各人自己保管。"),
    "9": (Grade.NOT_MET, "内部审计去年没有做。"),
}
OTHERS = "有制度，也有记录，可以现场查看。"
NOT_DONE = "公司没有这项业务。"
MOST_NOT_DONE = 4
PAGES = (
    (
        "进出口单证复核制度",
        "第一条 为规范进出口单证管理，制定本制度。",
        "第二条 关务部负责单证复核，复核人和制单人分开。",
    ),
    (
        "第三条 每票报关单申报前由复核人核对品名、税号、数量、价格、原产地。",
        "第四条 单证复核记录保存三年，每月抽查一次，抽查结果报关务负责人。",
    ),
)


def hand_in_sample(services: Services, who: Identity, today: date) -> bool:
    """Hand an assessment in for a person's enterprise, unless it has one or the standard is not for it."""
    try:
        with Desks(services, who, today).to_write() as desk:
            handed_in = select(Submission.id).where(Submission.uscc == desk.uscc).limit(1)
            if desk.work.session.scalar(handed_in) is not None:
                return False
            submit(_filled(desk))
    except AppError:
        return False
    return True


def _filled(desk: Desk) -> Opened:
    opened = start_assessment(desk, STANDARD, desk.today, {"production": True, "stage": "applicant"})
    opened, _ = confirm_proposals(opened)
    opened, _ = save_answers(opened, _answers(opened))
    year_ago = desk.today - timedelta(days=365)
    add_evidence(opened, _document(), ["5", "6"], "进出口单证复核制度", (year_ago, desk.today))
    return opened.again()


def _answers(opened: Opened) -> list[Given]:
    given, not_done = [], 0
    for no in opened.numbers:
        if no in opened.answers.settled:
            continue
        allowed = opened.standard.items[no].grades.allowed
        grade, note = SAID.get(no, (Grade.MET, OTHERS))
        if no not in SAID and Grade.NOT_APPLICABLE in allowed and not_done < MOST_NOT_DONE:
            not_done += 1
            grade, note = Grade.NOT_APPLICABLE, NOT_DONE
        given.append(Given(no, Answer(grade if grade in allowed else Grade.MET, note)))
    return given


def _document() -> Checked:
    written, document = io.BytesIO(), Document()
    for page in PAGES:
        for line in page:
            document.add_paragraph(line)
    document.save(written)
    content = written.getvalue()
    text = f"\n{PAGE}".join("\n".join(page) for page in PAGES)
    return Checked("docx", "进出口单证复核制度.docx", len(content), sha256(content).hexdigest(), text, "", content)

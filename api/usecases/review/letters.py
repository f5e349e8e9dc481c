"""The draft of a letter about a decision: for the officer to check, change and have issued; Chinese."""

from __future__ import annotations

from datetime import date

from api.exports.letter import Letter, write_letter
from api.records.wording import day_text
from api.usecases.assess import CHINA
from api.usecases.review.deciding import Decided, Returned
from api.usecases.review.grading import Graded
from api.usecases.review.reading import Reading
from api.usecases.review.words import WHY_NAMES, Decision, Why
from selfassess.walk.prompt import GRADE_NAMES

TITLES = {
    Decision.RETURN: "企业自我评估退回补正通知（草稿）",
    Decision.ACCEPT: "企业自我评估审核意见（草稿）",
    Decision.NOTE: "企业自我评估审核备注（草稿）",
    Decision.ESCALATE: "企业自我评估审核上报（草稿）",
}
FILES = {
    Decision.RETURN: ("退回补正通知草稿.docx", "return-draft.docx"),
    Decision.ACCEPT: ("审核意见草稿.docx", "acceptance-draft.docx"),
    Decision.NOTE: ("审核备注草稿.docx", "note-draft.docx"),
    Decision.ESCALATE: ("审核上报草稿.docx", "escalation-draft.docx"),
}
ADDRESSEES = {Decision.NOTE: "内部", Decision.ESCALATE: "上级审核岗位"}


def file_name_of(decided: Decided) -> tuple[str, str]:
    """Return the Chinese and the plain name of the file."""
    return FILES[decided.kind]


def write_letter_of(reading: Reading, decided: Decided) -> bytes:
    """Return the draft as a docx file."""
    return write_letter(letter_of(reading, decided))


def letter_of(reading: Reading, decided: Decided) -> Letter:
    """Return what stands in the draft."""
    enterprise, submission = reading.handled.enterprise, reading.handled.submission
    standard = reading.frozen.standard
    facts = [
        ("企业", enterprise.name),
        ("统一社会信用代码", enterprise.uscc),
        ("主管海关", enterprise.customs_office_name),
        ("标准", f"{standard.title.zh}（{standard.number}{standard.annex.zh}）"),
        ("自评版本", f"第{submission.version}版，{_day(submission.submitted_at.astimezone(CHINA))}提交"),
        ("校验值", f"SHA-256 {submission.sha256}"),
    ]
    if decided.kind is Decision.RETURN:
        facts += [("补正项数", f"{len(decided.items)}项"), ("最迟期限", _day(decided.due) if decided.due else "—")]
    return Letter(
        title=TITLES[decided.kind],
        to=ADDRESSEES.get(decided.kind, enterprise.name),
        facts=tuple(facts),
        sections=tuple(_sections(reading, decided)),
        signed=("承办关员", "复核", "日期"),
        notes=(
            f"草稿，{_day(decided.at.astimezone(CHINA))}由海关信用培育助手按审核意见生成，供承办关员核对、修改；"
            "未经签发不具有效力，也不是认证决定。本段签发前删除。",
            *_unconfirmed(reading),
        ),
    )


def _sections(reading: Reading, decided: Decided) -> list[tuple[str, tuple[str, ...]]]:
    reason = tuple(decided.reason.splitlines())
    if decided.kind is Decision.RETURN:
        lines = [line for n, one in enumerate(decided.items, 1) for line in _item_lines(reading, n, one)]
        return [
            ("一、审核意见", reason),
            (f"二、需要补正的项目（共{len(decided.items)}项）", tuple(lines)),
            ("三、怎样补正", ("请在期限内修改自评、补充材料，并在原自评中重新提交一版；有疑问请联系承办关员。",)),
        ]
    sections = [("一、审核意见", reason)]
    differing = [line for line in _differing(reading) if line]
    return [*sections, ("二、关员评定和企业自评不同的项目", tuple(differing) or ("无。",))]


def _item_lines(reading: Reading, n: int, one: Returned) -> list[str]:
    sheet = reading.sheets[one.no]
    lines = [
        f"{n}. 第{one.no}项 {sheet.item.title.zh}（{sheet.clause.zh}）",
        f"自评：{GRADE_NAMES[sheet.claim.grade].zh}。{_found(sheet.graded)}",
        f"要做的事：{one.what}",
        f"期限：{_day(one.due)}",
    ]
    return lines


def _day(day: date) -> str:
    """A day as official letters write it."""
    return day_text(day, "zh-Hans")


def _found(graded: Graded | None) -> str:
    if graded is None or not graded.differs:
        return ""
    return f"审核：{GRADE_NAMES[graded.grade].zh}，{_why(graded)}。"


def _differing(reading: Reading) -> list[str]:
    return [
        f"第{sheet.no}项 {sheet.item.title.zh}（{sheet.clause.zh}）：自评{GRADE_NAMES[graded.claimed].zh}，"
        f"审核{GRADE_NAMES[graded.grade].zh}，{_why(graded)}{'：' + graded.comment if graded.comment else ''}"
        for sheet in reading.concerned
        if (graded := sheet.graded) is not None and graded.differs
    ]


def _why(graded: Graded) -> str:
    return "理由见意见" if graded.why is Why.OTHER else WHY_NAMES[graded.why].zh


def _unconfirmed(reading: Reading) -> tuple[str, ...]:
    """What is not checked against the official text is said on the paper too."""
    standard = reading.frozen.standard
    return () if standard.confidence == "H" else (f"标准条目：{standard.source.zh}。",)

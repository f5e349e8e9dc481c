"""Headings and labels of a self-assessment on paper."""

from __future__ import annotations

from selfassess.text import text

TITLE = text("自评报告", "self-assessment report")
ENTERPRISE = text("企业名称", "Enterprise")
USCC = text("统一社会信用代码", "Unified social credit code")
STANDARD = text("对照标准", "Standard")
DAY = text("评估日", "Assessed for")
MADE = text("生成时间", "Made at")
VERSION = text("提交版本", "Version handed in")
DRAFT = text("草稿，未提交", "draft, not handed in")
DIGEST = text("校验值（SHA-256）", "Digest (SHA-256)")

RESULT = text("一、自评结论", "1. Result")
ITEMS = text("二、逐项自评", "2. Item by item")
GAPS = text("三、差距", "3. Gaps")
PLAN = text("四、培育计划", "4. Cultivation plan")
AHEAD = text("五、只靠时间的变化", "5. What time alone changes")
NOTES = text("六、使用前请注意", "6. Before you rely on this")
SIGNED = text("签字", "Signatures")

NO = text("编号", "No.")
ITEM = text("项目", "Item")
GRADE = text("自评", "Grade")
ORIGIN = text("依据", "Basis")
NOTE = text("说明", "Explanation")
EVIDENCE = text("佐证材料", "Evidence")
RECORD = text("记录显示", "On record")
NUMBER = text("项数", "Items")
BONUS = text("附加项达标", "bonus items met")
BLOCKS = text("影响通过", "Blocks a pass")
CLAUSE = text("条款", "Clause")
REASON = text("原因", "Reason")
NEXT_STEP = text("下一步", "Next step")
OWNER = text("负责", "Owner")
EFFORT = text("工作量", "Effort")
DUE = text("期限", "Due")
TASK = text("任务", "Task")
DONE = text("完成", "Done")
FROM_DAY = text("哪天起不再计入", "No longer counts from")

YES, NO_WORD = text("是", "yes"), text("否", "no")
PASSED = text("按现在的情况能通过", "As things are, it passes")
FAILED = text("按现在的情况通不过", "As things are, it does not pass")
OPEN = text("还不能下结论", "It cannot be decided yet")
BY_RECORD = text("记录", "record")
BY_FIGURES = text("财务数据", "figures")
BY_SELF = text("自答", "own answer")
DIFFERS = text("与记录不一致，记录为：", "differs from the record, which says: ")
NONE = text("无", "none")
STAYS = text("不会自行消除", "does not pass with time")
ALL_FROM = text("这些项目最早全部不再计入的日子", "The earliest day none of these counts")

PERSONS = (
    text("法定代表人（主要负责人）签字", "Legal representative (principal)"),
    text("关务负责人签字", "Head of customs affairs"),
    text("填表人签字", "Completed by"),
    text("日期（加盖公章）", "Date and seal"),
)

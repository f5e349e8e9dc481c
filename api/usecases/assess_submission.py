"""Hand an assessment in: a frozen snapshot with its digest. Withdrawing and handing in again keep every version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from api.errors import BadInput, Conflict, NotFound
from api.store import Submission
from api.usecases.assess import Desk, Opened, open_assessment
from api.usecases.assess_comparison import peers_of, shares_of
from api.usecases.assess_evidence import evidence_of
from api.usecases.assess_stored import is_plain
from api.usecases.assess_transfer import export_assessment
from api.usecases.enterprise_names import enterprise_names
from selfassess.report import to_json
from selfassess.text import Text, text

SNAPSHOT = "credit-assessment-submission/1"
LONGEST_WHY = 500
NO_VERSION = ("没有这个版本。", "There is no such version.")


def what_is_missing(opened: Opened) -> tuple[Text, ...]:
    """Return what stands in the way of handing in: open items, records not confirmed, answers that differ."""
    outcome, settled = opened.assessed.outcome, opened.answers.settled
    exempt, items = opened.assessed.applicable.exempt, opened.standard.items
    asked = [no for no, item in items.items() if no not in exempt and not item.bonus]
    differing = [no for no in asked if no in opened.answers.differing]
    unanswered = [no for no in asked if no in outcome.unanswered and no not in differing]
    unconfirmed = [no for no in asked if no not in settled and no not in differing and no not in unanswered]
    said = []
    if differing:
        listed = "、".join(differing)
        said.append(text(f"第{listed}项有两个不同的答案，请选定一个", f"items {', '.join(differing)} have two answers"))
    if unanswered:
        said.append(text(f"还有{len(unanswered)}项没有回答", f"{len(unanswered)} items are not answered"))
    if unconfirmed:
        said.append(
            text(f"还有{len(unconfirmed)}项记录建议没有确认", f"{len(unconfirmed)} record proposals are not confirmed")
        )
    return tuple(said)


def submit(opened: Opened) -> Submission:
    """Freeze the assessment as the next version. Raises `BadInput` while something is missing, `Conflict`."""
    missing = what_is_missing(opened)
    if missing:
        raise BadInput("；".join(one.zh for one in missing) + "。", "; ".join(one.en for one in missing) + ".")
    work, earlier = opened.desk.work, list_submissions(opened)
    version = earlier[0].version + 1 if earlier else 1
    snapshot = canonical(_snapshot(opened, version, earlier[0].sha256 if earlier else None))
    if earlier and earlier[0].withdrawn_at is None and _says_the_same(earlier[0].snapshot, snapshot):
        raise Conflict("提交后没有变化，不需要再次提交。", "Nothing changed since it was handed in.")
    submission = Submission(
        assessment_id=opened.id,
        uscc=opened.row.uscc,
        version=version,
        standard=opened.row.standard,
        snapshot=snapshot,
        sha256=digest(snapshot),
        peers=peers_of(opened),
        shares=json.dumps(shares_of(opened), sort_keys=True),
        account_id=work.who.account_id,
        submitted_at=work.now,
        withdrawn_why="",
    )
    work.session.add(submission)
    opened.row.changed_at = work.now
    work.session.flush()
    _note(opened, "assessment_submitted", submission)
    return submission


def withdraw(opened: Opened, version: int, why: str) -> Submission:
    """Take a version back; it stays in the history. Raises `NotFound`, `Conflict`, `BadInput`."""
    found = find_version(opened, version)
    if found.withdrawn_at is not None:
        raise Conflict("这个版本已经撤回。", "This version was withdrawn before.")
    if not is_plain(why):
        raise BadInput("撤回原因里有损坏的字符。", "The reason holds broken characters.")
    if len(why) > LONGEST_WHY:
        raise BadInput(f"撤回原因最多{LONGEST_WHY}字。", f"The reason has at most {LONGEST_WHY} characters.")
    work = opened.desk.work
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_why = work.now, work.who.account_id, why.strip()
    work.session.flush()
    _note(opened, "assessment_withdrawn", found)
    return found


def list_submissions(opened: Opened) -> Sequence[Submission]:
    """Return every version, the latest first; a snapshot is read when asked for, it is long."""
    statement = select(Submission).where(Submission.assessment_id == opened.id).order_by(Submission.version.desc())
    return opened.desk.work.session.scalars(statement.options(defer(Submission.snapshot))).all()


def standing_versions(session: Session, ids: Sequence[str]) -> dict[str, int]:
    """Return the latest version that was not withdrawn, of each of these assessments that has one."""
    statement = (
        select(Submission.assessment_id, func.max(Submission.version))
        .where(Submission.assessment_id.in_(ids), Submission.withdrawn_at.is_(None))
        .group_by(Submission.assessment_id)
    )
    return {assessment_id: version for assessment_id, version in session.execute(statement)}


def find_version(opened: Opened, version: int) -> Submission:
    """Return a version of the assessment. Raises `NotFound`."""
    found = next((one for one in list_submissions(opened) if one.version == version), None)
    if found is None:
        raise NotFound(*NO_VERSION)
    return found


def open_submission(desk: Desk, submission_id: str, *, to_write: bool = False) -> tuple[Opened, Submission]:
    """Return a version handed in by the person's enterprise with its assessment. Raises `NotFound`."""
    found = desk.work.session.get(Submission, submission_id)
    if found is None or not desk.work.who.uscc or found.uscc != desk.uscc:
        raise NotFound(*NO_VERSION)
    return open_assessment(desk, found.assessment_id, to_write=to_write), found


def is_handed_in(session: Session, assessment_id: str) -> bool:
    """Whether a version of the assessment is handed in and not withdrawn."""
    statement = (
        select(Submission.withdrawn_at)
        .where(Submission.assessment_id == assessment_id)
        .order_by(Submission.version.desc())
        .limit(1)
    )
    latest = session.execute(statement).first()
    return latest is not None and latest.withdrawn_at is None


def canonical(content: Mapping[str, Any]) -> str:
    """Return the one way this content is written: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(snapshot: str) -> str:
    """Return the SHA-256 of a snapshot, as shown to the enterprise."""
    return sha256(snapshot.encode()).hexdigest()


def _snapshot(opened: Opened, version: int, previous: str | None) -> dict[str, Any]:
    work, uscc = opened.desk.work, opened.row.uscc
    return {
        "format": SNAPSHOT,
        "version": version,
        "previous_sha256": previous,
        "enterprise": {"uscc": uscc, "name": enterprise_names(opened.desk.records, [uscc])[uscc]},
        "submitted_by": work.who.display_name,
        "submitted_at": work.now.isoformat(),
        "standard_revision": opened.standard.revision,
        "assessment": export_assessment(opened),
        "answered": {
            no: {"by": head.name, "at": head.at.isoformat()}
            for no in opened.standard.items
            if (head := opened.answers.head(no)) is not None
        },
        "evidence": [one.as_json() for one in evidence_of(opened)],
        "result": to_json(opened.assessed, opened.row.day, opened.ahead),
    }


def _says_the_same(earlier: str, snapshot: str) -> bool:
    """Whether two snapshots say the same, whoever handed them in and when."""
    before, after = json.loads(earlier), json.loads(snapshot)
    return all(before[name] == after[name] for name in ("assessment", "evidence", "result"))


def _note(opened: Opened, action: str, submission: Submission) -> None:
    work = opened.desk.work
    work.note(
        action,
        work.trail.enterprise(opened.row.uscc),
        assessment=opened.id,
        version=submission.version,
        sha256=submission.sha256,
    )

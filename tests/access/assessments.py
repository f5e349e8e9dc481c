"""A self-assessment to knock at: with a task, a version handed in and a document, every text of which says a word."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256

from api.auth.access import About
from api.evidence.upload import Checked
from api.services import Services
from api.store import (
    Assessment,
    AssessmentAnswer,
    AssessmentFigures,
    AssessmentTask,
    Evidence,
    EvidenceLink,
    EvidenceRevision,
    Submission,
)
from api.usecases.evidence_files import keep_file

ADVANCED = "advanced-2026"
DAY = date(2026, 11, 22)


def things_of_assessment(services: Services, account_id: str, uscc: str, word: str = "x") -> dict[About, str]:
    """Store them for an enterprise; return the id of each kind."""
    now = services.now()
    content = f"%PDF {word}".encode()
    file = Checked("pdf", f"{word}.pdf", len(content), sha256(content).hexdigest(), word, "", content)
    keep_file(services.files, uscc, file)
    by = {"uscc": uscc, "account_id": account_id}
    with services.database.writing() as session:
        assessment = Assessment(
            standard=ADVANCED, day=DAY, profile='{"production": true}', started_at=now, changed_at=now, **by
        )
        evidence = Evidence(title=word, created_at=now, **by)
        session.add_all([assessment, evidence])
        session.flush()
        of = {"assessment_id": assessment.id, **by}
        task = AssessmentTask(item="2", what=word, owner=word, due=DAY, remind_days=1, changed_at=now, **of)
        submission = Submission(
            version=1, standard=ADVANCED, snapshot=json.dumps({"said": word}), sha256="", peers=word, shares="{}",
            submitted_at=now, withdrawn_why=word, **of,
        )  # fmt: skip
        answer = AssessmentAnswer(
            number=1, item="2", grade="met", note=word, held="", source="self", replaces="", at=now, **of
        )
        revision = EvidenceRevision(
            evidence_id=evidence.id, number=1, file_name=file.name, kind=file.kind, size=file.size, sha256=file.sha256,
            content=word, unread="", at=now, **by,
        )  # fmt: skip
        session.add_all(
            [task, submission, answer, revision, EvidenceLink(evidence_id=evidence.id, item="2", at=now, **of)]
        )
        session.add(AssessmentFigures(number=1, content='{"unit": "元"}', origin=word, at=now, **of))
        session.flush()
        return {
            About.ASSESSMENT: assessment.id,
            About.ASSESSMENT_TASK: task.id,
            About.SUBMISSION: submission.id,
            About.EVIDENCE: evidence.id,
        }

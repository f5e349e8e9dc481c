"""Our own tables, one module per subject."""

from api.store.accounts import Account, Membership
from api.store.answers import AnswerRating, GivenAnswer, ModelCount
from api.store.assessments import Assessment, AssessmentAnswer, AssessmentFigures, AssessmentTask, AssessmentWalk
from api.store.audit import AuditEntry
from api.store.base import Base
from api.store.board import BoardCase, BoardQuestion, GuideEntry
from api.store.broadcasts import Broadcast, BroadcastRecipient, NoticeConsent
from api.store.calendar_feeds import CalendarFeed
from api.store.centre import Booking, CentreSession, SurveyReply
from api.store.channel_bindings import ChannelBinding, ChannelBindingCode
from api.store.channels import ChannelAllowance, ChannelLease, ChannelMessage, ChannelSending, ChannelToken
from api.store.codes import OneTimeCode
from api.store.conversations import Conversation, Utterance
from api.store.desk import SavedReply
from api.store.drafts import DraftedAnswer
from api.store.evidence import Evidence, EvidenceLink, EvidenceRevision
from api.store.learning import LessonAnswer
from api.store.library import LibraryEdition, LibraryText, TextDraft
from api.store.notices import Notice
from api.store.provision_versions import ProvisionVersion
from api.store.rates import RateCounter
from api.store.readings import RecordReading
from api.store.reviews import ReviewCase, ReviewDecision, ReviewGrade
from api.store.second_factor import RecoveryCode
from api.store.sign_ins import SignIn
from api.store.submissions import Submission

__all__ = [
    "Account",
    "AnswerRating",
    "Assessment",
    "AssessmentAnswer",
    "AssessmentFigures",
    "AssessmentTask",
    "AssessmentWalk",
    "AuditEntry",
    "Base",
    "BoardCase",
    "BoardQuestion",
    "Booking",
    "CalendarFeed",
    "CentreSession",
    "Broadcast",
    "BroadcastRecipient",
    "ChannelAllowance",
    "ChannelBinding",
    "ChannelBindingCode",
    "ChannelLease",
    "ChannelMessage",
    "ChannelSending",
    "ChannelToken",
    "Conversation",
    "DraftedAnswer",
    "Evidence",
    "EvidenceLink",
    "EvidenceRevision",
    "GivenAnswer",
    "GuideEntry",
    "LessonAnswer",
    "LibraryEdition",
    "LibraryText",
    "Membership",
    "ModelCount",
    "Notice",
    "NoticeConsent",
    "OneTimeCode",
    "ProvisionVersion",
    "RateCounter",
    "RecordReading",
    "RecoveryCode",
    "ReviewCase",
    "ReviewDecision",
    "ReviewGrade",
    "SavedReply",
    "SignIn",
    "Submission",
    "SurveyReply",
    "TextDraft",
    "Utterance",
]

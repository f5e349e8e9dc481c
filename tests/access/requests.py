"""How to knock at each door: the object it is about, and the form it takes.

A door with a path parameter or an object needs an entry here; one without is knocked at with an empty form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any

from httpx2 import Response

from api.auth import codes
from api.auth.access import About, Door
from api.auth.codes import Purpose
from api.auth.identity import Kind
from api.store import ChannelBinding
from tests.access.assessments import things_of_assessment
from tests.access.board import board_question, given_answer, guide_entry
from tests.access.cast import Role
from tests.access.centre import make_booking, make_centre_session
from tests.access.desk import conversation_about, saved_reply_of
from tests.access.texts import draft_of, text_in_use
from tests.people import A, B, Person, World, uscc

_numbers = count()
NOT_THERE = 5_000  # a place beyond the sample: a well-formed credit code of nobody
NO_ID = "0" * 32
# Doors about these take an empty object like any other: nothing has to be said about each.
_ONE_THING = re.compile(
    r"\{(?:assessment_id|task_id|submission_id|evidence_id|booking_id|answer_id|question_id|guide_id"
    r"|conversation_id|reply_id|draft_id)\}"
)


class Case(StrEnum):
    """Whose object a door is knocked at for."""

    NONE = "none"
    OWN = "own"
    FOREIGN = "foreign"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Call:
    """What to send, with ``{}`` in the path and in the form standing for the object."""

    path: str
    form: dict[str, str] | None = None
    json: dict[str, Any] | None = None


CALLS = {
    ("GET", "/documents/{document_id}"): Call("/documents/gacc-order-282"),
    ("GET", "/desk/policy/{document_id}"): Call("/desk/policy/gacc-order-282"),
    ("GET", "/hooks/{channel}/{account}"): Call("/hooks/wechat_oa/service"),
    ("POST", "/hooks/{channel}/{account}"): Call("/hooks/wechat_oa/service", {}),
    ("POST", "/account/channels/{binding_id}/remove"): Call("/account/channels/{}/remove", {}),
    ("POST", "/oauth/{channel}/{account}/start"): Call("/oauth/wechat_oa/service/start", {}),
    ("GET", "/oauth/{channel}/{account}/return"): Call("/oauth/wechat_oa/service/return?code=x&state=y"),
    ("GET", "/reasons/{uscc}"): Call("/reasons/{}"),
    ("GET", "/published/{uscc}"): Call(f"/published/{uscc(A)}"),
    ("GET", "/published/directories/{directory}"): Call("/published/directories/aeo"),
    ("GET", "/api/v1/published"): Call("/api/v1/published?q=示例"),
    ("GET", "/api/v1/published/{uscc}"): Call(f"/api/v1/published/{uscc(A)}"),
    ("GET", "/api/v1/published/directories/{directory}"): Call("/api/v1/published/directories/aeo"),
    ("GET", "/api/v1/records/{uscc}/status"): Call("/api/v1/records/{}/status"),
    ("GET", "/status/{uscc}"): Call("/status/{}"),
    ("GET", "/status/{uscc}/related"): Call("/status/{}/related"),
    ("POST", "/reasons/{uscc}"): Call("/reasons/{}", {"reason": "review"}),
    ("POST", "/"): Call("/", {"q": "什么是AEO？"}),
    ("POST", "/stream"): Call("/stream", {"q": "什么是AEO？"}),
    ("POST", "/api/v1/ask"): Call("/api/v1/ask", json={"question": "什么是AEO？"}),
    ("POST", "/api/v1/ask/stream"): Call("/api/v1/ask/stream", json={"question": "什么是AEO？"}),
    ("POST", "/account/sessions/{session_id}/end"): Call("/account/sessions/{}/end", {}),
    ("POST", "/account/enterprise"): Call("/account/enterprise", {"uscc": "{}"}),
    ("POST", "/colleagues/invitations/{invitation_id}/withdraw"): Call("/colleagues/invitations/{}/withdraw", {}),
    ("POST", "/colleagues/{account_id}/remove"): Call("/colleagues/{}/remove", {}),
    ("GET", "/admin/accounts/{account_id}"): Call("/admin/accounts/{}"),
    ("POST", "/admin/accounts/{account_id}"): Call("/admin/accounts/{}", {"kind": "enterprise"}),
    ("POST", "/admin/accounts/{account_id}/disable"): Call("/admin/accounts/{}/disable", {}),
    ("POST", "/admin/accounts/{account_id}/enable"): Call("/admin/accounts/{}/enable", {}),
    ("POST", "/admin/accounts/{account_id}/reset-second-factor"): Call("/admin/accounts/{}/reset-second-factor", {}),
    ("POST", "/admin/accounts/{account_id}/set-up"): Call("/admin/accounts/{}/set-up", {}),
    ("GET", "/api/v1/assessments/{assessment_id}"): Call("/api/v1/assessments/{}"),
    ("PATCH", "/api/v1/assessments/{assessment_id}"): Call("/api/v1/assessments/{}", json={"on": "2026-11-01"}),
    ("POST", "/api/v1/assessments"): Call("/api/v1/assessments", json={"standard": "advanced-2026"}),
    ("POST", "/api/v1/assessments/messages"): Call("/api/v1/assessments/messages", json={"message": "帮我做自评"}),
    ("PUT", "/api/v1/evidence/{evidence_id}"): Call("/api/v1/evidence/{}", json={"assessment": NO_ID, "items": []}),
    ("POST", "/officer/binding-codes"): Call("/officer/binding-codes", {"uscc": "{}"}),
    ("POST", "/officer/binding-codes/{code_id}/withdraw"): Call("/officer/binding-codes/{}/withdraw", {}),
    ("GET", "/assessments/{assessment_id}/submissions/{version}.json"): Call("/assessments/{}/submissions/1.json"),
    ("GET", "/assessments/{assessment_id}/items/{no}/evidence"): Call("/assessments/{}/items/2/evidence"),
    ("POST", "/assessments/{assessment_id}/items/{no}/evidence"): Call("/assessments/{}/items/2/evidence", {}),
    ("POST", "/assessments/{assessment_id}/items/{no}/links"): Call("/assessments/{}/items/2/links", {}),
    ("GET", "/reviews/{submission_id}/items/{no}"): Call("/reviews/{}/items/2"),
    ("POST", "/reviews/{submission_id}/items/{no}"): Call("/reviews/{}/items/2", {}),
    ("GET", "/reviews/{submission_id}/letters/{number}"): Call("/reviews/{}/letters/1"),
    ("PUT", "/api/v1/reviews/{submission_id}/grades/{no}"): Call("/api/v1/reviews/{}/grades/2", json={}),
    ("POST", "/api/v1/reviews/{submission_id}/decisions"): Call(
        "/api/v1/reviews/{}/decisions", json={"kind": "note", "reason": "x"}
    ),
    ("GET", "/admin/documents/held/{document_id}"): Call("/admin/documents/held/{}"),
    ("POST", "/admin/documents/held/{document_id}/correct"): Call("/admin/documents/held/{}/correct", {}),
    ("POST", "/admin/documents/held/{document_id}/take-out"): Call("/admin/documents/held/{}/take-out", {}),
    ("POST", "/admin/documents/held/{document_id}/restore"): Call("/admin/documents/held/{}/restore", {"edition": "0"}),
    ("GET", "/admin/documents/drafts/{draft_id}/articles/{position}"): Call("/admin/documents/drafts/{}/articles/0"),
    ("POST", "/admin/documents/drafts/{draft_id}/articles/{position}"): Call(
        "/admin/documents/drafts/{}/articles/0", {"revision": "1"}
    ),
    ("POST", "/admin/documents/drafts/{draft_id}/articles/{position}/split"): Call(
        "/admin/documents/drafts/{}/articles/0/split", {"revision": "1", "act": "up"}
    ),
    ("GET", "/evidence/{evidence_id}/files/{number}"): Call("/evidence/{}/files/1"),
    ("GET", "/calendar/feed/{token}.ics"): Call("/calendar/feed/nothing.ics"),
    ("GET", "/learn/{lesson_id}"): Call("/learn/levels"),
    ("POST", "/learn/{lesson_id}"): Call("/learn/levels", {"answer-how-many": "3"}),
    ("GET", "/sessions/{session_id}"): Call("/sessions/{}"),
    ("POST", "/sessions/{session_id}/book"): Call("/sessions/{}/book", {"people": "1", "contact": "x"}),
    ("GET", "/session-desk/{session_id}"): Call("/session-desk/{}"),
    ("POST", "/session-desk/{session_id}"): Call("/session-desk/{}", {}),
    ("POST", "/session-desk/{session_id}/cancel"): Call("/session-desk/{}/cancel", {"reason": "x"}),
    ("POST", "/session-desk/{session_id}/attendance"): Call("/session-desk/{}/attendance", {}),
}


def knock(door: Door, person: Person, thing: str = "") -> Response:
    """Send the request of a door, as the program of a person does: errors come back as JSON."""
    call = call_of(door)
    path = call.path.format(thing)
    if call.json is not None:
        return person.call(door.method, path, json=call.json)
    form = {name: value.format(thing) for name, value in (call.form or {}).items()}
    return person.call(door.method, path, **({"data": form} if door.method != "GET" else {}))


def call_of(door: Door) -> Call:
    """Return what to send to a door. Raises `LookupError` where nobody said it."""
    call = CALLS.get((door.method, door.path)) or _plain_call(door)
    if "{" in call.path.replace("{}", ""):
        raise LookupError(f"{door.method} {door.path}: say in CALLS how to knock at this door")
    return call


def _plain_call(door: Door) -> Call:
    """The call of a door that is not named: an empty form, for a program's door an empty object."""
    path = _ONE_THING.sub("{}", door.path)
    if door.method == "GET":
        return Call(path)
    return Call(path, json={}) if door.path.startswith("/api/") else Call(path, {})


def thing_of(world: World, door: Door, role: Role, person: Person, case: Case) -> str:
    """Return the id of an object that is the person's own, somebody else's, or nobody's."""
    if door.access.about is None:
        return ""
    return _THINGS[door.access.about](world, role, person, case)


def _enterprise(_: World, role: Role, __: Person, case: Case) -> str:
    if case is Case.NOTHING:
        return uscc(NOT_THERE)
    own = role.reaches[0] if role.reaches else A
    return uscc(own) if case is Case.OWN else uscc(B if own == A else A)


def _account(world: World, role: Role, _: Person, case: Case) -> str:
    if case is Case.NOTHING:
        return NO_ID
    own = role.reaches[0] if role.reaches else A
    place = own if case is Case.OWN else (B if own == A else A)
    return world.add(Kind.ENTERPRISE, f"colleague-{len(world.names())}", place).id


def _session(world: World, _: Role, person: Person, case: Case) -> str:
    if case is Case.NOTHING:
        return NO_ID
    if case is Case.OWN and person.account_id:
        return world.signed_in(world.account(person.name)).sign_in_id
    return world.enterprise_user(f"other-{len(world.names())}", B).sign_in_id


def _code(purpose: Purpose, kind: Kind) -> Callable[[World, Role, Person, Case], str]:
    def make(world: World, role: Role, person: Person, case: Case) -> str:
        if case is Case.NOTHING:
            return NO_ID
        place = role.reaches[0] if role.reaches else A
        own = case is Case.OWN and person.account_id
        other = "" if own else world.add(kind, f"issuer-{len(world.names())}", customs="Y1").id
        issued_by = person.account_id if own else other
        with world.services.database.writing() as session:
            codes.issue(session, world.services.keys, purpose, world.clock(), issued_by=issued_by, uscc=uscc(place))
            return codes.list_open(session, purpose, world.clock(), issued_by=issued_by)[0].id

    return make


def _of_assessment(about: About) -> Callable[[World, Role, Person, Case], str]:
    """An assessment, or what belongs to one, of the enterprise that the person acts for, or of another."""

    def make(world: World, role: Role, person: Person, case: Case) -> str:
        if case is Case.NOTHING:
            return NO_ID
        own = role.reaches[0] if role.reaches else A
        place = own if case is Case.OWN else (B if own == A else A)
        owner = (
            person if case is Case.OWN and person.account_id else world.enterprise_user(f"k-{next(_numbers)}", place)
        )
        return things_of_assessment(world.services, owner.account_id, uscc(place))[about]

    return make


def _channel_binding(world: World, _: Role, person: Person, case: Case) -> str:
    if case is Case.NOTHING:
        return NO_ID
    own = case is Case.OWN and person.account_id
    name = f"bound-{len(world.names())}"
    account_id = person.account_id if own else world.add(Kind.ENTERPRISE, name, B).id
    with world.services.database.writing() as session:
        binding = ChannelBinding(
            channel="wechat_oa", account=name, peer=name, account_id=account_id, bound_at=world.clock()
        )
        session.add(binding)
        session.flush()
        return binding.id


def _centre_session(world: World, _: Role, __: Person, case: Case) -> str:
    """A session is offered to everybody: there is none that is another's."""
    return NO_ID if case is Case.NOTHING else make_centre_session(world.services)


def _managed_session(world: World, role: Role, person: Person, case: Case) -> str:
    """A session of the person's own making and customs, or of somebody else's."""
    if case is Case.NOTHING:
        return NO_ID
    if case is Case.OWN and person.account_id:
        return make_centre_session(world.services, world.account(person.name).customs or "", person.account_id)
    return make_centre_session(world.services, "Y8", world.coordinator(f"holder-{next(_numbers)}", 32).account_id)


def _centre_booking(world: World, role: Role, person: Person, case: Case) -> str:
    if case is Case.NOTHING:
        return NO_ID
    own = role.reaches[0] if role.reaches else A
    if case is Case.OWN and person.account_id:
        return make_booking(world.services, person.account_id, uscc(own))
    place = B if own == A else A
    return make_booking(world.services, world.add(Kind.ENTERPRISE, f"k-{next(_numbers)}", place).id, uscc(place))


def _answer(world: World, _: Role, __: Person, case: Case) -> str:
    return NO_ID if case is Case.NOTHING else given_answer(world.services)


def _board_question(world: World, _: Role, __: Person, case: Case) -> str:
    return NO_ID if case is Case.NOTHING else board_question(world.services)


def _guide_entry(world: World, _: Role, __: Person, case: Case) -> str:
    return NO_ID if case is Case.NOTHING else guide_entry(world.services, board_question(world.services))


def _conversation(world: World, role: Role, _: Person, case: Case) -> str:
    """A conversation of an enterprise in reach, or of another."""
    if case is Case.NOTHING:
        return NO_ID
    own = role.reaches[0] if role.reaches else A
    place = own if case is Case.OWN else (B if own == A else A)
    speaker = world.enterprise_user(f"speaker-{next(_numbers)}", place)
    return conversation_about(world.services, speaker.account_id, uscc(place))


def _saved_reply(world: World, _: Role, person: Person, case: Case) -> str:
    """A reply that is not shared: the person's own, or a colleague's."""
    if case is Case.NOTHING:
        return NO_ID
    own = case is Case.OWN and person.account_id
    other = "" if own else world.add(Kind.COORDINATOR, f"writer-{next(_numbers)}", coordinator="x").id
    return saved_reply_of(world.services, person.account_id if own else other)


def _draft(world: World, _: Role, person: Person, case: Case) -> str:
    return NO_ID if case is Case.NOTHING else draft_of(world.services, person.account_id)


def _official_text(world: World, _: Role, __: Person, case: Case) -> str:
    return "nothing-held" if case is Case.NOTHING else text_in_use(world.services)


_THINGS: dict[About, Callable[[World, Role, Person, Case], str]] = {
    About.ENTERPRISE: _enterprise,
    About.ACCOUNT: _account,
    About.SESSION: _session,
    About.INVITATION: _code(Purpose.INVITATION, Kind.ENTERPRISE),
    About.BINDING_CODE: _code(Purpose.BINDING, Kind.OFFICER),
    About.ASSESSMENT: _of_assessment(About.ASSESSMENT),
    About.ASSESSMENT_TASK: _of_assessment(About.ASSESSMENT_TASK),
    About.SUBMISSION: _of_assessment(About.SUBMISSION),
    About.EVIDENCE: _of_assessment(About.EVIDENCE),
    About.CHANNEL_BINDING: _channel_binding,
    About.CENTRE_SESSION: _centre_session,
    About.MANAGED_SESSION: _managed_session,
    About.CENTRE_BOOKING: _centre_booking,
    About.ANSWER: _answer,
    About.BOARD_QUESTION: _board_question,
    About.GUIDE_ENTRY: _guide_entry,
    About.CONVERSATION: _conversation,
    About.SAVED_REPLY: _saved_reply,
    About.TEXT_DRAFT: _draft,
    About.OFFICIAL_TEXT: _official_text,
}

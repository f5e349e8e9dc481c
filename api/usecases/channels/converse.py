"""One message in, what is said out: the use case behind every channel. Read this first.

    who writes -> event, choice or command -> a person who answers -> self-assessment -> the assistant

Who writes is read anew at every message. What changes something happens in the transaction in which the answer
is stored; what takes long is asked outside of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pydantic import ValidationError
from sqlalchemy.orm import Session

from api.auth.identity import VISITOR, Identity, Kind, scope_of
from api.auth.throttle import Rate, TooOften
from api.bridge.cards import mark_of, read_mark
from api.bridge.computing import Asked, Said
from api.bridge.model import Happening, Inbound, MessageKind, Outbound
from api.bridge.outbox import Sending
from api.records.scope import Scope
from api.store import Conversation
from api.usecases.ask import ask
from api.usecases.assess_desks import Desks
from api.usecases.assess_talk import talk
from api.usecases.channels import commands, conversations, events, files_talk, handover, waiting
from api.usecases.channels.answer_text import answer_message
from api.usecases.channels.cited import Cited, cited_in
from api.usecases.channels.clockwork import tick
from api.usecases.channels.doing import Turn, do
from api.usecases.channels.files_talk import FileQuestion, FileRead
from api.usecases.channels.ground import Channels
from api.usecases.channels.people import Writer, writer_of
from api.usecases.channels.records_talk import RecordQuestion, answer_from_records
from api.usecases.channels.step_text import joined, step_message
from api.usecases.channels.undelivered import note_undelivered
from api.usecases.channels.words import CARD_PASSED, MOST_LETTERS, NOT_READ, TOO_OFTEN, help_text
from api.usecases.given import Asked as Given
from api.usecases.given import keep_answer
from api.usecases.question import QuestionIn
from knowledge.text import Language, language_of

HANDOFF = "handoff"


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question for the assistant, with what was asked before."""

    text: str
    earlier: tuple[str, ...]
    who: Identity
    scope: Scope
    asked_by: str
    listening: bool  # a step of the self-assessment was shown last


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a question."""

    outbound: Outbound
    kind: str
    on: date | None = None
    cited: tuple[Cited, ...] = ()


Question = PolicyQuestion | RecordQuestion | FileQuestion


class Conversing:
    """The use case, as the bridge calls it."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels

    def begin(self, session: Session, inbound: Inbound) -> Said | Asked[Question]:
        """Answer what can be answered at once, or say what to ask."""
        now = self._channels.services.now()
        writer = self._writer(session, inbound)
        mark = read_mark(inbound.details.get("TaskId", ""))
        if inbound.event is Happening.CARD_ACTION and mark is not None:
            return self._clicked(session, inbound, writer, *mark)
        if inbound.kind is MessageKind.EVENT:
            return events.heard(self._channels, session, inbound, writer)
        conversation = self._conversation(session, writer)
        if inbound.kind in files_talk.KINDS:
            why = files_talk.refusal(writer.who, inbound)
            if not why:
                return Asked(FileQuestion(writer.who, inbound))
            return self._said(session, conversation, writer, Outbound(why), conversations.NOTICE)
        if inbound.kind is not MessageKind.TEXT or not inbound.text:
            return self._said(session, conversation, writer, Outbound(NOT_READ), conversations.NOTICE)
        text = conversations.chosen(session, conversation, inbound.text)[:MOST_LETTERS]
        who = writer.who
        command = commands.read_command(
            text, enterprise=who.kind is Kind.ENTERPRISE, staff=who.kind is Kind.COORDINATOR
        )
        to_person = conversation.attended_by == waiting.PERSON
        kind = conversations.TO_PERSON if to_person else conversations.QUESTION
        kind = conversations.COMMAND if command else kind
        # A binding code is a secret until it is used: it is not written down.
        kept = "绑定" if command and command.wish is commands.Wish.BIND else text
        earlier = conversations.earlier_turns(session, conversation, now)
        conversations.add(session, conversation, "person", kept, kind, inbound.address.channel, now, speaker=None)
        if command is not None:
            done = do(self._channels, session, Turn(writer, conversation, now), command)
            if isinstance(done, RecordQuestion):
                return Asked(done)
            return self._said(session, conversation, writer, done, conversations.COMMAND)
        if to_person:
            handover.relay_to_attendant(self._channels, session, conversation, text, now)
            return Said(None, writer.account_id)
        listening = conversations.last_kind(session, conversation) == conversations.STEP
        return Asked(self._question(text, tuple(turn.question for turn in earlier), writer, listening=listening))

    def ask(self, question: Question) -> Found | FileRead:
        """Ask the records or the assistant, or fetch a file; no transaction is open. Raises `NotYet`."""
        if isinstance(question, RecordQuestion):
            return Found(answer_from_records(self._channels, question), conversations.COMMAND)
        if isinstance(question, FileQuestion):
            return files_talk.read_file(self._channels, question)
        services = self._channels.services
        try:
            services.throttle.count_use(Rate.ASK, question.who.account_id, question.asked_by)
        except TooOften:
            return Found(Outbound(TOO_OFTEN), conversations.NOTICE)
        try:
            asked = QuestionIn(question=question.text, history=list(question.earlier))
        except ValidationError:
            return Found(Outbound(help_text(question.who)), conversations.NOTICE)
        today, address = self._channels.today(), services.public_url
        desks = Desks(services, question.who, today)
        talked = talk(
            desks,
            question.text,
            None,
            lambda: ask(
                self._channels.assistant(),
                asked,
                today,
                question.scope,
                services.records,
                services.shelf.live(services.database),
            ),
            listening=question.listening,
        )
        answer, reply = talked.answer, talked.reply
        step = step_message(reply, spoken_in(question.text), address) if reply is not None else None
        if answer is not None:
            channel = question.asked_by.partition(":")[0]
            keep_answer(services, self._channels.assistant(), Given(asked, question.who, channel, today), answer)
        if answer is None:
            return Found(step or Outbound(help_text(question.who)), conversations.STEP)
        said, cited = answer_message(answer, question.text, address), cited_in(answer.citations)
        if step is None:
            return Found(said, answer.kind, answer.on, cited)
        return Found(joined(said, step), conversations.STEP, answer.on, cited)

    def end(self, session: Session, inbound: Inbound, asked: Asked[Question], answer: Found | FileRead) -> Said:
        """Write the answer down and say it; a wish for a person is passed on to one, a file is kept."""
        writer = self._writer(session, inbound)
        conversation = self._conversation(session, writer)
        if isinstance(answer, FileRead):
            return self._file(session, inbound, writer, conversation, answer)
        outbound, now = answer.outbound, self._channels.services.now()
        if isinstance(asked.question, PolicyQuestion) and conversation.attended_by == waiting.PERSON:
            # Somebody took over while the answer was made: the assistant stays silent.
            handover.relay_to_attendant(self._channels, session, conversation, asked.question.text, now)
            return Said(None, writer.account_id)
        if answer.kind == HANDOFF and isinstance(asked.question, PolicyQuestion) and conversation.uscc:
            text = handover.ask_for_person(self._channels, session, conversation, asked.question.text[:200], now)
            outbound = Outbound(text)
        return self._said(session, conversation, writer, outbound, answer.kind, answer.on, answer.cited)

    def _clicked(
        self, session: Session, inbound: Inbound, writer: Writer, offered_in: str, number: int
    ) -> Said | Asked[Question]:
        """A button of a card is the choice it stands for, said by whoever may say it; never a step that is over."""
        conversation = self._conversation(session, writer)
        offered = conversations.find_offered(session, conversation, number, inbound.event_key)
        if offered is None and conversation.id == offered_in:
            return Said(None, writer.account_id)
        if (
            offered is None
            or conversation.id != offered_in
            or (offered.kind == conversations.STEP and not offered.is_last)
        ):
            return self._said(session, conversation, writer, Outbound(CARD_PASSED), conversations.NOTICE)
        return self.begin(session, replace(inbound, kind=MessageKind.TEXT, event=None, text=offered.text, details={}))

    def _file(
        self, session: Session, inbound: Inbound, writer: Writer, conversation: Conversation, read: FileRead
    ) -> Said:
        now, channel = self._channels.services.now(), inbound.address.channel
        conversations.add(
            session, conversation, "person", f"[{inbound.kind}]", conversations.COMMAND, channel, now, speaker=None
        )
        # The rights of this moment, not of the moment the file was sent.
        why = files_talk.refusal(writer.who, inbound)
        said = Outbound(why) if why else files_talk.keep_file(self._channels, session, writer.who, inbound, read)
        kind = conversations.STEP if read.checked is not None and not why else conversations.NOTICE
        return self._said(session, conversation, writer, said, kind)

    def undelivered(self, session: Session, sending: Sending, code: str) -> None:
        """Take another way with what a channel did not carry, and let staff see it."""
        note_undelivered(self._channels, session, sending, code)

    def tick(self) -> None:
        """Do what the clock asks for."""
        tick(self._channels)

    def _writer(self, session: Session, inbound: Inbound) -> Writer:
        """Who writes; in a group everybody reads, so that nobody is anybody there."""
        writer = writer_of(session, inbound.address)
        return replace(writer, who=VISITOR, binding=None) if inbound.chat else writer

    def _conversation(self, session: Session, writer: Writer) -> Conversation:
        services = self._channels.services
        return conversations.conversation_of(session, services.keys, writer.who, writer.address, services.now())

    def _question(self, text: str, earlier: tuple[str, ...], writer: Writer, *, listening: bool) -> PolicyQuestion:
        scope = scope_of(writer.who, self._channels.today())
        # Counted like one network address: a person of a channel has no other.
        asked_by = f"{writer.address.channel}:{writer.address.peer}"
        return PolicyQuestion(text, earlier, writer.who, scope, asked_by, listening)

    def _said(
        self,
        session: Session,
        conversation: Conversation,
        writer: Writer,
        outbound: Outbound,
        kind: str,
        on: date | None = None,
        cited: tuple[Cited, ...] = (),
    ) -> Said:
        now, channel = self._channels.services.now(), writer.address.channel
        number = conversations.add(
            session,
            conversation,
            "assistant",
            outbound.text,
            kind,
            channel,
            now,
            choices=outbound.choices,
            on=on,
            cited=cited,
        )
        return Said(replace(outbound, mark=mark_of(conversation.id, number)), writer.account_id)


def spoken_in(message: str) -> Language:
    """Return the language to go on in; a number has none."""
    return language_of(message) if any(character.isalpha() for character in message) else "zh-Hans"

"""People who write from channels to the real use case, and see what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from api.auth.identity import Kind
from api.auth.sessions import identity_of
from api.auth.work import Work
from api.bridge.bridge import Bridge
from api.records.sample.fiction import office_of
from api.store import Account, ChannelBinding, Notice, SignIn
from api.usecases.channels.binding import issue_code
from tests.bridge.bench import APP, OA, Bench
from tests.people import A, Person, World


@dataclass
class Hall:
    """A world with a bridge."""

    world: World
    bench: Bench
    bridge: Bridge

    def write(self, text: str, person: str = "oPERSON", values: dict[str, Any] = OA) -> str:
        """Write from a channel; return what is seen there at once."""
        return self._seen(self.bench.peer(values).text(text, person=person), person, values)

    def happen(self, event: str, key: str = "", person: str = "oPERSON", values: dict[str, Any] = OA) -> str:
        """Let an event happen."""
        self.world.clock.pass_(seconds=1)
        return self._seen(self.bench.peer(values).event(event, person=person, key=key), person, values)

    def send(self, person: str = "") -> list[str]:
        """Let the worker send what is due; return everything that reached a person so far."""
        self.bridge.talk.tick()
        self.bridge.delivery.send_due()
        return self.bench.platform.texts(person)

    def enterprise_user(self, name: str = "user-a", place: int = A, person: str = "oPERSON") -> Person:
        """A user of an enterprise, bound in the official account."""
        found = self.world.enterprise_user(name, place)
        self.bind(found, person, OA)
        return found

    def coordinator(self, name: str = "zhang", place: int = A, person: str = "zhang") -> Person:
        """A coordinator, bound in the application."""
        number = f"coordinator-{office_of(place).district}"
        found = self.world.signed_in(self.world.add(Kind.COORDINATOR, name, coordinator=number))
        self.bind(found, person, APP)
        return found

    def bind(self, who: Person, person: str, values: dict[str, Any]) -> str:
        """Bind somebody with a code from the web."""
        return self.write(f"绑定 {self.code(who)}", person, values)

    def code(self, who: Person) -> str:
        """A code as the web page gives it."""
        services = self.world.services
        with services.database.writing() as session:
            account = session.get_one(Account, who.account_id)
            identity = identity_of(account, session.get_one(SignIn, who.sign_in_id))
            return issue_code(
                Work(session, identity, services.now(), services.keys, services.trail, services.passwords)
            )

    def bindings(self) -> dict[str, str]:
        """Who is bound to which account."""
        with self.world.services.database.reading() as session:
            return {b.peer: b.account_id for b in session.scalars(select(ChannelBinding))}

    def notices(self, who: Person) -> list[str]:
        """The site's inbox of somebody."""
        with self.world.services.database.reading() as session:
            statement = select(Notice.text).where(Notice.account_id == who.account_id).order_by(Notice.created_at)
            return list(session.scalars(statement))

    def _seen(self, document: str, person: str, values: dict[str, Any]) -> str:
        self.world.clock.pass_(seconds=1)
        if values is OA:
            self.bench.platform.spoke(person)
        ours = values.get("corp_id") or "gh_0123456789ab"
        peer = self.bench.peer(values, ours=ours)
        return "\n".join(peer.push(document.replace("gh_0123456789ab", ours), self.bridge).texts)

"""A conversation between somebody of an enterprise and a coordinator, both in front of a browser."""

from __future__ import annotations

from dataclasses import dataclass

from httpx2 import Response
from sqlalchemy import select

from api.store import Conversation
from tests.people import Person, World


@dataclass
class Talk:
    """The one conversation of an enterprise user."""

    world: World
    user: Person
    coordinator: Person

    @property
    def stored(self) -> Conversation:
        """The conversation as it is stored now."""
        with self.world.services.database.reading() as session:
            statement = select(Conversation).where(Conversation.account_id == self.user.account_id)
            return session.scalars(statement).one()

    @property
    def address(self) -> str:
        """Where the coordinator finds it."""
        return f"/desk/conversations/{self.stored.id}"

    def take(self, who: Person | None = None) -> Response:
        """Take over."""
        return (who or self.coordinator).post(f"{self.address}/take")

    def reply(self, text: str) -> Response:
        """Answer as the coordinator."""
        return self.coordinator.post(f"{self.address}/reply", text=text)

    def finish(self) -> Response:
        """Give the conversation back."""
        return self.coordinator.post(f"{self.address}/finish")

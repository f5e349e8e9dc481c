"""Things of the administrators' desk for the access matrix: a draft, and an official text in use."""

from __future__ import annotations

from itertools import count

from api.services import Services
from api.store import LibraryEdition, LibraryText, TextDraft
from api.usecases.texts.head import facts_from
from tests.tiny_corpus import front

_numbers = count(1)
BODY = "## 第一条 | Article 1\n{#art-1 confidence=official}\n\n条文。\n"


def draft_of(services: Services, account_id: str) -> str:
    """A new draft; return its id."""
    with services.database.writing() as session:
        draft = TextDraft(
            act="add", state="draft", revision=1, document_id="", title="示例办法", facts=facts_from({}, []), body=BODY,
            source={}, texts={}, base_edition=0, editors=[account_id], made_at=services.now(),
            changed_at=services.now(), reason="",
        )  # fmt: skip
        session.add(draft)
        session.flush()
        return draft.id


def text_in_use(services: Services) -> str:
    """A text that an edition put into use; return its document's id."""
    name, now = f"held-{next(_numbers)}", services.now()
    content = front(name).replace("aliases:", "layer: official\naliases:") + BODY
    with services.database.writing() as session:
        number = 1_000 + next(_numbers)
        session.add(LibraryEdition(number=number, made_at=now, draft_id="", proposed_by="", approved_by=""))
        session.flush()
        session.add(LibraryText(edition=number, document_id=name, content=content))
    return name

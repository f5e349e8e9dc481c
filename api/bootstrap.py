"""Build the running parts from the settings. Nothing else reads settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import selfassess
from api.settings import Settings
from knowledge.corpus import read_corpus
from knowledge.embedding import BundledModel, EmbeddingModel, open_model
from knowledge.library import composed, read_library
from knowledge.models import Provision
from knowledge.store import VectorStore
from knowledge.terms import Terms, load_terms

# What needs a database, keys or the network is imported when it is first asked for: `ask` and `knowledge` do
# without, and start faster.
if TYPE_CHECKING:
    from api.auth.keys import Keys
    from api.auth.oidc import OidcClient
    from api.bridge.accounts import ChannelAccount
    from api.bridge.bridge import Bridge
    from api.db import Database
    from api.library import LiveLibrary
    from api.library_texts import Texts
    from api.records.reader import Records
    from api.services import Services
    from assistant.answering import Assistant
    from assistant.intents import Intents
    from assistant.models import Answer
    from assistant.writer import Writer
    from knowledge.index import Index
    from knowledge.search import Reranker, Search

Progress = Callable[[int, int], None]


class LibraryAway(Exception):
    """The database that keeps the official texts does not answer; the message says what to look at."""


@dataclass(frozen=True)
class Built:
    """What an index build did."""

    fingerprint: str
    provisions: int
    texts: int
    embedded: int


class Parts:
    """The parts of the application, each made when first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def standards_dir(self) -> Path:
        """Where the certification standards are kept."""
        return Path(selfassess.__file__).with_name("standards")

    @property
    def official_dir(self) -> Path:
        """Where official texts are added."""
        return self.settings.data_dir / "official"

    @cached_property
    def shipped(self) -> list[Provision]:
        """What comes with the software."""
        return read_library(self.standards_dir)

    @cached_property
    def official(self) -> list[Provision]:
        """The official texts that were added: by administrators on the web, and by command."""
        if self.texts is None:
            return read_corpus(self.official_dir)
        from api.library_texts import official_of

        return official_of(self.texts)

    @cached_property
    def texts(self) -> Texts | None:
        """The official texts as files, where there is a database to keep them. Raises `LibraryAway`."""
        settings = self.settings
        if settings.database_url is None and not (settings.data_dir / "credit.db").is_file():
            return None
        from sqlalchemy import inspect
        from sqlalchemy.exc import OperationalError

        from api.library_texts import Texts, files_in, read_texts

        try:
            if not inspect(self.database.engine).has_table("library_edition"):
                return Texts(0, files_in(self.official_dir))
            with self.database.reading() as session:
                return read_texts(session, self.official_dir)
        except OperationalError as error:
            raise LibraryAway(
                "the database with the official texts does not answer: see CREDIT_DATABASE_URL"
            ) from error

    @cached_property
    def provisions(self) -> list[Provision]:
        """Everything the assistant knows."""
        return composed(self.shipped, self.official)

    @cached_property
    def terms(self) -> Terms:
        """The vocabulary."""
        return load_terms()

    @cached_property
    def model(self) -> EmbeddingModel:
        """The embedding model."""
        settings = self.settings
        return open_model(settings.embedding_model, settings.data_dir / "models", settings.embedding_threads)

    @cached_property
    def store(self) -> VectorStore:
        """The vector store."""
        url = self.settings.chroma_url
        return VectorStore(None if url else self.settings.vectors_dir, url)

    @cached_property
    def search(self) -> Search:
        """The search over the stored index. Raises `IndexMissing`."""
        from knowledge.index import open_index

        return self._search_of(open_index(self.provisions, self.model, self.store))

    def _search_of(self, index: Index) -> Search:
        from knowledge.search import Search

        return Search(index, self.terms, self.model, self.reranker)

    @cached_property
    def reranker(self) -> Reranker | None:
        """The model that reorders what was found, where one is configured."""
        return _reranker(self.settings.reranker_model)

    @cached_property
    def intents(self) -> Intents:
        """What people may want, with the vectors of its examples. Raises `IndexMissing`."""
        from assistant.intents import open_intents, read_intents

        return open_intents(read_intents(), self.model, self.store)

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant over the stored index. Raises `IndexMissing`."""
        return self._assistant_of(self.search)

    def _assistant_of(self, search: Search) -> Assistant:
        from assistant.answering import Assistant

        return Assistant(search, self.intents, self.writer, self._note_draft)

    @cached_property
    def library(self) -> LiveLibrary:
        """The library of a running server, which follows what administrators approve. Raises `IndexMissing`."""
        from api.library import Edition, Ground, LiveLibrary

        number = self.texts.edition if self.texts else 0
        first = Edition(number, self.provisions, self.assistant, self.search)
        ground = Ground(
            database=self.database,
            folder=self.official_dir,
            shipped=self.shipped,
            model=self.model,
            store=self.store,
            search_of=self._search_of,
            assistant_of=self._assistant_of,
            now=now,
        )
        return LiveLibrary(ground, first)

    @cached_property
    def writer(self) -> Writer | None:
        """The language model, where one is configured."""
        settings = self.settings
        if not (settings.llm_base_url and settings.llm_model):
            return None
        from assistant.llm import Endpoint, LanguageModel
        from assistant.model_counters import ModelCounters, Price
        from assistant.writer import RememberingWriter

        key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else ""
        endpoint = Endpoint(
            settings.llm_base_url, settings.llm_model, key, settings.llm_seconds, settings.llm_structured
        )
        counters = ModelCounters(Price(settings.llm_price_in, settings.llm_price_out))
        return RememberingWriter(LanguageModel(endpoint, counters))

    def _note_draft(self, answer: Answer) -> None:
        """Store how a model's answer came about, and log what the model came to so far."""
        from api.usecases.drafts import note_draft

        if self.writer is not None:
            note_draft(self.database, answer, now(), self.writer.counters.snapshot())

    @cached_property
    def database(self) -> Database:
        """Our own database."""
        from api.db import open_database

        return open_database(self.settings.own_database)

    @cached_property
    def records(self) -> Records | None:
        """The shared records, where the installation has them."""
        from api.records.reader import open_records

        url = self.settings.shared_records
        return open_records(url, self.settings.records_mapping) if url else None

    @cached_property
    def keys(self) -> Keys:
        """The keys of the installation."""
        from api.auth.keys import Keys, demo_secret

        given = self.settings.secret_key
        return Keys(given.get_secret_value() if given else demo_secret(self.settings.data_dir))

    @cached_property
    def services(self) -> Services:
        """What the doors share besides the assistant."""
        from api.auth.audit import Trail
        from api.auth.passwords import Passwords
        from api.auth.throttle import Throttle
        from api.services import Services
        from api.settings_readout import read_out

        settings = self.settings
        return Services(
            database=self.database,
            records=self.records,
            keys=self.keys,
            trail=Trail(self.keys),
            passwords=Passwords(),
            throttle=Throttle(self.database, self.keys, now, settings.ask_limit, settings.search_limit),
            now=now,
            files=settings.data_dir / "enterprises",
            public_url=settings.public_url or "",
            oidc=self._oidc(),
            demo=settings.mode == "demo",
            settings=read_out(settings),
        )

    @cached_property
    def channel_accounts(self) -> tuple[ChannelAccount, ...]:
        """The accounts on WeChat and WeCom. Raises `ChannelsWrong`."""
        from api.bridge.accounts import read_accounts

        path = self.settings.channels_file
        return read_accounts(path, production=self.settings.mode == "production") if path else ()

    @cached_property
    def bridge(self) -> Bridge | None:
        """The bridge to channels, where the installation has any. Raises `ChannelsWrong`."""
        if not self.channel_accounts:
            return None
        import httpx2

        from api.bridge.bridge import Bridge, Fetch, Ground
        from api.bridge.outbox import Outbox
        from api.usecases.channels.converse import Conversing
        from api.usecases.channels.ground import Channels

        services = self.services
        ground = Ground(services.database, services.keys, services.now, httpx2.Client())
        heard = tuple((one.channel, one.account) for one in self.channel_accounts)

        def talk(outbox: Outbox, fetch: Fetch) -> Conversing:
            channels = Channels(services, self._assistant_in_use, lambda: china_day(now()), outbox, heard, fetch)
            return Conversing(channels)

        return Bridge(self.channel_accounts, ground, talk)

    def _assistant_in_use(self) -> Assistant:
        """The assistant over the edition of the library that is in use now."""
        return self.library.current().assistant

    def _oidc(self) -> OidcClient | None:
        settings = self.settings
        if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret):
            return None
        from api.auth.oidc import OidcClient, Provider

        secret = settings.oidc_client_secret.get_secret_value()
        return OidcClient(
            Provider(settings.oidc_issuer, settings.oidc_client_id, secret, settings.oidc_name), self.keys
        )

    @property
    def is_indexed(self) -> bool:
        """Whether an index of this corpus and model, and of the intents, is stored."""
        from assistant.intents import is_indexed, read_intents
        from knowledge.index import is_stored

        stored = is_stored(self.provisions, self.model, self.store)
        return stored and is_indexed(read_intents(), self.model, self.store)

    def build(self, progress: Progress | None = None) -> Built:
        """Convert the model if needed and build the index, embedding only new texts."""
        from assistant.intents import build_intents, read_intents
        from knowledge.index import build_index, entries_of

        if isinstance(self.model, BundledModel):
            self.model.prepare()
        fingerprint, embedded = build_index(self.provisions, self.model, self.store, progress, now().isoformat())
        build_intents(read_intents(), self.model, self.store)
        return Built(fingerprint, len(self.provisions), len(entries_of(self.provisions)), embedded)


def now() -> datetime:
    """Return the present moment: the clock of a running installation."""
    return datetime.now(UTC)


def china_day(moment: datetime) -> date:
    """Return the calendar day in China."""
    return moment.astimezone(ZoneInfo("Asia/Shanghai")).date()


def _reranker(name: str | None) -> Reranker | None:
    if name is None:
        return None
    from sentence_transformers import CrossEncoder

    reranker: Reranker = CrossEncoder(name, device="cpu")
    return reranker

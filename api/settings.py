"""All settings, read once from the environment (prefix CREDIT_) or a file `.env`.

Only `bootstrap` reads them. A wrong setting refuses to start and says what to do. Every setting is
described in `.env.example`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what to do."""


class Settings(BaseSettings):
    """What an installation can choose."""

    model_config = SettingsConfigDict(env_prefix="CREDIT_", env_file=".env", extra="ignore", frozen=True)

    mode: Literal["demo", "production"] = "demo"
    data_dir: Path = Path("var")
    chroma_path: Path | None = None
    chroma_url: str | None = None
    embedding_model: str = "bundled"
    embedding_threads: int = Field(default=1, ge=1, le=64)
    reranker_model: str | None = None
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_api_key: SecretStr | None = None
    llm_seconds: float = Field(default=20, ge=1, le=300)
    llm_structured: bool = True
    llm_price_in: float = Field(default=0, ge=0)
    llm_price_out: float = Field(default=0, ge=0)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    database_url: str | None = None
    records_url: str | None = None
    records_mapping: Path | None = None
    secret_key: SecretStr | None = None
    public_url: str | None = None
    trusted_proxies: str = "127.0.0.1"
    ask_limit: str = "60/minute"
    search_limit: str = "60/minute"
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = "单位统一身份认证"
    channels_file: Path | None = None

    @field_validator("database_url", "records_url")
    @classmethod
    def _database(cls, value: str | None) -> str | None:
        if value is not None:
            from api.db import DatabaseError, parse_url

            try:
                parse_url(value)
            except DatabaseError as error:
                raise ValueError(str(error)) from error
        return value

    @field_validator("secret_key")
    @classmethod
    def _strong(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            from api.auth.keys import WeakSecret, check_secret

            try:
                check_secret(value.get_secret_value())
            except WeakSecret as error:
                raise ValueError(str(error)) from error
        return value

    @field_validator("ask_limit", "search_limit")
    @classmethod
    def _rate(cls, value: str) -> str:
        from limits import parse

        try:
            parse(value)
        except ValueError as error:
            raise ValueError("write it like 60/minute") from error
        return value

    @field_validator("public_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://x")
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/") or parts.query:
            raise ValueError("write scheme and host only, like https://credit.example.org")
        return value.rstrip("/") if value else value

    @field_validator("llm_base_url")
    @classmethod
    def _endpoint(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://x")
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
            raise ValueError("write the address of the endpoint, like http://127.0.0.1:8080/v1")
        return value.rstrip("/") if value else None

    @model_validator(mode="after")
    def _whole_endpoint(self) -> Settings:
        if bool(self.llm_base_url) != bool(self.llm_model):
            raise ValueError("set CREDIT_LLM_BASE_URL and CREDIT_LLM_MODEL together, or neither")
        return self

    @model_validator(mode="after")
    def _secret_in_production(self) -> Settings:
        if self.mode == "production" and self.secret_key is None:
            raise ValueError(
                "CREDIT_SECRET_KEY is needed in production; make one with "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return self

    @model_validator(mode="after")
    def _whole_provider(self) -> Settings:
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            raise ValueError("set CREDIT_OIDC_ISSUER, CREDIT_OIDC_CLIENT_ID and CREDIT_OIDC_CLIENT_SECRET together")
        return self

    @model_validator(mode="after")
    def _one_vector_store(self) -> Settings:
        if self.chroma_url and self.chroma_path:
            raise ValueError("set CREDIT_CHROMA_URL (a Chroma server) or CREDIT_CHROMA_PATH (a directory), not both")
        return self

    @property
    def vectors_dir(self) -> Path:
        """Where the embedded vector store lives."""
        return self.chroma_path or self.data_dir / "chroma"

    @property
    def own_database(self) -> str:
        """The address of our own database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'credit.db'}"

    @property
    def shared_records(self) -> str | None:
        """The address of the shared records; in demo mode a sample beside our own data."""
        if self.records_url or self.mode == "production":
            return self.records_url
        return f"sqlite:///{self.sample_records}"

    @property
    def sample_records(self) -> Path:
        """Where the sample of the demo mode lies."""
        return self.data_dir / "records.db"


def read_settings() -> Settings:
    """Read the settings. Raises `SettingsError`."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"]).upper()
            lines.append(f"CREDIT_{name}: {problem['msg']}" if name else problem["msg"])
        raise SettingsError("wrong settings:\n  " + "\n  ".join(lines) + "\nSee .env.example.") from error

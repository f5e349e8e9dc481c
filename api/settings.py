"""All settings, read once from the environment (prefix CREDIT_) or a file `.env`.

Only `bootstrap` reads them. A wrong setting refuses to start and says what to do. Every setting is
described in `.env.example`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
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
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @model_validator(mode="after")
    def _one_vector_store(self) -> Settings:
        if self.chroma_url and self.chroma_path:
            raise ValueError("set CREDIT_CHROMA_URL (a Chroma server) or CREDIT_CHROMA_PATH (a directory), not both")
        return self

    @property
    def vectors_dir(self) -> Path:
        """Where the embedded vector store lives."""
        return self.chroma_path or self.data_dir / "chroma"


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

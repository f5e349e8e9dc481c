"""Settings: a wrong one refuses to start and says what to do; every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, read_settings
from tests.services import SECRET

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CREDIT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_everything_has_a_working_default():
    settings = read_settings()

    assert (settings.host, settings.port, settings.mode) == ("127.0.0.1", 8000, "demo")
    assert settings.embedding_model == "bundled"
    assert settings.vectors_dir == settings.data_dir / "chroma"


def test_settings_are_read_from_the_environment_and_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / ".env").write_text("CREDIT_PORT=9001\nCREDIT_HOST=0.0.0.0\n")
    monkeypatch.setenv("CREDIT_PORT", "9002")

    settings = read_settings()

    assert (settings.port, settings.host) == (9002, "0.0.0.0")  # noqa: S104 - read, not served


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"), ("PORT", "70000"), ("PORT", "http"), ("MODE", "test"), ("LOG_LEVEL", "loud"),
        ("EMBEDDING_THREADS", "0"), ("EMBEDDING_THREADS", "many"), ("DATABASE_URL", "mysql://x/y"),
        ("RECORDS_URL", "records"), ("SECRET_KEY", "short"), ("SECRET_KEY", "a" * 64), ("ASK_LIMIT", "often"),
        ("PUBLIC_URL", "credit.example.org"), ("PUBLIC_URL", "https://credit.example.org/path"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(f"CREDIT_{name}", value)

    with pytest.raises(SettingsError, match=f"CREDIT_{name}: "):
        read_settings()


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CREDIT_PORT", "x")
    monkeypatch.setenv("CREDIT_MODE", "x")

    with pytest.raises(SettingsError, match=r"(?s)CREDIT_MODE.*CREDIT_PORT"):
        read_settings()


def test_two_vector_stores_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CREDIT_CHROMA_URL", "http://127.0.0.1:8001")
    monkeypatch.setenv("CREDIT_CHROMA_PATH", "elsewhere")

    with pytest.raises(SettingsError, match="not both"):
        read_settings()


def test_production_without_a_secret_refuses_and_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CREDIT_MODE", "production")

    with pytest.raises(SettingsError, match=r"CREDIT_SECRET_KEY.*token_urlsafe"):
        read_settings()


def test_production_has_no_records_unless_it_is_told_where(monkeypatch: pytest.MonkeyPatch):
    assert read_settings().shared_records == "sqlite:///var/records.db"
    monkeypatch.setenv("CREDIT_MODE", "production")
    monkeypatch.setenv("CREDIT_SECRET_KEY", SECRET)

    assert read_settings().shared_records is None


def test_a_secret_is_not_told_by_the_settings_or_their_errors(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CREDIT_SECRET_KEY", SECRET)

    assert SECRET not in repr(read_settings())
    monkeypatch.setenv("CREDIT_SECRET_KEY", "weak-but-private")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert "weak-but-private" not in str(error.value)


@pytest.mark.parametrize("missing", ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
def test_half_an_identity_provider_is_refused(missing: str, monkeypatch: pytest.MonkeyPatch):
    for name in {"ISSUER", "CLIENT_ID", "CLIENT_SECRET"} - {missing}:
        monkeypatch.setenv(f"CREDIT_OIDC_{name}", "https://id.example.org")

    with pytest.raises(SettingsError, match="together"):
        read_settings()


def test_every_setting_is_documented_and_nothing_else_is():
    documented = set(re.findall(r"^(?:# )?CREDIT_([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_example_settings_are_the_defaults(tmp_path: Path):
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())

    assert read_settings() == Settings(_env_file=None)

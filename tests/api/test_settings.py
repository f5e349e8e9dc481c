"""Settings: a wrong one refuses to start and says what to do; every one is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.settings import Settings, SettingsError, read_settings

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
        ("EMBEDDING_THREADS", "0"), ("EMBEDDING_THREADS", "many"),
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


def test_every_setting_is_documented_and_nothing_else_is():
    documented = set(re.findall(r"^(?:# )?CREDIT_([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert documented == {name.upper() for name in Settings.model_fields}


def test_the_example_settings_are_the_defaults(tmp_path: Path):
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text())

    assert read_settings() == Settings(_env_file=None)

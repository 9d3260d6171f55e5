"""Settings come from the environment or a file, and a wrong one is named in a line."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import WrongSetting
from bot.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_everything_lies_in_the_data_folder() -> None:
    settings = load_settings()
    assert settings.data == Path("data")
    assert settings.index_folder == Path("data/index")
    assert settings.phrasings_folder == Path("data/phrasings")
    assert settings.store_url == "sqlite:///data/motcua.db"
    assert settings.encoder is None


def test_the_environment_is_read_and_the_command_line_stands_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_DATA", "from-environment")
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "postgresql://x/y")
    assert load_settings().data == Path("from-environment")
    assert load_settings(data=None).data == Path("from-environment")
    assert load_settings(data=Path("given")).data == Path("given")
    assert load_settings().store_url == "postgresql://x/y"


def test_a_file_is_read_and_the_environment_stands_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        "MOTCUA_DEFAULT_COMMUNE=phuong-mau\nMOTCUA_WEB_TITLE=Phường Mẫu\nOTHER=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("MOTCUA_DEFAULT_COMMUNE", "an-tuong")
    settings = load_settings()
    assert (settings.default_commune, settings.web_title) == ("an-tuong", "Phường Mẫu")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MOTCUA_WEB_BODY_BYTES", "many"),
        ("MOTCUA_WEB_ANSWER_THREADS", "0"),
        ("MOTCUA_ZALO_BUTTONS", "under"),
        ("MOTCUA_CHANNEL_LEASE_SECONDS", "-1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(WrongSetting, match=name) as caught:
        load_settings()
    assert value in str(caught.value)
    assert "\n" not in str(caught.value)


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_ZALO_APP_SECRET", "rat-bi-mat")
    settings = load_settings()
    assert isinstance(settings.zalo_app_secret, SecretStr)
    assert "rat-bi-mat" not in repr(settings)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_whatever_is_called_a_token_or_secret_is_one() -> None:
    secret = [name for name in Settings.model_fields if name.endswith(("_token", "_secret", "_key"))]
    shown = [name for name in secret if "SecretStr" not in str(Settings.model_fields[name].annotation)]
    assert shown == []

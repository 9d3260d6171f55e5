"""Settings -> channels and the way the ward runs them; assemble.py decides which of them there are."""

import httpx
from pydantic import SecretStr

from bot.channels import Channel
from bot.errors import WrongSetting
from bot.exchange import House
from bot.handover import StaffGroup
from bot.queueing import Pace
from bot.quota import Limits, quiet_hours
from bot.settings import Settings
from bot.telegram import Telegram, TelegramAccount
from bot.tokens import App, TokenKeeper
from bot.zalo_bot import ZaloBot, ZaloBotAccount
from bot.zalo_oa import ZaloApp, ZaloOa

HTTP_SECONDS = 10.0


def telegram_channel(settings: Settings) -> Telegram | None:
    """The Telegram bot; None without a token."""
    if not settings.telegram_token:
        return None
    account = TelegramAccount(
        settings.telegram_token.get_secret_value(),
        _shown(settings.telegram_webhook_secret),
        settings.telegram_api_url.rstrip("/"),
        settings.telegram_retries,
    )
    return Telegram(account)


def zalo_oauth(settings: Settings) -> App | None:
    """The Zalo app whose tokens are kept; None without an id. Raises WrongSetting."""
    if not settings.zalo_app_id:
        return None
    secret = _needed("ZALO_APP_SECRET", settings.zalo_app_secret)
    return App(settings.zalo_app_id, secret, settings.zalo_oauth_url.rstrip("/"))


def zalo_oa_channel(settings: Settings, keeper: TokenKeeper | None) -> ZaloOa | None:
    """The Zalo Official Account; None without an app. Raises WrongSetting."""
    if not settings.zalo_app_id or keeper is None:
        return None
    app = ZaloApp(
        settings.zalo_app_id,
        _needed("ZALO_OA_SECRET", settings.zalo_oa_secret),
        settings.zalo_oa_id,
        settings.zalo_api_url.rstrip("/"),
        settings.zalo_replay_seconds * 1000,
        settings.zalo_text_limit,
        settings.zalo_buttons == "inside",
        settings.zalo_most_buttons,
    )
    return ZaloOa(app, keeper, httpx.AsyncClient(timeout=HTTP_SECONDS), _limits(settings))


def _limits(settings: Settings) -> Limits:
    try:
        quiet = quiet_hours(settings.zalo_quiet_hours)
    except ValueError as error:
        raise WrongSetting(
            f"MOTCUA_ZALO_QUIET_HOURS={settings.zalo_quiet_hours!r}: write two hours like 22-6, or nothing"
        ) from error
    return Limits(
        settings.zalo_free_hours,
        settings.zalo_free_messages,
        settings.zalo_paid_days,
        settings.zalo_paid,
        quiet,
    )


def zalo_bot_channel(settings: Settings) -> ZaloBot | None:
    """The bot on the Zalo Bot Platform; None without a token. Raises WrongSetting."""
    token = _shown(settings.zalo_bot_token)
    if not token:
        return None
    secret = _shown(settings.zalo_bot_webhook_secret)
    if secret is not None and not 8 <= len(secret) <= 256:
        raise WrongSetting("MOTCUA_ZALO_BOT_WEBHOOK_SECRET: the platform wants 8 to 256 characters")
    account = ZaloBotAccount(token, secret, settings.zalo_bot_api_url.rstrip("/"), settings.zalo_text_limit)
    return ZaloBot(account, httpx.AsyncClient(timeout=HTTP_SECONDS))


def house(settings: Settings, channels: tuple[Channel, ...], keeper: TokenKeeper | None, commune: str | None) -> House:
    """How the ward runs its channels. Raises WrongSetting."""
    staff = StaffGroup(settings.staff_channel, settings.staff_chat, settings.staff_hours)
    names = [channel.name for channel in channels]
    if staff.channel and staff.channel not in names:
        known = ", ".join(names) or "none"
        raise WrongSetting(f"MOTCUA_STAFF_CHANNEL={staff.channel!r}: not a configured channel ({known})")
    pace = Pace(
        settings.channel_attempts,
        int(settings.channel_lease_seconds * 1000),
        int(settings.channel_settle_seconds * 1000),
        int(settings.channel_backoff_seconds * 1000),
    )
    return House(
        _shown(settings.pseudonym_key),
        pace,
        staff,
        commune,
        settings.staff_pause_minutes * 60_000,
        settings.dialogue_days,
        settings.channel_workers,
        keeper.alarm if keeper is not None else _no_alarm,
    )


def _no_alarm() -> None:
    return None


def _shown(secret: SecretStr | None) -> str | None:
    value = secret.get_secret_value() if secret is not None else None
    return value or None


def _needed(name: str, secret: SecretStr | None) -> str:
    value = _shown(secret)
    if value is None:
        raise WrongSetting(f"MOTCUA_{name} is not set; a Zalo Official Account needs it")
    return value

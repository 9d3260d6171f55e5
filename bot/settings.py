"""Every setting, read from the environment once. The only file that reads it."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import WrongSetting


class Settings(BaseSettings):
    """Settings of the program. Each comes from MOTCUA_<NAME> or from a `.env` file; secrets from there alone."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", env_file=".env", extra="ignore")

    data: Path = Field(Path("data"), description="folder of the store and the index")
    database_url: str | None = Field(None, description="SQLAlchemy URL; default: SQLite file in the data folder")
    chroma_url: str | None = Field(None, description="http://host:port of a Chroma server; default: embedded")
    encoder: str | None = Field(
        None, description="folder of another sentence-transformers model; default: the shipped one"
    )
    encoder_query_prompt: str = Field("", description="text put before each question for that model")
    encoder_passage_prompt: str = Field("", description="text put before each passage for that model")
    public_url: str = Field("", description="address under which citizens reach this server; begins citation links")
    telegram_token: SecretStr | None = Field(None, description="token of the Telegram bot")
    default_commune: str | None = Field(None, description="commune of questions that name none")

    chat_model: str | None = Field(
        None,
        description='chat model that words answers, "provider:model" as LangChain names it; default: none, answers are composed',
    )
    chat_model_url: str | None = Field(None, description="address of an OpenAI-compatible or Ollama server")
    chat_model_key: SecretStr | None = Field(None, description="key of the chat model's provider")
    chat_model_seconds: float = Field(
        10.0, gt=0, description="longest time a text of the chat model may take; then the composed answer is given"
    )

    # web
    web_origins: dict[str, list[str]] = Field(
        default_factory=dict,
        description='websites that may call the API, by commune, as JSON: {"an-tuong": ["https://antuong.example.vn"]}; "*": any commune',
    )
    web_rate: str = Field("600/minute", description="requests that one address may make")
    web_conversation_rate: str = Field("30/minute", description="questions in one conversation")
    web_key_rate: str = Field("6000/minute", description="requests of an API key made without a rate of its own")
    web_rate_store: str = Field("memory://", description="where requests are counted: memory:// or redis://host:6379")
    web_rate_exempt: str = Field("127.0.0.1,::1", description="addresses that are not counted, with commas between")
    web_trusted_proxies: str = Field(
        "127.0.0.1", description="proxies whose X-Forwarded-For is believed, with commas between"
    )
    web_body_bytes: int = Field(65_536, ge=1024, description="largest request body")
    web_answer_seconds: float = Field(20.0, gt=0, description="longest time for one answer")
    web_answer_threads: int = Field(4, ge=1, description="questions worked on at the same time")
    web_cached_answers: int = Field(4096, ge=0, description="answers kept ready for the same question; 0 keeps none")
    web_conversation_hours: int = Field(24, ge=1, description="hours after which an idle conversation is forgotten")
    web_title: str = Field("Một Cửa", description="name in the heads of the web pages")
    web_logo: str | None = Field(None, description="https address of the ward's emblem, for page and widget")
    web_telemetry: bool = Field(False, description="OpenTelemetry traces, set up by the OTEL_* variables")

    # channels
    pseudonym_key: SecretStr | None = Field(
        None,
        description="key that hides who wrote in stored conversations; default: the channel's own secret",
    )
    telegram_api_url: str = Field("https://api.telegram.org", description="address of the Telegram Bot API")
    telegram_webhook_secret: SecretStr | None = Field(
        None,
        description="secret of the Telegram webhook; without it updates are polled for",
    )
    telegram_retries: int = Field(2, ge=0, le=10, description="tries after Telegram asks to slow down")
    zalo_app_id: str | None = Field(None, description="id of the Zalo app that the OA is linked to")
    zalo_app_secret: SecretStr | None = Field(None, description="secret of the Zalo app; renews tokens")
    zalo_oa_secret: SecretStr | None = Field(None, description="OA secret key; signs webhooks")
    zalo_oa_id: str | None = Field(None, description="id of the Official Account; webhooks of another one are refused")
    zalo_api_url: str = Field("https://openapi.zalo.me", description="address of the Zalo OpenAPI")
    zalo_oauth_url: str = Field("https://oauth.zaloapp.com", description="address of Zalo's OAuth")
    zalo_redirect_url: str = Field(
        "", description="redirect address registered for the Zalo app, used by `motcua zalo login`"
    )
    zalo_text_limit: int = Field(2000, ge=200, le=2000, description="longest Zalo text, in UTF-16 units")
    zalo_buttons: Literal["beside", "inside"] = Field(
        "beside", description="text beside the buttons, or inside their template"
    )
    zalo_most_buttons: int = Field(5, ge=1, le=10, description="most buttons under one Zalo message")
    zalo_replay_seconds: int = Field(
        7200, ge=60, description="oldest webhook taken, in seconds; longer than Zalo's own retries"
    )
    zalo_free_hours: int = Field(48, ge=1, description="hours after the citizen's last word in which replies are free")
    zalo_free_messages: int = Field(8, ge=1, description="free messages in that time")
    zalo_paid_days: int = Field(
        7, ge=1, description="days after the citizen's last word in which paid messages are taken"
    )
    zalo_paid: bool = Field(False, description="whether paid messages may be sent")
    zalo_quiet_hours: str = Field(
        "22-6", description="hours in which nothing is sent, Vietnamese time; empty: send and let Zalo decide"
    )
    zalo_bot_token: SecretStr | None = Field(None, description="token of a bot on the Zalo Bot Platform")
    zalo_bot_api_url: str = Field("https://bot-api.zaloplatforms.com", description="address of the Zalo Bot Platform")
    zalo_bot_webhook_secret: SecretStr | None = Field(
        None, description="secret of the Zalo Bot webhook; without it updates are polled for"
    )
    webhook_limit_bytes: int = Field(262_144, ge=1024, description="largest webhook body, in bytes")
    staff_channel: str | None = Field(
        None, description="channel of the staff group that is told of citizens waiting: telegram or zalo_bot"
    )
    staff_chat: str | None = Field(None, description="id of that group")
    staff_hours: str = Field(
        "thứ Hai đến thứ Sáu, 7 giờ 30–11 giờ 30 và 13 giờ 30–17 giờ",
        description="when staff answer, as told to citizens",
    )
    staff_pause_minutes: int = Field(
        240, ge=1, description="minutes the bot stays silent after staff wrote to a citizen"
    )
    channel_attempts: int = Field(8, ge=1, description="tries before an event or message is put aside with its reason")
    channel_lease_seconds: float = Field(
        30, gt=0, description="seconds after which the work of a dead worker is taken over"
    )
    channel_settle_seconds: float = Field(
        0.3, ge=0, description="seconds an event waits for an earlier one that is late"
    )
    channel_backoff_seconds: float = Field(2, gt=0, description="first pause before another try; doubles each time")
    channel_workers: int = Field(4, ge=1, le=64, description="questions answered at once by one worker")
    dialogue_days: int = Field(30, ge=1, description="days a conversation is kept")

    @property
    def index_folder(self) -> Path:
        """Where generations of the index lie."""
        return self.data / "index"

    @property
    def phrasings_folder(self) -> Path:
        """Where a ward puts its own phrasings."""
        return self.data / "phrasings"

    @property
    def store_url(self) -> str:
        """SQLAlchemy URL of the store."""
        return self.database_url or f"sqlite:///{self.data / 'motcua.db'}"


def load_settings(**given: object) -> Settings:
    """Settings from the environment, with what was given on the command line on top. Raises WrongSetting."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "MOTCUA_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSetting(f"{name}={first.get('input')!r}: {first['msg']}") from error

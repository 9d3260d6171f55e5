"""The one place where all concrete parts meet."""

from functools import cached_property

import httpx
from sqlalchemy import Engine

from bot.assistant import AssistantParts
from bot.channels import Channel
from bot.connecting import (
    HTTP_SECONDS,
    house,
    telegram_channel,
    zalo_bot_channel,
    zalo_oa_channel,
    zalo_oauth,
)
from bot.exchange import Exchange
from bot.tokens import TokenKeeper
from corpus.database import connect


class Parts(AssistantParts):
    """The assistant and its channels, each made when first needed."""

    @cached_property
    def database(self) -> Engine:
        """The database as the channels use it, its schema brought up to date. Raises StoreUnavailable."""
        _ = self.store
        return connect(self.settings.store_url)

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that the settings configure, a line each. Raises WrongSetting."""
        made = (
            telegram_channel(self.settings),
            zalo_oa_channel(self.settings, self.zalo_tokens),
            zalo_bot_channel(self.settings),
        )
        return tuple(channel for channel in made if channel is not None)

    @cached_property
    def zalo_tokens(self) -> TokenKeeper | None:
        """The tokens of the Zalo app; None when none is configured. Raises WrongSetting."""
        app = zalo_oauth(self.settings)
        return TokenKeeper(self.database, app, httpx.AsyncClient(timeout=HTTP_SECONDS)) if app else None

    @cached_property
    def exchange(self) -> Exchange:
        """What stands between the channels and the assistant. Raises WrongSetting."""
        ways = house(self.settings, self.channels, self.zalo_tokens, self.commune(None))
        return Exchange(self.database, self.channels, lambda: self.chatbot, ways)

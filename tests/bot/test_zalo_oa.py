"""The Zalo OA client talks HTTP to a simulated Zalo; the exchange behind it is the real one."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, insert, select

from bot import replies
from bot.channels import Choice, EventKind, Link, Reply, SendLater
from bot.exchange import Exchange, House
from bot.queueing import Pace
from bot.quota import Limits
from bot.tables import OutboxRow, TokenRow
from bot.tokens import App, TokenKeeper
from bot.webhook import BadBody, Forbidden, Unknown, WebhookRefused
from bot.zalo_oa import ZaloApp, ZaloOa
from tests.bot.channel_world import Clock, FakeAssistant, sqlite, work
from tests.simulators.server import Served
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaServer, signed, webhook


class World:
    """Zalo, the channel and the exchange; `say` lets somebody write."""

    def __init__(self, engine: Engine, zalo: ZaloOaServer, url: str, **limits: Any) -> None:
        self.engine, self.zalo, self.url = engine, zalo, url
        self.clock = Clock()
        self.limits = Limits(**limits)
        self.assistant = FakeAssistant()
        self.number = 0
        token = {"app_id": APP_ID, "generation": 1, "access": "access-1", "refresh": "refresh-1"}
        later = self.clock.now + 90_000_000
        times = {"access_until_ms": later, "obtained_ms": self.clock.now, "renewing_until_ms": 0}
        with engine.begin() as connection:
            connection.execute(insert(TokenRow).values(**token, **times))

    def channel(self, http: httpx.AsyncClient) -> ZaloOa:
        keeper = TokenKeeper(self.engine, App(APP_ID, APP_SECRET, self.url), http, self.clock)
        return ZaloOa(ZaloApp(APP_ID, OA_SECRET, api_url=self.url), keeper, http, self.limits, self.clock)

    def say(self, *texts: str, user: str = "u1", **more: Any) -> list[str]:
        """Let somebody write, work everything through, and return what Zalo has sent that person since."""
        told = len(self.told(user))
        calls = []
        for text in texts:
            self.number += 1
            calls.append(
                webhook("user_send_text", user, text, msg_id=f"m{self.number}", at_ms=self.clock.now + self.number)
            )
        self.take(*calls)
        return self.told(user)[told:]

    def take(self, *calls: dict[str, Any]) -> None:
        async def go() -> None:
            async with httpx.AsyncClient() as http:
                channel = self.channel(http)
                exchange = Exchange(
                    self.engine, [channel], lambda: self.assistant, House(pace=Pace(attempts=3)), self.clock
                )
                for call in calls:
                    body, headers = signed(call)
                    await exchange.store(channel.events(body, headers["X-ZEvent-Signature"]))
                self.clock.forward(seconds=1)
                await work(exchange.worker(), exchange)  # type: ignore[arg-type]

        asyncio.run(go())

    def told(self, user: str = "u1") -> list[str]:
        return [sent.text for sent in self.zalo.sent if sent.user_id == user]

    def outbox(self) -> list[tuple[str, str | None]]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(OutboxRow.state, OutboxRow.reason).order_by(OutboxRow.id))
            return [(state, reason) for state, reason in rows]


@pytest.fixture
def zalo() -> ZaloOaServer:
    return ZaloOaServer()


@pytest.fixture
def world(zalo: ZaloOaServer, tmp_path: Path) -> Iterator[World]:
    with sqlite(tmp_path) as engine, Served(zalo.app) as served:
        yield World(engine, zalo, served.url)


@pytest.fixture
def channel(world: World) -> ZaloOa:
    return world.channel(httpx.AsyncClient())


# --- in ---


def received(channel: ZaloOa, call: dict[str, Any]) -> Any:
    body, headers = signed(call)
    return channel.events(body, headers["X-ZEvent-Signature"])


def now(channel: ZaloOa, name: str, **more: Any) -> dict[str, Any]:
    return webhook(name, at_ms=Clock().now, **more)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("user_send_text", EventKind.TEXT),
        *[
            (f"user_send_{what}", EventKind.ATTACHMENT)
            for what in ("image", "file", "sticker", "gif", "audio", "video", "link", "business_card")
        ],
        ("user_send_location", EventKind.LOCATION),
        ("user_submit_info", EventKind.FORM),
        ("follow", EventKind.FOLLOW),
        ("unfollow", EventKind.UNFOLLOW),
        ("oa_send_text", EventKind.SENT),
        ("oa_send_image", EventKind.SENT),
    ],
)
def test_every_event_is_known_for_what_it_is(channel: ZaloOa, name: str, kind: EventKind) -> None:
    (event,) = received(channel, now(channel, name, text="chào"))
    assert (event.kind, event.user_key) == (kind, "u1")
    assert event.text == ("chào" if kind in (EventKind.TEXT, EventKind.SENT) else "")


@pytest.mark.parametrize("name", ["user_received_message", "user_seen_message"])
def test_receipts_are_taken_in_silence(channel: ZaloOa, name: str) -> None:
    assert received(channel, now(channel, name)) == ()


def test_a_button_comes_back_as_its_payload_wherever_zalo_puts_it(channel: ZaloOa) -> None:
    for call in (
        now(channel, "user_send_text", text="#o:ab12:2"),
        now(channel, "user_click_button", text="#o:ab12:2"),
        {**now(channel, "user_click_button"), "payload": "#o:ab12:2"},
        {**now(channel, "user_click_button"), "button": {"payload": "#o:ab12:2"}},
    ):
        (event,) = received(channel, call)
        assert (event.kind, event.option, event.text) == (EventKind.CHOICE, "#o:ab12:2", "")


def test_a_late_repetition_of_zalos_own_is_taken_and_an_old_call_is_refused(channel: ZaloOa) -> None:
    hour = 3_600_000
    assert received(channel, webhook("user_send_text", text="a", at_ms=Clock().now - hour))
    for age in (-3 * hour, hour):
        with pytest.raises(Forbidden, match="timestamp"):
            received(channel, webhook("user_send_text", text="a", at_ms=Clock().now + age))


@pytest.mark.parametrize("wrong", ["", "mac=", "mac=0", "mac=" + "0" * 64, "mac=ử"])
def test_a_wrong_signature_is_refused(channel: ZaloOa, wrong: str) -> None:
    with pytest.raises(Forbidden, match="signature"):
        channel.events(signed(now(channel, "user_send_text", text="a"))[0], wrong)


def test_events_of_another_account_are_refused(world: World) -> None:
    keeper = TokenKeeper(world.engine, App(APP_ID, APP_SECRET), httpx.AsyncClient())
    app = ZaloApp(APP_ID, OA_SECRET, oa_id="oa-2")
    channel = ZaloOa(app, keeper, httpx.AsyncClient(), Limits(), world.clock)
    for name in ("user_send_text", "follow", "oa_send_text"):
        with pytest.raises(Forbidden, match="another account"):
            received(channel, now(channel, name, text="a"))


def test_another_secret_another_app_and_a_changed_byte_are_refused(channel: ZaloOa) -> None:
    call = now(channel, "user_send_text", text="a")
    body, headers = signed(call, secret="other")
    with pytest.raises(Forbidden):
        channel.events(body, headers["X-ZEvent-Signature"])
    with pytest.raises(Forbidden, match="another app"):
        received(channel, {**call, "app_id": "999"})
    body, headers = signed(call)
    with pytest.raises(Forbidden):
        channel.events(body.replace(b'"a"', b'"b"'), headers["X-ZEvent-Signature"])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'{"timestamp": "x"}', b'{"timestamp": null}'])
def test_what_is_no_call_is_refused(channel: ZaloOa, body: bytes) -> None:
    with pytest.raises(BadBody):
        channel.events(body, "mac=0")


def test_an_unknown_event_and_one_without_a_sender_are_refused(channel: ZaloOa) -> None:
    with pytest.raises(Unknown):
        received(channel, now(channel, "user_dances"))
    with pytest.raises(WebhookRefused):
        received(channel, {**now(channel, "user_send_text", text="a"), "sender": {}})


# --- out ---

CHOICES = tuple(Choice(f"Lựa chọn {number}", f"#o:a:{number}") for number in range(1, 5))
RATINGS = (Choice("👍", "#r:a:+"), Choice("👎", "#r:a:-"))
LINKS = (Link(1, "Lệ phí", "https://phuongmau.gov.vn/c/1"),)


def bodies(channel: ZaloOa, reply: Reply, room: int | None = None) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in channel.render(reply, room)]


def test_an_answer_is_one_message_with_its_source_as_address_and_button(channel: ZaloOa) -> None:
    (body,) = bodies(channel, Reply("Miễn lệ phí. [1]", LINKS, (), RATINGS))
    assert body["text"].endswith("[1] https://phuongmau.gov.vn/c/1")
    buttons = body["attachment"]["payload"]["buttons"]
    assert [button["type"] for button in buttons] == ["oa.open.url", "oa.query.hide", "oa.query.hide"]


def test_choices_come_before_ratings_and_there_are_never_more_than_five_buttons(channel: ZaloOa) -> None:
    (body,) = bodies(channel, Reply("Việc nào?", LINKS, CHOICES, RATINGS))
    buttons = body["attachment"]["payload"]["buttons"]
    assert [button["payload"] for button in buttons[:4]] == [choice.payload for choice in CHOICES]
    assert len(buttons) == 5


def test_the_buttons_may_stand_inside_the_template(world: World) -> None:
    app = ZaloApp(APP_ID, OA_SECRET, are_buttons_inside=True)
    keeper = TokenKeeper(world.engine, App(APP_ID, APP_SECRET), httpx.AsyncClient())
    (body,) = bodies(ZaloOa(app, keeper, httpx.AsyncClient(), Limits()), Reply("Việc nào?", (), CHOICES))
    assert "text" not in body
    assert body["attachment"]["payload"]["template_type"] == "button"
    assert body["attachment"]["payload"]["text"] == "Việc nào?"


def test_a_long_answer_is_split_and_its_buttons_stand_under_the_last_part(channel: ZaloOa) -> None:
    parts = bodies(channel, Reply("Một câu vừa phải. [1] " * 300, LINKS, CHOICES))
    assert len(parts) > 1
    assert [("attachment" in part) for part in parts] == [False] * (len(parts) - 1) + [True]


def test_when_few_messages_are_left_the_answer_ends_with_the_way_to_its_source(channel: ZaloOa) -> None:
    (body,) = bodies(channel, Reply("Một câu vừa phải. [1] " * 300, LINKS), room=1)
    assert body["text"].endswith(f"{replies.SHORTENED} {LINKS[0].url}")
    assert len(body["text"]) <= 2000


def test_a_question_is_answered_once_though_zalo_sends_it_three_times(world: World) -> None:
    call = webhook("user_send_text", "u1", "khai sinh", msg_id="m1", at_ms=world.clock.now)
    world.take(call, call)
    world.take(call)
    assert len(world.told()) == 1


def test_a_chosen_button_continues_the_conversation(world: World) -> None:
    world.take(webhook("follow", at_ms=world.clock.now))
    button = world.zalo.sent[0].message["attachment"]["payload"]["buttons"][1]
    assert button["title"] == replies.SAMPLE_QUESTIONS[1]
    world.say(button["payload"])
    assert world.assistant.asked[0][0] == "2"


@pytest.mark.parametrize("code", [-216, -220])
def test_a_token_that_ran_out_is_renewed_once_and_the_message_sent(world: World, code: int) -> None:
    world.zalo.codes.append(code)
    assert len(world.say("khai sinh")) == 1
    assert world.zalo.refreshes == 1


def test_a_token_that_runs_out_in_a_burst_is_renewed_once_and_no_message_lost(world: World) -> None:
    async def burst() -> None:
        async with httpx.AsyncClient() as http:
            channels = [world.channel(http) for _ in range(4)]
            house = House(pace=Pace(attempts=5))
            exchanges = [Exchange(world.engine, [one], lambda: world.assistant, house, world.clock) for one in channels]
            for number in range(40):
                body, headers = signed(webhook("user_send_text", f"u{number}", "a", at_ms=world.clock.now))
                await exchanges[0].store(channels[0].events(body, headers["X-ZEvent-Signature"]))
            world.clock.forward(seconds=1)
            workers = [one.worker() for one in exchanges]
            while await workers[0].answer_some():
                continue
            sending = [asyncio.create_task(work(worker, one)) for worker, one in zip(workers, exchanges, strict=True)]  # type: ignore[arg-type]
            while len(world.zalo.sent) < 10:
                await asyncio.sleep(0.005)
            world.zalo.expire()
            await asyncio.gather(*sending)

    asyncio.run(burst())
    assert sorted(sent.user_id for sent in world.zalo.sent) == sorted(f"u{number}" for number in range(40))
    assert (world.zalo.refreshes, world.zalo.refused_refreshes) == (1, 0)


def test_lost_tokens_stop_the_channel_and_lose_no_message(world: World) -> None:
    world.zalo.expire()
    world.zalo.refuse_refresh = True
    assert world.say("khai sinh") == []
    world.zalo.refuse_refresh = False
    world.clock.forward(seconds=301)
    world.take()
    assert len(world.told()) == 1


def test_too_fast_means_wait_and_send_again(world: World) -> None:
    world.zalo.codes.append(-32)
    assert world.say("khai sinh") == []
    world.clock.forward(seconds=6)
    world.take()
    assert len(world.told()) == 1


@pytest.mark.parametrize("code", [-201, -210])
def test_a_parameter_that_is_refused_is_never_sent_again(world: World, code: int) -> None:
    world.zalo.codes.append(code)
    assert world.say("khai sinh") == []
    assert world.outbox() == [("dead", world.outbox()[0][1])]
    assert str(code) in str(world.outbox()[0][1])


def test_a_spent_quota_of_the_account_waits_for_the_morning(world: World) -> None:
    world.zalo.codes.append(-211)
    assert world.say("khai sinh") == []
    world.clock.forward(hours=19)
    world.take()
    assert world.told() == []
    world.clock.forward(hours=1)
    world.take()
    assert len(world.told()) == 1


@pytest.mark.parametrize("code", [-218, -230, -232])
def test_outside_window_and_personal_quota_the_answer_waits_for_the_person(world: World, code: int) -> None:
    world.zalo.codes.append(code)
    assert world.say("một") == []
    world.clock.forward(hours=2)
    world.take()
    assert world.told() == []
    assert [text.split("Về: ")[1][:3] for text in world.say("hai")] == ["một", "hai"]


@pytest.mark.parametrize("code", [-213, -217, -244])
def test_somebody_who_left_is_written_to_no_more(world: World, code: int) -> None:
    world.zalo.codes.append(code)
    assert world.say("một", "hai") in ([], world.told())
    assert ("dead", world.outbox()[0][1]) == world.outbox()[0]
    assert all("một" not in text for text in world.told())


def test_quiet_hours_that_only_zalo_knows_wait_for_the_morning(world: World) -> None:
    world.zalo.codes.append(-234)
    assert world.say("một") == []
    world.clock.forward(hours=20)
    world.take()
    assert len(world.told()) == 1


def test_an_api_that_was_shut_down_keeps_the_message(world: World) -> None:
    world.zalo.codes.append(-240)
    assert world.say("một") == []
    assert world.outbox()[0][0] == "waiting"
    assert "update motcua" in str(world.outbox()[0][1])


@pytest.mark.parametrize("code", [-99999, 502])
def test_what_nobody_knows_is_tried_again_and_put_aside_in_the_end(world: World, code: int) -> None:
    world.zalo.codes.extend([code] * 3)
    world.say("một")
    for _ in range(3):
        world.clock.forward(seconds=60)
        world.take()
    assert world.told() == []
    assert world.outbox()[0][0] == "dead"


def test_a_slow_zalo_that_times_out_is_tried_again(world: World, zalo: ZaloOaServer) -> None:
    zalo.delay_s = 0.5

    async def go() -> None:
        async with httpx.AsyncClient(timeout=0.1) as http:
            with pytest.raises(SendLater, match="ReadTimeout"):
                await world.channel(http).send("u1", '{"text": "a"}')

    asyncio.run(go())

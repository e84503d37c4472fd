"""The Stream gateway: connections, random choice among them, pushing, pushing again, and judging acks."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from itertools import count

from aiohttp import web

from bot.emulator.connections import Connection
from bot.emulator.ledger import Ack, Frame, forget_oldest
from bot.emulator.platform import Platform
from bot.emulator.pushes import AckText, Delivery, Push, read_ack
from bot.emulator.wire import dump, opaque_id

MAX_DELIVERIES = 50
KNOWN_DELIVERIES = 50_000


class Gateway:
    """Everything between an item for the bot and its ack."""

    def __init__(self, platform: Platform) -> None:
        self.connections: list[Connection] = []
        self.dead: deque[Connection] = deque(maxlen=8)
        self.arrived = asyncio.Event()
        self.opened = 0
        self._platform = platform
        self._known: dict[str, Delivery] = {}
        self._unanswered: dict[str, tuple[Delivery, Connection]] = {}
        self._outstanding: set[Push] = set()
        self._parked: list[Push] = []
        self._scheduled: set[asyncio.TimerHandle] = set()
        self._closing: set[asyncio.TimerHandle] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._numbers = count(1)

    @property
    def busy(self) -> str:
        """What is still under way, in words; "" when every push has come to its end."""
        waiting = sum(not connection.frozen for _, connection in self._unanswered.values())
        if not (waiting or self._outstanding or self._scheduled):
            return ""
        return f"{waiting} frames without ack, {len(self._outstanding)} items open, {len(self._scheduled)} scheduled"

    # Connections.

    async def accept(self, request: web.BaseRequest) -> web.StreamResponse:
        """Take a WebSocket whose ticket is good, and serve it to its end."""
        ticket = self._platform.tickets.pop(request.rel_url.query.get("ticket", ""), None)
        if ticket is None or ticket.expires <= self._platform.clock():
            return web.Response(status=self._platform.faults.gateway.ticket_status, text="ticket invalid or expired")
        ws = web.WebSocketResponse(autoping=False, compress=False, timeout=1.0, max_msg_size=1 << 20)
        await ws.prepare(request)
        if request.transport is None:
            return ws
        if self._platform.faults.gateway.flaps > 0:
            self._platform.faults.gateway.flaps -= 1
            await ws.close()
            return ws
        await self._serve(Connection(f"conn-{next(self._numbers):x}", ws, request.transport, ticket.subscriptions))
        return ws

    async def _serve(self, connection: Connection) -> None:
        self.connections.append(connection)
        self.opened += 1
        self._stir()
        self.arrived.set()
        self._unpark()
        try:
            await connection.run(self._on_text, self._platform.violate)
        finally:
            self.connections.remove(connection)
            self.dead.append(connection)
            self._forget(connection)
            self._stir()

    def disconnect(self, connection: Connection, *, grace: float, clean: bool) -> None:
        """Push SYSTEM disconnect, deliver nothing more, close after `grace` seconds."""
        connection.draining = True
        connection.put(
            dump(
                {
                    "specVersion": "1.0",
                    "type": "SYSTEM",
                    "headers": {"contentType": "application/json", "topic": "disconnect"},
                    "data": dump({"reason": "connection is expired"}),
                }
            )
        )
        self._later(grace, lambda: self._spawn(connection, clean=clean), self._closing)

    async def stop(self) -> None:
        """Drop every connection and forget what was scheduled."""
        pending = (push.timer for push in self._outstanding if push.timer)
        for timer in (*self._scheduled, *self._closing, *pending):
            timer.cancel()
        self._scheduled.clear()
        self._outstanding.clear()
        for connection in tuple(self.connections):
            connection.abort()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Pushing.

    def push(self, push: Push) -> None:
        """Deliver an item, and again where the faults say so."""
        self._platform.ledger.monthly_pushes += 1
        self._outstanding.add(push)
        self._deliver(push)
        redelivery = self._platform.faults.gateway.redelivery
        if redelivery is not None and (push.is_message or (redelivery.presses and push.is_press)):
            for number in range(redelivery.times):
                self._later(redelivery.after * (number + 1), lambda: self._deliver(push), self._scheduled)

    def _deliver(self, push: Push) -> None:
        targets = self._targets(push) if len(push.deliveries) < MAX_DELIVERIES else []
        if not targets and (push.deliveries[MAX_DELIVERIES - 1 :] or not self._park(push)):
            return self._lose(push)
        for connection in targets:
            self._send(push, connection)
        if targets:
            self._watch(push)
        return None

    def _targets(self, push: Push) -> list[Connection]:
        faults = self._platform.faults.gateway
        if push.connection is not None:
            return [each for each in self.connections if each.id == push.connection]
        if faults.zombie and not push.forced:
            return []
        live = [each for each in self.connections if push.forced or _takes(each, push)]
        pool = [each for each in live if not each.frozen] or live
        if faults.to_dead and not push.forced:
            pool = live + [each for each in self.dead if each.subscribes(push.kind, push.topic)]
        return pool if faults.to_all or len(pool) < 2 else [self._platform.rng.choice(pool)]

    def _send(self, push: Push, connection: Connection) -> None:
        now = self._platform.clock()
        delivery = Delivery(push, self._message_id(now), connection.id, sent=now, lost=not connection.is_open)
        push.deliveries.append(delivery)
        self._stir()
        if delivery.lost:
            return
        self._known[delivery.message_id] = delivery
        self._unanswered[delivery.message_id] = (delivery, connection)
        forget_oldest(self._known, self._platform.settings.ledger_limit or KNOWN_DELIVERIES)
        time_ms = int(self._platform.now().timestamp() * 1000)
        text = push.frame(
            app_id="a1b2c3d4-0000-4000-8000-emulator0001",
            connection=connection.id,
            message_id=delivery.message_id,
            time_ms=time_ms,
        )
        connection.put(text, lambda: self._written(delivery, text))

    def _written(self, delivery: Delivery, text: str) -> None:
        delivery.sent = self._platform.clock()
        self._platform.ledger.frames.add(Frame(delivery.sent, delivery.connection, text, delivery.message_id))

    def _watch(self, push: Push) -> None:
        after = self._platform.faults.unacked_after
        if push.timer is not None:
            push.timer.cancel()
        if push.again and after is not None and not push.answered.is_set():
            push.timer = asyncio.get_running_loop().call_later(after, self._deliver, push)
        elif all(each.lost for each in push.deliveries):
            self._lose(push)

    def _park(self, push: Push) -> bool:
        after = self._platform.faults.unacked_after
        if not push.again or after is None:
            return False
        self._parked.append(push)
        push.timer = asyncio.get_running_loop().call_later(after, self._unpark)
        return True

    def _unpark(self) -> None:
        parked, self._parked = self._parked, []
        for push in parked:
            if push.timer is not None:
                push.timer.cancel()
            self._deliver(push)

    def _lose(self, push: Push) -> None:
        self._outstanding.discard(push)
        if push.timer is not None:
            push.timer.cancel()

    def _forget(self, connection: Connection) -> None:
        mine = [key for key, (_, holder) in self._unanswered.items() if holder is connection]
        for key in mine:
            delivery, _ = self._unanswered.pop(key)
            delivery.lost = True
            if delivery.push.timer is None and all(each.lost for each in delivery.push.deliveries):
                self._lose(delivery.push)

    # Acks.

    def _on_text(self, connection: Connection, text: str) -> None:
        now = self._platform.clock()
        ack = read_ack(text)
        self._stir()
        if ack.problem:
            self._platform.violate("malformed ack", ack.problem)
        if not ack.message_id:
            return
        self._platform.ledger.acks.add(Ack(now, connection.id, ack.message_id, ack.code, ack.data))
        delivery = self._known.get(ack.message_id)
        if delivery is None:
            self._platform.violate("unknown ack", f"{ack.message_id!r} was never pushed")
        elif delivery.acked is not None:
            self._platform.violate("duplicate ack", f"{ack.message_id!r} was acked before")
        else:
            self._judge(delivery, ack, connection, now)

    def _judge(self, delivery: Delivery, ack: AckText, connection: Connection, now: float) -> None:
        delivery.acked, delivery.code, delivery.data = now, ack.code, ack.data
        self._unanswered.pop(delivery.message_id, None)
        if delivery.connection != connection.id:
            self._platform.violate(
                "ack on another connection", f"{delivery.message_id!r} came over {delivery.connection}"
            )
        window = self._platform.settings.ack_window
        if now - delivery.sent > window and not connection.was_frozen:
            self._platform.violate("late ack", f"after {now - delivery.sent:.2f} s, expected within {window} s")
        push = delivery.push
        if ack.accepts or not push.again or push.timer is None:
            self._lose(push)
        push.answered.set()

    # Small parts.

    def _later(self, seconds: float, action: Callable[[], None], timers: set[asyncio.TimerHandle]) -> None:
        def run() -> None:
            timers.discard(timer)
            action()

        timer = asyncio.get_running_loop().call_later(seconds, run)
        timers.add(timer)

    def _spawn(self, connection: Connection, *, clean: bool) -> None:
        task = asyncio.create_task(connection.close(clean=clean))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _stir(self) -> None:
        self._platform.ledger.stirred = self._platform.clock()

    def _message_id(self, now: float) -> str:
        number = next(self._numbers)
        return f"{opaque_id(str(number), length=3).encode().hex()}_{number:x}_{int(now * 1000):x}_{number % 99991:x}"


def _takes(connection: Connection, push: Push) -> bool:
    return connection.is_open and not connection.draining and connection.subscribes(push.kind, push.topic)

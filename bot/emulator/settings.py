"""What an emulator is set to for its whole life."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """One organization, one app, and the limits of the platform; seconds where nothing else is said."""

    client_id: str = "ding-test"
    client_secret: str = "secret-test"  # noqa: S105
    corp_id: str = "dingcorptest"
    bot_name: str = "有空"
    calls_per_second: int | None = 20
    latency: float = 0.0
    ack_window: float = 2.0
    redeliver_unacked: float | None = 60.0
    ticket_life: float = 90.0
    token_life: float = 7200.0
    webhook_life: float = 5400.0
    grace: float = 10.0
    messages_per_minute: int | None = None
    events_per_day: int = 100
    ledger_limit: int | None = None
    keep_answers: bool = False
    seed: int = 0

    @property
    def robot_code(self) -> str:
        """The code of an internal app's bot, which is the app's clientId."""
        return self.client_id

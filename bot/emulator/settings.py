"""What an emulator is set to for its whole life."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """One organization, one app, and the limits of the platform; seconds where nothing else is said.

    `app` says which tokens the app gets: an internal one those of accessToken, a third-party enterprise one those of
    its organization, a third-party personal one only those of users. `redirect_uris` None: any will do.
    """

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
    app: Literal["internal", "enterprise", "personal"] = "internal"
    user_token_life: float = 7200.0
    refresh_token_life: float = 30 * 86_400.0
    redirect_uris: tuple[str, ...] | None = None
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

"""Settings and what they may be. `config.example.yaml` shows every key; `config_file` reads them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    model_validator,
)

from bot.config_hours import Clock, Colleague, Country, Section, Weekday, WorkingTime, Zone

_HOSTS = {
    "mainland": ("https://api.dingtalk.com", "https://oapi.dingtalk.com"),
    "international": ("https://api.dingtalk.io", "https://oapi.dingtalk.io"),
}


def _base_url(url: str) -> str:
    try:
        parts, loopback = urlsplit(url), urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        raise ValueError("expected a URL such as https://api.dingtalk.com") from None
    if not parts.hostname or parts.scheme not in ("https", "http") or parts.username or parts.query or parts.fragment:
        raise ValueError("expected a URL such as https://api.dingtalk.com")
    if parts.scheme == "http" and not loopback:
        raise ValueError("expected https: a token must not travel in the clear (http is for loopback only)")
    return url.rstrip("/")


def _store_url(url: str) -> str:
    if not url.startswith(("sqlite://", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE")
    return url


BaseUrl = Annotated[str, AfterValidator(_base_url)]


class DingTalkSettings(Section):
    """The app in DingTalk's developer console."""

    client_id: str = Field(min_length=1)
    client_secret: SecretStr | None = None
    client_secret_file: Path | None = None
    edition: Literal["mainland", "international"] = "mainland"
    api_url: BaseUrl | None = None
    oapi_url: BaseUrl | None = None
    corp_id: str | None = None
    robot_code: str | None = None
    card_template_id: str | None = None
    calls_per_second: int = Field(default=20, ge=1, le=100_000)
    monthly_calls: int = Field(default=5000, ge=1)

    @property
    def api(self) -> str:
        """Base URL of the OpenAPI."""
        return self.api_url or _HOSTS[self.edition][0]

    @property
    def oapi(self) -> str:
        """Base URL of the legacy API."""
        return self.oapi_url or _HOSTS[self.edition][1]

    @property
    def robot(self) -> str:
        """The bot's robotCode; of an internal app it is the client id."""
        return self.robot_code or self.client_id


class Team(Section):
    """A named group of people, written down by the operator."""

    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    departments: tuple[int, ...] = ()


class Chat(Section):
    """What differs in one chat."""

    id: str = Field(min_length=1)
    team: str | None = None
    members: Literal["group"] | None = None
    cool_app_code: str | None = None
    timezone: Zone | None = None
    locale: Literal["auto", "zh", "en"] | None = None


class Digest(Section):
    """A team's availability, posted on a schedule."""

    chat: str | None = None
    user: str | None = None
    team: str | None = None
    at: Clock = time(9, 10)
    days: Literal["workdays", "daily"] | tuple[Weekday, ...] = "workdays"
    timezone: Zone | None = None
    quiet: bool = False
    week_ahead: bool = False

    @model_validator(mode="after")
    def _one_place(self) -> Digest:
        if (self.chat is None) == (self.user is None):
            raise ValueError("expected exactly one of chat and user")
        return self


class Booking(Section):
    """Whether events may be created; needs Calendar.Event.Write. `at_once`: a clear order is not shown first."""

    enabled: bool = False
    at_once: bool = False


class Leave(Section):
    """Whether leave is read; needs qyapi_get_attendance_data."""

    enabled: bool = False


class Limits(Section):
    """What is too much."""

    questions_per_minute: int = Field(default=30, ge=1, le=1_000_000)


class StoreSettings(Section):
    """Where Youkong keeps what it must not forget."""

    url: Annotated[str, AfterValidator(_store_url)] = Field(default="sqlite:///var/youkong.db", repr=False)


class Server(Section):
    """Health and metrics pages; `port: null` turns them off, 0 takes any free one."""

    host: str = "127.0.0.1"
    port: int | None = Field(default=8080, ge=0, le=65535)


class Logging(Section):
    """How much is logged, and in which form."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Config(Section):
    """Everything an operator can set. Frozen; no secret shows in its `repr`."""

    dingtalk: DingTalkSettings
    locale: Literal["auto", "zh", "en"] = "auto"
    timezone: Zone = "Asia/Shanghai"
    working_time: WorkingTime = WorkingTime()
    days_off: tuple[date, ...] = ()
    worked_days: tuple[date, ...] = ()
    holidays: Country | None = "CN"
    people: tuple[Colleague, ...] = ()
    teams: tuple[Team, ...] = ()
    chats: tuple[Chat, ...] = ()
    digests: tuple[Digest, ...] = ()
    booking: Booking = Booking()
    leave: Leave = Leave()
    limits: Limits = Limits()
    store: StoreSettings = StoreSettings()
    server: Server = Server()
    logging: Logging = Logging()

    @model_validator(mode="after")
    def _teams_exist(self) -> Config:
        known = {team.name for team in self.teams}
        for place, name in [("chats", c.team) for c in self.chats] + [("digests", d.team) for d in self.digests]:
            if name is not None and name not in known:
                raise ValueError(f"{place}: found the team {name!r}, expected one of {sorted(known)}")
        return self

    @model_validator(mode="after")
    def _one_digest_a_place(self) -> Config:
        places = [digest.chat or digest.user for digest in self.digests]
        for place in places:
            if places.count(place) > 1:
                raise ValueError(f"digests: found {place!r} twice, expected one digest for each chat and user")
        return self

    @model_validator(mode="after")
    def _people_fit(self) -> Config:
        for place, colleague in enumerate(self.people):
            if any(other.id == colleague.id for other in self.people[:place]):
                raise ValueError(f"people: found {colleague.id!r} twice, expected one entry for each person")
            try:
                colleague.working_time.week_over(self.working_time.week)
            except ValueError as error:
                raise ValueError(f"people: {error} for {colleague.id!r}, whose other hours are everybody's") from None
        return self

    @model_validator(mode="after")
    def _one_kind_of_day(self) -> Config:
        both = sorted(set(self.days_off) & set(self.worked_days))
        if both:
            raise ValueError(f"days_off: found {both[0]} in worked_days, too, expected it in one of the two")
        return self

    @property
    def countries(self) -> tuple[str, ...]:
        """Whose holidays are needed, the organisation's first."""
        wanted = [self.holidays, *(each.holidays for each in self.people)]
        return tuple(dict.fromkeys(each for each in wanted if each))

    @property
    def secret(self) -> str:
        """The client secret in the clear, for the wire only."""
        secret = self.dingtalk.client_secret
        return secret.get_secret_value() if secret else ""

"""Settings and what they may be. `config.example.yaml` shows every key; `config_file` reads them."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    model_validator,
)

from bot.config_hours import Clock, Colleague, Country, Section, Weekday, WorkingTime, Zone, did_you_mean
from bot.model.digest_orders import EditionKind
from bot.model.requests import Language

_HOSTS = {
    "mainland": ("https://api.dingtalk.com", "https://oapi.dingtalk.com", "https://login.dingtalk.com"),
    "international": ("https://api.dingtalk.io", "https://oapi.dingtalk.io", "https://login.dingtalk.io"),
}
EXAMPLE_ID, EXAMPLE_SECRET = "dingxxxx", "xxxx"
"""What config.example.yaml holds in the place of credentials."""
_BLANK_AROUND = " \t\r\n\f\v\u00a0\u200b\u3000\ufeff"
"""What comes along when a credential is copied: blanks, line ends, a byte order mark."""


def _trimmed(value: object) -> object:
    """A credential as it was meant; what is no text is left to be refused."""
    text = value.get_secret_value() if isinstance(value, SecretStr) else value
    return text.strip(_BLANK_AROUND) if isinstance(text, str) else value


def _one_word(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if len(text.split()) > 1 or not text.isprintable():
        raise ValueError("found blanks or line breaks inside, expected the one word that the console shows")
    return secret


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
    scheme, _, rest = url.partition("://")
    if scheme not in ("sqlite", "postgresql", "postgresql+psycopg") or "://" not in url:
        raise ValueError("expected sqlite:///PATH or postgresql://USER:PASSWORD@HOST/DATABASE")
    if scheme != "sqlite" and not _SERVER.fullmatch(rest):
        raise ValueError(
            "expected postgresql://USER:PASSWORD@HOST/DATABASE; in a password write @ as %40, : as %3A, / as %2F, "
            "# as %23, ? as %3F and % as %25"
        )
    return url


_PART = r"(?:[^@:/?#%\[\]]|%[0-9A-Fa-f]{2})*"
_SERVER = re.compile(
    rf"(?:{_PART}(?::{_PART})?@)?(?:{_PART}|\[[0-9a-fA-F:.]+\])(?::\d+)?(?:,{_PART}(?::\d+)?)*(?:/[^@#]*)?"
)
"""User, password and host of a database, whose special characters are percent-encoded (RFC 3986)."""


def _proxy(url: SecretStr) -> SecretStr:
    expected = "expected http://host:port or http://user:password@host:port, with @ : / written as %40 %3A %2F"
    try:
        parts = urlsplit(url.get_secret_value())
        good = parts.scheme == "http" and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise ValueError(expected) from None
    if not good or parts.path.strip("/") or parts.query or parts.fragment or not url.get_secret_value().isascii():
        raise ValueError(expected)
    return url


def _authorities(path: Path) -> Path:
    expected = "expected a PEM file of certificates"
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        raise ValueError(f"{expected}, found none in it") from None
    except OSError as error:
        raise ValueError(f"{expected}, it cannot be read ({(error.strerror or 'unknown').lower()})") from None
    return path


Word = Annotated[str, BeforeValidator(_trimmed)]
Secret = Annotated[SecretStr, BeforeValidator(_trimmed), AfterValidator(_one_word)]
BaseUrl = Annotated[str, AfterValidator(_base_url)]


class DingTalkSettings(Section):
    """The app in DingTalk's developer console."""

    client_id: Word = Field(min_length=1)
    client_secret: Secret | None = None
    client_secret_file: Path | None = None
    edition: Literal["mainland", "international"] = "mainland"
    api_url: BaseUrl | None = None
    oapi_url: BaseUrl | None = None
    login_url: BaseUrl | None = None
    corp_id: Word | None = None
    robot_code: Word | None = None
    card_template_id: Word | None = None
    calls_per_second: int = Field(default=20, ge=1, le=100_000)
    monthly_calls: int = Field(default=5000, ge=1)
    monthly_pushes: int = Field(default=3000, ge=1)
    proxy: Annotated[SecretStr, AfterValidator(_proxy)] | None = None
    ca_file: Annotated[Path, AfterValidator(_authorities)] | None = None

    @property
    def proxy_url(self) -> str:
        """The proxy's URL in the clear, for the wire only; "" for none."""
        return self.proxy.get_secret_value() if self.proxy else ""

    @property
    def api(self) -> str:
        """Base URL of the OpenAPI."""
        return self.api_url or _HOSTS[self.edition][0]

    @property
    def oapi(self) -> str:
        """Base URL of the legacy API."""
        return self.oapi_url or _HOSTS[self.edition][1]

    @property
    def login(self) -> str:
        """Base URL of the page where users sign in."""
        return self.login_url or _HOSTS[self.edition][2]

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
    edition: EditionKind = EditionKind.DAY

    @property
    def kinds(self) -> tuple[EditionKind, ...]:
        """Which editions go out by it."""
        ahead = self.week_ahead and self.edition is EditionKind.DAY
        return (EditionKind.DAY, EditionKind.WEEK) if ahead else (self.edition,)

    @model_validator(mode="after")
    def _one_place(self) -> Digest:
        if (self.chat is None) == (self.user is None):
            raise ValueError("expected exactly one of chat and user")
        if self.edition is EditionKind.WEEK and self.days == "daily":
            raise ValueError("expected workdays (the last of a week) or weekdays for the edition week, found daily")
        return self


class Booking(Section):
    """Whether events may be created; needs Calendar.Event.Write. `at_once`: a clear order is not shown first.

    `replies`: who accepted and who declined is read; needs Calendar.Event.Read.
    """

    enabled: bool = False
    at_once: bool = False
    replies: bool = False


class Leave(Section):
    """Whether leave is read; needs qyapi_get_attendance_data."""

    enabled: bool = False


class MeetingRooms(Section):
    """Whether rooms are looked at and booked; needs VideoConference.Conference.Read and Calendar.Event.Read."""

    enabled: bool = False


class Personal(Section):
    """Signing in as a user: the port of 127.0.0.1 that the page comes back to, and where the tokens are kept."""

    port: int = Field(default=8766, ge=0, le=65535)
    token_file: Path | None = None


class Limits(Section):
    """What is too much."""

    questions_per_minute: int = Field(default=30, ge=1, le=1_000_000)
    share_of_month: float = Field(default=0.02, gt=0, le=1)


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
    rooms: MeetingRooms = MeetingRooms()
    personal: Personal = Personal()
    administrators: tuple[str, ...] = ()
    limits: Limits = Limits()
    store: StoreSettings = StoreSettings()
    server: Server = Server()
    logging: Logging = Logging()

    @model_validator(mode="after")
    def _consistent(self) -> Config:
        """Sections that fit each other; what does not is told all at once, a line each that begins with its key."""
        faults = [*self._missing_teams(), *self._digests_twice(), *self._odd_people(), *self._two_kinds_of_day()]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _missing_teams(self) -> Iterator[str]:
        known = sorted({team.name for team in self.teams})
        named = [(f"chats.{at}.team", chat.team) for at, chat in enumerate(self.chats)]
        named += [(f"digests.{at}.team", digest.team) for at, digest in enumerate(self.digests)]
        for key, name in named:
            if name is not None and name not in known:
                yield f"{key}: found the team {name!r}, expected one of {known}{did_you_mean(name, known)}"

    def _digests_twice(self) -> Iterator[str]:
        editions = [(at, each.chat or each.user, kind) for at, each in enumerate(self.digests) for kind in each.kinds]
        seen: set[tuple[str | None, EditionKind]] = set()
        for at, place, kind in editions:
            if (place, kind) in seen:
                expected = f"expected one digest for each chat and user of the edition {kind.value}"
                yield f"digests.{at}: found {place!r} twice, {expected}"
            seen.add((place, kind))

    def _odd_people(self) -> Iterator[str]:
        for at, colleague in enumerate(self.people):
            if any(other.id == colleague.id for other in self.people[:at]):
                yield f"people.{at}.id: found {colleague.id!r} twice, expected one entry for each person"
            try:
                colleague.working_time.week_over(self.working_time.week)
            except ValueError as error:
                yield f"people.{at}.working_time: {error} for {colleague.id!r}, whose other hours are everybody's"

    def _two_kinds_of_day(self) -> Iterator[str]:
        for day in sorted(set(self.days_off) & set(self.worked_days)):
            yield f"days_off: found {day} in worked_days, too, expected it in one of the two"

    @property
    def countries(self) -> tuple[str, ...]:
        """Whose holidays are needed, the organisation's first."""
        wanted = [self.holidays, *(each.holidays for each in self.people)]
        return tuple(dict.fromkeys(each for each in wanted if each))

    @property
    def calls_a_day(self) -> int:
        """How many of the month's calls one person may cause in a day."""
        return max(round(self.limits.share_of_month * self.dingtalk.monthly_calls), 1)

    @property
    def notice_language(self) -> Language:
        """The language of what is told without anybody asking: Chinese, unless the whole bot speaks English."""
        abroad = self.locale == "auto" and self.dingtalk.edition == "international"
        return Language.EN if self.locale == "en" or abroad else Language.ZH

    @property
    def secret(self) -> str:
        """The client secret in the clear, for the wire only."""
        secret = self.dingtalk.client_secret
        return secret.get_secret_value() if secret else ""

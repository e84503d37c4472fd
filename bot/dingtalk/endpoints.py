"""Where DingTalk lives and who we are there: hosts of both editions, credentials, and which addresses may be called."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

DINGTALK_DOMAINS = ("dingtalk.com", "dingtalk.io")
_LONGEST_NAME, _LONGEST_LABEL = 253, 63  # RFC 1035
_DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}


@dataclass(frozen=True)
class Endpoints:
    """Base URLs without a trailing slash: `api` of the new OpenAPI, `oapi` of the legacy one.

    `ValueError` where a URL is not https (http is allowed on loopback only) or holds a user, a query or a fragment.
    """

    api: str
    oapi: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "api", _base_url(self.api))
        object.__setattr__(self, "oapi", _base_url(self.oapi))

    @classmethod
    def mainland(cls) -> "Endpoints":
        """The edition of dingtalk.com."""
        return cls(api="https://api.dingtalk.com", oapi="https://oapi.dingtalk.com")

    @classmethod
    def international(cls) -> "Endpoints":
        """The edition of dingtalk.io; credentials of one edition are unknown to the other."""
        return cls(api="https://api.dingtalk.io", oapi="https://oapi.dingtalk.io")

    @property
    def encrypted(self) -> bool:
        """Whether any of the two is reached over TLS."""
        return "https:" in (self.api[:6], self.oapi[:6])


@dataclass(frozen=True)
class Credentials:
    """An app's client id and secret. With a `corp_id`, tokens come from `/v1.0/oauth2/{corpId}/token`."""

    client_id: str
    client_secret: str = field(repr=False)
    corp_id: str | None = None


def _base_url(url: str) -> str:
    parts = _split(url)
    if parts is None or parts.scheme not in ("https", "http") or not parts.hostname:
        raise ValueError(f"{_shown(url)!r} is no URL, expected one like 'https://api.dingtalk.com'")
    if parts.username is not None or parts.query or parts.fragment or "?" in url or "#" in url or "\\" in url:
        raise ValueError(f"{_shown(url)!r} holds a user, a query or a fragment, expected scheme, host and path only")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError(f"{_shown(url)!r} would send the token in clear text, expected https (http on loopback only)")
    return url.rstrip("/")


def is_loopback(host: str | None) -> bool:
    """Whether a host name of a URL means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_dingtalk(host: str | None) -> bool:
    """Whether a host belongs to DingTalk, matched on a dot boundary."""
    name = (host or "").lower()
    return any(name == domain or name.endswith(f".{domain}") for domain in DINGTALK_DOMAINS)


def is_session_webhook(url: str, endpoints: Endpoints) -> bool:
    """Whether a `sessionWebhook` may be called.

    It must be https on a host of DingTalk at the default port, or the very scheme, host and port of the configured
    `oapi` URL; without user, fragment, backslash, white space or control characters.
    """
    parts = _split(url)
    if parts is None or not _is_plain(url, parts):
        return False
    if _origin(parts) == _origin(urlsplit(endpoints.oapi)):
        return True
    return parts.scheme == "https" and is_dingtalk(parts.hostname) and _origin(parts)[2] == 443


def is_gateway(url: str, endpoints: Endpoints) -> bool:
    """Whether a Stream endpoint may be connected to: wss on a host of DingTalk, or this machine when `api` is there."""
    parts = _split(url)
    if parts is None or not _is_plain(url, parts):
        return False
    if is_loopback(urlsplit(endpoints.api).hostname) and is_loopback(parts.hostname):
        return parts.scheme in ("ws", "wss")
    return parts.scheme == "wss" and is_dingtalk(parts.hostname)


def _split(url: str) -> SplitResult | None:
    """The parts of a URL; None where it cannot be read (a port that is no number, a broken IPv6 address)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_plain(url: str, parts: SplitResult) -> bool:
    """No user, fragment or character by which two parsers could read two different hosts."""
    odd = any(character <= " " or character == "\\" or not character.isascii() for character in url)
    return (
        not odd
        and _is_name(parts.hostname or "")
        and parts.username is None
        and "@" not in parts.netloc
        and "#" not in url
    )


def _is_name(host: str) -> bool:
    """Whether a resolver takes it: no label is empty or too long."""
    if ":" in host:
        return True
    labels = host.removesuffix(".").split(".")
    return len(host) <= _LONGEST_NAME and all(0 < len(label) <= _LONGEST_LABEL for label in labels)


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _shown(url: str) -> str:
    """A URL fit for an error text: cut before a query, and without what stands before an `@`."""
    head = url.partition("?")[0].partition("#")[0]
    return head.rpartition("@")[2] if "@" in head else head

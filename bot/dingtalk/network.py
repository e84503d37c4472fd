"""The way out of a corporate network: a proxy that tunnels by CONNECT, and authorities beside the system's."""

from __future__ import annotations

import asyncio
import base64
import socket
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

_LONGEST_HEAD = 65_536
_DEFAULT_PORT = 80


class ProxyRefused(Exception):
    """The proxy answered CONNECT with another status than 200; 0 where that was no HTTP."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Proxy:
    """`http://user:password@host:port`; user and password may be left out, their signs percent-encoded."""

    url: str = field(repr=False)

    async def tunnel(self, host: str, port: int) -> socket.socket:
        """A socket that leads to `host`:`port`, whose name the proxy resolves. Raises OSError and ProxyRefused."""
        parts = urlsplit(self.url)
        reader = await _connected(parts.hostname or "", parts.port or _DEFAULT_PORT)
        try:
            await asyncio.get_running_loop().sock_sendall(reader, self._request(host, port))
            status = _status_of(await _head(reader))
            if status != 200:
                raise ProxyRefused(status)
        except BaseException:
            reader.close()
            raise
        return reader

    def _request(self, host: str, port: int) -> bytes:
        where, parts = f"[{host}]:{port}" if ":" in host else f"{host}:{port}", urlsplit(self.url)
        lines = [f"CONNECT {where} HTTP/1.1", f"Host: {where}"]
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair).decode()}")
        return "\r\n".join([*lines, "", ""]).encode("ascii")


@dataclass(frozen=True, slots=True)
class Network:
    """How DingTalk is reached: directly, or by a `proxy`; `ca_file` holds further authorities, as PEM."""

    proxy: Proxy | None = None
    ca_file: Path | None = None

    def tls(self) -> ssl.SSLContext:
        """Trusts the system's authorities, those that come with the bot, and those of `ca_file`."""
        context = httpx.create_ssl_context(trust_env=False)
        context.load_default_certs()
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context


async def _connected(host: str, port: int) -> socket.socket:
    """A socket to the first of the host's addresses that takes one."""
    loop = asyncio.get_running_loop()
    error: OSError = OSError("no address")
    for family, kind, protocol, _, address in await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        candidate = socket.socket(family, kind, protocol)
        candidate.settimeout(0)
        try:
            await loop.sock_connect(candidate, address)
        except OSError as failed:
            candidate.close()
            error = failed
        except BaseException:
            candidate.close()
            raise
        else:
            return candidate
    raise error


async def _head(reader: socket.socket) -> bytes:
    """The head of the proxy's answer. Nothing follows it: whoever is behind waits for us to begin."""
    loop, head = asyncio.get_running_loop(), b""
    while b"\r\n\r\n" not in head and len(head) < _LONGEST_HEAD:
        received = await loop.sock_recv(reader, 4096)
        if not received:
            break
        head += received
    return head


def _status_of(head: bytes) -> int:
    words = head.split(b"\r\n", 1)[0].split()
    return int(words[1]) if len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit() else 0

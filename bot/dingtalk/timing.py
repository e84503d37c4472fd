"""How long the Stream waits for what; tests shorten it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SocketTiming:
    """Seconds: for the handshake, between pings, until a pong must be there, and for the peer to close."""

    handshake: float = 8.0
    ping_interval: float = 8.0
    ping_timeout: float = 8.0
    close: float = 2.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. The defaults find a dead peer within 18 s and give up a clean stop after 8 s at worst."""

    socket: SocketTiming = field(default_factory=SocketTiming)
    backoff: tuple[float, float, float] = (0.3, 1.0, 30.0)
    """Longest wait before the first repeat, before the second, and ever."""
    stable: float = 30.0
    """A connection without a frame counts as good after so long."""
    refused: float = 60.0
    """Between tries while credentials are refused."""
    linger: float = 30.0
    """How long a connection is read on after `disconnect`; DingTalk closes it after 10."""
    drain: float = 2.0
    """How long a stop waits for handlers, before the close and once more after it."""
    silence: float = 1800.0
    """A connection that brings no frame for so long is replaced: some answer pings and deliver nothing."""
    watch: float = 5.0
    """How often silence and the wall clock are looked at."""
    late: float = 200.0
    """Without a pass for so long the stream is taken for dead; the longest waits are those of `refused`."""

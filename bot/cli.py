"""The commands. Imports stand inside them, so that `--help` is instant."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from bot import __version__
from bot.errors import ConfigError, CredentialsRefused, YoukongError

if TYPE_CHECKING:
    from bot.app import App
    from bot.config import Config
    from bot.observe.log_writer import LogWriter
    from bot.timing import Timing

BAD_CONFIG, REFUSED = 2, 3
_VERBOSE = f"{__name__}.verbose"
_CONFIG = click.option(
    "-c", "--config", "path", required=True, type=click.Path(path_type=Path), help="The configuration, a YAML file."
)


class _Commands(click.Group):
    """Turns our errors into one line and an exit code; a traceback is for our faults only."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            _fail(str(error), BAD_CONFIG)
        except CredentialsRefused as error:
            _fail(str(error), REFUSED)
        except YoukongError as error:
            _fail(str(error), 1)


def _fail(text: str, code: int) -> NoReturn:
    click.echo(f"youkong: {text}", err=True)
    sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="youkong")
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@click.pass_context
def main(ctx: click.Context, *, verbose: bool) -> None:
    """Youkong (有空) answers "who is free" in DingTalk chats."""
    # Whoever calls this from Python may give `obj`, a Timing for `run`.
    ctx.meta[_VERBOSE] = verbose


@main.command()
@_CONFIG
@click.option("-v", "--verbose", is_flag=True, help="Log more.")
@click.pass_context
def run(ctx: click.Context, path: Path, *, verbose: bool) -> None:
    """Connect in Stream mode and serve until SIGTERM or SIGINT."""
    config = _load(path)
    level = "debug" if verbose or ctx.meta[_VERBOSE] else config.logging.level
    writer = _log(level, form=config.logging.format, secrets=[config.secret, config.dingtalk.proxy_url])
    _run(_serve(config, ctx.obj, lines_dropped=lambda: writer.dropped))


async def _serve(config: Config, timing: Timing | None, *, lines_dropped: Callable[[], int]) -> None:
    import structlog

    from bot.app import App
    from bot.signals import heed
    from bot.timing import Timing

    log = structlog.get_logger(__name__)
    gc.set_threshold(50_000, 20, 100)  # at the default a tenth of the time goes into looking at what is never garbage
    # Beside a busy event loop the store's thread would starve for the interpreter lock at the default of 5 ms.
    sys.setswitchinterval(0.0002)
    timing = timing or Timing()
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    heed(
        stop=lambda: loop.call_soon_threadsafe(stop.set),
        hung_up=lambda: log.warning("hangup_ignored"),
        forced=lambda: log.critical("stopped_by_force"),
        within=timing.ended_within,
    )
    app = App(config, timing=timing, lines_dropped=lines_dropped)
    serving = asyncio.create_task(_started(app))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    serving.cancel()  # which stops it in order, or ends its start
    with contextlib.suppress(asyncio.CancelledError):
        await serving


async def _started(app: App) -> None:
    async with app:
        settling = asyncio.create_task(_settle(app))
        try:
            await app.serve()
        finally:
            settling.cancel()


async def _settle(app: App) -> None:
    """What only the start needed goes back to the system, and what stays is not looked at for garbage again."""
    import ctypes

    await app.warm()
    gc.collect()
    gc.freeze()
    with contextlib.suppress(OSError, AttributeError):  # another C library than GNU's keeps what it has
        ctypes.CDLL(None).malloc_trim(0)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="Port of the page; 0: any free one.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option("--load", "load_path", metavar="FILE", type=click.Path(path_type=Path), help="A situation to begin with.")
@click.option("--now", "now_text", metavar="ISO", default=None, help="What the clock says; default: a Tuesday, 10:00.")
@click.option(
    "-c", "--config", "path", type=click.Path(path_type=Path), help="Its teams and hours in the place of the sample's."
)
def playground(
    port: int | None, load_path: Path | None, now_text: str | None, path: Path | None, *, no_browser: bool
) -> None:
    """An emulated DingTalk, a sample company, the real bot and a page to chat on."""
    from bot.config_file import load_without_secret
    from bot.playground import Situation, read_situation, serve

    _log("warning")
    situation = read_situation(load_path) if load_path else Situation()
    if now_text is not None:
        moment = _moment(now_text, situation.zone)
        situation = situation.model_copy(update={"now": moment.isoformat(timespec="seconds")})
    config = load_without_secret(path) if path else None
    try:
        _run(serve(port=port, open_browser=not no_browser, situation=situation, config=config))
    except OSError as error:
        _fail(f"cannot open port {port}: {(error.strerror or str(error)).lower()}, choose another with --port", 1)


@main.command()
@_CONFIG
def check(path: Path) -> None:
    """Try token, contacts, querySchedule, card, Stream, store and holiday table; one line each."""
    from bot.commands.check import check as findings

    config = _load(path)
    _log("error")

    async def print_all() -> bool:
        good = True
        async for finding in findings(config):
            click.echo(str(finding))
            good = good and finding.good
        return good

    sys.exit(0 if _run(print_all()) else 1)


@main.command()
@click.option("--now", "now_text", metavar="ISO", help="The time it is asked at; default: this moment.")
@click.option(
    "--timezone", metavar="IANA", default=None, help="The asked zone; default: that of --now, or Asia/Shanghai."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--batch", metavar="FILE", default=None, help="JSON Lines in, JSON Lines out; - is standard input.")
@click.option(
    "-c", "--config", "path", type=click.Path(path_type=Path), help="Read with its teams and the names it has met."
)
@click.argument("text", nargs=-1)
def parse(
    now_text: str | None,
    timezone: str | None,
    batch: str | None,
    path: Path | None,
    text: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Print how a text is understood."""
    if batch is None and not text:
        raise click.UsageError("found no text, expected one, or --batch FILE")
    config = _load(path) if path else None
    read = _reader(config)
    if batch is not None:
        _parse_batch(batch, read)
    else:
        timezone = timezone or (config.timezone if config and now_text is None else None)
        click.echo(_parse_one(" ".join(text), now_text, timezone, read, as_json=as_json))


def _reader(config: Config | None) -> Callable[[str], str]:
    """A line of JSON for a line of JSON; without a configuration nothing is loaded but the reader."""
    from bot.language import answer_line
    from bot.names.directory import index

    if config is None:
        return partial(answer_line, index=index)
    from bot.commands.parse import reader_of

    read: Callable[[str], str] = _run(reader_of(config))
    return read


def _parse_batch(source: str, read: Callable[[str], str]) -> None:
    try:
        stream = click.open_file(source, encoding="utf-8", errors="replace")
    except OSError as error:
        raise click.BadParameter(f"cannot read {source!r}: {(error.strerror or 'unknown').lower()}") from None
    with stream:
        for line in stream:
            if line.strip():
                click.echo(read(line))


def _parse_one(
    text: str, now_text: str | None, timezone: str | None, read: Callable[[str], str], *, as_json: bool
) -> str:
    now = _moment(now_text, timezone)
    row = {"id": None, "text": text, "ref": now.isoformat()} | ({"timezone": timezone} if timezone else {})
    answer = json.loads(read(json.dumps(row, ensure_ascii=False)))
    answer.pop("id", None)
    return json.dumps(answer, ensure_ascii=False, indent=2) if as_json else _as_lines(answer)


def _moment(text: str | None, timezone: str | None) -> datetime:
    from zoneinfo import ZoneInfo

    try:
        zone = ZoneInfo(timezone or "Asia/Shanghai")
    except (KeyError, ValueError, OSError):
        raise click.BadParameter(f"found {timezone!r}, expected an IANA zone such as Asia/Shanghai") from None
    if text is None:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"found {text!r}, expected a time such as 2026-03-16T10:00:00+08:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _as_lines(answer: dict[str, Any]) -> str:
    lines = [f"intent    {answer['intent']} ({answer['language']})"]
    lines += [f"window    {window['start']} – {window['end']}" for window in answer["windows"]]
    if answer["duration_minutes"]:
        lines.append(f"duration  {answer['duration_minutes']} min")
    lines += [f"{name:<8}  {answer[name]}" for name in ("zone", "series", "title", "place") if answer[name]]
    lines += [f"reminder  {answer['reminder_minutes']} min"] if answer["reminder_minutes"] is not None else []
    people = [f"{key} {value}" for key, value in answer["people"].items() if value]
    lines += [f"people    {', '.join(people)}"] if people else []
    lines += [f"optional  {', '.join(answer['optional'])}"] if answer["optional"] else []
    lines += [f"quorum    {answer['quorum']}"] if answer["quorum"] else []
    lines += [f"left over {left['text']!r}" for left in answer["leftover"]]
    lines += [f"or        {other['reading']}" for other in answer["alternatives"]]
    lines += ["acts      yes"] if answer["acts"] else []
    return "\n".join(lines + ([f"problem   {answer['problem']['text']}"] if answer["problem"] else []))


@main.command()
@_CONFIG
@click.option("--as", "asker", metavar="STAFF_ID", required=True, help="In whose name calendars are read.")
@click.option("--chat", metavar="CID", default=None, help="The group it is asked in; default: a 1:1 chat.")
@click.option("--at", "mentioned", metavar="STAFF_ID", multiple=True, help="Somebody mentioned; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("text", nargs=-1, required=True)
def ask(
    path: Path, asker: str, chat: str | None, mentioned: tuple[str, ...], text: tuple[str, ...], *, as_json: bool
) -> None:
    """Answer one question on the terminal; nothing is sent to any chat."""
    from bot.commands.ask import ask as answer
    from bot.commands.ask import to_text

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    answered, found = _run(answer(config, " ".join(text), asker=asker, chat=chat, mentioned=mentioned))
    click.echo(to_text(found) if as_json else found["text"])
    sys.exit(0 if answered else 1)


@main.command()
@_CONFIG
@click.option("--chat", metavar="CID", required=True, help="The group of the digest, or the staffId of a 1:1 digest.")
@click.option("--on", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="Its day; default: today.")
@click.option("--dry-run", is_flag=True, help="Print it, send nothing; by default the next one after today.")
def digest(path: Path, chat: str, on: datetime | None, *, dry_run: bool) -> None:
    """Build one digest and send it; on a day without one say why."""
    from bot.commands.digest import build

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    click.echo(_run(build(config, chat, on=on.date() if on else None, dry_run=dry_run)))


@main.command()
@_CONFIG
@click.option("--since", metavar="YYYY-MM-DD", default=None, help="The first day; default: all that is kept (30 days).")
def actions(path: Path, since: str | None) -> None:
    """Print who had the bot do what: time, person, action, event id, chat, msgId. No content."""
    from bot.commands.actions import day_of, listed

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    for line in _run(listed(config, day_of(since) if since is not None else None)):
        click.echo(line)


def _load(path: Path) -> Config:
    from bot.config_file import load

    return load(path)


def _log(level: str, *, form: str = "text", secrets: Iterable[str] = ()) -> LogWriter:
    """Logs until the command ends; what waits then is given a second to be written."""
    from bot.observe.logs import set_up

    writer = set_up(level=level, form=form, secrets=secrets)
    click.get_current_context().call_on_close(writer.stop)
    return writer


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        sys.exit(130)

"""The commands. Imports stand inside them, so that `--help` is instant."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
import sys
from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC, datetime
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
    from bot.personal.token_file import TokenFile
    from bot.timing import Timing

BAD_CONFIG, REFUSED = 2, 3
_VERBOSE = f"{__name__}.verbose"
_CONFIG = click.option(
    "-c", "--config", "path", required=True, type=click.Path(path_type=Path), help="The configuration, a YAML file."
)
_AS = click.option("--as", "asker", metavar="STAFF_ID", help="Read calendars as this person.")
_PERSONAL = click.option("--personal", is_flag=True, help="Read them as whoever signed in by youkong login.")


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
    for line in text.splitlines():
        click.echo(f"youkong: {line}", err=True)
    sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="youkong")
@click.option("-v", "--verbose", is_flag=True, help="Log at debug level.")
@click.pass_context
def main(ctx: click.Context, *, verbose: bool) -> None:
    """Youkong (有空) answers "who is free" in DingTalk chats.

    \b
    To begin with:
      youkong init                     ask for what is needed, write config.yaml
      youkong check -c config.yaml     try everything the bot needs
      youkong run -c config.yaml       serve
    """
    # Whoever calls this from Python may give `obj`, a Timing for `run`.
    ctx.meta[_VERBOSE] = verbose


@main.command()
@_CONFIG
@click.option("-v", "--verbose", is_flag=True, help="Log at debug level.")
@click.pass_context
def run(ctx: click.Context, path: Path, *, verbose: bool) -> None:
    """Connect in Stream mode and serve until SIGTERM or SIGINT.

    \b
    Examples:
      youkong run -c config.yaml
      YOUKONG_DINGTALK__CLIENT_SECRET=… YOUKONG_LOGGING__FORMAT=json youkong run -c config.yaml
    """
    # At the default a tenth of the time, that of loading as well, goes into looking at what is never garbage.
    gc.set_threshold(50_000, 20, 100)
    config = _load(path)
    level = "debug" if verbose or ctx.meta[_VERBOSE] else config.logging.level
    writer = _log(level, form=config.logging.format, secrets=[config.secret, config.dingtalk.proxy_url])
    _tell_what_is_passed_over()
    _run(_serve(config, ctx.obj, lines_dropped=lambda: writer.dropped))


def _tell_what_is_passed_over() -> None:
    """Variables that look like settings and are links of Kubernetes."""
    import structlog

    from bot.config_file import service_links

    for name in service_links(os.environ):
        structlog.get_logger(__name__).debug("service_link_passed_over", name=name)


async def _serve(config: Config, timing: Timing | None, *, lines_dropped: Callable[[], int]) -> None:
    import structlog

    from bot.holiday_reader import HolidayReader

    holidays = HolidayReader(config.countries, year=datetime.now(UTC).year)  # read while the rest is loaded

    from bot.app import App
    from bot.signals import heed
    from bot.timing import Timing

    log = structlog.get_logger(__name__)
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
    app = App(config, timing=timing, lines_dropped=lines_dropped, holidays=holidays)
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
    """An emulated DingTalk, a sample company, the real bot and a page to chat on.

    \b
    Examples:
      youkong playground --port 0 --no-browser
      youkong playground --now 2026-03-17T09:00 -c config.yaml
    """
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
    """Try everything the bot needs; one line each.

    \b
    Token, permissions, Stream, every member, department and chat of the configuration, store, budget, clock and
    holiday table. Sends nothing to any chat. A line that begins with FAIL ends with the way out.

    \b
    Example:
      youkong check -c config.yaml
    """
    config = _load(path)
    _log("error", secrets=[config.secret])
    sys.exit(0 if _checked(config, path) else 1)


def _checked(config: Config, path: Path) -> bool:
    """Prints what a check finds; True where nothing failed."""
    from bot.commands.check import check as findings
    from bot.commands.findings import Finding, Outcome, summary
    from bot.commands.login import token_file

    found: list[Finding] = []

    async def print_all() -> None:
        async for finding in findings(config, token_file(config, path)):
            click.echo(str(finding))
            found.append(finding)

    _run(print_all())
    click.echo(summary(found))
    return not any(finding.outcome is Outcome.FAILED for finding in found)


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
    """Print how a text is understood.

    \b
    Examples:
      youkong parse "who's free Tue 2-4pm"
      youkong parse --json --timezone Asia/Tokyo 下周二下午谁有空
      youkong parse --batch questions.jsonl
    """
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
@_AS
@_PERSONAL
@click.option("--chat", metavar="CID", default=None, help="The group it is asked in; default: a 1:1 chat.")
@click.option("--at", "mentioned", metavar="STAFF_ID", multiple=True, help="Mention this person (repeatable).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.argument("text", nargs=-1, required=True)
def ask(
    path: Path,
    asker: str | None,
    chat: str | None,
    mentioned: tuple[str, ...],
    text: tuple[str, ...],
    *,
    personal: bool,
    as_json: bool,
) -> None:
    """Answer a question here; nothing is sent to any chat.

    \b
    Examples:
      youkong ask -c config.yaml --as staff-1 "am I free tomorrow afternoon?"
      youkong ask -c config.yaml --as staff-1 --at staff-2 --json 周五上午谁有空
      youkong ask -c config.yaml --personal 我明天下午有空吗
    """
    from bot.commands.ask import ask as answer
    from bot.commands.ask import to_text

    config = _load(path)
    who = _who_asks(config, path, asker, personal=personal)
    _log("error", form=config.logging.format, secrets=[config.secret])
    answered, found = _run(answer(config, " ".join(text), asker=who, chat=chat, mentioned=mentioned))
    click.echo(to_text(found) if as_json else found["text"])
    sys.exit(0 if answered else 1)


def _who_asks(config: Config, path: Path, asker: str | None, *, personal: bool) -> str | TokenFile:
    """The staffId of --as, or the file of whoever signed in."""
    if (asker is None) == (not personal):
        raise click.UsageError("expected one of --as STAFF_ID and --personal")
    if asker is not None:
        return asker
    from bot.commands.login import token_file

    return token_file(config, path)


@main.command()
@_CONFIG
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option("--port", type=click.IntRange(0, 65535), help="Instead of personal.port; 0: any free one.")
@click.option("--timeout", "within", metavar="SECONDS", default=300, type=click.IntRange(1, 3600), show_default=True)
def login(path: Path, port: int | None, within: int, *, no_browser: bool) -> None:
    """Sign in as a user of the third-party personal app; the tokens are kept in a file of mode 600.

    \b
    Prints the address of DingTalk's page, and waits on 127.0.0.1 for the browser to come back from it. The app must
    name http://127.0.0.1:8766/callback (personal.port) as its redirect address.

    \b
    Examples:
      youkong login -c config.yaml
      youkong login -c config.yaml --no-browser --timeout 60
    """
    from bot.commands.login import login as sign_in
    from bot.commands.login import token_file

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    file = token_file(config, path)
    click.echo(_run(sign_in(config, file, port=port, open_browser=not no_browser, within=within)))


@main.command()
@_CONFIG
@_AS
@_PERSONAL
def mcp(path: Path, asker: str | None, *, personal: bool) -> None:
    """Serve agents over stdio (Model Context Protocol); it only reads.

    \b
    Tools: who_is_free, find_time, next_free, read_request. Needs the extra youkong[mcp]. Standard output carries the
    protocol alone, the log goes to standard error.

    \b
    Examples:
      youkong mcp -c config.yaml --as staff-1
      youkong mcp -c config.yaml --personal
    """
    from bot.commands.mcp_server import serve

    config = _load(path)
    who = _who_asks(config, path, asker, personal=personal)
    _log("error", form=config.logging.format, secrets=[config.secret])
    _run(serve(config, who))


@main.command()
@_CONFIG
@click.option("--chat", metavar="CID", required=True, help="The group of the digest, or the staffId of a 1:1 digest.")
@click.option(
    "--on", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="Day of the digest; default: today."
)
@click.option("--edition", type=click.Choice(["day", "week"]), help="Of a chat with both; default: the day's.")
@click.option("--dry-run", is_flag=True, help="Print it, send nothing; by default the next one after today.")
def digest(path: Path, chat: str, on: datetime | None, edition: str | None, *, dry_run: bool) -> None:
    """Send or print one digest; on a day without one say why.

    \b
    Examples:
      youkong digest -c config.yaml --chat cidXXXX== --dry-run
      youkong digest -c config.yaml --chat cidXXXX== --on 2026-12-01
    """
    from bot.commands.digest import build
    from bot.model.digest_orders import EditionKind

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    kind = EditionKind(edition) if edition else None
    click.echo(_run(build(config, chat, on=on.date() if on else None, dry_run=dry_run, kind=kind)))


@main.command()
@_CONFIG
@click.option("--since", metavar="YYYY-MM-DD", default=None, help="The first day; default: all that is kept (30 days).")
def actions(path: Path, since: str | None) -> None:
    """Print who had the bot do what: time, person, action, event id, chat, msgId. No content.

    \b
    Example:
      youkong actions -c config.yaml --since 2026-11-01
    """
    from bot.commands.actions import day_of, listed

    config = _load(path)
    _log("error", form=config.logging.format, secrets=[config.secret])
    for line in _run(listed(config, day_of(since) if since is not None else None)):
        click.echo(line)


@main.command()
@click.option(
    "-c",
    "--config",
    "path",
    default="config.yaml",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The file to write; its secret goes beside it.",
)
@click.option("--edition", type=click.Choice(["mainland", "international"]), help="Of your organisation.")
@click.option("--client-id", metavar="ID", help="The app's Client ID (凭证与基础信息).")
@click.option("--client-secret", metavar="SECRET", help="Better from YOUKONG_DINGTALK__CLIENT_SECRET.")
@click.option("--api-url", metavar="URL", help="Another host of the OpenAPI.")
@click.option("--oapi-url", metavar="URL", help="Another host of the legacy API.")
@click.option("--timezone", metavar="IANA", help="Zone of chats that have none of their own.")
@click.option("--team", metavar="NAME", help="The name of a team made of --member and --department.")
@click.option("--member", "members", metavar="NAME", multiple=True, help="Somebody of it, by name or staffId.")
@click.option("--department", "departments", metavar="ID", type=int, multiple=True, help="A department of it.")
@click.option("--non-interactive", is_flag=True, help="Ask nothing: all from options and environment.")
@click.option("--overwrite", is_flag=True, help="Write over files that are there.")
def init(path: Path, **given: Any) -> None:
    """Ask for what is needed, try it, write FILE and a secret file, then check.

    \b
    Examples:
      youkong init
      youkong init -c /etc/youkong/config.yaml --edition international
      YOUKONG_DINGTALK__CLIENT_SECRET=… youkong init --non-interactive --client-id dingabc \\
          --team design --member 张三 --member Alice
    """
    from bot.commands.init_dialogue import set_up

    _log("error")
    try:
        set_up(path, given, environ=os.environ)
    except CredentialsRefused:
        _fail("nothing was written: the credentials were refused", 1)
    except ConfigError as error:
        _fail(str(error), 1)
    sys.exit(0 if _checked(_load(path), path) else 1)


@main.command()
@_CONFIG
@click.argument("name")
def people(path: Path, name: str) -> None:
    """Print who a name may mean: staffId, name, department.

    \b
    Examples:
      youkong people -c config.yaml 小王
      youkong people -c config.yaml zhangwei
    """
    from bot.commands.people import find, lines

    config = _load(path)
    _log("error", secrets=[config.secret])
    meant = _run(find(config, name))
    if meant.nearest or not meant.people:
        near = "; nearest:" if meant.people else ""
        click.echo(f"youkong: nobody is called {name!r}{near}", err=True)
    for line in lines(meant):
        click.echo(line)
    sys.exit(0 if meant.people and not meant.nearest else 1)


@main.command()
@_CONFIG
def chats(path: Path) -> None:
    """Print the chats the bot has met: id, name, last message.

    \b
    Example:
      youkong chats -c config.yaml
    """
    from bot.commands.chats import listed

    config = _load(path)
    _log("error", secrets=[config.secret])
    found = _run(listed(config))
    if not found:
        _fail("no chat was met yet: add the robot to a group and mention it there", 1)
    for line in found:
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

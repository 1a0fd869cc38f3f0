"""Settings of the store by key, within an open transaction: model, taxonomy, revision, which vectors are in force."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from matcher.store.records import VectorSet
from matcher.store.schema import settings

SWITCHES = "vector_switches"


def read_setting(connection: Connection, key: str) -> str | None:
    """The value of a key, None when it was never set."""
    return connection.scalar(select(settings.c.value).where(settings.c.key == key))


def write_setting(connection: Connection, key: str, value: str) -> None:
    """Sets a key."""
    statement = upsert(settings).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def remove_setting(connection: Connection, key: str) -> None:
    """Forgets a key."""
    connection.execute(delete(settings).where(settings.c.key == key))


def n_switches(connection: Connection) -> int:
    """How often the vectors were exchanged as a whole."""
    return int(read_setting(connection, SWITCHES) or 0)


def vector_set_in_force(connection: Connection) -> VectorSet:
    """Where the vectors in force stand: the two sets take turns with each switch."""
    return VectorSet.SECOND if n_switches(connection) % 2 else VectorSet.FIRST

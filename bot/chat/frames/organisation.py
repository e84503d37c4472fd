"""The organisation that the bot serves: told by the configuration or by the first push, and kept."""

from __future__ import annotations

from bot.store import Store, organisations


class Organisation:
    """Whose pushes count. A press or a message of another organisation changes nothing.

    `corp_id` is the configured one; without it the first push that names one tells it, for every process of the store.
    """

    def __init__(self, store: Store, *, client_id: str, corp_id: str | None) -> None:
        self._store = store
        self._client_id = client_id
        self._home = corp_id

    async def is_home(self, corp_id: str) -> bool:
        """True for a push of this organisation, and for one that names none. Raises StoreError."""
        if not corp_id:
            return True
        if self._home is None:
            self._home = await organisations.keep(self._store, self._client_id, corp_id)
        return corp_id == self._home

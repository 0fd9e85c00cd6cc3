"""Messages of exported conversations: each is seen once, however often its conversation is exported again."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from daemon.domain.chats.identity import ChatRecord
from daemon.ledger.columns import to_json
from daemon.ledger.dialect import among, upsert
from daemon.ledger.part import Part
from daemon.ledger.schema import chat_messages

_AT_ONCE = 5_000

_c = chat_messages.c
_OF_SLOTS = select(_c.key, _c.slot, _c.number, _c.with_files).where(among(_c.slot, "slots"))
_KEEP = upsert(chat_messages, "key", only=("with_files",))


class ChatsRead(Part):
    def chat_records(self, slots: Sequence[str]) -> list[ChatRecord]:
        found: list[ChatRecord] = []
        for start in range(0, len(slots), _AT_ONCE):
            part = to_json(list(slots[start : start + _AT_ONCE]))
            found += [ChatRecord(*row) for row in self._run(_OF_SLOTS, slots=part)]
        return found


class ChatsWrite(ChatsRead):
    def keep_chat_records(self, records: Iterable[ChatRecord], arrival_id: int) -> None:
        self._run_for_each(
            _KEEP,
            [
                {
                    "key": record.key,
                    "slot": record.slot,
                    "number": record.number,
                    "with_files": record.with_files,
                    "arrival_id": arrival_id,
                }
                for record in records
            ],
        )

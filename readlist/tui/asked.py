"""What a screen has asked for, and must know before the next key: keys are about what the reader sees."""

from __future__ import annotations

import asyncio


class Asked:
    """Questions that have no answer yet, by name. A question that is asked again is the same one."""

    def __init__(self) -> None:
        self._open: set[str] = set()
        self._none = asyncio.Event()
        self._none.set()

    def begin(self, name: str) -> None:
        """Ask a question."""
        self._open.add(name)
        self._none.clear()

    def end(self, name: str) -> None:
        """Take the answer to a question, or give it up."""
        self._open.discard(name)
        if not self._open:
            self._none.set()

    def all_answered(self) -> bool:
        """Whether no question is open."""
        return not self._open

    async def wait(self) -> None:
        """Wait until no question is open."""
        await self._none.wait()

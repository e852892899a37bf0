"""Line to a server with the round trip of an ordinary home or mobile connection."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def relayed(port: int, milliseconds: float) -> Iterator[int]:
    """Relay a new local port to another and yield it; each way takes half of `milliseconds`."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    relay = _Relay(port, milliseconds / 2_000)
    try:
        yield asyncio.run_coroutine_threadsafe(relay.start(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(relay.stop(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class _Relay:
    def __init__(self, port: int, delay: float) -> None:
        self.port = port
        self.delay = delay
        self.connections: set[asyncio.Task[None]] = set()

    async def start(self) -> int:
        self.server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.server.close()
        for connection in self.connections:
            connection.cancel()
        await asyncio.gather(*self.connections, return_exceptions=True)

    async def _connect(self, near: asyncio.StreamReader, to_near: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection
        self.connections.add(connection)
        connection.add_done_callback(self.connections.discard)
        writers = [to_near]
        try:
            far, to_far = await asyncio.open_connection("127.0.0.1", self.port)
            writers.append(to_far)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._carry(near, to_far))
                both.create_task(self._carry(far, to_near))
        except* (OSError, asyncio.CancelledError):  # either end may hang up at any moment, and so may the relay
            pass
        for each in writers:
            each.close()
            with suppress(OSError):
                await each.wait_closed()

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        """Pass on each chunk in order, late; then the end."""
        loop = asyncio.get_running_loop()
        on_its_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            chunk = b"more"
            while chunk:
                due, chunk = await on_its_way.get()
                await asyncio.sleep(due - loop.time())
                if chunk:
                    target.write(chunk)
                    await target.drain()
                elif target.can_write_eof():
                    target.write_eof()

        async with asyncio.TaskGroup() as both:
            both.create_task(deliver())
            chunk = b"more"
            while chunk:
                chunk = await source.read(65_536)
                on_its_way.put_nowait((loop.time() + self.delay, chunk))

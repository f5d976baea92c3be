"""rude: a server on this machine that answers as it is told, byte by byte where it must be, and counts what it is asked."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.providers import Mode

Piece: TypeAlias = "bytes | float | Literal['reset']"
"""What goes down the line: bytes, a pause in seconds, or an end without goodbye."""
Behaviour: TypeAlias = "Callable[[int], Iterator[Piece]]"
"""What is answered to the n-th request about a document, from 1."""

USAGE = {"prompt_tokens": 5000, "completion_tokens": 100, "total_tokens": 5100}
_MARK = re.compile(rb"Report no (\d+)\.")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Rude:
    """Answers about each document, known by its number, in its own way."""

    otherwise: Behaviour
    bad: dict[int, Behaviour] = field(default_factory=dict)
    """By the number of the document."""
    asked: Counter[int] = field(default_factory=Counter)
    """How many requests there were about each document; 0 stands for anything else."""
    bodies: list[bytes] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _socket: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0), backlog=128))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/v1"

    @contextlib.contextmanager
    def running(self) -> Iterator[Rude]:
        threading.Thread(target=self._accept, daemon=True).start()
        try:
            yield self
        finally:
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (body := _request(connection)) is not None:
                found = _MARK.search(body)
                number = int(found[1]) if found else 0
                with self._lock:
                    self.asked[number] += 1
                    self.bodies.append(body)
                    count = self.asked[number]
                for piece in self.bad.get(number, self.otherwise)(count):
                    if isinstance(piece, bytes):
                        connection.sendall(piece)
                    elif isinstance(piece, str):
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return
                    else:
                        time.sleep(piece)


def _request(connection: socket.socket) -> bytes | None:
    """The body of the next request; None where there is none."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(1 << 16)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    while length and len(body) < int(length[1]):
        more = connection.recv(1 << 16)
        if not more:
            return None
        body += more
    return body


def http(content: object, status: int = 200, **headers: str) -> bytes:
    """A whole response: bytes as they are, and anything else as JSON."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    named = {"content-type": "application/json", "content-length": str(len(data))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return f"HTTP/1.1 {status} Something\r\n{lines}\r\n".encode() + data


def completion(
    text: object, mode: Mode, *, finish: str | None = None, calls: int = 1, **message: object
) -> dict[str, Any]:
    """An answer in the way that a mode has it."""
    if mode == "tools":
        function = {"name": "extraction", "arguments": text}
        made = [{"id": str(number), "type": "function", "function": function} for number in range(calls)]
        message = {"content": None, "tool_calls": made, **message}
    else:
        message = {"content": text, **message}
    ended = finish or ("tool_calls" if mode == "tools" else "stop")
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "small-1",
        "choices": [{"index": 0, "finish_reason": ended, "message": {"role": "assistant", **message}}],
        "usage": USAGE,
    }


def always(*pieces: Piece) -> Behaviour:
    """The same every time."""
    return lambda _: iter(pieces)


def at_first(first: Behaviour, then: Behaviour) -> Behaviour:
    """One way to the first request, another one from then on."""
    return lambda count: first(count) if count == 1 else then(count)

"""transport: how responses come in: of bounded size before anything unpacks them, and JSON that means one thing.

A gzip answer of 300 kB can unpack to 300 MB, a login page parses as an empty answer, and of
two keys of the same name every parser keeps another: none of it gets as far as the client library.
"""

from __future__ import annotations

import re
import zlib
from typing import Any, Never

import httpx2
import openai

from auditor import strictly

LIMIT = 8 * 1024 * 1024
"""The most bytes of a response, packed or unpacked: some two million tokens."""

_MEDIA_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,40}", re.ASCII)
_SUCCESS = range(200, 300)


class Unusable(openai.OpenAIError):
    """Why a response holds no answer, as the end of a sentence; asking again would not help.

    It is one of the library's own errors because those are the ones that it lets through unchanged.
    """


class Bounded(openai.DefaultAsyncHttpxClient):
    """A client that takes no more than it can use, and follows nobody: a redirect takes the document along."""

    def __init__(self, *, timeout: float | None = None) -> None:
        super().__init__(follow_redirects=False, headers={"Accept-Encoding": "identity"}, timeout=timeout)

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """The response, read whole; Unusable where it holds nothing of use."""
        request.headers["Accept-Encoding"] = "identity"
        response = await super().send(request, **{**options, "stream": True})
        try:
            if response.status_code in _SUCCESS:
                _check_type(response.headers.get("content-type", ""))
            data = _unpacked(await _received(response), response.headers.get("content-encoding", ""))
        finally:
            await response.aclose()
        if response.status_code in _SUCCESS:
            _check_json(data)
        kept = [(name, value) for name, value in response.headers.multi_items() if name not in _ABOUT_THE_BODY]
        return httpx2.Response(response.status_code, headers=kept, content=data, request=request)


_ABOUT_THE_BODY = {"content-encoding", "content-length", "transfer-encoding"}


def _check_type(header: str) -> None:
    media_type = header.partition(";")[0].strip().lower()
    if media_type and not re.search(r"[/+]json$", media_type):
        shown = media_type if _MEDIA_TYPE.fullmatch(media_type) else "something"
        message = f"sends {shown} instead of JSON: it may be a login page, or not the address of the interface"
        raise Unusable(message)


async def _received(response: httpx2.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > LIMIT:
            _too_large()
        parts.append(part)
    return b"".join(parts)


def _unpacked(data: bytes, encoding: str) -> bytes:
    match encoding.strip().lower():
        case "" | "identity":
            return data
        case "gzip" | "x-gzip" | "deflate":
            inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
            try:
                unpacked = inflate.decompress(data, LIMIT + 1)
            except zlib.error as error:
                message = "sends a packed answer that cannot be unpacked"
                raise Unusable(message) from error
            if len(unpacked) > LIMIT:
                _too_large()
            return unpacked
        case _:
            message = "sends an answer packed in a way that it was not asked for"
            raise Unusable(message)


def _too_large() -> Never:
    message = f"sends an answer of more than {LIMIT // 1024**2} MB"
    raise Unusable(message)


def _check_json(data: bytes) -> None:
    try:
        strictly.loaded(data)
    except strictly.Unusable as error:
        message = f"sends something else than an answer in JSON: {error}"
        raise Unusable(message) from error

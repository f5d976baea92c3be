"""asking: a run against a server that takes a second for every answer: its time, its memory, and what is our own of it.

The server is a process of its own, so that nothing of it counts as ours.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from auditor import cli
from auditor.live.forecast import prompt_tokens
from tests import live
from tests.rude import completion, http

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
JOBS = 20
DOCUMENTS = 200


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float, response: bytes) -> None:
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.partition(b":")[2]))
            await asyncio.sleep(seconds)
            writer.write(response)
            await writer.drain()
    writer.close()


async def serve(seconds: float) -> None:
    """Give the same good answer to everybody after so many seconds; the port is printed first."""
    response = http(completion(live.answer(), "json_schema"))
    server = await asyncio.start_server(lambda r, w: _answer(r, w, seconds, response), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


@contextlib.contextmanager
def _server(seconds: float) -> Iterator[str]:
    command = [sys.executable, "-m", "tests.benchmarks.asking", str(seconds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/v1"
        process.terminate()


def _run(url: str, count: int, jobs: int) -> tuple[float, float, str]:
    """Seconds on the clock and of the processor, and the closing line, of a run over so many documents."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            paths = live.documents(count)
            told = ["--base-url", url, "--model", "small", "--no-probe", "--jobs", str(jobs), "--format", "json"]
            started, used = time.perf_counter(), time.process_time()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as err:
                code = cli.main([*told, *paths])
            assert code == 0, err.getvalue()
            return time.perf_counter() - started, time.process_time() - used, err.getvalue().splitlines()[-1]
        finally:
            os.chdir(here)


def measure() -> list[str]:
    """The time of many documents, against what the server alone takes; what a document takes beside that; the tokens."""
    os.environ["OPENAI_API_KEY"] = "none"
    with _server(1.0) as url:
        _run(url, JOBS, JOBS)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        seconds, used, closing = _run(url, DOCUMENTS, JOBS)
        more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    with _server(0.0) as url:
        _run(url, 10, 1)
        alone = min(_run(url, 50, 1)[0] for _ in range(3)) / 50
    ideal = DOCUMENTS / JOBS
    return [
        f"{DOCUMENTS} documents of a server that takes a second, {JOBS} at once: {seconds:.2f} s",
        f"    {seconds / ideal:.2f} times the ideal {ideal:g} s  (aim: at most 1.2)",
        f"    processor time {used:.2f} s; memory beyond that of the first {JOBS} documents: {more:.1f} MB",
        f"    {closing}",
        f"our own time for a document, asking, recording and judging: {alone * 1000:.1f} ms  (aim: under 30)",
        f"tokens of prompt and schema in every request, about: {prompt_tokens():,}",
    ]


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(float(sys.argv[1])))

"""How fast answers come: start to first answer, latency, answers a second over HTTP, memory.

    make bench-answers

Starts the real server on a free port with the index that is there and asks the project's questions.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psutil

QUESTIONS = Path(__file__).parents[1] / "eval" / "tune.jsonl"
WARM_UP = 50
THREADS = 4
SECONDS = 10.0


def main() -> None:
    """Print the figures with their conditions."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions = [row["question"] for row in rows]
    with server() as (url, process, ready):
        client = httpx2.Client(base_url=url, timeout=30)
        started = time.perf_counter()
        _ask(client, questions[0])
        first = ready + time.perf_counter() - started
        for question in questions[:WARM_UP]:
            _ask(client, question)
        inside = sorted(_ask(client, question) for question in questions)
        rate = _throughput(url, questions)
        memory = psutil.Process(process.pid).memory_info().rss / 1e6
    cores = os.cpu_count()
    print(f"{len(questions)} questions, {cores} cores, one server process, no language model")  # noqa: T201
    print(f"start to first answer       {first:8.2f} s     goal ≤ 5")  # noqa: T201
    print(f"answer latency p50          {inside[len(inside) // 2]:8.1f} ms    goal ≤ 20")  # noqa: T201
    print(f"answer latency p95          {inside[int(len(inside) * 0.95)]:8.1f} ms    goal ≤ 60")  # noqa: T201
    print(f"answers a second over HTTP  {rate:8.1f}       goal ≥ 50   ({THREADS} clients, {SECONDS:.0f} s)")  # noqa: T201
    print(f"memory of the server        {memory:8.0f} MB    goal ≤ 800")  # noqa: T201


@contextmanager
def server() -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """Start the server; give its address, its process and the seconds until it was ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "api", "serve", "--port", str(port)]
    started = time.perf_counter()
    environment = os.environ | {"CREDIT_ASK_LIMIT": "1000000/minute"}  # the answers are measured, not the limit
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    url = f"http://127.0.0.1:{port}"
    try:
        while time.perf_counter() - started < 120:
            try:
                if httpx2.get(f"{url}/readyz", timeout=1).status_code == 200:
                    break
            except httpx2.TransportError:
                time.sleep(0.05)
        yield url, process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(timeout=20)


def _ask(client: httpx2.Client, question: str) -> float:
    answer = client.post("/api/v1/ask", json={"question": question})
    answer.raise_for_status()
    return float(answer.json()["latency_ms"])


def _throughput(url: str, questions: list[str]) -> float:
    counts = [0] * THREADS
    end = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        with httpx2.Client(base_url=url, timeout=30) as client:
            while time.perf_counter() < end:
                _ask(client, questions[(counts[number] * THREADS + number) % len(questions)])
                counts[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Cold start to the first answer, and what the program keeps in memory when nobody asks.

bench/start_bench.py [--runs 10] [--residents 2000]; bars: 0.3 s and 64 MB (issue 2, section 8).
"""

import argparse
import pathlib
import socket
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests/scenario"))
import machine  # noqa: E402
import station  # noqa: E402

BAR_START, BAR_MEMORY = 0.3, 64


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_answers(house, web):
    """Seconds from exec to the first /health and to the first page."""
    port = free_port()
    began = time.perf_counter()
    house.spawn("serve", "--data", house.data, "--port", port, *(["--web", web] if web else []))
    health = None
    while time.perf_counter() - began < 60:
        try:
            client = station.Connection(port)
            if client.request("GET", "/health").status == 200:
                health = time.perf_counter() - began
                break
        except station.Lost:
            time.sleep(0.001)
    page = client.request("GET", "/" if web else "/api/status")
    if health is None or page.status != 200:
        raise RuntimeError(f"no answer: {page!r}")
    return health, time.perf_counter() - began


def memory(pid):
    found = {}
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, value = line.split(":")
        found[name] = int(value.split()[0]) / 1024
    return found


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--runs", type=int, default=10)
    arguments.add_argument("--residents", type=int, default=2000)
    arguments.add_argument("--visits", type=int, default=40)
    options = arguments.parse_args()
    web = station.ROOT / "web/dist"
    web = web if (web / "index.html").exists() else None
    print(machine.describe())
    with station.Station() as house:
        house.demo(options.residents, options.visits)
        house.stop()
        times = []
        for _ in range(options.runs):
            times.append(first_answers(house, web))
            house.stop()
        health, page = [sorted(column) for column in zip(*times)]
        print(f"first /health   median {statistics.median(health):.3f} s  max {health[-1]:.3f} s   (bar {BAR_START} s)")
        print(f"first {'page  ' if web else 'status'}    median {statistics.median(page):.3f} s  max {page[-1]:.3f} s"
              f"{'' if web else '   (web/dist is not built)'}")
        first_answers(house, web)
        time.sleep(10)
        idle = memory(house.process.pid)
        print(f"idle after 10 s Rss {idle['Rss']:.1f} MB, Pss {idle['Pss']:.1f} MB   (bar {BAR_MEMORY} MB)")
        house.stop()
    good = statistics.median(page) <= BAR_START and idle["Rss"] <= BAR_MEMORY
    print("within the bars" if good else "OVER A BAR")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

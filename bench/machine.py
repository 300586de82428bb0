"""What a figure was measured on, printed above every table."""

import os
import time


def describe():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    load = os.getloadavg()[0]
    busy = "" if load < 1 else f", NOT idle: load {load:.1f}"
    return f"{os.cpu_count()} x {model}, {time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}{busy}"

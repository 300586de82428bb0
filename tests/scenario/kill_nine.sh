#!/usr/bin/env bash
exec python3 "$(dirname "$0")/kill_nine.py"

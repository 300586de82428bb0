#!/usr/bin/env bash
exec python3 "$(dirname "$0")/no_patient_data_in_logs.py"

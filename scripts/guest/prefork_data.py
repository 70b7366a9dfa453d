# SPDX-License-Identifier: GPL-2.0
"""A program of gunicorn's: data that is there before the workers are forked, which "/all" reads, and its process's PID."""
import os

rows = [("row %d" % number, "x" * 200) for number in range(100000)]


def answer(environ, start_response):
    if environ["PATH_INFO"] == "/all":
        sum(len(text) for _, text in rows)
    body = b"%d\n" % os.getpid()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

"""A server for the tests of a file."""

import os
import re
import subprocess
import tempfile

import pytest


@pytest.fixture(scope="module")
def url():
    with tempfile.TemporaryDirectory() as data_dir:
        server = subprocess.Popen(
            [os.environ["COMUTINY_SERVER_BIN"], "serve", "--port", "0"],
            env={"PATH": os.environ["PATH"], "DATA_DIR": data_dir, "LOG": "warn"},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in server.stdout:
                found = re.search(r"This computer\s+(http://localhost:\d+)/", line)
                if found:
                    yield found.group(1)
                    break
            else:
                pytest.fail("the server ended before it was open")
        finally:
            server.terminate()
            server.wait(timeout=20)

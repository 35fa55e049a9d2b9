#!/usr/bin/env python3
"""What it costs to be several nodes: the same crowd on one node alone and on two behind a Redis.

Both behind the nginx of this machine, which spreads websockets evenly; servers, Redis and nginx on
the first core, the load test on the second. Prints fan-out, what Redis had to do, and each node's
processor time per update that it delivered. Times to notice and heal faults are printed by the
tests: `make soak`.

    nodes.py [--clients 200] [--rate 10] [--mode plain] [--seconds 20] [--rounds 3]
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVER_CORE, LOAD_CORE = "0", "1"
BALANCER, REDIS, FIRST_NODE = 4789, 4788, 4790
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--clients", type=int, default=200)
    options.add_argument("--rate", type=int, default=10, help="updates per second of each")
    options.add_argument("--mode", choices=["plain", "batch"], default="plain")
    options.add_argument("--seconds", type=int, default=20, help="with all clients in")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--binary", default=str(ROOT / "target/release/comutiny-server"))
    options = options.parse_args()
    if not Path(options.binary).exists():
        sys.exit("build it first: cargo build --release -p server-core --bin comutiny-server")
    print("nodes  fan-out p50, p99 ms  arrived %  last states lost  joined twice  "
          "us per delivery and node  Redis commands/s, kB/s in, out, % of a core  valid")  # fmt: skip
    for _ in range(options.rounds):
        for nodes in (1, 2):
            print(measure(options, nodes), flush=True)


def measure(options, count):
    with tempfile.TemporaryDirectory() as data:
        started = []
        try:
            redis = None
            if count > 1:
                redis = start(started, ["redis-server", "--port", str(REDIS), "--bind", "127.0.0.1",
                                        "--save", "", "--appendonly", "no"], REDIS)  # fmt: skip
            nodes = [start(started, serve(options, data, n, count), FIRST_NODE + n)
                     for n in range(count)]  # fmt: skip
            configuration = Path(data, "nginx.conf")
            configuration.write_text(balancer(data, count))
            start(started, ["nginx", "-c", str(configuration)], BALANCER)
            return under_load(options, nodes, redis)
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(timeout=20)


def serve(options, data, n, count):
    command = [options.binary, "serve", "--server-host", "127.0.0.1", "--server-port",
               str(FIRST_NODE + n), "--data-dir", data, "--log", "warn", "--nearness-from", "0",
               "--jwt-secret", "the secret of a measurement, long enough"]  # fmt: skip
    return command + ["--redis-url", f"redis://127.0.0.1:{REDIS}/0"] * (count > 1)


def balancer(data, count):
    nodes = "".join(f"server 127.0.0.1:{FIRST_NODE + n} max_fails=0; " for n in range(count))
    return f"""
        daemon off; worker_processes 1; pid {data}/nginx.pid; error_log /dev/null;
        events {{ worker_connections 8192; }}
        http {{
            access_log off; client_body_temp_path {data}/body; proxy_temp_path {data}/proxy;
            fastcgi_temp_path {data}/f; uwsgi_temp_path {data}/u; scgi_temp_path {data}/s;
            upstream nodes {{ least_conn; {nodes} }}
            server {{
                listen 127.0.0.1:{BALANCER};
                location / {{
                    proxy_pass http://nodes; proxy_http_version 1.1; proxy_buffering off;
                    proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection upgrade; proxy_read_timeout 90s;
                }}
            }}
        }}
    """


def start(started, command, port):
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *command],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    started.append(process)
    for _ in range(400):
        if process.poll() is not None:
            sys.exit(f"{command[0]} ended at once; is port {port} free?")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return process
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{command[0]} does not listen")


def under_load(options, nodes, redis):
    """One run; what processes used is taken over the time in which all clients are in."""
    spawn_ms = 10
    ramp = options.clients * spawn_ms / 1000 + 2
    load = subprocess.Popen(
        ["taskset", "-c", LOAD_CORE, options.binary, "load-test", "--json",
         "--load-target-url", f"http://127.0.0.1:{BALANCER}",
         "--load-clients", str(options.clients), "--load-spawn-interval-ms", str(spawn_ms),
         "--load-duration-ms", str(int((ramp + options.seconds) * 1000)),
         "--load-update-interval-ms", str(1000 // options.rate),
         "--mode", options.mode, "--ack-every", "20"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    time.sleep(ramp + 1)
    took = options.seconds - 3
    before = sample(nodes, redis)
    time.sleep(took)
    after = sample(nodes, redis)
    report = json.loads(load.communicate(timeout=120)[0])

    totals, fanout = report["totals"], report["latency"]["fanout"]["summary"]
    # Everybody but the mover hears of a move; each node tells its own half.
    due = options.clients * (options.clients - 1) * options.rate * took / len(nodes)
    each = [f"{(b - a) * 1e6 / due:.3f}" for a, b in zip(before["nodes"], after["nodes"])]
    cells = [
        str(len(nodes)), f"{fanout['p50Ms']}, {fanout['p99Ms']}", str(totals["deliveredPercent"]),
        str(totals["missing"]["lastStates"]), str(totals["deliveries"]["joinedDoubled"]),
        " and ".join(each),
    ]  # fmt: skip
    if redis:
        rates = [(after[key] - before[key]) / took for key in ("commands", "in", "out", "cpu")]
        cells.append(f"{rates[0]:.0f}, {rates[1] / 1000:.0f}, {rates[2] / 1000:.0f}, {rates[3] * 100:.1f}")
    cells.append("valid" if report["valid"] else "; ".join(report["invalidBecause"]))
    return "  |  ".join(cells)


def sample(nodes, redis):
    taken = {"nodes": [seconds(node.pid) for node in nodes]}
    if redis:
        text = subprocess.run(["redis-cli", "-p", str(REDIS), "INFO"], check=True,
                              capture_output=True, text=True).stdout  # fmt: skip
        info = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        taken |= {
            "commands": int(info["total_commands_processed"]),
            "in": int(info["total_net_input_bytes"]),
            "out": int(info["total_net_output_bytes"]),
            "cpu": seconds(redis.pid),
        }
    return taken


def seconds(pid):
    """Processor time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""`make bench`: what a delivered update costs the server, beside the limit of the kernel.

A release server is pinned to the first core, the load test to the second. Every case runs for
plain and batch clients, against the server and against `raw_writer`, which writes the same bytes
and knows nothing. Rounds alternate between the cases, so that a busy minute of the machine does
not fall on one of them. Writes a table with medians and spread, a second one with what
happens when a crowd comes at once, comes back after an outage, or reads from slow lines, and a
third with crowds in which distance decides how often somebody is told.

Some cases also run over https, with a certificate that is made for that.

    run.py [--rounds 5] [--seconds 10] [--only 200x10] [--out FILE]
"""

import argparse
import json
import os
import platform
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SERVER_CORE, LOAD_CORE = "0", "1"
PORT = 4790
# Clients and updates per second of each; 0 stands still.
CASES = [(50, 1), (200, 10), (500, 10), (1000, 5), (1000, 0)]
# Those that also run within TLS; openssl makes the certificate.
TLS_CASES = [(200, 10), (500, 10)]
# Shape, clients, updates per second of each, and what else the load test is told. Batch clients.
SHAPES = [
    ("storm", 2000, 1, []),
    ("restart", 2000, 1, ["--load-outage-ms", "2000"]),
    ("slow newcomer", 1000, 5, ["--load-slow-percent", "5", "--load-slow-kbps", "150"]),
]
# As CASES, with batch clients that are told by distance, as a server does by itself from NEARNESS_FROM players on, and
# some that read single updates. Of what they receive a part is read, so that the load test is not the limit.
CROWDS = [(2500, 5), (5000, 10)]
CROWD_FLAGS = ["--load-spawn-interval-ms", "5", "--from-all-in", "--read-percent", "2", "--plain-percent", "5"]
# Seconds with all in: the first of them end what their coming began.
CROWD_SECONDS = 40


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=10, help="with all clients in")
    options.add_argument("--only", help="one case, such as 200x10")
    options.add_argument("--out", type=Path, default=ROOT / "target" / "bench.md")
    options = options.parse_args()
    cases = [case for case in CASES if options.only in (None, name(case))]
    shapes = [shape for shape in SHAPES if options.only in (None, shape[0])]
    crowds = [crowd for crowd in CROWDS if options.only in (None, name(crowd))]
    if not cases and not shapes and not crowds:
        known = [*map(name, CASES), *(shape[0] for shape in SHAPES), *map(name, CROWDS)]
        sys.exit(f"no such case; there are {', '.join(known)}")
    if os.cpu_count() < 2:
        sys.exit("this needs two cores: one for the server, one for the load")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    subprocess.run(
        ["cargo", "build", "--release", "--locked", "-p", "server-core",
         "--bin", "comutiny-server", "--example", "raw_writer"],
        cwd=ROOT, check=True)  # fmt: skip

    runs = {}
    for round_number in range(options.rounds):
        for case in cases:
            for mode in ("plain", "batch"):
                for target in ("server", "tls", "raw"):
                    if target == "raw" and case[1] == 0 or target == "tls" and case not in TLS_CASES:
                        continue
                    report = measure(case, mode, target, options.seconds)
                    runs.setdefault((case, mode, target), []).append(report)
                    note(round_number, case, mode, target, report)
        for shape in shapes:
            report = measure_shape(shape, options.seconds)
            runs.setdefault(shape[0], []).append(report)
            note_shape(round_number, shape, report)
        for crowd in crowds:
            report = load(crowd, "batch", "near", CROWD_SECONDS * 1000, CROWD_FLAGS)
            runs.setdefault(crowd, []).append(report)
            note_crowd(round_number, crowd, report)
    table = render(runs, cases, options) + render_shapes(runs, shapes) + render_crowds(runs, crowds)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(table)
    print(table)


def name(case):
    clients, rate = case
    return f"{clients}x{rate}" if rate else f"{clients} idle"


def measure(case, mode, target, seconds):
    """One run against a fresh process; the load test's report with the memory before anybody came."""
    clients, rate = case
    spawn_ms = 10
    ramp_ms = clients * spawn_ms + 2000
    more = ["--load-spawn-interval-ms", str(spawn_ms)] + ([] if rate else ["--idle"])
    return load(case, mode, target, ramp_ms + seconds * 1000, more)


def measure_shape(shape, seconds):
    """One run of a shape: half of it is over when clients come back."""
    word, clients, rate, more = shape
    spawn_ms = 5
    length = {
        "storm": seconds * 2000,
        "restart": 2 * (clients * spawn_ms + seconds * 1000) + 4000,
        "slow newcomer": clients * spawn_ms + seconds * 2000,
    }[word]
    shape_flag = ["--load-shape", "slow" if word == "slow newcomer" else word]
    more = [*shape_flag, "--load-spawn-interval-ms", str(spawn_ms), *more]
    return load((clients, rate), "batch", "server", length, more)


def load(case, mode, target, duration_ms, more):
    """The load test's report against a fresh process, with the memory before anybody came."""
    clients, rate = case
    with tempfile.TemporaryDirectory() as data:
        process = start(case, mode, target, data)
        try:
            empty = resident(process.pid)
            # Rank and file in a tile each, and the same steps in every version: figures compare.
            command = [
                "taskset", "-c", LOAD_CORE, release("comutiny-server"), "load-test", "--json",
                "--load-target-url", f"https://localhost:{PORT}" if target == "tls" else f"http://127.0.0.1:{PORT}",
                "--load-clients", str(clients), "--load-walk", "march",
                "--load-duration-ms", str(duration_ms),
                "--load-update-interval-ms", str(1000 // rate if rate else 1000),
                "--mode", mode, "--ack-every", "20", "--server-pid", str(process.pid), *more,
            ]  # fmt: skip
            trust = {"SSL_CERT_FILE": f"{data}/cert.pem"} if target == "tls" else {}
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                  env={**os.environ, **trust})  # fmt: skip
            if not done.stdout:
                sys.exit(f"the load test said nothing: {done.stderr}")
            report = json.loads(done.stdout)
            report["emptyBytes"] = empty
            report["load1"] = os.getloadavg()[0]
            return report
        finally:
            process.terminate()
            process.wait(timeout=20)


def start(case, mode, target, data):
    clients, rate = case
    if target == "raw":
        command = [release("examples/raw_writer"), str(PORT), str(clients), str(rate), mode]
    else:
        command = [release("comutiny-server"), "serve", "--server-host", "127.0.0.1",
                   "--server-port", str(PORT), "--data-dir", data, "--log", "warn"]  # fmt: skip
        if target != "near":
            # What a delivery costs is asked, so everybody hears of every step, however large the crowd.
            command += ["--nearness-from", "0"]
    if target == "tls":
        certify(data)
        command += ["--tls-cert", f"{data}/cert.pem", "--tls-key", f"{data}/key.pem"]
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *command],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    for _ in range(200):
        if process.poll() is not None:
            sys.exit(f"{command[0]} ended at once; is port {PORT} free?")
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=1).close()
            time.sleep(0.5)
            return process
        except OSError:
            time.sleep(0.05)
    sys.exit(f"{command[0]} does not listen")


def certify(data):
    """A certificate for `localhost` that is its own authority."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-addext", "basicConstraints=critical,CA:FALSE",
         "-keyout", f"{data}/key.pem", "-out", f"{data}/cert.pem"],
        check=True, stderr=subprocess.DEVNULL)  # fmt: skip


def release(path):
    return str(ROOT / "target" / "release" / path)


def resident(pid):
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


def cost(case, report):
    """Microseconds of the server's processor time per update that was due at another client."""
    clients, rate = case
    due = clients * (clients - 1) * rate
    return report["server"]["cpuPercent"] * 1e4 / due


def note(round_number, case, mode, target, report):
    server = report["server"]
    valid = "" if report["valid"] else f"  INVALID: {'; '.join(report['invalidBecause'])}"
    each = server["cpuUsPerDelivery"] if target != "raw" else cost(case, report) if case[1] else None
    print(f"round {round_number + 1}, {name(case)} {mode} {target}: {server['cpuPercent']} % of a core, "
          f"{each} us each{valid}", file=sys.stderr, flush=True)  # fmt: skip


def note_shape(round_number, shape, report):
    arrival = report["latency"]["arrival"]["summary"]
    valid = "" if report["valid"] else f"  INVALID: {'; '.join(report['invalidBecause'])}"
    print(f"round {round_number + 1}, {shape[0]} of {shape[1]}: arrival p99 {arrival['p99Ms']} ms, "
          f"{aborted(report)} aborted{valid}", file=sys.stderr, flush=True)  # fmt: skip


def note_crowd(round_number, crowd, report):
    near = steady(report, "near", "p99Ms")
    valid = "" if report["valid"] else f"  INVALID: {'; '.join(report['invalidBecause'])}"
    print(f"round {round_number + 1}, {name(crowd)} by distance: near p99 {near} ms, "
          f"{report['server']['cpuPercent']} % of a core{valid}", file=sys.stderr, flush=True)  # fmt: skip


def steady(report, kind, key):
    """Of the seconds in the second half of a run the median."""
    moving = [it[kind][key] for it in report["seconds"] if it[kind]]
    return statistics.median(moving[len(moving) // 2 :]) if moving else None


def aborted(report):
    """Connections that the server ended while they were needed, or did not take."""
    return report["connections"]["lost"] + report["connections"]["failed"]


def spread(values):
    """Median and range of what was measured."""
    values = [value for value in values if value is not None]
    if not values:
        return "-"
    low, middle, high = min(values), statistics.median(values), max(values)
    digits = 3 if middle < 1 else 1
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def render(runs, cases, options):
    lines = [
        f"Measured on {platform.machine()}, {cpu()}, {os.cpu_count()} cores, Linux {platform.release()}; "
        f"server and load on a core each; {options.rounds} rounds, median (lowest to highest).",
        "",
        "| case | clients | CPU per delivery, us | raw writer, us | ratio | arrived, % | fan-out p50, ms "
        "| fan-out p99, ms | age p99, ms | bytes per step | lost last states | doubled | load test, % | valid |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    idle = []
    for case in cases:
        for mode in ("plain", "batch"):
            reports = runs[(case, mode, "server")]
            if case[1] == 0:
                each = [(it["server"]["memoryPeakBytes"] - it["emptyBytes"]) / case[0] / 1000
                        for it in reports]  # fmt: skip
                busy = [it["server"]["cpuPercent"] for it in reports]
                idle.append(f"{case[0]} {mode} clients joined and standing still: {spread(each)} kB "
                            f"of memory each at most, {spread(busy)} % of a core.")  # fmt: skip
                continue
            own = [it["server"]["cpuUsPerDelivery"] for it in reports]
            raw = [cost(case, it) for it in runs[(case, mode, "raw")]]
            ratio = statistics.median(own) / statistics.median(raw)
            totals = [it["totals"] for it in reports]
            latency = lambda kind, key: [  # noqa: E731
                it["latency"][kind]["summary"][key] for it in reports]  # fmt: skip
            cells = [
                name(case), mode, spread(own), spread(raw), f"{ratio:.2f}",
                spread([it["deliveredPercent"] for it in totals]),
                spread(latency("fanout", "p50Ms")), spread(latency("fanout", "p99Ms")),
                spread(latency("age", "p99Ms")), spread([it["bytesPerStep"] for it in totals]),
                str(max(it["missing"]["lastStates"] for it in totals)),
                str(max(it["deliveries"]["duplicated"] for it in totals)),
                spread([it["generator"]["cpuPercent"] for it in reports]),
                f"{sum(it['valid'] for it in reports)} of {len(reports)}",
            ]  # fmt: skip
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines + [""] + idle + render_tls(runs, cases)) + "\n"


def render_tls(runs, cases):
    """The same deliveries within TLS, beside those without."""
    lines = ["", "| within TLS | clients | CPU per delivery, us | without, us | ratio |", "|---|---|---|---|---|"]
    for case in cases:
        for mode in ("plain", "batch") if case in TLS_CASES else ():
            within, without = ([it["server"]["cpuUsPerDelivery"] for it in runs[(case, mode, target)]]
                               for target in ("tls", "server"))  # fmt: skip
            ratio = statistics.median(within) / statistics.median(without)
            lines.append(f"| {name(case)} | {mode} | {spread(within)} | {spread(without)} | {ratio:.2f} |")
    return lines if len(lines) > 3 else []


def render_shapes(runs, shapes):
    if not shapes:
        return ""
    lines = [
        "",
        "| shape | clients | arrival p50, ms | arrival p99, ms | all in after, s | aborted | fan-out p99, ms "
        "| memory at most, MB | CPU, s | lost last states | valid |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for word, clients, rate, _ in shapes:
        reports = runs[word]
        arrival = lambda key: spread(  # noqa: E731
            [it["latency"]["arrival"]["summary"][key] for it in reports])  # fmt: skip
        all_in = [it["totals"]["allInMs"] for it in reports]
        cells = [
            word, f"{clients} batch, {rate}/s", arrival("p50Ms"), arrival("p99Ms"),
            spread([None if ms is None else ms / 1000 for ms in all_in]),
            str(max(map(aborted, reports))),
            spread([it["latency"]["fanout"]["summary"]["p99Ms"] for it in reports]),
            spread([it["server"]["memoryPeakBytes"] / 1e6 for it in reports]),
            spread([cpu_seconds(it) for it in reports]),
            str(max(it["totals"]["missing"]["lastStates"] for it in reports)),
            f"{sum(it['valid'] for it in reports)} of {len(reports)}",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "A slow newcomer is one of 5 % that read 150 kB/s; its own waits are no part of the fan-out."]
    return "\n".join(lines) + "\n"


def render_crowds(runs, crowds):
    if not crowds:
        return ""
    lines = [
        "",
        "| by distance | near p50, ms | near p99, ms | far p99, ms | kB/s of a batch client | kB/s of a single one "
        "| server, % of a core | load test, % | aborted | lost last states | valid |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for crowd in crowds:
        reports = runs[crowd]
        times = lambda kind, key: spread([steady(it, kind, key) for it in reports])  # noqa: E731
        kilobytes = lambda key: spread([it["totals"][key] / 1000 for it in reports])  # noqa: E731
        cells = [
            name(crowd), times("near", "p50Ms"), times("near", "p99Ms"), times("far", "p99Ms"),
            kilobytes("bytesPerClient"), kilobytes("bytesPerPlainClient"),
            spread([it["server"]["cpuPercent"] for it in reports]),
            spread([it["generator"]["cpuPercent"] for it in reports]),
            str(max(map(aborted, reports))),
            str(max(it["totals"]["missing"]["lastStates"] for it in reports)),
            f"{sum(it['valid'] for it in reports)} of {len(reports)}",
        ]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", "Near are the 100 nearest within ten tiles, far everybody else; the median of the seconds in the second "
              "half of a run. One client in twenty reads single updates and counts in neither; 2 % of all are read. Where the "
              "load test takes all of its core, the times are its own as well, and the run is not valid."]  # fmt: skip
    return "\n".join(lines) + "\n"


def cpu_seconds(report):
    """Processor time of the server over the whole run."""
    before, total = 0, 0
    for second in report["seconds"]:
        total += (second["processes"]["serverCpuPercent"] or 0) / 100 * (second["atS"] - before)
        before = second["atS"]
    return total


def cpu():
    with open("/proc/cpuinfo") as info:
        models = [line.split(":", 1)[1].strip() for line in info if line.startswith("model name")]
    return models[0] if models else "unknown processor"


if __name__ == "__main__":
    main()

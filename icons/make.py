#!/usr/bin/env python3
"""Makes every icon file of the desktop app from the drawings in this folder.

Needs rsvg-convert (Debian: librsvg2-bin). The results are committed, so building the app does not.
"""

import struct
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
# Below this many pixels bodies, glow and reflections turn to mud, so the simple drawing is used.
SMALL = 32


def png(drawing: str, size: int) -> bytes:
    command = ["rsvg-convert", "--width", str(size), "--height", str(size), str(HERE / drawing)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def app(size: int) -> bytes:
    return png("app-small.svg" if size <= SMALL else "app.svg", size)


def ico(sizes: list[int]) -> bytes:
    """Windows: a directory of pictures, each a whole PNG (read since Windows Vista)."""
    pictures = [(size, app(size)) for size in sizes]
    offset = 6 + 16 * len(pictures)
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, data in pictures:
        edge = size % 256  # 256 is written as 0.
        head += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def icns(pictures: list[tuple[bytes, int]]) -> bytes:
    """macOS: a list of typed chunks, each a whole PNG."""
    chunks = b""
    for kind, size in pictures:
        data = app(size)
        chunks += kind + struct.pack(">I", len(data) + 8) + data
    return b"icns" + struct.pack(">I", len(chunks) + 8) + chunks


def main() -> None:
    for size in (16, 24, 32, 48, 64, 128, 256, 512):
        (HERE / f"{size}x{size}.png").write_bytes(app(size))
    (HERE / "128x128@2x.png").write_bytes(app(256))
    (HERE / "icon.png").write_bytes(app(512))
    (HERE / "icon.ico").write_bytes(ico([16, 24, 32, 48, 64, 128, 256]))
    kinds = [(b"icp4", 16), (b"icp5", 32), (b"icp6", 64), (b"ic07", 128), (b"ic08", 256), (b"ic09", 512)]
    retina = [(b"ic10", 1024), (b"ic11", 32), (b"ic12", 64), (b"ic13", 256), (b"ic14", 512)]
    (HERE / "icon.icns").write_bytes(icns(kinds + retina))
    for state in ("running", "stopped"):
        (HERE / f"tray-{state}.png").write_bytes(png(f"tray-{state}.svg", 64))


if __name__ == "__main__":
    main()

"""The machines that the demo people work on, as ZCode describes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from privacy_center.sandbox.demo.lines import Line, identity
from privacy_center.sandbox.demo.moments import iso
from privacy_center.sandbox.demo.repertoire import Habits

MAC, LINUX, WINDOWS, PHONE = "mac", "linux", "windows", "phone"
OWNED = {"zai-mei": (MAC, LINUX, PHONE), "zai-jun": (WINDOWS, LINUX, PHONE, MAC), "zai-alex": (MAC, PHONE), "zai-sam": (WINDOWS, PHONE)}
KINDS: dict[str, Line] = {
    MAC: {
        "brand": "Apple",
        "model": "MacBook Pro 14″",
        "manufacturer": "Apple Inc.",
        "system_version": "macOS 26.1",
        "api_version": "Darwin 25.1.0",
        "cpu": {"frequency": "4.51 GHz", "model": "Apple M4 Pro", "architecture": "arm64"},
        "disk": "1 TB SSD, 412 GB free",
        "architecture": "arm64",
        "network_status": "wifi",
    },
    LINUX: {
        "brand": "Lenovo",
        "model": "ThinkStation P3",
        "manufacturer": "Lenovo",
        "system_version": "Ubuntu 24.04.3 LTS",
        "api_version": "Linux 6.14",
        "cpu": {"frequency": "5.6 GHz", "model": "Intel Core i9-14900", "architecture": "x86_64"},
        "disk": "2 TB NVMe, 1.3 TB free",
        "architecture": "x86_64",
        "network_status": "ethernet",
    },
    WINDOWS: {
        "brand": "Dell",
        "model": "XPS 15 9530",
        "manufacturer": "Dell Inc.",
        "system_version": "Windows 11 25H2",
        "api_version": "10.0.26200",
        "cpu": {"frequency": "2.6 GHz", "model": "Intel Core i7-13700H", "architecture": "x86_64"},
        "disk": "1 TB NVMe, 208 GB free",
        "architecture": "x86_64",
        "network_status": "wifi",
    },
    PHONE: {
        "brand": "Google",
        "model": "Pixel 9",
        "manufacturer": "Google",
        "system_version": "Android 16",
        "api_version": "36",
        "cpu": {"frequency": "3.1 GHz", "model": "Tensor G4", "architecture": "arm64"},
        "architecture": "arm64",
        "network_status": "cellular",
    },
}
SCREENS = {MAC: "3024×1964", LINUX: "3840×2160", WINDOWS: "1920×1200", PHONE: "1080×2424"}
SYSTEMS = {MAC: ("macOS", "26.1"), LINUX: ("Linux", "6.14"), WINDOWS: ("Windows", "10.0.26200"), PHONE: ("Android", "16")}
BROWSERS = {MAC: "Safari 26.1", LINUX: "Firefox 145", WINDOWS: "Edge 142", PHONE: "Chrome 142 Mobile"}
RELEASES = (
    (19, "3.15.1"),
    (44, "3.15.0"),
    (71, "3.14.4"),
    (98, "3.14.0"),
    (140, "3.12.2"),
    (189, "3.10.1"),
    (240, "3.8.0"),
    (301, "3.5.3"),
    (350, "3.4.1"),
    (10_000, "3.2.0"),
)


def devices(subject: str, habits: Habits, language: str, now: datetime) -> Iterator[Line]:
    """The machines of *subject*, the first one seen today, the last one long ago."""
    for number, kind in enumerate(OWNED[subject]):
        yield {
            "type": "device",
            "id": device_id(subject, kind),
            "user": subject,
            **KINDS[kind],
            "time_zone": habits.time_zone,
            "region": habits.region,
            "language": language,
            "thread_count": 38 + 7 * number,
            "uptime_seconds": 91_000 + 260_000 * number,
            "application": {"name": "ZCode", "version": version(41 * number)},
            "seen_at": iso(now - timedelta(days=41 * number, minutes=17)),
        }


def device_id(subject: str, kind: str) -> str:
    """The identifier of one of somebody's machines."""
    return identity("dev", f"{subject}/{kind}")


def version(days: float) -> str:
    """The version of ZCode that was current so many days ago."""
    return next(number for oldest, number in RELEASES if days <= oldest)

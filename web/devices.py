"""What a person calls the device behind a browser's long name for itself."""

from __future__ import annotations

# The first that fits: browsers name those they descend from as well.
BROWSERS = (
    ("MicroMessenger", "微信 WeChat"),
    ("wxwork", "企业微信 WeCom"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return browser and system, or as much as can be told."""
    found = (next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(part for part in found if part) or user_agent[:40]

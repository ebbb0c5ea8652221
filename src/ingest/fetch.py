"""Fetch one web address politely: robots.txt is obeyed, sizes and times are limited, private addresses are refused."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from ingest.errors import BadInput
from ingest.ids import hash_bytes

if TYPE_CHECKING:
    import httpx

USER_AGENT = "convenor/0.1 (research tool; reads single pages on request)"
MAX_REDIRECTS = 5
_MAX_ROBOTS = 500_000
_KEPT_HEADERS = ("content-type", "content-language", "last-modified", "etag", "date", "server")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = frozenset({80, 443, 8000, 8080, 8443})


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """What one fetch may take; `allow_private` is for tests against a server on this machine."""

    timeout_seconds: float = 30.0
    max_bytes: int = 50 << 20
    allow_private: bool = False
    obey_robots: bool = True
    user_agent: str = USER_AGENT


DEFAULT_SETTINGS = FetchSettings()


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    data: bytes


def fetch_url(url: str, settings: FetchSettings = DEFAULT_SETTINGS) -> tuple[bytes, dict[str, Any]]:
    """Return (bytes, sidecar) of a web address: url, final_url, redirects, retrieved_utc, status, headers, sha256.

    Raises BadInput: not_readable (no such host, private address, robots.txt, HTTP error, too many redirects),
    too_large, timeout.
    """
    deadline = time.monotonic() + settings.timeout_seconds
    current, visited = _check_url(url), list[str]()
    robots: dict[str, RobotFileParser] = {}
    for _ in range(MAX_REDIRECTS + 1):
        if settings.obey_robots:
            _check_robots(current, robots, settings, deadline)
        answer = _request(current, settings, settings.max_bytes, deadline)
        visited.append(current)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            return _result(url, current, visited, answer)
        current = _check_url(urljoin(current, answer.headers["location"]))
    raise BadInput("not_readable", f"The address redirects more than {MAX_REDIRECTS} times; open it in a browser.")


def _result(url: str, final_url: str, visited: list[str], answer: _Answer) -> tuple[bytes, dict[str, Any]]:
    if answer.status != 200:
        raise BadInput("not_readable", f"The server answered {answer.status}; check the address in a browser.")
    sidecar: dict[str, Any] = {
        "url": url,
        "final_url": final_url,
        "redirects": visited[1:],
        "retrieved_utc": datetime.now(UTC).isoformat(timespec="seconds"),
        "status": answer.status,
        "headers": {name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers},
        "sha256": hash_bytes(answer.data),
    }
    return answer.data, sidecar


def _check_url(url: str) -> str:
    """Return the address without fragment.  Raises BadInput for anything but plain http and https addresses."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise BadInput(
            "not_readable", "This is no web address; it should look like https://example.org/page."
        ) from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise BadInput("not_readable", "Only http and https addresses can be fetched; save other files to data/raw.")
    if parts.username or parts.password:
        raise BadInput("not_readable", "Addresses with a user name in them are not fetched; save the page instead.")
    del port
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))


def _resolve(host: str, port: int, settings: FetchSettings) -> str:
    """Return one address of the host after checking them all; the connection goes to that very address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise BadInput("not_readable", f"There is no host {host}; check the address.") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not settings.allow_private:
        if port not in _PORTS:
            raise BadInput("not_readable", f"Port {port} is not one web pages are served from; it was not fetched.")
        for address in addresses:
            if not _is_public(address):
                raise BadInput("not_readable", f"{host} is an address inside a private network and was not fetched.")
    return addresses[0]


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return (mapped or parsed).is_global and parsed.is_global and not parsed.is_multicast


def _request(url: str, settings: FetchSettings, max_bytes: int, deadline: float) -> _Answer:
    import httpx

    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _resolve(host, port, settings)
    pinned = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    target = urlunsplit((parts.scheme, pinned, parts.path, parts.query, ""))
    headers = {
        "Host": parts.netloc,
        "User-Agent": settings.user_agent,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
    }
    remaining = max(deadline - time.monotonic(), 0.1)
    try:
        with (
            httpx.Client(timeout=remaining, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": host}) as response,
        ):
            data = _read_body(response, max_bytes, deadline)
            return _Answer(
                response.status_code, {name.lower(): value for name, value in response.headers.items()}, data
            )
    except httpx.TimeoutException as error:
        raise BadInput("timeout", "The server did not answer in time; try again later.") from error
    except httpx.HTTPError as error:
        raise BadInput(
            "not_readable", f"The page could not be fetched ({type(error).__name__}); try it in a browser."
        ) from error


def _read_body(response: httpx.Response, max_bytes: int, deadline: float) -> bytes:
    if response.status_code in _REDIRECTS:
        return b""
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise BadInput("too_large", f"The file has more than {max_bytes >> 20} MB; save it by hand if it is needed.")
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        size += len(part)
        if size > max_bytes:
            raise BadInput(
                "too_large", f"The file has more than {max_bytes >> 20} MB; save it by hand if it is needed."
            )
        if time.monotonic() > deadline:
            raise BadInput("timeout", "The server sends the page too slowly; try again later.")
        parts.append(part)
    return b"".join(parts)


def _check_robots(url: str, known: dict[str, RobotFileParser], settings: FetchSettings, deadline: float) -> None:
    parts = urlsplit(url)
    site = urlunsplit((parts.scheme, parts.netloc, "", "", ""))
    if site not in known:
        known[site] = _read_robots(site, settings, deadline)
    if not known[site].can_fetch(settings.user_agent, url):
        raise BadInput(
            "not_readable", "The site's robots.txt asks programs not to fetch this page; save it from a browser."
        )


def _read_robots(site: str, settings: FetchSettings, deadline: float) -> RobotFileParser:
    """Return the site's rules as RFC 9309 reads them: none where there is no file, nothing allowed on server errors."""
    rules = RobotFileParser()
    url = f"{site}/robots.txt"
    answer = _request(url, settings, _MAX_ROBOTS, deadline)
    for _ in range(MAX_REDIRECTS):
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            break
        url = _check_url(urljoin(url, answer.headers["location"]))
        answer = _request(url, settings, _MAX_ROBOTS, deadline)
    if answer.status == 200:
        rules.parse(answer.data.decode("utf-8", "replace").splitlines())
    elif answer.status >= 500:
        rules.parse(["User-agent: *", "Disallow: /"])
    else:
        rules.parse([])
    return rules

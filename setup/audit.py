"""Asks PyPI for known vulnerabilities of every locked package, with pip-audit; part of `make lint`.

It asks once a day and after every change of a lock: 120 requests take 10 to 20 s. Exit code 1 when a package
has a known vulnerability. Where there is no network, or a mirror without such data, it prints one line
instead.
"""

from __future__ import annotations

import importlib.metadata
import json
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from setup import prepare

LOCKS = (prepare.LOCKS["dev"], prepare.TOOLS_LOCK)  # the dev lock holds what the program needs, too
STAMP = prepare.VENV / ".audited"
PIP_AUDIT = prepare.program_in(prepare.VENV, "pip-audit")
# pip-audit asks at addresses of this form, and takes 404 for a package that PyPI does not have. Some mirrors
# answer so for every package: that must not pass for "no vulnerability".
PROBE = "https://pypi.org/pypi/pip-audit/{version}/json"
PROBE_SECONDS = 5.0


def main() -> int:
    """Audits the locks; returns the exit code."""
    stamp = prepare.fingerprint(str(datetime.now(UTC).date()), *(lock.read_text("utf-8") for lock in LOCKS))
    if STAMP.exists() and STAMP.read_text("utf-8") == stamp:
        return 0
    env = prepare.network_environment()
    why_not = missing_data(PROBE.format(version=importlib.metadata.version("pip-audit")), env)
    if why_not:
        print(f"Packages were not audited for known vulnerabilities: {why_not}.")
        return 0
    env.setdefault("REQUESTS_CA_BUNDLE", env.get("SSL_CERT_FILE", ""))
    audited = subprocess.run(
        [str(PIP_AUDIT), "--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]
        + [word for lock in LOCKS for word in ("-r", str(lock))],
        env=env,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    try:
        report = json.loads(audited.stdout)
    except ValueError:
        print("pip-audit failed:", *audited.stderr.splitlines()[-3:], sep="\n    ")
        return 1
    for line in (found := vulnerabilities(report)):
        print(line)
    if found:
        return 1
    unknown = [package["name"] for package in report["dependencies"] if "skip_reason" in package]
    but = f" PyPI does not have {', '.join(unknown)}." if unknown else ""
    print(f"No known vulnerability in {len(report['dependencies']) - len(unknown)} locked packages.{but}")
    STAMP.write_text(stamp, "utf-8")
    return 0


def missing_data(url: str, env: Mapping[str, str]) -> str:
    """Why there is no vulnerability data at `url`, PyPI's JSON for one release; empty when there is."""
    proxies = urllib.request.getproxies()
    if "ALL_PROXY" in env:
        proxies.setdefault("https", env["ALL_PROXY"])
    context = ssl.create_default_context(cafile=env.get("SSL_CERT_FILE"))
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=context)
    )
    try:
        with opener.open(url, timeout=PROBE_SECONDS) as answer:
            has_data = "vulnerabilities" in json.load(answer)
    except urllib.error.HTTPError as error:
        return f"{url} answers {error.code}"
    except OSError as error:
        return f"{url} cannot be reached ({getattr(error, 'reason', error)})"
    except ValueError:
        has_data = False
    return "" if has_data else f"{url} answers without them"


def vulnerabilities(report: Mapping[str, Any]) -> list[str]:
    """A line for each vulnerability in pip-audit's JSON."""
    return [
        f"{package['name']} {package['version']}: {' '.join([each['id'], *each['aliases']])}, "
        f"fixed in {', '.join(each['fix_versions']) or 'no version yet'}. {each['description'][:200]}"
        for package in report["dependencies"]
        for each in package.get("vulns", [])
    ]


if __name__ == "__main__":
    sys.exit(main())

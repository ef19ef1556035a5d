#!/usr/bin/env python3
"""Opens report.html from disk in a headless Chromium with the network off, and uses it as a reader would.

    python3 tests/browser/report_page.py OUT/report.html PLACE [FOLDER]

PLACE is the name of a village in it. It switches the alternative, searches the village, points at a town,
prints to PDF, and fails on a wrong text, an error on the console or a request of any kind. Screenshot and PDF
go to FOLDER. Needs chromium and python3-websocket.
"""
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

import websocket


class Browser:
    """One page of a browser, spoken to over its debugging port."""

    def __init__(self, profile):
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", "--window-size=1200,1000", f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = pathlib.Path(profile) / "DevToolsActivePort"
        for _ in range(300):
            if port_file.exists() and port_file.read_text().strip():
                break
            time.sleep(0.1)
        port = port_file.read_text().split()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
            pages = [page for page in json.load(answer) if page["type"] == "page"]
        self.socket = websocket.create_connection(pages[0]["webSocketDebuggerUrl"], timeout=120)
        self.number = 0
        self.requests, self.complaints = [], []

    def heard(self, message):
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(told["exceptionDetails"])[:400])
        elif method == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning", "assert"):
            self.complaints.append(json.dumps(told["args"])[:400])
        elif method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning"):
            self.complaints.append(told["entry"]["text"])
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append("a dialog: " + told["message"])

    def ask(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                assert "error" not in message, (method, message)
                return message["result"]
            self.heard(message)

    def value(self, script):
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def until(self, script):
        for _ in range(100):
            found = self.value(script)
            if found:
                return found
            time.sleep(0.1)
        raise AssertionError(f"never true: {script}")


def main():
    page, place = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    folder = pathlib.Path(sys.argv[3] if len(sys.argv) > 3 else tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    answer = json.loads((page.parent / "comparison.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            use(browser, page, place, folder, answer)
        finally:
            browser.process.terminate()
            browser.process.wait()


def use(browser, page, place, folder, answer):
    for domain in ("Network", "Page", "Runtime", "Log"):
        browser.ask(f"{domain}.enable")
    browser.ask("Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0,
                uploadThroughput=0)
    started = time.time()
    browser.ask("Page.navigate", url=page.as_uri())
    browser.until("document.readyState === 'complete' && document.querySelectorAll('#alternative option').length > 1")
    opened = time.time() - started

    # The best alternative is chosen, and its figures are those of the answer.
    alternatives = answer["alternatives"]
    best = alternatives[0]
    mean = f"{best['county']['mean_response_seconds']['value'] / 60:.1f}"
    assert mean in browser.value("document.querySelector('tr.best').textContent"), mean
    assert mean in browser.value("document.querySelector('.tiles').textContent")
    headline = browser.value("document.querySelector('.headline').textContent")
    names = [[site["name"], site["name_en"]] for site in best["sites"]]
    assert all(any(name in headline for name in pair) for pair in names), headline
    assert browser.value("document.getElementById('alternative').value") == "1"

    # Another alternative has other areas; today's stations are fewer.
    def areas():
        return browser.value("[...document.querySelectorAll('.leaflet-bands-pane path')].map(p => p.getAttribute('d')).join()")

    def marks():
        return browser.value("document.querySelectorAll('.leaflet-stations-pane path').length")

    with_best, stations = areas(), marks()
    assert len(with_best) > 1000
    choose = "(number => {const s = document.getElementById('alternative'); s.value = number; s.dispatchEvent(new Event('change'));})"
    browser.value(f"{choose}('0')")
    assert areas() != with_best and marks() == stations - len(best["sites"])
    browser.value(f"{choose}('1')")
    assert areas() == with_best and marks() == stations

    # The village is found, with its station and its minutes before and after.
    browser.value(f"(() => {{const s = document.getElementById('search'); s.value = {json.dumps(place)};"
                  " s.dispatchEvent(new Event('input'));})()")
    hit = browser.value("document.querySelector('#hits button').textContent")
    assert place in hit, hit
    browser.value("document.querySelector('#hits button').click()")
    said = browser.value("document.getElementById('answer').textContent")
    row = browser.value(f"[...document.querySelectorAll('#points tr')].map(r => [...r.cells].map(c => c.textContent))"
                        f".find(r => (r[0] + r[1]).replace(/ /g, '') === {json.dumps(hit.replace(' ', ''))})")
    assert row, f"{hit} is not in the appendix"
    for words in (row[3], row[4], row[5], row[6]):
        assert words in said, (words, said)
    browser.value("document.getElementById('search').value = '没有的村'; document.getElementById('search')"
                  ".dispatchEvent(new Event('input'))")
    assert browser.value("document.querySelectorAll('#hits button').length") == 0

    # The mouse over a town shows its figures.
    browser.value("document.getElementById('map').scrollIntoView()")
    spot = browser.until("(() => {const marks = [...document.querySelectorAll('.leaflet-points-pane path[fill=\"#ffd\"]')];"
                         "for (const m of marks) {const b = m.getBoundingClientRect(), x = b.x + b.width / 2, y = b.y + b.height / 2;"
                         "if (document.elementFromPoint(x, y) === m) return [x, y];} return null;})()")
    browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=spot[0] + 40, y=spot[1] + 40)
    browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=spot[0], y=spot[1])
    shown = browser.until("(() => {const t = document.querySelector('.leaflet-tooltip:not(.town)'); return t && t.textContent;})()")
    town = next(t for t in best["towns"] if shown.startswith(t["name"]) or shown.startswith(t["name_en"]))
    assert f"{town['p90_response_seconds']['value'] / 60:.1f}" in shown, shown

    browser.value("document.getElementById('map-section').scrollIntoView()")
    time.sleep(0.3)
    picture = browser.ask("Page.captureScreenshot", format="png")
    (folder / "report-map.png").write_bytes(base64.b64decode(picture["data"]))
    browser.value("window.scrollTo(0, 0)")
    picture = browser.ask("Page.captureScreenshot", format="png")
    (folder / "report-top.png").write_bytes(base64.b64decode(picture["data"]))
    printed = browser.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    pdf = base64.b64decode(printed["data"])
    assert pdf.startswith(b"%PDF") and len(pdf) > 50_000
    (folder / "report.pdf").write_bytes(pdf)

    width, room = browser.value("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room, f"the page is {width} px wide in a window of {room}"
    # On a phone, what is wider than the screen moves by itself.
    browser.ask("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=2, mobile=True)
    width = browser.value("document.documentElement.scrollWidth")
    assert width <= 390, f"the page is {width} px wide on a phone of 390"
    picture = browser.ask("Page.captureScreenshot", format="png")
    (folder / "report-phone.png").write_bytes(base64.b64decode(picture["data"]))
    others = [url for url in browser.requests if url != page.as_uri() and not url.startswith("data:")]
    assert not others, others
    assert not browser.complaints, browser.complaints
    assert page.stat().st_size < 6_000_000, page.stat().st_size
    print(f"{page.name}: {page.stat().st_size / 1e6:.2f} MB, opened in {opened:.1f} s, no request, no complaint; "
          f"{said}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Opens a page of `rcustress --output html=FILE` in a headless Chromium and looks at it.

    html-check.py [--json RUN.json] [--images FOLDER] [--paper] PAGE.html

Nothing may be asked of any network or said on the console; structure, contrast in light
and dark, width on a phone and the printed page must be in order; and with --json the
tables must hold what the document of the same run does. Prints what is wrong, and exits
with 1 then. Chromium is told what to do through a pipe, in its DevTools protocol.
"""
import argparse
import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --remote-debugging-pipe --hide-scrollbars"
).split()

VIEWS = ((320, "light"), (360, "dark"), (1280, "light"), (1280, "dark"))

# All that is visible and has text of its own: the least contrast with what is behind it.
CONTRAST = """(() => {
  const rgb = text => (text.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = c => { const l = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ?
    v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2]; };
  const behind = e => { for (; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = [], seen = new Set();
  const kind = e => e.tagName + '.' + e.getAttribute('class');
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('title, desc')) continue;
    const kinds = [e, e.parentElement, e.parentElement.parentElement].map(kind).join();
    if (seen.has(kinds)) continue;
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    seen.add(kinds);
    const s = getComputedStyle(e);
    const a = light(rgb(e.closest('svg') ? s.fill : s.color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(`${kinds} ${ratio.toFixed(2)}`);
  }
  return {bad, paper: light(behind(document.body))};
})()"""

STRUCTURE = """(() => {
  const all = s => [...document.querySelectorAll(s)], wrong = [];
  const must = (ok, what) => { if (!ok) wrong.push(what); };
  must(document.documentElement.lang === 'en', 'no language');
  must(document.title.includes('rcustress'), 'no title');
  must(document.compatMode === 'CSS1Compat', 'quirks mode');
  must(all('h1').length === 1, 'not one h1');
  must(all('main').length === 1, 'not one main');
  let level = 0;
  for (const h of all('h1, h2, h3, h4, h5, h6')) {
    must(+h.tagName[1] <= level + 1, 'heading skips a level: ' + h.textContent);
    level = +h.tagName[1];
  }
  const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]');
  must(policy && policy.content.startsWith("default-src 'none'"), 'no policy');
  must(policy && !policy.content.includes('unsafe'), 'policy is unsafe');
  must(!all('script, link, iframe, object, embed, img, form, base').length, 'foreign element');
  for (const e of all('*')) {
    for (const a of e.attributes) {
      must(!/^on|^style$|^src/.test(a.name), `${e.tagName} has ${a.name}`);
      must(a.name !== 'href' || a.value[0] === '#', 'link to ' + a.value);
    }
  }
  for (const t of all('table')) {
    must(t.caption && t.caption.textContent, 'table without caption');
    must(t.tHead && t.tBodies.length === 1, 'table without head or body');
    const width = r => [...r.cells].reduce((n, c) => n + c.colSpan, 0);
    for (const r of t.rows) must(width(r) === width(t.rows[0]), 'ragged: ' + t.textContent.slice(0, 80));
  }
  must(all('th').every(e => e.scope && e.textContent.trim()), 'th without scope or text');
  for (const s of all('svg:not([aria-hidden])')) {
    const named = (s.getAttribute('aria-labelledby') || '').split(' ');
    must(s.getAttribute('role') === 'img' && named.length === 2 &&
      named.every(id => document.getElementById(id).textContent), 'svg without a name');
    must(!/NaN|inf|-nan/.test(s.outerHTML.replace(/<title>.*?<\\/title>|<text.*?<\\/text>/g, '')),
      'svg with no number');
    const box = s.viewBox.baseVal;
    for (const e of s.querySelectorAll('path, rect, circle, text')) {
      const b = e.getBBox();
      must(b.x > -3 && b.y > -3 && b.x + b.width < box.width + 3 &&
        b.y + b.height < box.height + 3, 'drawn outside: ' + e.outerHTML.slice(0, 200));
    }
  }
  const ids = all('[id]').map(e => e.id);
  must(new Set(ids).size === ids.length, 'an id twice');
  for (const a of all('a')) must(ids.includes(a.hash.slice(1)), 'link to nowhere: ' + a.hash);
  for (const d of all('details')) must(d.firstElementChild.tagName === 'SUMMARY', 'no summary');
  return [...new Set(wrong)];
})()"""

TABLES = """(() => ({
  end: document.querySelector('h1').firstElementChild.textContent,
  matrix: [...document.querySelectorAll('.matrix tbody tr')].flatMap(r =>
    [...r.cells].slice(1).filter(c => c.className !== 'none').map(c => ({
      barrier: r.cells[0].firstElementChild.textContent,
      verdict: c.querySelector('.verdict').textContent,
      tally: c.querySelector('small').textContent}))),
  tests: [...document.querySelectorAll('#tests details')].flatMap(d =>
    [...d.querySelectorAll('tbody tr')].map(r => ({
      barrier: d.querySelector('summary .name').textContent,
      test: r.cells[0].textContent,
      verdict: r.querySelector('.verdict').textContent,
      subject: r.cells[r.cells.length - 6].textContent,
      control: r.cells[r.cells.length - 5].textContent,
      p_missed: r.cells[r.cells.length - 4].textContent})))}))()"""


class Browser:
    """A Chromium with one page."""

    def __init__(self, profile):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        if program is None:
            sys.exit("html-check: no chromium")
        there, self.out = os.pipe()
        self.into, back = os.pipe()

        # Chromium reads from 3 and writes to 4.
        place = f'exec "$0" "$@" 3<&{there} 4>&{back}'
        self.process = subprocess.Popen(
            ["bash", "-c", place, program, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(there, back), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(there)
        os.close(back)
        self.rest, self.number, self.session = b"", 0, None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def receive(self):
        while b"\0" not in self.rest:
            more = os.read(self.into, 1 << 20)
            if not more:
                sys.exit("html-check: chromium has ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    sys.exit(f"html-check: {method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address):
        self.call("Page.navigate", url=address)
        while not any(e["method"] == "Page.loadEventFired" for e in self.events):
            self.events.append(self.receive())

    def ask(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            sys.exit(f"html-check: {result['exceptionDetails']}")
        return result["result"].get("value")

    def view(self, width, scheme, media=""):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def end(self):
        self.session = None
        self.call("Browser.close")
        self.process.wait(timeout=20)


def check_silence(browser, address):
    """No request but for the page itself, nothing on the console."""
    for event in browser.events:
        params = event.get("params", {})
        if event["method"] == "Network.requestWillBeSent":
            if params["request"]["url"] != address:
                yield f"request of {params['request']['url']}"
        elif event["method"] == "Log.entryAdded":
            yield f"log: {params['entry']['text']}"
        elif event["method"] in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            yield f"console: {params}"


def check_looks(browser, images, name, views):
    for width, scheme in views:
        browser.view(width, scheme)
        wide = browser.ask("document.scrollingElement.scrollWidth")
        if wide > browser.ask("innerWidth") or wide > width:
            yield f"{wide} wide at {width}"
        if images:
            image = browser.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
            path = pathlib.Path(images, f"{name}-{width}-{scheme}.png")
            path.write_bytes(base64.b64decode(image))
        found = browser.ask(CONTRAST)
        yield from (f"contrast, {scheme}: {bad}" for bad in found["bad"])
        if (found["paper"] < 0.05) != (scheme == "dark"):
            yield f"{scheme}: background of luminance {found['paper']}"


def squeeze(text):
    return re.sub(r"\s+", "", text)


def check_print(browser, tables, folder):
    """All that is folded on the screen must be on paper."""
    browser.view(1280, "light", "print")
    pdf = pathlib.Path(folder, "page.pdf")
    pdf.write_bytes(base64.b64decode(browser.call(
        "Page.printToPDF", printBackground=True, generateTaggedPDF=False)["data"]))
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True,
                          text=True).stdout
    text = squeeze(text)
    for row in tables["matrix"]:
        for part in (row["barrier"], row["verdict"], row["tally"]):
            if squeeze(part).isascii() and squeeze(part) not in text:
                yield f"not on paper: {part}"
    for row in tables["tests"]:
        for part in (row["test"], row["subject"], row["control"]):
            if squeeze(part).isascii() and squeeze(part) not in text:
                yield f"not on paper: {part}"


def cells_of(document):
    """The cells in a document, wherever they stand in it."""
    if isinstance(document, dict):
        if {"barrier", "test", "verdict"} <= document.keys() and "subject" in document:
            yield document
            return
        document = document.values()
    elif not isinstance(document, list):
        return
    for part in document:
        yield from cells_of(part)


def hits(arm):
    return f"{arm['hits']:,} of {arm['exposed']:,}" if arm and arm.get("rounds") else "not run"


def check_numbers(tables, document):
    """Each cell of the JSON of one run is a row of the page, and no row is anything else."""
    cells = list(cells_of(document))
    if not cells:
        yield "no cell in the JSON"
    rows = {(row["barrier"], row["test"]): row for row in tables["tests"]}
    if len(rows) != len(cells):
        yield f"{len(rows)} rows, {len(cells)} cells"
    counts = {}
    for cell in cells:
        name = (cell["barrier"], cell["test"])
        row = rows.get(name)
        of_barrier = counts.setdefault(cell["barrier"], {})
        of_barrier[cell["verdict"]] = of_barrier.get(cell["verdict"], 0) + 1
        if row is None:
            yield f"{name} is not on the page"
            continue
        if row["verdict"] != cell["verdict"]:
            yield f"{name}: {row['verdict']}, and {cell['verdict']} in the JSON"
        if row["subject"] != hits(cell["subject"]):
            yield f"{name}: subject {row['subject']}, and {hits(cell['subject'])} in the JSON"
        if cell.get("judged", True) and "control" in cell and row["control"] != hits(cell["control"]):
            yield f"{name}: control {row['control']}, and {hits(cell['control'])} in the JSON"
        told = cell["verdict"] in ("HOLDS", "INCONCLUSIVE") and cell["subject"]["rounds"] > 0
        p_missed = "" if not told else "1" if cell["p_missed"] >= 1 else f"{cell['p_missed']:.1e}"
        if row["p_missed"] != p_missed:
            yield f"{name}: P(missed) {row['p_missed']}, and {p_missed} in the JSON"
    if tables["end"] != document["end"]:
        yield f"{tables['end']}, and {document['end']} in the JSON"
    for row in tables["matrix"]:
        tally = {verdict: int(number.replace(",", ""))
                 for number, verdict in re.findall(r"([\d,]+) ([A-Z]+)", row["tally"])}
        if tally != counts.get(row["barrier"]):
            yield f"{row['barrier']}: {tally}, and {counts.get(row['barrier'])} in the JSON"


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--json", help="document of the same run")
    options.add_argument("--images", help="folder for pictures of the page")
    options.add_argument("--paper", action="store_true", help="look at the printed page too")
    options.add_argument("page")
    given = options.parse_args()
    page = pathlib.Path(given.page).resolve()
    wrong = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        browser = Browser(folder)
        for domain in ("Page", "Runtime", "Network", "Log"):
            browser.call(f"{domain}.enable")
        browser.open(page.as_uri())
        tables = browser.ask(TABLES)
        if given.paper:
            wrong += check_print(browser, tables, folder)
        wrong += check_looks(browser, given.images, page.stem, VIEWS if given.images else VIEWS[:1])
        browser.ask("document.querySelectorAll('details').forEach(d => d.open = true)")
        wrong += browser.ask(STRUCTURE)
        wrong += check_looks(browser, given.images, page.stem + "-open", VIEWS)
        wrong += check_silence(browser, page.as_uri())
        browser.end()
    if given.json:
        wrong += check_numbers(tables, json.loads(pathlib.Path(given.json).read_text()))
    for what in sorted(set(wrong)):
        print(f"{page.name}: {what}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""How soon a map page is there, and how soon it answers a click, in headless Chromium.

    measure.py PAGE.html

Opens the page twice (the second time the browser is warm), then clicks on the map as a whole and after each of six
steps of zoom. Prints size, seconds until the page is ready, and for clicks the most milliseconds until the handler is
done and until the next frame. Needs Chromium with its driver, selenium and Pillow, as scripts/install-dependencies
--test installs them.
"""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts"))
from look_at_page import open_page, set_size, start  # noqa: E402

CLICK = """
const [x, y, done] = arguments, map = document.getElementById('map'), box = map.getBoundingClientRect();
const start = performance.now();
const at = {clientX: box.left + box.width * x, clientY: box.top + box.height * y, bubbles: true, view: window, button: 0};
for (const kind of ['mousedown', 'mouseup', 'click']) map.dispatchEvent(new MouseEvent(kind, at));
const handled = performance.now() - start;
requestAnimationFrame(() => setTimeout(() => done([handled, performance.now() - start]), 0));
"""
ZOOM = """
const done = arguments[0], map = document.getElementById('map');
map.focus();
map.dispatchEvent(new KeyboardEvent('keydown', {key: '+', code: 'Equal', keyCode: 187, bubbles: true}));
setTimeout(done, 600);
"""
PLACES = [(0.5, 0.5), (0.4, 0.4), (0.6, 0.55), (0.45, 0.6), (0.55, 0.45), (0.3, 0.5), (0.52, 0.5), (0.5, 0.52)]


def clicks(driver, where):
    times = [driver.execute_async_script(CLICK, x, y) for x, y in PLACES]
    print(f"{where:8} handled {max(t[0] for t in times):4.0f} ms, next frame {max(t[1] for t in times):4.0f} ms")


def main(page):
    driver = start(1440, 900)
    driver.set_script_timeout(60)
    try:
        set_size(driver, 1440, 900)
        print(f"{os.path.getsize(page) / 1e6:.1f} MB")
        print("ready after " + ", then ".join(f"{open_page(driver, page):.2f} s" for _ in range(2)))
        clicks(driver, "whole")
        for step in range(1, 7):
            driver.execute_async_script(ZOOM)
            clicks(driver, f"zoom {step}")
    finally:
        driver.quit()


main(sys.argv[1])

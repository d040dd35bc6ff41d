#!/usr/bin/env python3
"""Opens map pages in headless Chromium and uses them as a planner would.

    look_at_page.py PAGE.html [--compare PAGE.html] [--screens FOLDER] [--update]

Checks that a page opens without a network and without an error, answers clicks, searches, sorts, switches its
language, prints, and passes axe; compares screenshots at three sizes with those in FOLDER (--update makes them anew).
Needs Chromium with its driver, selenium, Pillow, and axe as axe-playwright-python carries it.
"""
import argparse
import base64
import importlib.util
import io
import json
import pathlib
import re
import sys
import time

from PIL import Image, ImageChops, ImageStat
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SIZES = [(1440, 900), (1024, 768), (390, 844)]
faults = []


def expect(condition, what):
    if not condition:
        faults.append(what)
        print("FAULT", what)


def start(width, height):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-device-scale-factor=1", "--force-prefers-reduced-motion", "--lang=en",
                     "--disable-background-networking", "--disable-component-update", "--no-first-run",
                     f"--window-size={width},{height}"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def set_size(driver, width, height):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def open_page(driver, page):
    begin = time.time()
    driver.get(pathlib.Path(page).resolve().as_uri())
    while not driver.execute_script("return document.documentElement.dataset.ready"):
        if time.time() - begin > 30:
            expect(False, f"{page} was not ready after 30 s")
            break
        time.sleep(0.02)
    return time.time() - begin


def text(driver, name):
    return driver.find_element(By.ID, name).text


def plan(driver):
    return driver.execute_script("return JSON.parse(document.getElementById('plan').textContent)")


def pixels(driver, pane):
    """A number that changes with what is drawn in a pane of the map."""
    return driver.execute_script(
        "const c = document.querySelector('.leaflet-' + arguments[0] + '-pane canvas');"
        "const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let s = 0;"
        "for (let i = 0; i < d.length; i += 4) s = (s * 31 + d[i] + 3 * d[i + 1] + 7 * d[i + 2] + d[i + 3]) % 4294967291;"
        "return s;", pane)


# MARK: What a planner does

def look_without_network(driver, page):
    urls = set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            urls.add(message["params"]["request"]["url"])
    asked = {url for url in urls if not url.startswith(("data:", "about:", "chrome:"))}
    expect(asked <= {pathlib.Path(page).resolve().as_uri()}, f"the page asks for {sorted(asked)}")
    tried = driver.execute_async_script(
        "const done = arguments[0]; fetch('https://example.org/').then(() => done('went through'), () => done('refused'))")
    expect(tried == "refused", "the page's policy lets a request through")


def look_at_log(driver, expected=0):
    severe = [entry["message"] for entry in driver.get_log("browser")
              if entry["level"] == "SEVERE" and "example.org" not in entry["message"]]
    expect(len(severe) == expected, f"the log holds {severe[:3]}")


def search(driver):
    code = plan(driver)["sheets"][0]["codes"][-1]
    box = driver.find_element(By.ID, "search")
    box.clear()
    box.send_keys(code[-5:])
    expect(driver.find_elements(By.CSS_SELECTOR, "#found li[role=option]"), "search lists nothing")
    box.send_keys(Keys.ENTER)
    expect(code in text(driver, "detail-title"), f"search for {code[-5:]} shows {text(driver, 'detail-title')}")
    box.clear()
    box.send_keys("no such thing")
    expect(driver.find_elements(By.CSS_SELECTOR, "#found li.nothing"), "a search in vain says nothing")
    box.send_keys(Keys.ESCAPE)
    box.clear()


def click_on_map(driver):
    driver.find_element(By.ID, "detail-close").click()
    expect(not driver.find_element(By.ID, "detail").is_displayed(), "the figures don't close")
    stage = driver.find_element(By.ID, "map")
    driver.find_element(By.ID, "zoom-whole").click()
    time.sleep(0.2)
    before = pixels(driver, "highlight")
    for dx, dy in [(0, 0), (60, 40), (-80, 60), (90, -70), (-120, -60)]:
        ActionChains(driver).move_to_element_with_offset(stage, dx, dy).click().perform()
        if driver.find_element(By.ID, "detail").is_displayed():
            break
    expect(driver.find_element(By.ID, "detail").is_displayed(), "a click on the map shows no figures")
    expect(pixels(driver, "highlight") != before, "a picked grid is not marked")
    expect(driver.find_element(By.ID, "tip").is_displayed(), "nothing is told of the grid under the pointer")
    took = driver.execute_script(
        "const map = document.getElementById('map'), b = map.getBoundingClientRect(), t = performance.now();"
        "const at = {clientX: b.left + b.width / 2, clientY: b.top + b.height / 2, bubbles: true, view: window, button: 0};"
        "for (const kind of ['mousedown', 'mouseup', 'click']) map.dispatchEvent(new MouseEvent(kind, at));"
        "return performance.now() - t")
    return took


def sort_table(driver):
    driver.find_element(By.ID, "tab-grids").click()
    columns = [column["key"] for column in plan(driver)["sheets"][0]["columns"]]
    heads = driver.find_elements(By.CSS_SELECTOR, "#table-head th button")
    head = heads[len(heads) - len(columns) + columns.index("households")]
    at = len(heads) - len(columns) + columns.index("households") + 1

    def counts():
        cells = driver.find_elements(By.CSS_SELECTOR, f"#table-body tr[data-grid] > :nth-child({at})")
        return [int(cell.text.replace(",", "")) for cell in cells if cell.text not in ("", "–")]

    head.click()
    expect(counts() == sorted(counts(), reverse=True) and counts(), "the table is not sorted, most first")
    head.click()
    expect(counts() == sorted(counts()), "the table is not sorted, least first")
    row = driver.find_elements(By.CSS_SELECTOR, "#table-body tr[data-grid]")[1]
    code = row.find_element(By.TAG_NAME, "th").text
    row.click()
    expect(code in text(driver, "detail-title"), "a row picks no grid")
    expect(driver.find_elements(By.CSS_SELECTOR, "#table-body tr[aria-selected=true]"), "the picked row is not marked")
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()


def colour_and_layers(driver):
    before = (text(driver, "legend-list"), pixels(driver, "after"))
    driver.execute_script(
        "const m = document.getElementById('measure'); m.value = 'households'; m.dispatchEvent(new Event('change'))")
    expect(text(driver, "legend-list") != before[0], "another figure has the same legend")
    expect(pixels(driver, "after") != before[1], "another figure has the same colours")
    driver.find_element(By.ID, "layers-open").click()
    for box in driver.find_elements(By.CSS_SELECTOR, "#layer-list input"):
        shown = pixels(driver, "after")
        box.click()
        if box.get_attribute("data-layer") in ("labels", "borders", "communities", "water", "cameras"):
            expect(pixels(driver, "after") != shown, f"the layer {box.get_attribute('data-layer')} doesn't switch")
        box.click()
    driver.find_element(By.ID, "layers-open").click()


def fly_to_problem(driver):
    driver.find_element(By.ID, "tab-problems").click()
    listed = plan(driver)["problems"]
    buttons = driver.find_elements(By.CSS_SELECTOR, "#problem-list button")
    expect(len(buttons) == min(200, len(listed)), f"{len(buttons)} problems listed of {len(listed)}")
    for button in buttons:
        if "no place" not in button.text:
            before = pixels(driver, "highlight")
            button.click()
            expect(pixels(driver, "highlight") != before, "a problem is not shown on the map")
            break
    driver.find_element(By.ID, "tab-overview").click()


def switch_language(driver):
    driver.find_element(By.ID, "language").click()
    expect(driver.execute_script("return document.documentElement.lang") == "zh-CN", "the page's language stays")
    words = driver.find_element(By.TAG_NAME, "body").text
    for word in ["概览", "图层", "着色指标", "户数"]:
        expect(word in words, f"{word} is missing in Chinese")
    # Names of things stay; sentences of the page itself must not.
    for word in ["Overview", "Layers", "Colour by", "Households"]:
        expect(word not in words, f"{word} is left in the Chinese page")
    driver.find_element(By.ID, "language").click()
    expect("Overview" in driver.find_element(By.TAG_NAME, "body").text, "the page doesn't go back to English")


def print_page(driver):
    driver.execute_script("window.print = function () {}")
    millimetres = {"A4": (210, 297), "A3": (297, 420)}
    for paper in ["A4", "A3"]:
        for direction in ["landscape", "portrait"]:
            driver.find_element(By.ID, "print-open").click()
            for name, value in [("paper", paper), ("direction", direction)]:
                driver.find_element(By.CSS_SELECTOR, f"input[name={name}][value={value}]").click()
            driver.find_element(By.ID, "print-go").click()
            sheet = driver.execute_script("return document.getElementById('sheet').textContent")
            for piece in [plan(driver)["title"], "1:", "N", str(time.localtime().tm_year)]:
                expect(piece in sheet, f"the print lacks {piece}")
            result = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
            pdf = base64.b64decode(result["data"])
            boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
            wanted = sorted(side / 25.4 * 72 for side in millimetres[paper])
            if direction == "landscape":
                wanted.reverse()
            expect(len(boxes) == 1, f"{paper} {direction} has {len(boxes)} pages")
            sides = [float(side) for side in boxes[0]]
            expect(all(abs(a - b) < 2 for a, b in zip(sides, wanted)), f"{paper} {direction} is {sides} points")


def use_keyboard(driver):
    driver.execute_script("document.getElementById('map').focus()")
    driver.find_element(By.ID, "zoom-whole").click()
    driver.execute_script("document.getElementById('map').focus()")
    before = pixels(driver, "after")
    ActionChains(driver).send_keys("+").pause(0.3).perform()
    expect(pixels(driver, "after") != before, "the plus key doesn't zoom")
    ActionChains(driver).send_keys(Keys.ENTER).perform()
    expect(driver.find_element(By.ID, "detail").is_displayed(), "Enter picks nothing on the map")
    ActionChains(driver).send_keys(Keys.ESCAPE).perform()
    tab = driver.find_element(By.ID, "tab-overview")
    tab.send_keys(Keys.ARROW_RIGHT)
    expect(driver.find_element(By.ID, "tab-grids").get_attribute("aria-selected") == "true", "arrows don't change the tab")
    frame = driver.find_element(By.CSS_SELECTOR, "#table-body tr[tabindex='0']")
    frame.send_keys(Keys.ARROW_DOWN)
    driver.switch_to.active_element.send_keys(Keys.ENTER)
    expect(driver.find_element(By.ID, "detail").is_displayed(), "Enter picks nothing in the table")


def ask_axe(driver, where):
    place = pathlib.Path(importlib.util.find_spec("axe_playwright_python").origin).parent / "axe.min.js"
    driver.execute_script(place.read_text(encoding="utf8"))
    result = driver.execute_async_script(
        "const done = arguments[0]; axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice']})"
        ".then(done, error => done({violations: [{id: String(error), nodes: []}]}))")
    for violation in result["violations"]:
        nodes = [node["html"][:120] for node in violation["nodes"][:2]]
        expect(False, f"axe, {where}: {violation['id']} ({violation.get('impact')}) {nodes}")
    return len(result.get("passes", []))


def shoot(driver, page, folder, update):
    for width, height in SIZES:
        set_size(driver, width, height)
        open_page(driver, page)
        time.sleep(0.3)
        expect(driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"), f"the page is wider than {width}")
        shot = Image.open(io.BytesIO(driver.get_screenshot_as_png())).convert("RGB")
        small = shot.resize((width // 4, height // 4), Image.LANCZOS)
        place = folder / f"{width}x{height}.png"
        if update:
            small.quantize(64).save(place, optimize=True)
        known = Image.open(place).convert("RGB")
        if known.size != small.size:
            expect(False, f"the screenshot at {width}x{height} is {small.size}")
            continue
        blur = [image.resize((width // 16, height // 16), Image.BOX) for image in (known, small)]
        difference = sum(ImageStat.Stat(ImageChops.difference(*blur)).mean) / 3
        print(f"screenshot {width}x{height}: mean difference {difference:.2f} of 255")
        expect(difference < 4, f"the page at {width}x{height} looks otherwise than {place} (difference {difference:.1f})")


def draw_slider(driver):
    clip = "return document.querySelector('.leaflet-before-pane').style.clip"
    before = driver.execute_script(clip)
    slider = driver.find_element(By.ID, "slider")
    slider.send_keys(Keys.HOME)
    expect(driver.execute_script(clip) != before, "the slider moves nothing")
    driver.execute_script("const s = document.getElementById('slider'); s.value = 500; s.dispatchEvent(new Event('input'))")
    expect(driver.execute_script(clip) == before, "the slider doesn't come back")
    titles = [text(driver, "before-title"), text(driver, "after-title")]
    expect(all(titles) and titles[0] != titles[1], f"the sides are called {titles}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("page")
    parser.add_argument("--compare")
    parser.add_argument("--screens", type=pathlib.Path)
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    driver = start(1440, 900)
    driver.set_script_timeout(30)
    try:
        set_size(driver, 1440, 900)
        print(f"ready after {open_page(driver, options.page):.2f} s")
        look_without_network(driver, options.page)
        search(driver)
        print(f"a click is answered after {click_on_map(driver):.0f} ms")
        sort_table(driver)
        colour_and_layers(driver)
        fly_to_problem(driver)
        print(f"axe: {ask_axe(driver, 'overview')} rules passed")
        switch_language(driver)
        print_page(driver)
        use_keyboard(driver)
        ask_axe(driver, "table and figures")
        look_at_log(driver)
        if options.compare:
            open_page(driver, options.compare)
            draw_slider(driver)
            ask_axe(driver, "comparison")
            look_at_log(driver)
        if options.screens:
            options.screens.mkdir(parents=True, exist_ok=True)
            shoot(driver, options.page, options.screens, options.update)
    finally:
        driver.quit()
    print(f"{len(faults)} faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

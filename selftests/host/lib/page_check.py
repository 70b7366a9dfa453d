# SPDX-License-Identifier: GPL-2.0
"""
page_check.py - in: a folder with a page and its JSON; out: for each check "0 SENTENCE" or "1 SENTENCE", and what was
seen on stderr.

The page is looked at in a real browser: what is on it, what clicks and keys do, and what is left without scripts.
"""
import http.server
import json
import sys
import threading

import page_series
from browser import Browser

folder = sys.argv[1]
with open(folder + '/page.json', encoding='utf-8') as file:
    areas = json.load(file)['processes'][0]['areas']


def check(sentence, seen, wanted):
    if seen != wanted:
        print(f'{sentence}: {seen!r}, expected {wanted!r}', file=sys.stderr)
    print(int(seen != wanted), sentence)


class Strict(http.server.SimpleHTTPRequestHandler):
    """The page, by a server whose policy lets no script and no style of its own in."""

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=folder)

    def end_headers(self):
        self.send_header('Content-Security-Policy', "script-src 'none'; style-src 'none'")
        super().end_headers()

    def log_message(self, *_):
        pass


def look(browser):
    browser.open('file://' + folder + '/page.html')
    check('its script runs', browser.value('document.documentElement.className'), 'scripted')
    check('nothing is fetched', [event for event in browser.events if event.get('method') == 'Network.requestWillBeSent' and
                                 not event['params']['request']['url'].startswith('file://' + folder)], [])
    check('its document is that of -J', json.loads(browser.value("document.getElementById('vmaview').textContent"))
          ['processes'][0]['areas'], areas)
    check('the drawing gives way to the map', browser.value(
        "[getComputedStyle(document.querySelector('.static')).display, document.getElementById('look').hidden]"),
        ['none', False])
    check('the table has as many rows as a screen', browser.value("document.querySelectorAll('#rows tr').length"),
          min(20, len(areas)))
    check('and says of how many', browser.value("document.getElementById('count').textContent"),
          f'areas 1 to {min(20, len(areas))} of {len(areas)}')


def said(browser):
    """The address of the area that is chosen."""
    return browser.value("document.getElementById('said').textContent").split(',')[0]


def where(browser):
    return browser.value("document.getElementById('where').textContent")


def click_around(browser):
    box = browser.value("(({x, y}) => [x, y])(document.getElementById('map').getBoundingClientRect())")
    browser.click(box[0] + 125, box[1] + 8)
    check('a click on the first cell chooses the first area', said(browser), areas[0]['start'])
    check('its details are all that is known of it', browser.value(
        "[...document.querySelectorAll('#details dt')].map((term) => term.textContent).includes('rss')"), True)
    whole = where(browser)
    browser.click(box[0] + 125, box[1] + 8, 2)
    check('a double click looks closer', where(browser) != whole, True)
    browser.value("document.getElementById('whole').click()")
    check('and the button shows all again', where(browser), whole)


def press_keys(browser):
    browser.value("document.getElementById('map').focus()")
    browser.key('ArrowRight')
    check('right arrow: the next area', said(browser), areas[1]['start'])
    browser.key('ArrowRight')
    browser.key('ArrowLeft')
    check('left arrow: the one before', said(browser), areas[1]['start'])
    whole = where(browser)
    browser.key('+')
    closer = where(browser)
    check('plus looks closer', closer != whole, True)
    browser.key('-')
    check('minus from farther away', where(browser), whole)
    browser.key('Enter')
    check('Enter looks at the area', where(browser) != whole, True)
    browser.key('Home')
    check('Home shows all', where(browser), whole)


def use_table(browser):
    largest = max(areas, key=lambda area: area['size'])
    browser.value("document.querySelectorAll('#headings button')[1].click()")
    check('a heading sorts, the most first', browser.value("document.querySelector('#rows button').textContent"),
          largest['start'])
    check('and says so', browser.value("document.querySelectorAll('#headings th')[1].getAttribute('aria-sort')"), 'descending')
    browser.value("document.querySelector('#rows button').click()")
    check('a row chooses its area', said(browser), largest['start'])
    browser.value("(() => { const search = document.getElementById('search'); search.value = 'HEAP'; "
                  "search.dispatchEvent(new Event('input')) })()")
    check('a search leaves what has the words', browser.value(
        "[...document.querySelectorAll('#rows td:nth-child(4)')].map((cell) => cell.textContent)"),
        ['heap' for area in areas if area['kind'] == 'heap'])
    browser.value("document.getElementById('search').focus()")
    browser.key('Enter')
    check('Enter goes to what is found', said(browser) in [area['start'] for area in areas if area['kind'] == 'heap'], True)
    for heat in browser.value("[...document.getElementById('heat').options].map((option) => option.value)"):
        painted = browser.value(
            "(() => { const heat = document.getElementById('heat'), map = document.getElementById('map'), "
            f"before = map.toDataURL(); heat.value = '{heat}'; heat.dispatchEvent(new Event('change')); "
            "return heat.value === '' || before !== map.toDataURL() })()")
        check(f'colours: {heat or "kinds"}', painted, True)


CONTROLS = ['heat', 'search', 'in', 'out', 'area', 'whole', 'map']


def accessible(browser):
    browser.open('file://' + folder + '/page.html')
    nodes = [node for node in browser.call('Accessibility.getFullAXTree')['nodes'] if not node.get('ignored')]
    roles = [(node['role']['value'], node.get('name', {}).get('value', '')) for node in nodes]
    named = ('button', 'combobox', 'searchbox', 'application', 'columnheader')
    check('every control has a role and a name', [role for role, name in roles if role in named and not name], [])
    check('... and they are all there', [len([1 for role, _ in roles if role == kind]) for kind in named[1:]], [1, 1, 1, 6])
    check('there is a table of areas', len([1 for role, _ in roles if role == 'row']), 1 + min(20, len(areas)))
    order = []
    for _ in CONTROLS:
        browser.key('Tab')
        order.append(browser.value('document.activeElement.id'))
    check('the focus goes from above to below', order, CONTROLS)


def without_scripts(browser, address, sentence):
    browser.open(address)
    check(f'{sentence}: the drawing is there', browser.value(
        "[document.documentElement.className, document.querySelectorAll('.static svg path[data-kind]').length, "
        "document.querySelector('.static svg').getBoundingClientRect().height > 50]"),
        ['', len({area['kind'] for area in areas}), True])
    check(f'{sentence}: so are the largest areas', browser.value(
        "[...document.querySelectorAll('.static tbody tr')].map((row) => row.firstChild.textContent)"),
        [area['start'] for area in sorted(areas, key=lambda area: -area['size'])[:20]])


def hostile(browser):
    browser.open('file://' + folder + '/hostile.html')
    check('a hostile name is text', browser.value(
        "[document.documentElement.className, document.querySelectorAll('b').length, "
        "document.querySelector('h2').textContent.includes('<b>')]"), ['scripted', 0, True])
    check('... in its document, too', browser.value(
        "JSON.parse(document.getElementById('vmaview').textContent).processes[0].cmdline.startsWith('</script><b>')"), True)


def core(browser):
    """Kinds and names that are not known: the page of a core."""
    with open(folder + '/core.json', encoding='utf-8') as file:
        of_core = json.load(file)['processes'][0]['areas']
    browser.open('file://' + folder + '/core.html')
    check('a core has a page', browser.value("document.querySelectorAll('#rows tr').length"), len(of_core))
    check('a kind that is not known is one of its own', browser.value(
        "[...document.querySelectorAll('#legend li')].map((item) => item.textContent.trim())"
        ".filter((text) => text.startsWith('? unknown')).length"), 1)
    check('... in the table, too', browser.value(
        "[...document.querySelectorAll('#rows td:nth-child(4)')].map((cell) => cell.textContent)"),
        [area['kind'] or 'unknown' for area in of_core])
    check('a name that is not known is no word', browser.value(
        "[...document.querySelectorAll('#rows td')].filter((cell) => /null|undefined/.test(cell.textContent)).length"), 0)


def many(browser):
    browser.open('file://' + folder + '/many.html')
    check('thousands of areas are no elements of the page', browser.value(
        "[Number(document.getElementById('count').textContent.split(' ').pop()) > 2000, "
        "document.querySelectorAll('#look *').length < 500]"), [True, True])


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Strict)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Browser() as browser:
        look(browser)
        click_around(browser)
        press_keys(browser)
        use_table(browser)
        accessible(browser)
        hostile(browser)
        core(browser)
        many(browser)
        page_series.look(browser, folder, check)
        without_scripts(browser, f'http://127.0.0.1:{server.server_port}/page.html', 'under a strict policy')
        browser.call('Emulation.setScriptExecutionDisabled', value=True)
        without_scripts(browser, 'file://' + folder + '/page.html', 'without scripts')


main()

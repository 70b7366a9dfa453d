# SPDX-License-Identifier: GPL-2.0
"""page_series.py - in: a browser and a page of a series; out: checks of its moments, one after the other and side by side."""
import json


def text(browser, name):
    return browser.value(f"document.getElementById('{name}').textContent")


def select(browser, name, value):
    browser.value(f"(() => {{ const list = document.getElementById('{name}'); list.value = '{value}'; "
                  "list.dispatchEvent(new Event('change')) })()")


def starts(browser):
    """The addresses in the table, all of its screens."""
    return browser.value(
        "(() => { const seen = []; for (;;) { "
        "seen.push(...[...document.querySelectorAll('#rows button')].map((button) => button.textContent)); "
        "if (document.getElementById('after').disabled) return seen; document.getElementById('after').click() } })()")


def changes(browser):
    """Of each area in the table, by address and kind, what has become of it."""
    return browser.value(
        "(() => { const seen = {}; for (;;) { for (const line of document.querySelectorAll('#rows tr')) "
        "seen[line.querySelector('button').textContent + ' ' + line.children[3].textContent] = line.lastChild.textContent; "
        "if (document.getElementById('after').disabled) return seen; document.getElementById('after').click() } })()")


def same(area, other):
    return (area['start'] == other['start'] or area['end'] == other['end']) and \
        (area['name'], area['kind']) == (other['name'], other['kind'])


def expected(now, then):
    """What is new and what is gone, by what -J says of each moment."""
    def key(area):
        return area['start'] + ' ' + area['kind']

    word = {key(area): 'gone' for area in then if not any(same(area, other) for other in now)}
    for area in now:
        if not any(same(area, other) for other in then):
            word[key(area)] = 'new'
    return word


def look(browser, folder, check):
    moments = []
    for number in (1, 2, 3):
        with open(f'{folder}/series.{number}.json', encoding='utf-8') as file:
            moments.append(json.load(file)['processes'][0]['areas'])
    browser.open(f'file://{folder}/series.html')
    check('of a series the last moment is shown', starts(browser), [area['start'] for area in moments[2]])
    check('... and its document is that of -J', json.loads(text(browser, 'vmaview'))['processes'][0]['areas'], moments[2])
    check('the others can be chosen', browser.value(
        "[document.getElementById('series').hidden, document.getElementById('moment').options.length]"), [False, 3])
    for number in (0, 1):
        select(browser, 'moment', number)
        check(f'moment {number + 1} has its own areas', starts(browser), [area['start'] for area in moments[number]])
    select(browser, 'moment', 0)
    browser.value("document.getElementById('play').click()")
    check('a series is played', text(browser, 'play'), 'Stop')
    while text(browser, 'play') == 'Stop':
        pass
    check('... to its last moment', starts(browser), [area['start'] for area in moments[2]])
    side_by_side(browser, moments, check)


def side_by_side(browser, moments, check):
    select(browser, 'beside', 0)
    check('two moments are side by side', browser.value(
        "(() => { const [other, map] = ['other_map', 'map'].map((id) => document.getElementById(id).getBoundingClientRect()); "
        "return [other.width > 300, other.right <= map.left, other.top === map.top] })()"), [True, True, True])
    seen = changes(browser)
    wanted = expected(moments[2], moments[0])
    check('what is new and what is gone is said', {key: word for key, word in seen.items() if word in ('new', 'gone')}, wanted)
    check('... and there is both', sorted(set(wanted.values())), ['gone', 'new'])
    select(browser, 'moment', 0)
    check('a moment beside itself has no change', set(changes(browser).values()), {''})
    select(browser, 'beside', -1)
    check('and the other one goes', browser.value(
        "[document.getElementById('other').hidden, document.querySelectorAll('#headings th').length]"), [True, 6])

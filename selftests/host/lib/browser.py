# SPDX-License-Identifier: GPL-2.0
"""browser.py - in: what to do in a page; out: what a headless Chromium made of it, over its DevTools pipe."""
import json
import os
import shutil
import subprocess
import tempfile

PROGRAMS = ('chromium-headless-shell', 'chromium')


def program():
    """The browser that is installed; None."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Browser:
    """One page of one browser, which ends with the with statement."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        to_read, self.to = os.pipe()
        self.of, of_write = os.pipe()

        def pipes():
            # The protocol's own numbers; the first two may lie on each other.
            copies = os.dup(to_read), os.dup(of_write)
            os.dup2(copies[0], 3)
            os.dup2(copies[1], 4)

        self.process = subprocess.Popen(
            [program(), '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run',
             '--user-data-dir=' + self.folder, '--window-size=1200,1000', '--remote-debugging-pipe', 'about:blank'],
            preexec_fn=pipes, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(of_write)
        self.number, self.session, self.rest, self.events = 0, None, b'', []
        target = [t for t in self.call('Target.getTargets')['targetInfos'] if t['type'] == 'page'][0]
        self.session = self.call('Target.attachToTarget', targetId=target['targetId'], flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Accessibility', 'DOM', 'Network'):
            self.call(domain + '.enable')
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def message(self):
        while b'\0' not in self.rest:
            more = os.read(self.of, 1 << 20)
            if not more:
                raise RuntimeError('the browser has ended')
            self.rest += more
        text, self.rest = self.rest.split(b'\0', 1)
        return json.loads(text)

    def call(self, method, **parameters):
        self.number += 1
        request = {'id': self.number, 'method': method, 'params': parameters}
        if self.session:
            request['sessionId'] = self.session
        os.write(self.to, json.dumps(request).encode() + b'\0')
        while True:
            answer = self.message()
            if answer.get('id') == self.number:
                if 'error' in answer:
                    raise RuntimeError(method + ': ' + answer['error']['message'])
                return answer['result']
            self.events.append(answer)

    def open(self, address):
        """Until all of it is loaded and every script of its own has run."""
        self.events.clear()
        self.call('Page.navigate', url=address)
        while not any(event.get('method') == 'Page.loadEventFired' for event in self.events):
            self.events.append(self.message())

    def value(self, expression):
        answer = self.call('Runtime.evaluate', expression=expression, returnByValue=True, awaitPromise=True)
        if 'exceptionDetails' in answer:
            raise RuntimeError(expression + ': ' + json.dumps(answer['exceptionDetails']))
        return answer['result'].get('value')

    def click(self, x, y, times=1):
        for count in range(1, times + 1):
            for kind in ('mousePressed', 'mouseReleased'):
                self.call('Input.dispatchMouseEvent', type=kind, x=x, y=y, button='left', clickCount=count)

    def key(self, key, text=None):
        codes = {'Tab': 9, 'Enter': 13, 'Home': 36, 'ArrowLeft': 37, 'ArrowUp': 38, 'ArrowRight': 39, 'ArrowDown': 40}
        more = {'windowsVirtualKeyCode': codes[key]} if key in codes else {'text': key}
        for kind in ('keyDown', 'keyUp'):
            self.call('Input.dispatchKeyEvent', type=kind, key=key, **(more if kind == 'keyDown' else {}))

# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium that shows pages as they are: asked over its DevTools pipe, so that one process serves all pages and a page's own policy stays in force."""
import base64
import json
import os
import shutil
import subprocess
import tempfile

OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
]
# The same letters on every machine, and wide ones: what they fit in, fits those of other machines.
FONTS = """<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>
<alias binding="same"><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
<alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
<match target="pattern"><edit name="hintstyle" mode="assign"><const>hintslight</const></edit></match></fontconfig>"""


class Browser:
    """Use with `with`; ends its process and takes its profile away. What goes wrong raises RuntimeError."""

    def __init__(self):
        self.profile = tempfile.mkdtemp()
        with open(os.path.join(self.profile, "fonts.conf"), "w", encoding="utf-8") as file:
            file.write(FONTS)
        to_read, self.to_write = os.pipe()
        self.from_read, from_write = os.pipe()

        def pipes():
            # The numbers that Chromium expects may be those that the pipes have.
            read, write = os.dup(to_read), os.dup(from_write)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen(
            ["chromium", *OPTIONS, f"--user-data-dir={self.profile}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=pipes,
            env={**os.environ, "FONTCONFIG_FILE": file.name},
        )
        os.close(to_read)
        os.close(from_write)
        self.received, self.number, self.session = b"", 0, None
        self.messages = []

    def __enter__(self):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def message(self):
        """The next one that came."""
        while b"\0" not in self.received:
            more = os.read(self.from_read, 1 << 20)
            if not more:
                raise RuntimeError("the browser ended")
            self.received += more
        line, self.received = self.received.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, **parameters):
        """What a command gives back."""
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.to_write, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                break
            self.messages.append(answer.get("method"))
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def show(self, path, width, height=900, medium="screen"):
        """A file as a screen of so many pixels or as paper has it, once it is all there."""
        self.ask("Emulation.setEmulatedMedia", media=medium)
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.messages.clear()
        went = self.ask("Page.navigate", url="file://" + os.path.realpath(path))
        if "errorText" in went:
            raise RuntimeError(f"{path}: {went['errorText']}")
        while "Page.loadEventFired" not in self.messages:
            self.messages.append(self.message().get("method"))

    def run(self, script):
        """The value of an expression on the page that is shown."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description"))
        return answer["result"].get("value")

    def picture(self, path):
        """The whole page that is shown, however high."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        self.save(path, self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip))

    def paper(self, path):
        """The page that is shown as a PDF, on the paper that its style sheet names."""
        self.ask("Emulation.setEmulatedMedia", media="print")
        self.save(path, self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True))

    @staticmethod
    def save(path, answer):
        """Writes what came in base64."""
        with open(path, "wb") as file:
            file.write(base64.b64decode(answer["data"]))
